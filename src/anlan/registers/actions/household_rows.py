"""Who belongs to a household: joining, leaving, being its head. What several verbs share."""

from collections.abc import Mapping
from datetime import date

from anlan.kernel.changes import Change
from anlan.kernel.paths import path_ids
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, refuse, require_day, turn
from anlan.places.models import Area
from anlan.places.rules import VILLAGES, AreaKind
from anlan.registers.models import Household, HouseholdMembership, HouseholdResidence, Person
from anlan.registers.rules.households import LeaveReason, heir_problems, is_head, join_problems

HEAD = "02"
"""The relation (GB/T 4761) the registers write for the head of a household."""


def open_place(person: Person) -> HouseholdMembership | None:
    """The household a person belongs to now."""
    rows = HouseholdMembership.objects.filter(person=person, valid_to=None)
    return rows.select_for_update(of=("self",)).select_related("household").first()


def require_home(area: Area) -> None:
    """Refuse an area nobody can live in: one that ended, or a county or township."""
    if area.valid_to is not None:
        raise Refused(Problem("area.ended", "area", {"name": area.name}))
    if AreaKind(area.kind) in (AreaKind.COUNTY, AreaKind.TOWNSHIP):
        raise Refused(Problem("household.area_kind", "area"))


def require_open(household: Household) -> None:
    """Refuse a household that exists no more."""
    if household.valid_to is not None:
        raise Refused(Problem("household.ended", "household"))


def require_free_number(number: str, area: Area, besides: Household | None = None) -> None:
    """Refuse a household number that another household of the same village has."""
    if not number:
        return
    villages = Area.objects.filter(pk__in=path_ids(area.path), kind__in=VILLAGES)
    village = villages.first() or area
    others = Household.objects.filter(number=number, valid_to=None)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.filter(area__in=Area.objects.within(village.path)).exists():
        raise Refused(Problem("household.number_taken", "number", {"number": number}))


def join(change: Change, person: Person, household: Household, relation: str, on: date) -> None:
    """Let a person belong to a household from a day on, and live where it lives.

    The person must belong to none. Refused: a household that ended or began later, a second head, a day
    before the person left the last household.
    """
    require_open(household)
    refuse(join_problems(relation, has_head=household.head_id is not None, same_household=False))
    require_day(change, on, household.valid_from)
    last = person.household_memberships.order_by("-valid_to").values_list("valid_to", flat=True).first()
    require_day(change, on, last)
    row = HouseholdMembership(household=household, person=person, relation=relation, valid_from=on)
    change.create(row)
    if is_head(relation):
        _name_head(change, household, person)
    settle(change, person, household.area_id)


def settle(change: Change, person: Person, area_id: int) -> None:
    """Let a person live in an area today."""
    change.begin(person)
    person.area_id = area_id
    change.save(person)


def leave(
    change: Change,
    person: Person,
    on: date,
    reason: LeaveReason,
    new_head: Person | None = None,
    relations: Mapping[int, str] | None = None,
) -> Household | None:
    """End a person's place in their household; gives the household, None when they belonged to none.

    A head who leaves is followed by ``new_head``, else the household waits without one; ``relations`` are the
    others' relations to the new head, by person id. A household nobody is left in ends. Only a death may lie
    before the place began (it then never counted); other days are refused with ``date.before_current``.
    """
    place = open_place(person)
    if place is None:
        return None
    if reason is not LeaveReason.DEATH:
        require_day(change, on, place.valid_from)
    household = locked(place.household)
    was_head = household.head_id == person.pk
    if new_head is not None and not was_head:
        raise Refused(Problem("household.two_heads", "new_head"))
    close(change, place, on, end_reason=reason.value)
    if was_head:
        _name_head(change, household, None)
        if new_head is not None:
            make_head(change, household, new_head, on, relations or {}, left=person)
    if not household.memberships.filter(valid_to=None).exists():
        _end(change, household, on)
    return household


def make_head(
    change: Change,
    household: Household,
    head: Person,
    on: date,
    relations: Mapping[int, str],
    left: Person | None = None,
) -> None:
    """Make a member the head from a day on; the others' relations follow where ``relations`` names them.

    Refused: the present head, somebody who belongs elsewhere, and a former head who stays without a relation.
    """
    rows = (
        household.memberships.filter(valid_to=None).select_for_update(of=("self",)).select_related("person")
    )
    places = {place.person_id: place for place in rows}
    refuse(
        heir_problems(
            leaves=left is not None and left.pk == head.pk,
            is_new_head=household.head_id == head.pk,
            belongs=head.pk in places,
        )
    )
    if household.head_id is not None and household.head_id in places and household.head_id not in relations:
        raise Refused(Problem("value.required", "relations"))
    for person_id, place in places.items():
        relation = HEAD if person_id == head.pk else relations.get(person_id, place.relation)
        if person_id != head.pk and is_head(relation):
            raise Refused(Problem("household.two_heads", "relations"))
        day = max(on, place.valid_from) if left is not None else on
        if relation != place.relation:
            turned = turn(change, place, day, relation=relation)
            _say_why(change, place, turned)
    _name_head(change, household, head)


def _say_why(change: Change, before: HouseholdMembership, after: HouseholdMembership) -> None:
    """A row that was closed because the head changed says so."""
    if after.pk != before.pk:
        change.begin(before)
        before.end_reason = LeaveReason.HEAD.value
        change.save(before)


def move_home(change: Change, household: Household, area: Area, on: date) -> None:
    """Let a household live elsewhere from a day on; everybody in it goes along."""
    residence = household.residences.filter(valid_to=None).select_for_update().first()
    if residence is None:
        change.create(HouseholdResidence(household=household, area=area, valid_from=on))
    else:
        turn(change, residence, on, area_id=area.pk)
    change.begin(household)
    household.area = area
    change.save(household)
    for person in Person.objects.filter(
        household_memberships__in=household.memberships.filter(valid_to=None)
    ):
        settle(change, person, area.pk)


def _name_head(change: Change, household: Household, head: Person | None) -> None:
    change.begin(household)
    household.head = head
    change.save(household)


def _end(change: Change, household: Household, on: date) -> None:
    for residence in household.residences.filter(valid_to=None):
        close(change, residence, on)
    close(change, household, on)
