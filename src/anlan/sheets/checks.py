"""Checks within a line and across the lines of a batch."""

from collections.abc import Sequence
from typing import Any

from anlan.kernel import id_numbers
from anlan.kernel.codes import SEX, Coded
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.sheets.kinds import ColumnSpec, SheetKind
from anlan.sheets.lines import DUPLICATE, NOTHING, REFUSED, WARNING, RowProblem, SheetTable

SEX_MISMATCH = "sex.mismatch"
BIRTH_MISMATCH = "birth.mismatch"
ROW_DUPLICATE = "row.duplicate"
ROW_CONFLICT = "row.conflict"

_NAMED_LINES = 20
"""Other lines named in the problem of a line that conflicts with very many."""

Place = tuple[int, int]


def check_against_id_number(table: SheetTable) -> None:
    """Compare sex and day of birth with the id number, which wins; afterwards both columns say what it says.

    A birth given as month or year is compared as precisely as it is given. For kinds with id_number, sex and
    birth_date; columns that are absent come to stand with what the id numbers say.
    """
    numbers = table.columns.get("id_number")
    if numbers is None:
        return
    births, sexes = table.column("birth_date"), table.column("sex")
    birth_header, sex_header = table.header_of("birth_date"), table.header_of("sex")
    note = table.problems.append
    born: dict[str, PartialDate] = {}
    by_sex = {number: Coded(number) for number in (id_numbers.MALE, id_numbers.FEMALE)}
    odd = frozenset("13579")
    for line, number in enumerate(numbers):
        if not number:
            continue
        day = born.get(number[6:14])
        if day is None:
            day = born[number[6:14]] = PartialDate(id_numbers.birth_date(number), DAY)
        said = births[line]
        if said and said != day and not said.agrees(day.date):
            note(RowProblem(line, birth_header, BIRTH_MISMATCH, WARNING, {"said": str(said), "id": str(day)}))
        births[line] = day
        sex = id_numbers.MALE if number[16] in odd else id_numbers.FEMALE
        stated = sexes[line]
        if stated and stated.code != sex and stated.code in by_sex:
            params = {"said": SEX.name_of(stated.code), "id": SEX.name_of(sex)}
            note(RowProblem(line, sex_header, SEX_MISMATCH, WARNING, params))
        sexes[line] = by_sex[sex]
    table.columns["birth_date"], table.columns["sex"] = births, sexes


def check_repeats(kind: SheetKind, tables: Sequence[SheetTable]) -> None:
    """Find lines that speak of the same thing twice, in all sheets of a kind in the batch.

    The same facts again are a duplicate (blanks say nothing; a coarser date or code agrees with a finer
    one; what only the repeat says joins the first line). Different facts are a conflict: every line
    concerned is refused.
    """
    for places in _repeated(kind, tables):
        specs = [spec for spec in kind.columns if spec.compare and spec.imported]
        first, *others = places
        if all(_same_facts(specs, tables, first, other) for other in others):
            for place in others:
                _join(kind, tables, first, place)
                _note(tables, place, kind, ROW_DUPLICATE, [first])
                tables[place[0]].duplicates[place[1]] = first
            continue
        for place in places:
            _note(tables, place, kind, ROW_CONFLICT, [other for other in places if other != place])
            tables[place[0]].refused.add(place[1])


def _repeated(kind: SheetKind, tables: Sequence[SheetTable]) -> list[list[Place]]:
    seen: dict[Any, Place] = {}
    repeated: dict[Any, list[Place]] = {}
    for number, table in enumerate(tables):
        refused = table.refused
        for line, key in enumerate(_keys(kind, table)):
            if key is None or line in refused:
                continue
            first = seen.setdefault(key, (number, line))
            if first != (number, line):
                repeated.setdefault(key, [first]).append((number, line))
    return list(repeated.values())


def _keys(kind: SheetKind, table: SheetTable) -> Sequence[Any]:
    """The identity of each line; None where the first of its fields is not given."""
    if len(kind.identity) == 1:
        return table.column(kind.identity[0])
    parts = [table.column(name) for name in kind.identity]
    return [key if key[0] else None for key in zip(*parts, strict=True)]


def _same_facts(specs: Sequence[ColumnSpec], tables: Sequence[SheetTable], one: Place, other: Place) -> bool:
    return all(
        _agree(spec, _value(tables, one, spec.field), _value(tables, other, spec.field)) for spec in specs
    )


def _value(tables: Sequence[SheetTable], place: Place, name: str) -> Any:
    values = tables[place[0]].columns.get(name)
    return None if values is None else values[place[1]]


def _agree(spec: ColumnSpec, one: Any, other: Any) -> bool:
    if one is None or other is None or one == other:
        return True
    if one is NOTHING or other is NOTHING:
        return False
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.finer_of(other) is not None
    if isinstance(one, Coded) and isinstance(other, Coded):
        codes = spec.value.options.get("codes")
        return bool(one.code and other.code and codes is not None and codes.agree(one.code, other.code))
    return False


def _join(kind: SheetKind, tables: Sequence[SheetTable], first: Place, place: Place) -> None:
    """Give the line that counts what only its repeat says: blanks, finer dates, further phones."""
    table = tables[first[0]]
    for spec in kind.columns:
        more = _value(tables, place, spec.field)
        if more is None:
            continue
        values = table.columns.setdefault(spec.field, [None] * len(table))
        known = values[first[1]]
        if known is None:
            values[first[1]] = more
        elif isinstance(known, tuple) and isinstance(more, tuple) and spec.value.code == "phones":
            values[first[1]] = tuple(dict.fromkeys((*known, *more)))
        elif isinstance(known, PartialDate) and isinstance(more, PartialDate):
            values[first[1]] = known.finer_of(more) or known


def _note(
    tables: Sequence[SheetTable], place: Place, kind: SheetKind, code: str, others: Sequence[Place]
) -> None:
    table = tables[place[0]]
    named = [_name(table, tables[number], line) for number, line in others[:_NAMED_LINES]]
    level = DUPLICATE if code == ROW_DUPLICATE else REFUSED
    params = {"others": "、".join(named) + ("…" if len(others) > _NAMED_LINES else "")}
    table.problems.append(RowProblem(place[1], table.header_of(kind.identity[0]), code, level, params))


def _name(here: SheetTable, table: SheetTable, line: int) -> str:
    """A line as people find it: its row, with the sheet and file where they are others."""
    row = f"第{table.row_numbers[line]}行"
    if table is here:
        return row
    sheet = f"“{table.sheet}”{row}"
    return sheet if table.file == here.file else f"{table.file} {sheet}"
