"""An organisation that no longer covers a point, a village or a unit."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import Cover


@action("registers.cover_end", label=_("解除党组织覆盖"), on="cover")
def cover_end(change: Change, *, cover: Cover, on: date) -> Cover:
    """End a cover on ``on`` (exclusive); refused when it ended, before it began, on a day to come."""
    cover = locked(cover)
    if cover.valid_to is not None:
        raise Refused(Problem("cover.ended", "cover"))
    require_day(change, on, cover.valid_from)
    close(change, cover, on)
    return cover
