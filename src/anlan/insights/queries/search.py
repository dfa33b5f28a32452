"""One search over everything with a name or number, within the actor's range, the likeliest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.actors import Actor
from anlan.kernel.codes import AREA_KIND, MEMBERSHIP_STAGE, ORGANIZATION_KIND, SEX
from anlan.kernel.permissions import holds
from anlan.places.models import Area
from anlan.places.queries import areas_matching, full_names
from anlan.places.tables import area_url
from anlan.registers.models import Household, PartyOrganization, Person
from anlan.registers.queries.details import (
    age_on,
    belongings_of,
    heads_of,
    memberships_of,
    place_names,
    sizes_of,
)
from anlan.registers.queries.finding import (
    Word,
    households_matching,
    organizations_matching,
    persons_matching,
    starts_with,
    words_of,
)
from anlan.registers.tables.register import household_url, organization_url, person_url
from anlan.registers.tables.shown import masked_id

Text = str | Promise
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its name, what tells it from others of that name, a word beside it."""

    title: str
    url: str
    text: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind; ``more_url`` is the list with all of them where not all are here."""

    code: str
    title: Text
    icon: str
    hits: Sequence[Hit]
    more_url: str = ""


def search(actor: Actor, text: str, on: date, *, limit: int) -> list[HitGroup]:
    """What is meant by a text, by kind, at most ``limit`` of each; kinds without a hit are left out.

    A fixed number of queries for each kind, however much is found.
    """
    asked = text.strip()[:LONGEST]
    words = words_of(asked)
    if not words:
        return []
    found = [group(actor, asked, words, on, limit) for group in _GROUPS]
    return [group for group in found if group is not None and group.hits]


def _persons(actor: Actor, text: str, words: list[Word], on: date, limit: int) -> HitGroup | None:
    if not holds(actor, "registers.person_view"):
        return None
    rows = Person.objects.visible_to(actor).filter(persons_matching(text)).select_related("area")
    order = (_closeness(words), F("died_on").asc(nulls_first=True), "pinyin", "pk")
    persons = list(rows.order_by(*order)[: limit + 1])
    keys = [person.pk for person in persons]
    homes = belongings_of(keys, on)
    members = memberships_of(keys, on) if holds(actor, "registers.member_view") else {}
    areas = {person.pk: homes[person.pk].area if person.pk in homes else person.area for person in persons}
    places = place_names(list(areas.values()))
    hits = []
    for person in persons[:limit]:
        age, area, member = age_on(person, on), areas[person.pk], members.get(person.pk)
        parts = (
            SEX.name_of(person.sex) if person.sex else "",
            _("%(age)d 岁") % {"age": age} if age is not None else "",
            places.get(area.pk, "") if area else "",
            masked_id(person),
        )
        badge = _("已故") if person.died_on else MEMBERSHIP_STAGE.name_of(member.stage) if member else ""
        hits.append(Hit(person.name, person_url(person), " · ".join(part for part in parts if part), badge))
    more = _more("registers:persons", text) if len(persons) > limit else ""
    return HitGroup("persons", gettext_lazy("人"), "person", hits, more)


def _households(actor: Actor, text: str, words: list[Word], on: date, limit: int) -> HitGroup | None:
    # By its number only: whoever types a name is shown the person, whose page leads to the household.
    if not holds(actor, "registers.household_view") or words[0].kind not in ("digits", "number"):
        return None
    rows = Household.objects.visible_to(actor).filter(households_matching(text)).select_related("area")
    households = list(rows.order_by("number", "pk")[: limit + 1])
    keys = [household.pk for household in households]
    heads, sizes, places = (
        heads_of(keys, on),
        sizes_of(keys, on),
        place_names([row.area for row in households]),
    )
    hits = []
    for row in households[:limit]:
        head = heads.get(row.pk)
        title = _("%(head)s户") % {"head": head.name} if head else _("户主待定的户")
        size = _("%(count)d 人") % {"count": sizes.get(row.pk, 0)}
        hits.append(Hit(title, household_url(row), f"{row.number} · {places.get(row.area_id, '')} · {size}"))
    more = _more("registers:households", text) if len(households) > limit else ""
    return HitGroup("households", gettext_lazy("户"), "household", hits, more)


def _organizations(actor: Actor, text: str, words: list[Word], on: date, limit: int) -> HitGroup | None:
    if not holds(actor, "registers.organization_view"):
        return None
    rows = (
        PartyOrganization.objects.visible_to(actor)
        .filter(organizations_matching(text))
        .select_related("area")
    )
    organizations = list(rows.order_by("valid_to", "path")[: limit + 1])
    places = place_names([row.area for row in organizations])
    hits = [
        Hit(
            row.name,
            organization_url(row),
            f"{ORGANIZATION_KIND.name_of(row.kind)} · {places.get(row.area_id, '')}",
            "" if row.is_open(on) else _("已撤销"),
        )
        for row in organizations[:limit]
    ]
    more = _more("registers:organizations", text) if len(organizations) > limit else ""
    return HitGroup("organizations", gettext_lazy("党组织"), "organization", hits, more)


def _areas(actor: Actor, text: str, words: list[Word], on: date, limit: int) -> HitGroup | None:
    if not holds(actor, "places.view"):
        return None
    rows = Area.objects.visible_to(actor).filter(areas_matching(text))
    areas = list(rows.order_by("valid_to", "code", "pk")[: limit + 1])
    names = full_names(areas)
    hits = [
        Hit(
            area.name,
            area_url(area.code),
            f"{AREA_KIND.name_of(area.kind)} · {names[area.pk]} · {area.code}",
            "" if area.is_open(on) else _("已撤销"),
        )
        for area in areas[:limit]
    ]
    more = _more("places:areas", text) if len(areas) > limit else ""
    return HitGroup("areas", gettext_lazy("行政区划"), "area", hits, more)


_Group = Callable[[Actor, str, list[Word], date, int], HitGroup | None]
_GROUPS: tuple[_Group, ...] = (_persons, _households, _organizations, _areas)


def _closeness(words: list[Word]) -> Case | Value:
    """What to order persons by: 0 for the very name, 1 for a name that begins so, 2 for the rest."""
    first = words[0].text
    if words[0].kind == "name":
        exact, begins = Q(name=first), Q(name__startswith=first)
    elif words[0].kind == "latin":
        exact, begins = Q(initials=first) | Q(pinyin=first), starts_with("initials", first)
    else:
        return Value(0, output_field=IntegerField())
    whens = [When(exact, then=Value(0)), When(begins, then=Value(1))]
    return Case(*whens, default=Value(2), output_field=IntegerField())


def _more(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"
