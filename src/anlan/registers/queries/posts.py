"""Posts vacant and terms that are over or soon will be, as conditions on organisations of a day."""

from datetime import date

from django.db.models import Q, QuerySet

from anlan.registers.dimensions.bands import months_after
from anlan.registers.dimensions.limits import election_warning_months
from anlan.registers.dimensions.organizations import DUE_SOON, OVERDUE
from anlan.registers.models import Appointment
from anlan.registers.queries.details import open_rows

LEADING = ("secretary", "group_leader")
"""The posts whose vacancy leaves an organisation without a head."""


def led(day: date) -> Q:
    """Organisations that have a secretary (a group: a leader) on the day."""
    return Q(pk__in=_organizations(Appointment.objects.filter(open_rows(day), post__in=LEADING)))


def with_term(value: str, day: date) -> Q:
    """Organisations in which somebody holds a post beyond its term, or whose term ends within the months of
    the reminder (``registers.election_warning_months``).
    """
    held = Appointment.objects.filter(open_rows(day))
    if value == OVERDUE:
        return Q(pk__in=_organizations(held.filter(term_ends_on__lt=day)))
    if value == DUE_SOON:
        last = months_after(day, election_warning_months(day))
        return Q(pk__in=_organizations(held.filter(term_ends_on__gte=day, term_ends_on__lte=last)))
    raise KeyError(value)


def _organizations(posts: QuerySet[Appointment]) -> QuerySet[Appointment, int]:
    return posts.values_list("organization_id", flat=True)
