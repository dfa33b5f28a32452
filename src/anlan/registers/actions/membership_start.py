"""Somebody applies, joins, or comes with their membership from elsewhere."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.registers.actions.organization_rows import require_open
from anlan.registers.actions.person_rows import require_living
from anlan.registers.derive import partial_columns, partial_of
from anlan.registers.models import Membership, PartyOrganization, Person
from anlan.registers.parameters import member_min_age
from anlan.registers.rules.memberships import STANDINGS_IN_FORCE, MembershipFacts, membership_problems


@dataclass(frozen=True, slots=True)
class NewMembership:
    """What is stated about a membership that begins."""

    stage: str
    standing: str = "normal"
    joined: PartialDate | None = None
    full_member: PartialDate | None = None
    post: str = ""
    is_resettler: bool | None = None


@action("registers.membership_start", label=_("登记党员"), on="organization")
def membership_start(
    change: Change, *, person: Person, organization: PartyOrganization, facts: NewMembership, on: date
) -> Membership:
    """Let a person belong to an organisation at a stage from ``on``.

    Refused: somebody who belongs to one, the dead, an ended organisation, what ``membership_problems``
    refuses, a standing that is an end, a day to come or before the last membership ended. A person outside
    the actor's range is not found.
    """
    require_reach(change, "registers.membership_start", person)
    person, organization = locked(person), locked(organization)
    require_living(person)
    require_open(organization)
    if facts.standing not in STANDINGS_IN_FORCE:
        raise Refused(Problem("membership.standing", "standing"))
    refuse(
        membership_problems(
            MembershipFacts(facts.stage, facts.standing, facts.joined, facts.full_member),
            birth=partial_of(person, "birth"),
            today=change.today,
            min_age=member_min_age(on, organization.area.path),
        )
    )
    ends = list(person.memberships.values_list("valid_to", flat=True))
    if None in ends:
        raise Refused(Problem("membership.exists", "person"))
    require_day(change, on, max((day for day in ends if day is not None), default=None))
    membership = Membership(
        person=person,
        organization=organization,
        stage=facts.stage,
        standing=facts.standing,
        **partial_columns("joined", facts.joined),
        **partial_columns("full_member", facts.full_member),
        post=plain(facts.post),
        is_resettler=facts.is_resettler,
        valid_from=on,
    )
    change.create(membership)
    return membership
