"""A small county made by importing its own sheets, and importing more of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from anlan.kernel.actors import Actor, CliActor
from anlan.places.models import Area
from anlan.registers.models import Household, Person
from anlan.sheets.results import ImportResult, SheetResult, row_message
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import id_number, text

Row = Sequence[str]
CLERK = CliActor("clerk")
START, MARCH, MAY, JUNE = date(2025, 1, 1), date(2026, 3, 31), date(2026, 5, 31), date(2026, 6, 30)
"""The day the county's sheets hold from, two days of later sheets, and today."""

AREAS: Sequence[Row] = (
    ("区划代码", "名称", "上级区划代码", "级别"),
    ("500299000000", "安澜县", "", "县"),
    ("500299001000", "大榕镇", "500299000000", "乡镇"),
    ("500299001201", "水泉村", "500299001000", "村"),
    ("500299001202", "龙山村", "500299001000", "村"),
    ("500299002000", "锦溪镇", "500299000000", "乡镇"),
    ("500299002201", "水桥村", "500299002000", "村"),
    ("500299002202", "龙山村", "500299002000", "村"),
)
ORGANIZATIONS: Sequence[Row] = (
    ("党组织名称", "上级党组织", "类别", "所在地", "书记", "书记电话", "换届时间"),
    ("水泉村党支部", "中共大榕镇委员会", "党支部", "水泉村", "何忠孝", "13983000001", "2024.3"),
    ("龙山村移民党支部", "中共大榕镇委员会", "党支部", "龙山村", "", "", ""),
    ("中共大榕镇委员会", "中共安澜县委员会", "党委", "大榕镇", "", "", ""),
    ("中共锦溪镇委员会", "中共安澜县委员会", "党委", "锦溪镇", "", "", ""),
    ("龙山村移民党支部", "中共锦溪镇委员会", "党支部", "龙山村", "", "", ""),
    ("中共安澜县委员会", "", "党委", "安澜县", "", "", ""),
)
HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)
OTHER, DAUGHTER = id_number("19550101", 5), id_number("19900909", 6)
RESIDENTS: Sequence[Row] = (
    ("乡镇", "村", "组", "户编号", "姓名", "与户主关系", "身份证号", "文化程度", "搬迁时间", "联系电话"),
    ("大榕镇", "水泉村", "1组", "001", "冉红军", "户主", HEAD, "初中", "2001.5", "13983000002"),
    ("大榕镇", "水泉村", "1组", "001", "周芳", "妻", WIFE, "小学", "2001.5", ""),
    ("大榕镇", "水泉村", "1组", "001", "冉强", "长子", SON, "大学专科毕业", "2001-05-06", ""),
    ("大榕镇", "龙山村", "2组", "001", "谭富文", "户主", OTHER, "小学", "1998.9", ""),
)


def run(
    folder: Path, *sheets: Sequence[Row], actor: Actor = CLERK, as_of: date | None = START, **options: Any
) -> ImportResult:
    """Import sheets (header first) as one batch; they hold from ``as_of``, today is the end of June 2026."""
    paths = []
    for number, rows in enumerate(sheets, 1):
        path = folder / f"表{number}.csv"
        path.write_bytes(text(rows))
        paths.append(path)
    return run_import(paths, actor=actor, today=JUNE, as_of=as_of, **options)


def sheet_of(result: ImportResult, number: int = 0) -> SheetResult:
    """The only sheet of one file."""
    (only,) = result.files[number].sheets
    return only


def outcome(result: ImportResult, number: int = 0) -> tuple[int, int, int]:
    """How many lines of one file were added, changed, unchanged; the five counts add up to its lines."""
    sheet = sheet_of(result, number)
    counts = (sheet.added, sheet.changed, sheet.unchanged, sheet.duplicates, sheet.refused)
    assert sum(counts) == sheet.rows
    return counts[:3]


def told(result: ImportResult, number: int = 0) -> dict[str, int]:
    """The problems of one file by code."""
    return dict(sheet_of(result, number).problem_counts)


def sentences(result: ImportResult) -> list[str]:
    """What is said about lines, in words; a gap in a sentence fails here."""
    return [row_message(problem) for table in result.tables for problem in table.problems]


def county(folder: Path) -> None:
    """The areas and organisations of the county, and two households, as of the beginning of 2025."""
    result = run(folder, AREAS, ORGANIZATIONS, RESIDENTS)
    assert result.total("refused") == 0 and result.total("added") == 17, sentences(result)


def edited(rows: Sequence[Row], changes: Mapping[tuple[int, str], str]) -> list[list[str]]:
    """A sheet with some cells changed: (line from 1, header) → text."""
    header, copied = list(rows[0]), [list(row) for row in rows]
    for (line, name), value in changes.items():
        copied[line][header.index(name)] = value
    return copied


def only(rows: Sequence[Row], *headers: str, lines: Sequence[int] = ()) -> list[list[str]]:
    """A sheet with some of its columns (and lines, from 1)."""
    places = [list(rows[0]).index(header) for header in headers]
    chosen = [0, *lines] if lines else range(len(rows))
    return [[rows[line][place] for place in places] for line in chosen]


def person(number: str) -> Person:
    """Somebody by id number."""
    return Person.objects.with_id_number(number).get()


def household(number: str, village: str = "水泉村") -> Household:
    """An open household by its number and the name of its village."""
    areas = [area.pk for area in Area.objects.all() if village in _names(area)]
    return Household.objects.get(number=number, area_id__in=areas, valid_to=None)


def _names(area: Area) -> set[str]:
    return {area.name} | (_names(area.parent) if area.parent else set())
