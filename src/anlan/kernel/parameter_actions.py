"""Setting parameters, and bringing the shipped defaults into the table."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel import parameters, permissions, stamps
from anlan.kernel.actions import action
from anlan.kernel.actors import SystemActor
from anlan.kernel.changes import Change
from anlan.kernel.models import ParameterValue
from anlan.kernel.problems import Problem, Refused


@action("kernel.parameter_set", label=_("修改参数"))
def parameter_set(
    change: Change,
    *,
    code: str,
    value: Any,
    valid_from: date,
    path: str = "",
    source: str,
    note: str = "",
) -> ParameterValue:
    """Set a parameter from a day on, within an area of the actor's range; "" needs the whole county.

    ``value`` None ends the area's own rule. Refused: an unknown code, a value of another type, no source.
    Setting the same day again replaces that day's value.
    """
    if code not in parameters.declared():
        raise Refused(Problem("parameter.unknown", "code", {"code": code}))
    if not source.strip():
        raise Refused(Problem("value.required", "source"))
    ranges = permissions.ranges_for(change.actor, "kernel.parameter_set")
    if not any(reach.tree == "area" and (reach.is_whole or reach.holds(path)) for reach in ranges):
        raise Refused(Problem("action.out_of_range", params={"action": str(_("修改参数"))}))
    if value is None and not path:
        raise Refused(Problem("value.required", "value"))
    content = None if value is None else parameters.stored(parameters.find(code), value)
    row = ParameterValue.objects.filter(code=code, path=path, valid_from=valid_from).first()
    if row is None:
        row = ParameterValue(code=code, path=path, valid_from=valid_from)
        _fill(row, content, source.strip(), note, shipped=False)
        change.create(row)
    else:
        change.begin(row)
        _fill(row, content, source.strip(), note, shipped=False)
        change.save(row)
    stamps.renew(parameters.STAMP)
    return row


@action("kernel.parameters_load", label=_("载入默认参数"), actors=("system", "cli"))
def parameters_load(change: Change) -> int:
    """Put every declared default that is not there into the table; gives how many rows were written.

    A shipped row whose default has changed with the program is brought up to date; the county's own are kept.
    """
    present = {(row.code, row.valid_from): row for row in ParameterValue.objects.filter(path="")}
    written = 0
    for parameter in parameters.declared().values():
        content = parameters.stored(parameter, parameter.default)
        row = present.get((parameter.code, parameter.valid_from))
        if row is None:
            row = ParameterValue(code=parameter.code, path="", valid_from=parameter.valid_from)
            _fill(row, content, str(parameter.source), str(parameter.note), shipped=True)
            change.create(row)
            written += 1
        elif row.shipped:
            change.begin(row)
            _fill(row, content, str(parameter.source), str(parameter.note), shipped=True)
            written += change.save(row)
    if written:
        stamps.renew(parameters.STAMP)
    return written


def load_defaults() -> int:
    """Bring the shipped defaults into the table, as the system; safe to repeat. Gives how many rows were
    written.
    """
    return parameters_load(SystemActor("parameter-defaults"))


def _fill(row: ParameterValue, content: Any, source: str, note: str, *, shipped: bool) -> None:
    row.value, row.source, row.note, row.shipped = content, source, note, shipped
