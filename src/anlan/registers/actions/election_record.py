"""An election that was held: a new term begins."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.organization_add import due_after
from anlan.registers.actions.organization_rows import require_open
from anlan.registers.derive import partial_columns, partial_of
from anlan.registers.models import PartyOrganization
from anlan.registers.rules.elections import election_problems


@action("registers.election_record", label=_("登记换届"), on="organization")
def election_record(
    change: Change, *, organization: PartyOrganization, on: date, due_on: date | None = None
) -> PartyOrganization:
    """Record the election of ``on``; the next is due after a term (a parameter) unless ``due_on`` says so.

    Posts end and begin with their own verbs. Refused: a day to come, before the founding or before the last
    election, a next election not after this one, an ended organisation.
    """
    organization = locked(organization)
    require_open(organization)
    elected = PartialDate(on, DAY)
    refuse(
        election_problems(
            elected_on=elected,
            founded_on=partial_of(organization, "founded"),
            due=due_on,
            today=change.today,
        )
    )
    require_day(change, on, organization.elected_on)
    change.begin(organization)
    for name, value in partial_columns("elected", elected).items():
        setattr(organization, name, value)
    organization.election_due_on = due_on or due_after(organization.kind, organization.area, elected, on)
    change.save(organization)
    return organization
