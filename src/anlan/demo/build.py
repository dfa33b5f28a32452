"""Building the made-up county in a database: sheets of its first day, then its past, then its accounts."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.demo import chronicle, tables
from anlan.demo.batches import write_batch
from anlan.demo.cast import make_accounts
from anlan.demo.chronicle import Period
from anlan.demo.county.facts import County
from anlan.demo.county.making import make_county
from anlan.demo.county.placenames import COUNTY_CODE
from anlan.demo.county.units import FIRST_COVERED, SECOND_COVERED
from anlan.demo.entering import enter, name_officer
from anlan.kernel.actors import Actor, SystemActor
from anlan.places.models import Area

Progress = Callable[[str, int, int], None]


def build_county(persons: int, seed: int, progress: Progress) -> None:
    """Make the county with ``persons`` living residents; does nothing where it is there already.

    The database must have what is shipped (parameters, support programmes) and no other county. ``progress``
    is told what is done now, and how many steps of how many. Not one transaction: what fails in between
    leaves part of a county. Refused (``ValueError``): fewer persons than a county needs.
    """
    if Area.objects.filter(code=f"{COUNTY_CODE}000000").exists():
        return
    today, actor = timezone.localdate(), SystemActor(_("演示县"))
    progress(_("编制人口"), 0, 1)
    with _kept_from_collector():
        county = make_county(persons, seed)
        progress(_("编制人口"), 1, 1)
        _enter_all(county, actor, today, progress)


@contextmanager
def _kept_from_collector() -> Iterator[None]:
    """A county is many objects that stay to the end: look for circles among them less often."""
    threshold = gc.get_threshold()
    gc.set_threshold(200_000, *threshold[1:])
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


def _enter_all(county: County, actor: Actor, today: date, progress: Progress) -> None:
    progress(_("录入第一份台账"), 0, 1)
    write_batch(chronicle.first_sheets(county), actor=actor, today=today)
    _know_sizes()
    progress(_("录入第一份台账"), 1, 1)
    _tell_past(county, actor, today, progress)
    _tell_units(county, actor, today)
    make_accounts(actor, county, today)


def _know_sizes() -> None:
    """Let the database look how large its tables have become: it would search them as if they were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _tell_past(county: County, actor: Actor, today: date, progress: Progress) -> None:
    """Enter half year after half year; what the clock has not reached yet is left out."""
    periods = [one for one in chronicle.periods(county) if one.until <= today]
    label = _("录入历年变动")
    for done, period in enumerate(periods):
        progress(label, done, len(periods))
        _enter(period, actor)
        if period.sheets:
            write_batch(period.sheets, actor=actor, today=today)
    progress(label, len(periods), len(periods))


def _tell_units(county: County, actor: Actor, today: date) -> None:
    """Load units and contact points from their sheets, of two days, and name the officers of villages."""
    for day in (FIRST_COVERED, SECOND_COVERED):
        if day > today:
            return
        there = [one for one in county.units if one.since <= day]
        sheets = [tables.unit_table(there, day), tables.contact_point_table(county.contact_points, day)]
        write_batch(sheets, actor=actor, today=today)
    with transaction.atomic():
        for officer in county.officers:
            name_officer(actor, officer, SECOND_COVERED)


def _enter(period: Period, actor: Actor) -> None:
    """Single events, each with an entry of its own; one commit for all, because thousands would be slow."""
    with transaction.atomic():
        for entry in period.entries:
            enter(actor, entry)
