"""What the registers and accounts do when areas move, merge or split: follow-ups of the verbs of places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anlan.kernel.actions import register_follow_up
from anlan.kernel.bulk import insert_rows
from anlan.kernel.changes import Change, Record
from anlan.places.actions.dated_rows import require_day
from anlan.places.actions.moved_paths import noted_paths
from anlan.places.models import Area
from anlan.registers.actions.grant_rows import follow_paths, hand_over
from anlan.registers.actions.organization_rows import restate
from anlan.registers.actions.unit_rows import end_covers, restate_unit
from anlan.registers.models import (
    ContactPoint,
    Household,
    HouseholdResidence,
    PartyOrganization,
    Person,
    Unit,
)


def register() -> None:
    """Tie the follow-ups to their verbs."""
    register_follow_up("places.area_move", after_move)
    register_follow_up("places.area_merge", after_merge)
    register_follow_up("places.area_split", after_split)


def after_move(change: Change, area: Area, arguments: Mapping[str, Any]) -> None:
    """Roles over what moved are over its new path."""
    follow_paths(change, "area", noted_paths(change))


def after_merge(change: Change, after: Area, arguments: Mapping[str, Any]) -> None:
    """What lay in the areas that ended lies in the one that stays, from the day of the merger."""
    ended = {area.path: area for area in Area.objects.filter(pk__in=[one.pk for one in arguments["areas"]])}
    follow_paths(change, "area", [pair for pair in noted_paths(change) if pair[0] not in ended])
    for area in ended.values():
        hand_over(change, "area", area.path, [after.path], arguments["on"])
        take_over(change, area, after, arguments["on"])


def after_split(change: Change, new: Sequence[Area], arguments: Mapping[str, Any]) -> None:
    """What moved with a child goes along; of an area that ended, one part takes what lay in itself."""
    follow_paths(change, "area", noted_paths(change))
    if arguments.get("ends"):
        area = Area.objects.get(pk=arguments["area"].pk)
        hand_over(change, "area", area.path, [part.path for part in new], arguments["on"])
        take_over(change, area, new[arguments.get("rest", 0)], arguments["on"])


def take_over(change: Change, before: Area, after: Area, on: date) -> None:
    """Let households, persons, organisations, units and contact points that lie in one area itself lie in
    another from a day on; what covered the area that ended ends with it.

    A village may hold thousands of persons: rows are written together, each noted in the record.
    """
    residences = HouseholdResidence.objects.filter(area=before, valid_to=None)
    latest = residences.order_by("-valid_from").values_list("valid_from", flat=True).first()
    require_day(change, on, latest)
    _move_residences(change, residences, after, on)
    _point_to(change, "household", Household.objects.filter(area=before), after)
    _point_to(change, "person", Person.objects.filter(area=before), after)
    for organization in PartyOrganization.objects.filter(area=before, valid_to=None):
        restate(change, organization, on, area_id=after.pk)
    for unit in Unit.objects.filter(area=before, valid_to=None):
        restate_unit(change, unit, on, area_id=after.pk)
    _point_to(change, "contact_point", ContactPoint.objects.filter(area=before, valid_to=None), after)
    end_covers(change, before, on)


def _move_residences(change: Change, residences: QuerySet[HouseholdResidence], after: Area, on: date) -> None:
    """Close each residence and open the next; those that began on the same day are corrected."""
    same_day = residences.filter(valid_from=on)
    table = HouseholdResidence._meta.db_table
    for own_id, household, area in same_day.values_list("pk", "household_id", "area_id"):
        change.touch([("household", household)], (table, own_id, {"area_id": area}, {"area_id": after.pk}))
    same_day.update(area=after)
    earlier = residences.filter(valid_from__lt=on)
    rows = list(earlier.values_list("pk", "household_id"))
    for own_id, household in rows:
        change.touch([("household", household)], (table, own_id, {"valid_to": None}, {"valid_to": on}))
    earlier.update(valid_to=on)
    following = [(household, after.pk, on, None) for _, household in rows]
    columns = ("household_id", "area_id", "valid_from", "valid_to")
    insert_rows(HouseholdResidence, columns, [(*row[:2], row[2].isoformat(), row[3]) for row in following])
    _note_new(change, (household for _, household in rows), after, on)


def _note_new(change: Change, households: Iterable[int], after: Area, on: date) -> None:
    found = HouseholdResidence.objects.filter(area=after, valid_to=None, valid_from=on)
    ids = dict(found.values_list("household_id", "pk"))
    for household in households:
        facts = {"household_id": household, "area_id": after.pk, "valid_from": on, "valid_to": None}
        row = (HouseholdResidence._meta.db_table, ids[household], None, facts)
        change.touch([("household", household)], row)


def _point_to(change: Change, kind: str, rows: QuerySet[Any], after: Area) -> None:
    """Let the rows' present area be another one."""
    table = rows.model._meta.db_table
    for own_id, area in rows.values_list("pk", "area_id"):
        record: Record = (kind, own_id)
        change.touch([record], (table, own_id, {"area_id": area}, {"area_id": after.pk}))
    rows.update(area=after)
