"""The statistics as a workbook: the same figures as on the page, laid out as an official table."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from anlan.accounts.roles import Role
from anlan.insights.exports import statistics_workbook
from anlan.insights.queries.levels import level_of
from anlan.insights.queries.places import by_area, by_organization
from anlan.insights.queries.statistics import Statistics
from anlan.insights.tests.test_statistics_page import client_of, crowded
from anlan.insights.tests.world import DAY, actor, populated
from anlan.kernel.actors import Actor, SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def found_for(who: Actor = SYSTEM, **asked: str) -> Statistics:
    return Statistics(who, level_of(who, DAY, **asked), DAY)


def read(statistics: Statistics) -> Any:
    with statistics_workbook(statistics) as file:
        return openpyxl.load_workbook(BytesIO(file.read()))


def test_sheets_and_layout() -> None:
    populated()
    book = read(found_for())
    assert book.sheetnames == ["党组织统计表", "党员统计表", "移民人口统计表", "分区域统计表", "分组织统计表"]
    for sheet in book:
        assert sheet["A1"].value == f"澜山县{sheet.title}"
        assert "统计截至：2026年6月30日" in sheet["A2"].value and "填报单位：澜山县" in sheet["A2"].value
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows == "$3:$4"
        assert "填表人：" in sheet.cell(sheet.max_row, 1).value
        assert any(str(merged).startswith("A1:") for merged in sheet.merged_cells.ranges)


def test_every_figure_of_the_break_downs_is_in_its_sheet() -> None:
    populated()
    found = found_for()
    sheet = read(found)["党员统计表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    lines = iter(rows[1:])
    assert rows[0][:3] == ["总计", None, 7]
    for table in found.breakdowns_of("members"):
        for at, figure in enumerate(table.rows):
            line = next(lines)
            assert line[1:4] == [str(figure.label), figure.count, round(figure.share, 1)]
            assert line[0] == (str(table.breakdown.title) if at == 0 else None)
            assert line[4] == ("相符" if at == 0 else None)


def test_every_figure_of_the_places_is_in_its_sheet() -> None:
    populated()
    found = found_for()
    book = read(found)
    for name, table in (("分区域统计表", by_area(found)), ("分组织统计表", by_organization(found))):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=5)]
        for row, line in zip((table.total, *table.rows), rows, strict=False):
            assert line[1 : len(row.figures) + 1] == [figure.count for figure in row.figures]
            assert str(line[0]).strip("　") in (row.name, "合计")


def test_a_difference_is_marked() -> None:
    world = populated()
    member = world.member("水泉村支部")
    other = world.member("坝村支部")
    other.person = member.person
    other.valid_to = DAY.replace(year=2030)
    other.save()
    sheet = read(found_for())["党员统计表"]
    assert {row[4].value for row in sheet.iter_rows(min_row=6, max_row=20)} >= {"相差 1"}


def test_small_groups_are_hidden_in_the_sheet_too() -> None:
    world = crowded()
    leader = actor("leader", world.areas["澜山县"].path)
    sheet = read(found_for(leader))["党员统计表"]
    values = [cell.value for row in sheet.iter_rows(min_row=6) for cell in row[2:3]]
    assert "＊" in values and not {1, 2, 3, 4} & set(values)
    texts = [str(row[0].value) for row in sheet.iter_rows()]
    assert any("不显示" in text for text in texts)


def test_the_page_gives_the_same_workbook() -> None:
    client = client_of(populated(), Role.COUNTY_OFFICER)
    answer = client.get("/statistics.xlsx", {"on": DAY.isoformat(), "area": "500299001000"})
    assert answer.status_code == 200 and "statistics.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book["党员统计表"]["A1"].value == "大榕镇党员统计表"
    assert book["党员统计表"]["C5"].value == 6


def test_an_organizations_workbook_has_no_residents() -> None:
    world = populated()
    book = read(found_for(organization=str(world.organizations["大榕镇党委"].uid)))
    assert book.sheetnames == ["党组织统计表", "党员统计表", "分组织统计表"]
