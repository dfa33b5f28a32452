"""Sheets with one row for a whole household become rows of persons, before anybody asks what they are.

People write them in two ways: columns repeated for each person (户主姓名, 户主身份证号, 配偶姓名 and so on),
and several persons in one cell (张三、李四, or one below the other). A row is taken apart only where the
names and the id numbers in it go together; any other stays as it is, and is refused with the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from anlan.sheets.filling import fill_merged
from anlan.sheets.layout import Header
from anlan.sheets.reading import RawSheet
from anlan.sheets.values import Cell, is_blank, is_nothing, text_of
from anlan.sheets.values.figures import id_numbers_in
from anlan.sheets.words import normal

NAME, IDENTITY, RELATION = "姓名", "身份证号码", "与户主关系"

_PERSON = re.compile(
    r"^(?P<who>户主|配偶|妻子|丈夫|(?:家庭|其他|其它|家属)*(?:成员|人口|人员|家属)|子女|儿子|女儿)"
    r"(?P<number>\d{1,2}|[一二三四五六七八九十])?(?P<what>.*)$"
)
_NUMBERED = re.compile(r"^(?P<what>\D+?)(?P<number>\d{1,2})$")
_IDENTITY = re.compile(r"身份证|证件号|身份号|公民身份")
_RELATION = re.compile(r"关系|称谓")
_OF_A_PERSON = re.compile(r"性别|出生|生日|年龄|民族|文化|学历|政治|婚姻|关系|称谓|电话|手机|联系方式|职业")
_RELATION_OF = {"户主": "户主", "配偶": "配偶", "妻子": "妻", "丈夫": "夫"}
_BETWEEN = re.compile(r"[、,，;；/|\s]+")
_SAMPLED = 120
_SHORTEST_PAIR = 31
"""Characters of the shortest cell that holds two id numbers."""


@dataclass(slots=True)
class _Person:
    """The columns of one person in every row: what it is → column; ``relation`` where the header names it."""

    relation: str = ""
    columns: dict[str, int] = field(default_factory=dict)


def unfold(sheet: RawSheet, header: Header) -> tuple[RawSheet, Header]:
    """The sheet with a row for each person and the header over it; both unchanged where it has that
    already.
    """
    persons = _persons(header)
    if persons:
        sheet, header = _by_columns(sheet, header, persons)
    if _has_several(sheet, header):
        sheet = _by_cells(sheet, header)
    return sheet, header


def _persons(header: Header) -> list[_Person]:
    """The groups of columns that are a person each, in the order of the sheet; empty where there are not two
    of them with id numbers.
    """
    groups: dict[tuple[str, str], _Person] = {}
    alone: dict[str, int] = {}
    for column, parts in enumerate(header.columns):
        text = "".join(map(normal, parts))
        hit = _PERSON.match(text) or _NUMBERED.match(text)
        what = _what(hit["what"] if hit else text)
        if hit is None:
            if what in (NAME, IDENTITY, RELATION) or _OF_A_PERSON.search(what):
                alone.setdefault(what, column)
            continue
        who = hit.groupdict().get("who") or ""
        group = groups.setdefault((who, hit["number"] or ""), _Person(_RELATION_OF.get(who, "")))
        group.columns.setdefault(what, column)
    found = [group for group in groups.values() if IDENTITY in group.columns and NAME in group.columns]
    if found and {NAME, IDENTITY} <= alone.keys() and RELATION not in alone:
        found.insert(0, _Person("户主", alone))
    return found if len(found) > 1 else []


def _what(text: str) -> str:
    """What a column says of a person, in one word for each of the three that matter here."""
    if _IDENTITY.search(text):
        return IDENTITY
    if text in ("", "姓名", "名字", "的姓名"):
        return NAME
    return RELATION if _RELATION.search(text) else text.strip("的:-_/")


def _by_columns(sheet: RawSheet, header: Header, persons: Sequence[_Person]) -> tuple[RawSheet, Header]:
    taken = {column for person in persons for column in person.columns.values()}
    shared = [column for column in range(len(header.columns)) if column not in taken]
    whats = list(dict.fromkeys(what for person in persons for what in person.columns))
    if RELATION not in whats and any(person.relation for person in persons):
        whats.append(RELATION)
    columns = [header.columns[column] for column in shared]
    unfolded = Header(header.first, header.last, [*columns, *((what,) for what in whats)])
    start = header.last + 1
    fill_merged(sheet.merged, sheet.rows, start, set(shared))
    rows: list[list[Cell]] = [[*row] for row in sheet.rows[: header.first]]
    rows += [[""] * len(unfolded.columns) for _ in range(header.first, header.last)]
    rows.append(["/".join(parts) for parts in unfolded.columns])
    origin = list(range(start))
    for number, row in enumerate(sheet.rows[start:], start):
        beside = [_at(row, column) for column in shared]
        lines = list(_lines_of(row, persons, whats)) or [[""] * len(whats)]
        rows += [beside + line for line in lines]
        origin += [number] * len(lines)
    return replace(sheet, rows=rows, merged=[], origin=origin), unfolded


def _lines_of(row: Sequence[Cell], persons: Sequence[_Person], whats: Sequence[str]) -> Iterator[list[Cell]]:
    for person in persons:
        if not any(_says(_at(row, person.columns[what])) for what in (NAME, IDENTITY)):
            continue
        line = [_at(row, person.columns[what]) if what in person.columns else "" for what in whats]
        if RELATION in whats and is_blank(line[whats.index(RELATION)]):
            line[whats.index(RELATION)] = person.relation
        yield line


def _says(cell: Cell) -> bool:
    return not is_blank(cell) and not is_nothing(text_of(cell))


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _has_several(sheet: RawSheet, header: Header) -> bool:
    """Whether a look at some rows finds a cell with several id numbers."""
    below = sheet.rows[header.last + 1 :]
    return any(
        isinstance(cell, str) and len(cell) >= _SHORTEST_PAIR and len(id_numbers_in(cell)) > 1
        for row in below[:: max(1, len(below) // _SAMPLED)]
        for cell in row
    )


def _by_cells(sheet: RawSheet, header: Header) -> RawSheet:
    start = header.last + 1
    words = ["".join(map(normal, parts)) for parts in header.columns]
    fill_merged(sheet.merged, sheet.rows, start, set(range(len(words))))
    rows, origin = sheet.rows[:start], [sheet.row_of(number) for number in range(start)]
    for number, row in enumerate(sheet.rows[start:], start):
        lines = _taken_apart(row, words)
        rows += lines
        origin += [sheet.row_of(number)] * len(lines)
    return replace(sheet, rows=rows, merged=[], origin=origin)


def _taken_apart(row: list[Cell], words: Sequence[str]) -> list[list[Cell]]:
    """The persons of a row, the row itself where it is not clear which name goes with which number."""
    parts = [_BETWEEN.split(cell.strip()) if isinstance(cell, str) else [cell] for cell in row]
    count = max((len(id_numbers_in(cell)) for cell in row if isinstance(cell, str)), default=0)
    names = any(
        len(one) == count and NAME in word and all(map(_is_a_name, one))
        for one, word in zip(parts, words, strict=False)
    )
    if count < 2 or not names:
        return [row]
    lines: list[list[Cell]] = []
    for place in range(count):
        line: list[Cell] = []
        for column, cell in enumerate(row):
            if len(parts[column]) == count:
                line.append(parts[column][place])
            else:
                alone = column < len(words) and bool(_OF_A_PERSON.search(words[column]))
                line.append("" if alone and place else cell)
        lines.append(line)
    return lines


def _is_a_name(part: Cell) -> bool:
    return isinstance(part, str) and bool(part) and not any(letter.isdigit() for letter in part)
