"""The board: places by key figures, each cell a link to its list, with what has changed since another day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anlan.web import formats
from anlan.web.parts import Tone

Text = str | Promise


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One figure: its text, the list behind it, how many more or fewer than on the day compared to.

    ``change`` is None where there is nothing to compare, or where it must not be told. ``tone`` marks a
    figure that asks for something; it is said by an icon too.
    """

    text: str
    url: str = ""
    change: int | None = None
    tone: Tone | None = None

    @property
    def change_text(self) -> str:
        """The change as a person reads it; "" where there is none, or none to tell."""
        return f"{self.change:+,}".replace("-", "−") if self.change else ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One place with its figures, in the order of the headings; ``url`` goes one level down."""

    name: str
    url: str
    cells: Sequence[BoardCell]


@dataclass(frozen=True, slots=True)
class Board:
    """A board as of a day, compared to ``before`` (None: to nothing). ``total`` is the line of the whole."""

    headings: Sequence[Text]
    rows: Sequence[BoardRow]
    total: BoardRow
    on: date
    before: date | None = None

    @property
    def labelled(self) -> list[tuple[BoardRow, list[tuple[Text, BoardCell]]]]:
        """The rows, each cell with its heading, which a phone shows beside it."""
        return [(row, list(zip(self.headings, row.cells, strict=True))) for row in self.rows]

    @property
    def whole(self) -> list[tuple[Text, BoardCell]]:
        """The cells of the whole with their headings."""
        return list(zip(self.headings, self.total.cells, strict=True))

    @property
    def compared(self) -> str:
        """What the small figures are, in words; "" where nothing is compared."""
        if self.before is None:
            return ""
        words = _("小字是比 %(day)s 增加或减少的数；没有小字的，没有变化或不能比。")
        return words % {"day": formats.write_day(self.before)}
