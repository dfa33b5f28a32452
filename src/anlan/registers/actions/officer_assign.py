"""A resettlement officer or liaison officer given a point, a village or a unit."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import tidy_name
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.places.models import Area
from anlan.registers.actions.unit_rows import phone_columns
from anlan.registers.models import OfficerCover, Unit
from anlan.registers.rules.coverage import officer_problems


@action("registers.officer_assign", label=_("确定移民专干或联络员"), on="target")
def officer_assign(
    change: Change, *, target: Area | Unit, duty: str, name: str, on: date, phone: str = ""
) -> OfficerCover:
    """Let somebody be resettlement officer or liaison officer of a point, a village or a unit from ``on``.

    Refused: a target that is none or ended, an unknown duty, nobody named, a duty somebody holds there (that
    is ended first), a phone that cannot be one, a day to come or before the target existed.
    """
    target = locked(target)
    name = tidy_name(name)
    refuse(
        officer_problems(
            target_kind=target.kind if isinstance(target, Area) else "",
            target_open=target.valid_to is None,
            target=target.name,
            duty=duty,
            name=name,
        )
    )
    held = target.officer_covers.filter(valid_to=None, duty=duty).first()
    if held is not None:
        raise Refused(Problem("officer.held", "name", {"name": held.name}))
    require_day(change, on, target.valid_from)
    where = {"unit": target} if isinstance(target, Unit) else {"area": target}
    row = OfficerCover(duty=duty, name=name, valid_from=on, **phone_columns(phone), **where)
    change.create(row)
    return row
