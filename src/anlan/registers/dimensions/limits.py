"""Limits that the dimensions ask for: dated parameters, with the text they come from."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel import parameters
from anlan.kernel.parameters import Parameter

ELECTION_WARNING = "registers.election_warning_months"

PARAMETERS = (
    Parameter(
        ELECTION_WARNING,
        "integer",
        6,
        unit=_("个月"),
        source=_("基层党组织任期届满前 6 个月，上级党组织一般予以提醒"),
        label=_("换届提前提醒"),
        by_area=False,
    ),
)


def election_warning_months(day: date) -> int:
    """How many months before the end of a term an election counts as due soon."""
    return parameters.integer(ELECTION_WARNING, on=day)
