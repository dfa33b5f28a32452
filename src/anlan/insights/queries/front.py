"""What stands on somebody's start page: the figures of their range, and what waits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.paths import path_ids
from anlan.kernel.permissions import holds, ranges_for
from anlan.places.models import Area
from anlan.registers.dimensions.members import FLOATING
from anlan.registers.dimensions.organizations import ELECTION, OVERDUE
from anlan.registers.models import Household, PartyOrganization
from anlan.registers.queries.reach import (
    households_in_reach,
    members_in_reach,
    organizations_in_reach,
    residents_in_reach,
)
from anlan.sheets.models import ImportBatch, ImportDraft
from anlan.sheets.models.draft import DraftState

Text = str | Promise
FIGURES_SEEN = "insights.statistics_view"
_HOUSEHOLDS = ("households", "registers.household_view")
_PERSONS = ("persons", "registers.person_view")
_ORGANIZATIONS = ("organizations", "registers.organization_view")
_MEMBERS = ("members", "registers.member_view")
MOST_IMPORTS = 5


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: the list behind it, "" where the actor sees figures only."""

    label: Text
    unit: Text
    value: int
    url: str


def reach_names(actor: PersonActor) -> list[str]:
    """The names of the areas and organisations the actor's roles cover, in the order of the grants."""
    reached = [grant.range for grant in actor.grants if grant.range.path]
    ends = [(reach.tree, path_ids(reach.path)[-1]) for reach in reached]
    areas = Area.objects.filter(pk__in=[key for tree, key in ends if tree == "area"])
    organizations = PartyOrganization.objects.filter(pk__in=[key for tree, key in ends if tree != "area"])
    names = {("area", key): name for key, name in areas.values_list("pk", "name")}
    names |= {("organization", key): name for key, name in organizations.values_list("pk", "name")}
    return list(dict.fromkeys(names[end] for end in ends if end in names))


def counts(actor: PersonActor, on: date) -> Sequence[Count]:
    """The figures of the actor's range on the day; nothing for whoever may not see figures.

    Counted over the range in which figures may be seen: leaders, who see no names, see the same numbers.
    """
    if not holds(actor, FIGURES_SEEN):
        return ()
    organizations = organizations_in_reach(actor, on, FIGURES_SEEN)
    members = members_in_reach(actor, on, FIGURES_SEEN)
    floating = FLOATING.narrow(members, "yes", on)
    overdue = ELECTION.narrow(organizations, OVERDUE, on)
    found: tuple[tuple[Text, Text, int, str, str, dict[str, str]], ...] = (
        (_("移民户"), _("户"), households_in_reach(actor, on, FIGURES_SEEN).count(), *_HOUSEHOLDS, {}),
        (_("移民人口"), _("人"), residents_in_reach(actor, on, FIGURES_SEEN).count(), *_PERSONS, {}),
        (_("党组织"), _("个"), organizations.count(), *_ORGANIZATIONS, {}),
        (_("党员"), _("名"), members.count(), *_MEMBERS, {}),
        (_("外出流动党员"), _("名"), floating.count(), *_MEMBERS, {"floating": "yes"}),
        (_("超期未换届"), _("个"), overdue.count(), *_ORGANIZATIONS, {"election": OVERDUE}),
    )
    return [
        Count(label, unit, value, _list(name, more) if holds(actor, permission) else "")
        for label, unit, value, name, permission, more in found
    ]


def elections(actor: PersonActor, on: date, state: str, limit: int) -> tuple[int, list[PartyOrganization]]:
    """How many organisations' elections are in a state, and the first of them by the day they are due."""
    rows = ELECTION.narrow(organizations_in_reach(actor, on), state, on)
    return rows.count(), list(rows.order_by("election_due_on", "pk")[:limit])


def households_without_head(actor: PersonActor, on: date, limit: int) -> tuple[int, list[Household]]:
    """How many households of the actor's range have no head yet, and the first of them by number."""
    rows = households_in_reach(actor, on).filter(head=None)
    return rows.count(), list(rows.order_by("number", "pk")[:limit])


def drafts_to_decide(actor: PersonActor) -> list[ImportDraft]:
    """Other people's imports that wait for this one's approval, the longest waiting first."""
    return list(ImportDraft.objects.to_decide(actor).order_by("changed_on", "pk"))


def own_drafts(actor: PersonActor) -> list[ImportDraft]:
    """One's own imports that were begun and neither written nor sent for approval, the latest first."""
    rows = ImportDraft.objects.own(actor).exclude(state=DraftState.WAITING)
    return list(rows.prefetch_related("files").order_by("-changed_on", "-pk"))


def latest_imports(actor: PersonActor) -> list[ImportBatch]:
    """The latest imports: all of them for whoever works on the whole county, one's own for the others."""
    ranges = ranges_for(actor, "sheets.import_view")
    if not ranges:
        return []
    whole = any(reach.tree == "area" and len(path_ids(reach.path)) < 2 for reach in ranges)
    condition = Q() if whole else Q(actor_label=actor.label)
    return list(ImportBatch.objects.filter(condition).prefetch_related("files")[:MOST_IMPORTS])


def is_empty() -> bool:
    """Whether the register holds nothing yet: no area below the county, no organisation."""
    return not Area.objects.exclude(kind="county").exists() and not PartyOrganization.objects.exists()


def headless_url() -> str:
    """The list of households without a head."""
    return _list("households", {"head": "without"})


def elections_url(state: str) -> str:
    """The list of organisations whose elections are in a state."""
    return _list("organizations", {"election": state})


def _list(name: str, query: dict[str, str]) -> str:
    return f"{reverse(f'registers:{name}')}{'?' if query else ''}{urlencode(query)}"
