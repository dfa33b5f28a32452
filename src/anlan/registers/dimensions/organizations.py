"""Dimensions of Party organisations: kind, tier, set-up mode, founding period, state of the next election."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import ORGANIZATION_KIND, SETUP_MODE
from anlan.places.rules import AreaKind
from anlan.registers.dimensions.bands import FOUNDING, months_after, periods
from anlan.registers.dimensions.dimension import Dimension, Option, banded, coded, dated, grouped
from anlan.registers.dimensions.limits import election_warning_months

VERSION = dated("version_on_day", "versions")
OVERDUE, DUE_SOON, IN_TERM, NOT_KNOWN = "overdue", "due_soon", "in_term", "unknown"

KIND = coded("kind", _("类别"), "version_on_day__kind", ORGANIZATION_KIND, relations=VERSION)
TIER = grouped(
    "tier",
    _("层级"),
    "version_on_day__area__kind",
    (
        ("county", _("县级"), (AreaKind.COUNTY.value,)),
        ("township", _("乡镇级"), (AreaKind.TOWNSHIP.value,)),
        (
            "village",
            _("村级"),
            (
                AreaKind.VILLAGE.value,
                AreaKind.COMMUNITY.value,
                AreaKind.GROUP.value,
                AreaKind.POINT.value,
            ),
        ),
    ),
    relations=VERSION,
)
SETUP = coded("setup_mode", _("组建方式"), "setup_mode", SETUP_MODE)
FOUNDED = banded("founded_band", _("成立时间"), "founded_on", lambda day: periods(FOUNDING))


def _elections(day: date) -> Mapping[str, Q]:
    """The term as it stood on the day: a later election says nothing about it, so the state is then unknown.

    A superior normally reminds six months before a term ends (rules.md 2); the months are a parameter.
    """
    known = Q(election_due_on__isnull=False) & (Q(elected_on__isnull=True) | Q(elected_on__lte=day))
    reminded = months_after(day, election_warning_months(day))
    return {
        OVERDUE: known & Q(election_due_on__lt=day),
        DUE_SOON: known & Q(election_due_on__gte=day, election_due_on__lte=reminded),
        IN_TERM: known & Q(election_due_on__gt=reminded),
        NOT_KNOWN: Q(election_due_on__isnull=True) | Q(elected_on__gt=day),
    }


_ELECTION = (
    Option(OVERDUE, _("超期未换届")),
    Option(DUE_SOON, _("临近届满")),
    Option(IN_TERM, _("届期之内")),
    Option(NOT_KNOWN, _("届期未填")),
)
ELECTION = Dimension("election", _("换届"), lambda day: _ELECTION, _elections)

ORGANIZATION_DIMENSIONS = (KIND, TIER, SETUP, ELECTION, FOUNDED)
