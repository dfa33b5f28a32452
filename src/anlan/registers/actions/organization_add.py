"""Adding a Party organisation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.appointment_rows import NewPost, start_post
from anlan.registers.actions.organization_rows import insert, require_free_name, require_open
from anlan.registers.derive import partial_columns
from anlan.registers.models import PartyOrganization
from anlan.registers.parameters import election_due
from anlan.registers.rules.elections import election_problems
from anlan.registers.rules.organizations import organization_problems
from anlan.registers.rules.posts import begins


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What is stated about an organisation; without ``election_due_on`` it follows from the last election."""

    name: str
    kind: str
    code: str = ""
    setup_mode: str = ""
    founded: PartialDate | None = None
    elected: PartialDate | None = None
    election_due_on: date | None = None


@action("registers.organization_add", label=_("新增党组织"), on="parent")
def organization_add(
    change: Change,
    *,
    facts: OrganizationFacts,
    area: Area,
    parent: PartyOrganization | None,
    on: date,
    posts: Sequence[NewPost] = (),
) -> PartyOrganization:
    """Add an organisation that exists from ``on``, lying in an area and standing under ``parent``, if any.

    ``posts`` are given with it. Refused: a blank name, one borne under the same parent, an unknown kind or
    set-up mode, a parent of the wrong kind or ended, days that cannot be, a day to come, and of each post
    what ``appointment_start`` refuses (as ``posts.0.name``). An area or person outside the actor's range is
    not found.
    """
    require_reach(change, "registers.organization_add", area, *(post.person for post in posts))
    parent = locked(parent) if parent is not None else None
    name = plain(facts.name).replace(" ", "")
    refuse(
        organization_problems(
            name=name,
            kind=facts.kind,
            parent_kind=parent.kind if parent else None,
            setup_mode=facts.setup_mode,
        )
        + election_problems(
            elected_on=facts.elected,
            founded_on=facts.founded,
            due=facts.election_due_on,
            today=change.today,
        )
    )
    if area.valid_to is not None:
        raise Refused(Problem("area.ended", "area", {"name": area.name}))
    if parent is not None:
        require_open(parent, "parent")
    require_free_name(name, parent)
    require_day(change, on, parent.valid_from if parent else None)
    organization = PartyOrganization(
        code=plain(facts.code),
        name=name,
        kind=facts.kind,
        setup_mode=facts.setup_mode,
        parent=parent,
        area=area,
        **partial_columns("founded", facts.founded),
        **partial_columns("elected", facts.elected),
        election_due_on=facts.election_due_on or due_after(facts.kind, area, facts.elected, on),
        valid_from=on,
    )
    insert(change, organization)
    for number, post in enumerate(posts):
        _give_post(change, organization, post, number)
    return organization


def _give_post(change: Change, organization: PartyOrganization, post: NewPost, number: int) -> None:
    try:
        start_post(change, organization, post, post.on or begins(organization.elected_on, change.today))
    except Refused as refused:
        raise Refused(
            *(replace(one, field=f"posts.{number}.{one.field}") for one in refused.problems)
        ) from refused


def due_after(kind: str, area: Area, elected: PartialDate | None, on: date) -> date | None:
    """When the election after this one is due, by the parameters of the place."""
    if elected is None:
        return None
    return election_due(kind, area.kind, elected.date, on=on, path=area.path, precision=elected.precision)
