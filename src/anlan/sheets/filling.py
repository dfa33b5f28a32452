"""Reading blanks: what a merged cell, the line above, the household or the title says for them."""

from collections.abc import Sequence
from typing import Any

from anlan.kernel.codes import HEADS
from anlan.sheets.kinds import ColumnSpec
from anlan.sheets.reading import Merged
from anlan.sheets.values import Cell, is_blank

SPARSE = 0.2
"""From this share of blanks on, a column of places or households may be written once for several lines."""
_CLEARLY = 4

Cells = dict[str, list[Any]]


def fill_merged(merged: Sequence[Merged], rows: Sequence[list[Cell]], first: int, columns: set[int]) -> None:
    """Give every row of a vertically merged cell its value, in place, in the given columns below
    ``first``.
    """
    for (top, left), (bottom, right) in merged:
        if bottom <= top or bottom < first or left not in columns:
            continue
        value = rows[top][left]
        for number in range(max(top + 1, first), min(bottom + 1, len(rows))):
            for column in range(left, right + 1):
                if column in columns and column < len(rows[number]) and is_blank(rows[number][column]):
                    rows[number][column] = value if column == left else rows[top][column]


def is_written_once(cells: Sequence[Any]) -> bool:
    """Whether blanks mean «as above»: many blanks, the first line filled, values hardly ever repeated below
    each other.

    A column with few blanks among values repeated on every line has gaps, not blocks.
    """
    blanks = sum(1 for cell in cells if is_blank(cell))
    if not blanks or blanks < SPARSE * len(cells) or is_blank(cells[0]):
        return False
    filled = repeated = 0
    previous: Any = ""
    for cell in cells:
        if not is_blank(cell):
            filled += 1
            repeated += cell == previous
        previous = cell
    return repeated <= 0.3 * filled


def fill_down(cells: list[Any]) -> None:
    """Give every blank the value above it."""
    current: Any = ""
    for number, cell in enumerate(cells):
        if is_blank(cell):
            cells[number] = current
        else:
            current = cell


def fill_places(columns: Cells, specs: Sequence[ColumnSpec]) -> None:
    """Fill down the columns of places that are written once for a block of lines."""
    for spec in specs:
        cells = columns.get(spec.field)
        if spec.scope == "place" and cells and None in cells and is_written_once(cells):
            fill_down(cells)


def households_of(columns: Cells, length: int) -> list[int]:
    """The household of each line, numbered from 0.

    Lines belong together by their household number where it is given on every line, by standing below a
    number, a head's name or a head (户主) where it is given once, else by the head's name within one place.
    """
    for name in ("household_number", "head_name"):
        cells = columns.get(name)
        if not cells or cells.count(None) == len(cells):
            continue
        if _is_key_written_once(cells, columns):
            return _blocks([not is_blank(cell) for cell in cells])
        if name == "household_number":
            return _by_value(cells, columns.get("head_name"))
        return _blocks(_changes(columns, cells, _heads(columns)))
    heads = _heads(columns)
    return _blocks(heads) if any(heads) else list(range(length))


def households_of_rows(columns: Cells, row_numbers: Sequence[int]) -> list[int]:
    """The household of each line where a row is a household: rows of one household number are one."""
    numbers = columns.get("household_number") or [None] * len(row_numbers)
    known: dict[Any, int] = {}
    rows = zip(row_numbers, numbers, strict=True)
    return [known.setdefault(row if is_blank(own) else (own,), len(known)) for row, own in rows]


def _heads(columns: Cells) -> list[bool]:
    """Whether each line is the head of a household; empty where the sheet has no relations."""
    return [_is_head(relation) for relation in columns.get("relation", ())]


def _changes(columns: Cells, cells: Sequence[Any], heads: Sequence[bool]) -> list[bool]:
    """Where a head's name given on every line says that the next household begins."""
    known = [columns[name] for name in ("township", "village", "group") if name in columns]
    keys = list(zip(cells, *known, strict=True))
    return [n == 0 or key != keys[n - 1] or (bool(heads) and heads[n]) for n, key in enumerate(keys)]


def _is_head(relation: Any) -> bool:
    return getattr(relation, "code", "") in HEADS


def _is_key_written_once(cells: Sequence[Any], columns: Cells) -> bool:
    if cells.count(None) < SPARSE * len(cells) or cells[0] is None:
        return False
    heads = _heads(columns)
    if not any(heads):
        return is_written_once(cells)
    with_head = sum(1 for cell, head in zip(cells, heads, strict=True) if head and not is_blank(cell))
    others = sum(1 for cell, head in zip(cells, heads, strict=True) if not head and not is_blank(cell))
    return with_head >= others


def _blocks(starts: Sequence[bool]) -> list[int]:
    numbers = []
    current = -1
    for start in starts:
        if start or current < 0:
            current += 1
        numbers.append(current)
    return numbers


def _by_value(cells: Sequence[Any], names: Sequence[Any] | None) -> list[int]:
    """One household per number wherever it stands; a line without number joins the one above of the same
    head.
    """
    known: dict[Any, int] = {}
    if None not in cells:
        return [known.setdefault(cell, len(known)) for cell in cells]
    numbers: list[int] = []
    following = 0
    for line, cell in enumerate(cells):
        if is_blank(cell):
            same = (
                line > 0
                and names is not None
                and not is_blank(names[line])
                and names[line] == names[line - 1]
            )
            if same:
                numbers.append(numbers[-1])
                continue
            numbers.append(following)
            following += 1
            continue
        if cell not in known:
            known[cell] = following
            following += 1
        numbers.append(known[cell])
    return numbers


def _blocks_of_several(households: Sequence[int]) -> list[list[int]]:
    members: dict[int, list[int]] = {}
    for line, number in enumerate(households):
        members.setdefault(number, []).append(line)
    return [lines for lines in members.values() if len(lines) > 1]


def fill_households(columns: Cells, specs: Sequence[ColumnSpec], households: Sequence[int]) -> None:
    """Fill the household's columns that are written on its first line only."""
    blocks: list[list[int]] | None = None
    for spec in specs:
        cells = columns.get(spec.field)
        if spec.scope != "household" or not cells or None not in cells:
            continue
        blocks = _blocks_of_several(households) if blocks is None else blocks
        first_only = [
            b for b in blocks if not is_blank(cells[b[0]]) and all(is_blank(cells[n]) for n in b[1:])
        ]
        others = sum(1 for b in blocks if any(not is_blank(cells[n]) for n in b[1:]))
        if len(first_only) > _CLEARLY * others:
            for lines in first_only:
                for number in lines[1:]:
                    cells[number] = cells[lines[0]]
