"""Picking a person, a household or an organisation in a form, within the actor's range."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.names import plain
from anlan.kernel.permissions import holds
from anlan.places.queries import full_names
from anlan.registers.models import Household, PartyOrganization, Person
from anlan.registers.queries.details import place_names
from anlan.registers.queries.finding import households_matching, organizations_matching, persons_matching
from anlan.registers.tables.shown import masked_id
from anlan.web.formats import write_day
from anlan.web.pickers import Found, PickerSource, register_picker

M = TypeVar("M", bound=Model)


def register() -> None:
    """Let forms pick them."""
    person_hint = gettext_lazy("写姓名、拼音首字母或证件末四位。")
    household_hint = gettext_lazy("写户编号，或户内任何一人的姓名。")
    organization_hint = gettext_lazy("写党组织名称或代码。")
    register_picker("person", PickerSource(_persons, _person, show_person, person_hint))
    register_picker("household", PickerSource(_households, _household, show_household, household_hint))
    register_picker(
        "organization", PickerSource(_organizations, _organization, show_organization, organization_hint)
    )
    any_hint = gettext_lazy("写党组织名称，全县的都能找到。")
    register_picker(
        "any_organization",
        PickerSource(_any_organizations, _any_organization, show_organization, any_hint),
    )


def show_person(person: Person) -> Found:
    """A person with birth, masked id number and place."""
    return _shown_persons([person])[0]


def show_household(household: Household) -> Found:
    """A household by its head, with number and place."""
    return _shown_households([household])[0]


def _shown_persons(rows: Sequence[Person]) -> list[Found]:
    places = place_names([row.area for row in rows if row.area])
    found = []
    for row in rows:
        parts = (
            _("已故") if row.died_on else "",
            write_day(row.birth_date) if row.birth_date else "",
            masked_id(row),
            places.get(row.area_id or 0, ""),
        )
        found.append(Found(str(row.uid), row.name, _("，").join(part for part in parts if part)))
    return found


def _shown_households(rows: Sequence[Household]) -> list[Found]:
    places = full_names([row.area for row in rows])
    found = []
    for row in rows:
        head = _("%(head)s户") % {"head": row.head.name} if row.head else _("户主待定的户")
        parts = (row.number or _("未编号"), places.get(row.area_id, ""))
        found.append(Found(str(row.uid), head, _("，").join(part for part in parts if part)))
    return found


def show_organization(organization: PartyOrganization) -> Found:
    """An organisation with the one above it."""
    above = organization.parent.name if organization.parent else ""
    return Found(str(organization.uid), organization.name, above)


def _persons(actor: Any, text: str, limit: int) -> Sequence[Found]:
    rows = Person.objects.visible_to(actor).filter(persons_matching(text), died_on=None)
    return _shown_persons(list(rows.select_related("area").order_by("name", "pk")[:limit]))


def _person(actor: Any, value: str) -> Person | None:
    return _by_uid(Person.objects.visible_to(actor).select_related("area"), value)


def _households(actor: Any, text: str, limit: int) -> Sequence[Found]:
    rows = Household.objects.visible_to(actor).open_on(timezone.localdate()).filter(households_matching(text))
    chosen = rows.select_related("area", "head").order_by("number", "pk")[:limit]
    return _shown_households(list(chosen))


def _household(actor: Any, value: str) -> Household | None:
    rows = Household.objects.visible_to(actor).filter(valid_to=None)
    return _by_uid(rows.select_related("area", "head"), value)


def _organizations(actor: Any, text: str, limit: int) -> Sequence[Found]:
    rows = PartyOrganization.objects.visible_to(actor).filter(valid_to=None)
    # Without a text those there are, where they are few enough to choose from.
    meant = rows.filter(organizations_matching(text)) if text else rows
    chosen = meant.select_related("parent").order_by("path")[:limit]
    return [show_organization(row) for row in chosen]


def _of_the_county(actor: Any) -> QuerySet[PartyOrganization]:
    """All organisations, for whoever hands members over: where they go to lies outside the own range."""
    if not holds(actor, "registers.membership_transfer"):
        return PartyOrganization.objects.none()
    return PartyOrganization.objects.filter(valid_to=None).select_related("parent", "area")


def _any_organizations(actor: Any, text: str, limit: int) -> Sequence[Found]:
    # By name alone: a search by phones would tell whose they are.
    rows = _of_the_county(actor).filter(name__contains=plain(text).replace(" ", "")).order_by("path")
    return [show_organization(row) for row in rows[:limit]]


def _any_organization(actor: Any, value: str) -> PartyOrganization | None:
    return _by_uid(_of_the_county(actor), value)


def _organization(actor: Any, value: str) -> PartyOrganization | None:
    rows = PartyOrganization.objects.visible_to(actor).filter(valid_to=None)
    return _by_uid(rows.select_related("parent", "area"), value)


def _by_uid(rows: QuerySet[M], value: str) -> M | None:
    try:
        return rows.filter(uid=UUID(value)).first()
    except ValueError:
        return None
