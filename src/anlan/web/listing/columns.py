"""Columns of a list: one declaration for the screen, the paper and the sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from anlan.kernel.partial_dates import PartialDate
from anlan.web import formats
from anlan.web.icons import icon_svg
from anlan.web.parts import State

Kind = Literal["text", "code", "number", "day"]
Exported = str | int | float | Decimal | date | None
_WIDTHS: dict[Kind, int] = {"text": 14, "code": 20, "number": 10, "day": 12}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``value`` is an attribute path of the row with dots ("household.area.name"; default: the code) or a
    function of the row. A value may be text, a number, a date, a ``PartialDate``, a ``State`` or None.
    ``link`` gives the address of a row's cell ("" for none). ``sort`` names the ORM fields the column sorts
    by; without it the column does not sort. ``kind`` ``code`` keeps digits as text in sheets (ids, phones,
    codes). A ``protected`` column's ``value`` is the masked text; ``plain`` gives the full one, used only in
    sheets and only where the list's ``reveals`` allows it. ``format`` makes the text on the screen from the
    value.
    ``wide`` is the width in a sheet, in characters; ``sheet_only`` columns are not on the screen. ``group``
    is the word above neighbouring columns of a layout; ``total`` adds the column up in a layout's last line.
    """

    code: str
    label: str | Promise
    value: str | Callable[[Any], Any] = ""
    format: Callable[[Any], str] | None = None
    link: Callable[[Any], str] | None = None
    sort: str | tuple[str, ...] = ()
    kind: Kind = "text"
    protected: bool = False
    plain: Callable[[Any], str] | None = None
    wide: int = 0
    sheet_only: bool = False
    group: str | Promise = ""
    total: bool = False

    @property
    def width(self) -> int:
        """Width in a sheet, in characters."""
        return self.wide or max(_WIDTHS[self.kind], len(str(self.label)) * 2 + 2)

    @property
    def sort_fields(self) -> tuple[str, ...]:
        """The ORM fields the column sorts by, empty when it does not."""
        return (self.sort,) if isinstance(self.sort, str) and self.sort else tuple(self.sort or ())

    def of(self, row: Any) -> Any:
        """The value of a row, None when a step of the path is None."""
        if callable(self.value):
            return self.value(row)
        steps = (self.value or self.code).split(".")
        return reduce(lambda found, step: None if found is None else getattr(found, step), steps, row)

    def on_screen(self, row: Any) -> tuple[SafeString | str, bool]:
        """What the cell shows (escaped unless marked safe), and whether it is blank."""
        value = self.of(row)
        if value is None or value == "":
            return "", True
        if self.format is not None:
            return conditional_escape(self.format(value)), False
        if isinstance(value, State):
            return format_html(
                '<span class="state state-{}">{}{}</span>', value.tone, icon_svg(value.tone), value.word
            ), False
        if isinstance(value, PartialDate | date):
            return _write_day(value), False
        if self.kind == "number":
            return formats.write_number(value), False
        return conditional_escape(value), False

    def in_sheet(self, row: Any, *, reveal: bool) -> Exported:
        """What the cell of a sheet holds: numbers and days as such, codes and everything else as text."""
        value = self.plain(row) if reveal and self.protected and self.plain else self.of(row)
        if value is None or value == "":
            return None
        if isinstance(value, State):
            return str(value.word)
        if isinstance(value, PartialDate):
            return str(value)
        if isinstance(value, datetime):
            return formats.write_moment(value)
        if isinstance(value, date):
            return value
        if self.kind == "number" and isinstance(value, int | float | Decimal):
            return value
        return str(value)


def _write_day(value: PartialDate | date) -> str:
    return formats.write_moment(value) if isinstance(value, datetime) else formats.write_day(value)
