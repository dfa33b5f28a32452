"""Setting parameters, taking back what does not hold yet, bringing the shipped defaults into the table."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel import parameters, permissions, stamps
from anlan.kernel.actions import action
from anlan.kernel.actors import Actor, SystemActor
from anlan.kernel.changes import Change
from anlan.kernel.models import ParameterValue
from anlan.kernel.problems import NotFound, Problem, Refused

SET, WITHDRAW = "kernel.parameter_set", "kernel.parameter_withdraw"


def place_path(path: str) -> str:
    """Where a value is kept: the one root of the tree is everywhere, whose path is empty."""
    return path if path.count(".") > 1 else ""


def checked_value(actor: Actor, *, code: str, value: Any, path: str, source: str) -> Any:
    """A value as the table would keep it; refused is what ``parameter_set`` refuses. Writes nothing."""
    if code not in parameters.declared():
        raise Refused(Problem("parameter.unknown", "code", {"code": code}))
    parameter = parameters.find(code)
    if not source.strip():
        raise Refused(Problem("value.required", "source"))
    _require_range(actor, SET, path, _("修改参数"))
    if path and not parameter.by_area:
        raise Refused(Problem("parameter.not_by_area", "path", {"label": str(parameter.label or code)}))
    if value is not None:
        return parameters.stored(parameter, value)
    if not path:
        raise Refused(Problem("value.required", "value"))
    if not ParameterValue.objects.filter(code=code, path=path).exists():
        raise Refused(Problem("parameter.nothing_to_end", "value"))
    return None


@action(SET, label=_("修改参数"))
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

    ``value`` None ends the area's own rule. Refused: an unknown code, a value of another type or out of its
    bounds, no source, an area where the parameter knows none. Setting the same day again replaces that day's
    value.
    """
    path = place_path(path)
    content = checked_value(change.actor, code=code, value=value, path=path, source=source)
    row = ParameterValue.objects.filter(code=code, path=path, valid_from=valid_from).first()
    if row is None:
        row = ParameterValue(code=code, path=path, valid_from=valid_from)
        _fill(row, content, source.strip(), note.strip(), shipped=False)
        change.create(row)
    else:
        change.begin(row)
        _fill(row, content, source.strip(), note.strip(), shipped=False)
        change.save(row)
    stamps.renew(parameters.STAMP)
    return row


@action(WITHDRAW, label=_("撤回参数"))
def parameter_withdraw(change: Change, *, value: ParameterValue, reason: str = "") -> None:
    """Take back a value whose day has not come, as if it had never been set; the record keeps it.

    Refused: a value in force or shipped with the program, an area outside the actor's range.
    """
    row = ParameterValue.objects.select_for_update().filter(pk=value.pk).first()
    if row is None:
        raise NotFound(f"parameter value {value.pk}")
    _require_range(change.actor, WITHDRAW, row.path, _("撤回参数"))
    if row.shipped:
        raise Refused(Problem("parameter.shipped"))
    if row.valid_from <= change.today:
        raise Refused(Problem("parameter.in_force", params={"day": row.valid_from}))
    change.reason = reason.strip()
    change.delete(row)
    stamps.renew(parameters.STAMP)


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


def _require_range(actor: Actor, permission: str, path: str, label: Any) -> None:
    ranges = permissions.ranges_for(actor, permission)
    if not any(reach.tree == "area" and (reach.is_whole or reach.holds(path)) for reach in ranges):
        raise Refused(Problem("action.out_of_range", "path", {"action": str(label)}))


def _fill(row: ParameterValue, content: Any, source: str, note: str, *, shipped: bool) -> None:
    row.value, row.source, row.note, row.shipped = content, source, note, shipped
