"""A recognised sheet, column by column: what its lines say, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

Level = Literal["refused", "warning", "duplicate"]

REFUSED: Level = "refused"
WARNING: Level = "warning"
DUPLICATE: Level = "duplicate"


class _Nothing:
    """What 无, / and — say: that there is none. A blank cell says nothing at all and is None."""

    def __repr__(self) -> str:
        return "NOTHING"

    def __bool__(self) -> bool:
        return False


NOTHING = _Nothing()
"""The cell states that there is none (无, /, —); the register's value is to be taken away."""


class RowProblem(NamedTuple):
    """One thing wrong with one line. ``line`` is the index into the table's columns, ``column`` the header
    text.
    """

    line: int
    column: str
    code: str
    level: Level
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands around the lines and may decide a reference: names as written, "" where nothing was
    found.
    """

    township: str = ""
    village: str = ""
    group: str = ""
    organization: str = ""
    county: str = ""


@dataclass(slots=True)
class SheetTable:
    """The lines of one sheet of one kind.

    ``columns`` maps fields to lists of equal length, one value a line: what the value type gives, ``None``
    where the cell is blank, ``NOTHING`` where it says that there is none. A field whose column is absent
    has no list. After checking, a refused or repeated line stays in the lists; ``live_lines`` are those to
    be planned. ``households`` numbers the household of each line (lines of one household have the same
    number; None for kinds without households). ``as_of`` is the date in the sheet's unit line.
    """

    kind: str
    file: str
    sheet: str
    title: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    as_of: date | None = None
    header_rows: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    row_numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    households: list[int] | None = None
    problems: list[RowProblem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    duplicates: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Repeated line → (index of the table in the kind's list, line) of the one that counts."""
    left_out: list[int] = field(default_factory=list)
    """Rows (as numbered in the sheet) that are no lines: examples, totals, signatures, notes, repeated
    headers.
    """
    unread: list[str] = field(default_factory=list)
    """Headers of columns that mean nothing to the kind."""
    source_path: Path | None = None
    """Where the file is, for the returned sheet."""
    source_headers: list[str] = field(default_factory=list, repr=False)
    source_rows: list[list[Any]] | None = field(default=None, repr=False)
    """The cells of each line, where a row of the sheet is several lines; else they stand in their row."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    def live_lines(self) -> list[int]:
        """The lines that are neither refused nor repeated."""
        if not self.refused and not self.duplicates:
            return list(range(len(self.row_numbers)))
        return [n for n in range(len(self.row_numbers)) if n not in self.refused and n not in self.duplicates]

    def header_of(self, name: str) -> str:
        """The header text of a field's column, "" when it has none."""
        return next((header for header, other in self.headers.items() if other == name), "")

    def column(self, name: str) -> list[Any]:
        """The values of a field; a list of None where the column is absent."""
        found = self.columns.get(name)
        return found if found is not None else [None] * len(self.row_numbers)

    def refuse(self, line: int, name: str, code: str, /, **params: Any) -> None:
        """Refuse a line because of a field."""
        self.problems.append(RowProblem(line, self.header_of(name), code, REFUSED, params))
        self.refused.add(line)

    def warn(self, line: int, name: str, code: str, /, **params: Any) -> None:
        """Note something about a line that does not stop it."""
        self.problems.append(RowProblem(line, self.header_of(name), code, WARNING, params))
