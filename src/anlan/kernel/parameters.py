"""Parameters: every limit, rate and rhythm, dated, scoped by area, with the text it comes from.

Apps declare their parameters with a shipped default; ``load_defaults`` puts the defaults into the table,
and only the table is read. What the table does not say is an error, never a guess.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.kernel.models import ParameterValue
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.stamps import Kept

ParameterType = Literal["integer", "decimal", "text", "clock", "yes_no", "list", "json"]
Text = str | Promise
BEGINNING = date(1949, 10, 1)
STAMP = "parameters"
TYPE_WORDS: Mapping[ParameterType, Text] = {
    "integer": _("整数"),
    "decimal": _("数字，可带小数"),
    "text": _("文字"),
    "clock": _("一天里的时间，例如 02:30"),
    "yes_no": _("“是”或“否”"),
    "list": _("清单"),
    "json": _("成对的内容"),
}


class ParameterMissing(LookupError):
    """Nobody declared this parameter, or it has no value on this day here."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter: its type, the shipped default, its unit, the text it comes from, a note for
    editors.

    ``choices`` (value as text → word) are all that a value or an entry of a list may be. A number lies
    between ``least`` and ``most``, both inclusive; None is no bound. ``by_area`` False: it is asked without a
    place, therefore holds everywhere or not at all, so that nobody sets it for one township in vain.
    """

    code: str
    type: ParameterType
    default: Any
    unit: Text = ""
    source: Text = ""
    note: Text = ""
    label: Text = ""
    valid_from: date = BEGINNING
    choices: Mapping[str, Text] = field(default_factory=dict)
    least: int | None = 0
    most: int | None = None
    by_area: bool = True


Rows = list[tuple[str, date, Any]]
_declared: dict[str, Parameter] = {}


def declare(*parameters: Parameter) -> None:
    """Declare parameters (in ``AppConfig.ready``). A code is declared once; its default must be of its
    type.
    """
    for parameter in parameters:
        if parameter.code in _declared:
            raise ValueError(f"parameter {parameter.code} is declared twice")
        stored(parameter, parameter.default)
        _declared[parameter.code] = parameter


def declared() -> Mapping[str, Parameter]:
    """All declared parameters by code."""
    return _declared


def find(code: str) -> Parameter:
    """The declaration of a code; raises ``ParameterMissing``."""
    if code not in _declared:
        raise ParameterMissing(f"parameter {code} is not declared")
    return _declared[code]


def value(code: str, *, on: date, path: str = "") -> Any:
    """The value in force on a day at an area (its path; "" everywhere).

    The most specific area with a value wins, within it the latest day not after ``on``. Integers come as int,
    decimals as Decimal, yes_no as bool, lists as list. Raises ``ParameterMissing``.
    """
    parameter = find(code)
    settled: set[str] = set()
    for scope, since, content in _kept.get().get(code, ()):
        if scope in settled or since > on or not path.startswith(scope):
            continue
        settled.add(scope)
        if content is not None:
            return Decimal(content) if parameter.type == "decimal" else content
    raise ParameterMissing(f"parameter {code} has no value on {on} at {path or 'the top'}")


def integer(code: str, *, on: date, path: str = "") -> int:
    """The value of an integer parameter; see ``value``."""
    return int(value(code, on=on, path=path))


def decimal(code: str, *, on: date, path: str = "") -> Decimal:
    """The value of a decimal parameter; see ``value``."""
    return Decimal(value(code, on=on, path=path))


def yes(code: str, *, on: date, path: str = "") -> bool:
    """The value of a yes_no parameter; see ``value``."""
    return bool(value(code, on=on, path=path))


def text(code: str, *, on: date, path: str = "") -> str:
    """The value of a text parameter, or of a clock as ``HH:MM``, "" for no time; see ``value``."""
    return str(value(code, on=on, path=path))


def record_number(code: str) -> int:
    """Under which number the record of changes keeps all that happens to a parameter, whatever the row."""
    return int.from_bytes(blake2b(code.encode(), digest_size=8).digest()) >> 1


def stored(parameter: Parameter, given: Any) -> Any:
    """A value as the table keeps it (decimals as text); refused when it is not of the parameter's type, out
    of its bounds or none of its choices.
    """
    kept = _STORED[parameter.type](given)
    label = str(parameter.label or parameter.code)
    if kept is None:
        wanted = str(TYPE_WORDS[parameter.type])
        raise Refused(Problem("parameter.type", "value", {"label": label, "wanted": wanted}))
    problems = list(_limits(parameter, kept, label))
    if problems:
        raise Refused(*problems)
    return kept


def _limits(parameter: Parameter, kept: Any, label: str) -> Iterator[Problem]:
    if parameter.type in ("integer", "decimal"):
        number = Decimal(kept)
        if parameter.least is not None and number < parameter.least:
            yield Problem("parameter.too_small", "value", {"label": label, "least": parameter.least})
        if parameter.most is not None and number > parameter.most:
            yield Problem("parameter.too_large", "value", {"label": label, "most": parameter.most})
    if parameter.choices:
        for entry in kept if isinstance(kept, list) else [kept]:
            if str(entry) not in parameter.choices:
                yield Problem("parameter.choice", "value", {"label": label, "value": str(entry)})


def _integer(given: Any) -> int | None:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, str) and given.strip().lstrip("-").isdecimal():
        return int(given)
    return None


def _clock(given: Any) -> str | None:
    """A time of day as ``HH:MM``; blank is no time."""
    written = given.strip() if isinstance(given, str) else "?"
    found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", written)
    if found:
        return f"{int(found[1]):02}:{found[2]}"
    return None if written else ""


def _decimal(given: Any) -> str | None:
    if isinstance(given, bool | float):
        return None
    try:
        number = Decimal(given)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return str(number) if number.is_finite() else None


_STORED: dict[ParameterType, Any] = {
    "integer": _integer,
    "decimal": _decimal,
    "text": lambda given: given if isinstance(given, str) else None,
    "clock": _clock,
    "yes_no": lambda given: given if isinstance(given, bool) else None,
    "list": lambda given: list(given) if isinstance(given, list | tuple) else None,
    "json": lambda given: given,
}


def _load() -> dict[str, Rows]:
    """All values by code, the most specific area first, within it the latest day first."""
    table: dict[str, Rows] = {}
    rows = ParameterValue.objects.order_by().values_list("code", "path", "valid_from", "value")
    for code, path, since, content in rows:
        table.setdefault(code, []).append((path, since, content))
    for entries in table.values():
        entries.sort(key=lambda entry: (len(entry[0]), entry[1]), reverse=True)
    return table


_kept = Kept(STAMP, _load)
