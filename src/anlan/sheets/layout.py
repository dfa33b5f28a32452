"""Where things stand in a sheet: title, unit line, header block, and which rows below are lines."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from anlan.sheets.reading import Merged, RawSheet
from anlan.sheets.values import Cell, is_blank, text_of
from anlan.sheets.values.places import looks_like_organization, looks_like_township, looks_like_village
from anlan.sheets.words import RUNNING_NUMBER_WORDS, normal

SEARCHED_ROWS = 60
"""A header that begins further down is not looked for."""
MOST_HEADER_ROWS = 4
LONGEST_HEADER = 40
_ENOUGH_BELOW = 12
"""Rows looked at below a possible header before it is taken."""

_NAMES_OF_SOMETHING = (looks_like_township, looks_like_village, looks_like_organization)

HeaderWord = Callable[[str], bool]

_UNIT_LINE = re.compile(
    r"(?:填报|填制|编制|报送|制表|填表|上报|统计|所属)?(?:单位|日期|时间|部门)(?:\(盖章\)|(盖章))?\s*[::]|截[至止]|盖章"
)
_DIGITS = re.compile(r"\d{4,}")


@dataclass(slots=True)
class Header:
    """The header block: rows ``first`` to ``last`` (from 0, inclusive; empty block when last < first).

    ``columns[c]`` are the nested texts over column c, outermost first, () where there is none.
    """

    first: int
    last: int
    columns: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """The rows of the block as a person numbers them."""
        return [n + 1 for n in range(self.first, self.last + 1)]


def find_header(sheet: RawSheet, known: HeaderWord) -> Header | None:
    """The header block, found by its words; None when no row has at least two of them.

    ``known`` says whether a text is a header word of any kind.
    """
    best, best_score = -1, 1.5
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        score = _header_score(row, known)
        if score > best_score:
            best, best_score = number, score
        if best >= 0 and number - best >= _ENOUGH_BELOW:
            break
    if best < 0:
        return None
    first, last = _block_around(sheet, best, known)
    return Header(first, last, join_header(sheet, first, last))


def header_above(sheet: RawSheet, first_line: int, known: HeaderWord) -> Header:
    """The header block right above the first line, whatever its words; empty when the sheet begins with
    lines.
    """
    first = first_line
    while first > 0 and first_line - first < MOST_HEADER_ROWS and _is_label_row(sheet.rows[first - 1], known):
        first -= 1
    return Header(first, first_line - 1, join_header(sheet, first, first_line - 1))


def _header_score(row: Sequence[Cell], known: HeaderWord) -> float:
    hits = others = 0
    for cell in row:
        if is_blank(cell):
            continue
        if not isinstance(cell, str) or _DIGITS.search(cell):
            others += 1
        elif len(cell) <= LONGEST_HEADER and _is_header_word(cell, known):
            hits += 1
    return hits - 1.5 * others


def _is_header_word(text: str, known: HeaderWord) -> bool:
    return normal(text) in RUNNING_NUMBER_WORDS or known(text)


def _is_label_row(row: Sequence[Cell], known: HeaderWord) -> bool:
    """Whether a row could be labels: at least two short texts, nothing else, no unit line, no names of
    places.
    """
    cells = [cell for cell in row if not is_blank(cell)]
    return len(cells) >= 2 and all(_is_label(cell, known) for cell in cells)


def _is_label(cell: Cell, known: HeaderWord) -> bool:
    if not isinstance(cell, str) or len(cell) > LONGEST_HEADER or _DIGITS.search(cell):
        return False
    if _UNIT_LINE.search(cell) or cell.rstrip().endswith((":", "：")):
        return False
    return _is_header_word(cell, known) or not any(looks(cell) for looks in _NAMES_OF_SOMETHING)


def _spans(merged: Sequence[Merged], width: int) -> list[Merged]:
    """Merged ranges that can belong to a header: not those over (nearly) the whole width, which are
    titles.
    """
    return [m for m in merged if m[1][1] - m[0][1] + 1 < max(3, 0.8 * width)]


def _width(sheet: RawSheet, row: int) -> int:
    return sum(1 for cell in sheet.rows[row] if not is_blank(cell)) or 1


def _block_around(sheet: RawSheet, key: int, known: HeaderWord) -> tuple[int, int]:
    spans = _spans(sheet.merged, max(_width(sheet, key), len(sheet.rows[key])))
    first = last = key
    for (top, _), (bottom, _) in spans:
        if top <= key <= bottom:
            first, last = min(first, top), max(last, bottom)
    while first > 0 and last - first + 1 < MOST_HEADER_ROWS and _is_upper(sheet, first - 1, spans, known):
        first -= 1
    while last - first + 1 < MOST_HEADER_ROWS and _is_lower(sheet, last + 1, spans, known):
        last += 1
    return first, min(last, first + MOST_HEADER_ROWS - 1)


def _is_upper(sheet: RawSheet, row: int, spans: Sequence[Merged], known: HeaderWord) -> bool:
    """Whether the row above the block is a further, outer header row."""
    if not _is_label_row(sheet.rows[row], known):
        return False
    below = sheet.rows[row + 1]
    filled = [c for c, cell in enumerate(sheet.rows[row]) if not is_blank(cell)]
    if any(top <= row <= bottom and (right > left or bottom > top) for (top, left), (bottom, right) in spans):
        return True
    orphans = [c for c, cell in enumerate(below) if is_blank(cell) and c in filled]
    return bool(orphans) or len(filled) < sum(1 for cell in below if not is_blank(cell)) / 2


def _is_lower(sheet: RawSheet, row: int, spans: Sequence[Merged], known: HeaderWord) -> bool:
    """Whether the row under the block is a further, inner header row: words below blanks or below a wide
    cell.
    """
    if row >= len(sheet.rows):
        return False
    cells = {c: cell for c, cell in enumerate(sheet.rows[row]) if not is_blank(cell)}
    if not cells or not all(isinstance(cell, str) and len(cell) <= 20 for cell in cells.values()):
        return False
    texts = [str(cell) for cell in cells.values()]
    if any(_DIGITS.search(text) for text in texts):
        return False
    above = sheet.rows[row - 1]
    wide = {
        c for (t, left), (_, right) in spans if t == row - 1 and right > left for c in range(left, right + 1)
    }
    inner = [c for c in cells if c in wide or is_blank(above[c])]
    words = sum(1 for text in texts if _is_header_word(text, known))
    return (
        bool(inner)
        and words >= max(1, len(texts) / 2)
        and (bool(wide) or len(inner) < _width(sheet, row - 1))
    )


def join_header(sheet: RawSheet, first: int, last: int) -> list[tuple[str, ...]]:
    """The nested texts over each column: merged cells count for all their columns, blanks under a wide cell
    too.
    """
    if last < first:
        return []
    width = max(len(row) for row in sheet.rows[first : last + 1])
    grid = [
        [_label(row[c]) if c < len(row) else "" for c in range(width)] for row in sheet.rows[first : last + 1]
    ]
    for (top, left), (bottom, right) in sheet.merged:
        if first <= top <= last and left < width and right - left < width * 0.8:
            for r in range(top, min(bottom, last) + 1):
                for c in range(left, min(right, width - 1) + 1):
                    grid[r - first][c] = grid[top - first][left]
    _spread(grid, {(r - first, c) for r, c in _merged_cells(sheet.merged, first, last)})
    return [_nested([line[c] for line in grid]) for c in range(width)]


def _label(cell: Cell) -> str:
    return "" if is_blank(cell) else text_of(cell)


def _merged_cells(merged: Sequence[Merged], first: int, last: int) -> set[tuple[int, int]]:
    """The cells of the header that are part of a merged range, and so need no guess how far they reach."""
    return {
        (r, c)
        for (top, left), (bottom, right) in merged
        if first <= top <= last
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    }


def _spread(grid: list[list[str]], settled: set[tuple[int, int]]) -> None:
    """An outer text that is not merged counts for the blanks to its right that have an inner text below."""
    for number, line in enumerate(grid[:-1]):
        inner = grid[number + 1]
        current = ""
        for c, text in enumerate(line):
            if text:
                current = text if inner[c] and (number, c) not in settled else ""
            elif current and inner[c]:
                line[c] = current
            else:
                current = ""


def _nested(parts: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for part in parts:
        if part and (not found or found[-1] != part):
            found.append(part)
    return tuple(found)


def lines_above(sheet: RawSheet, first: int) -> list[str]:
    """The texts above the header, row by row."""
    texts: list[str] = []
    for row in sheet.rows[:first]:
        texts.extend(text_of(cell) for cell in row if isinstance(cell, str) and not is_blank(cell))
    return texts


def is_unit_line(text: str) -> bool:
    """Whether a text is a unit or date line (填报单位:… 填报日期:…)."""
    return bool(_UNIT_LINE.search(text))
