"""An officer who no longer covers a point, a village or a unit."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import OfficerCover


@action("registers.officer_end", label=_("解除移民专干或联络员"), on="officer")
def officer_end(change: Change, *, officer: OfficerCover, on: date) -> OfficerCover:
    """End an officer's cover on ``on`` (exclusive); refused when ended, before it began, on a day to come."""
    officer = locked(officer)
    if officer.valid_to is not None:
        raise Refused(Problem("officer.ended", "officer"))
    require_day(change, on, officer.valid_from)
    close(change, officer, on)
    return officer
