"""The official sheets: what stands in them, who gets full numbers, and that they come back in unchanged."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.cast import Player, give_role, make_player

from anlan.accounts.roles import Role, Tier
from anlan.kernel.record import history
from anlan.places.models import Area
from anlan.registers.models import PartyOrganization
from anlan.registers.tests import importing
from anlan.registers.tests.importing import (
    HEAD,
    ORGANIZATIONS,
    WIFE,
    county,
    edited,
    only,
    outcome,
    run,
    told,
)
from anlan.sheets.running import run_import
from anlan.web.models import Export

pytestmark = pytest.mark.django_db
MEMBERS = (
    ("所在党支部", "姓名", "身份证号", "学历", "人员类别", "入党时间", "转正时间", "党内职务", "是否移民",
     "是否流动党员", "流入地", "外出时间", "联系电话"),
    ("水泉村党支部", "冉红军", HEAD, "初中", "正式党员", "1985-07-01", "1986-07-01", "支部书记", "是",
     "", "", "", "13983000002"),
    ("水泉村党支部", "周芳", WIFE, "小学", "正式党员", "1990.7", "1991.7", "", "是",
     "是", "广东省东莞市", "2020.3", ""),
)  # fmt: skip


def officer(role: Role = Role.COUNTY_OFFICER, area: str = "500299000000") -> Player:
    tier = Tier.COUNTY if area.endswith("000000") else Tier.TOWNSHIP
    return make_player(f"p{role}{area}", "周一", role, tier, Area.objects.get(code=area).path)


def taken(client: Client, address: str, **fields: str) -> bytes:
    """The file that the form answers."""
    answer = client.post(address, {"form": "layout", "reason": "check", **fields})
    assert answer.status_code == 200, answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def sheet_in(data: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def column(sheet: Worksheet, header: str, upper: str = "") -> list[Any]:
    """The cells of a column between the header and the totals, by its two header cells."""
    lower = 4 if sheet["A4"].value in (None, "") else 3
    above = ""
    for at in range(1, sheet.max_column + 1):
        above = sheet.cell(3, at).value or above
        word = sheet.cell(lower, at).value or above
        if word == header and (not upper or above == upper):
            last = next(row for row in range(lower, sheet.max_row) if sheet.cell(row, 1).value == "合计")
            return [sheet.cell(row, at).value for row in range(lower + 1, last)]
    raise AssertionError(f"no column {header}")


def returned(folder: Path, data: bytes) -> Any:
    """The sheet imported again as it is; the day it says decides from when its facts hold."""
    path = folder / "回来.xlsx"
    path.write_bytes(data)
    return run_import([path], actor=importing.CLERK, today=importing.JUNE)


@pytest.mark.parametrize(
    ("address", "rows"), [("/export/persons/", 4), ("/export/members/", 2), ("/export/organizations/", 6)]
)
def test_a_sheet_with_full_numbers_comes_back_and_changes_nothing(
    tmp_path: Path, address: str, rows: int
) -> None:
    county(tmp_path)
    result = run(tmp_path, MEMBERS)
    assert outcome(result) == (2, 0, 0), importing.sentences(result)
    data = taken(officer().client(), f"{address}?on=2026-06-30", full="on")
    again = returned(tmp_path, data)
    assert outcome(again) == (0, 0, rows), importing.sentences(again)
    assert told(again) == {}
    (sheet,) = again.files[0].sheets
    assert set(sheet.columns.values()) >= {"name"}


def test_a_masked_sheet_does_not_come_back(tmp_path: Path) -> None:
    county(tmp_path)
    again = returned(tmp_path, taken(officer().client(), "/export/persons/?on=2026-06-30"))
    assert again.total("refused") == 4 and again.total("changed") == 0


def test_the_sheet_of_residents_is_an_official_one(tmp_path: Path) -> None:
    county(tmp_path)
    sheet = sheet_in(taken(officer().client(), "/export/persons/?on=2026-06-30&area=500299001000"))
    assert sheet["A1"].value == "安澜县大榕镇移民人口登记表" and sheet["A1"].font.name == "方正小标宋简体"
    assert sheet["A2"].value == "填报单位：安澜县大榕镇        截至日期：2026年6月30日        单位：人"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A1:S1", "A2:S2", "A3:A4", "B3:D3", "E3:E4", "N3:P3"} <= merged
    assert [sheet.cell(3, at).value for at in (1, 2, 5)] == ["序号", "现居住地", "户编号"]
    assert [sheet.cell(4, at).value for at in (2, 3, 4)] == ["乡镇", "村", "组"]
    assert column(sheet, "序号") == [1, 2, 3, 4]
    assert column(sheet, "姓名") == ["冉红军", "周芳", "冉强", "谭富文"]
    assert column(sheet, "户主姓名") == ["冉红军"] * 3 + ["谭富文"]
    assert column(sheet, "组", "现居住地") == ["1组"] * 3 + ["2组"]
    assert column(sheet, "身份证号码")[0] == f"{HEAD[:6]}********{HEAD[-4:]}"
    assert column(sheet, "联系电话") == ["139****0002", None, None, None]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    assert total[1] == "2 户，4 人"
    ending = [str(row[0]) for row in sheet.iter_rows(min_row=sheet.max_row - 1, values_only=True)]
    assert "审核人" in ending[0] and "理由：核对底册" in ending[1] and "导出人：周一" in ending[1]


def test_it_is_set_up_for_paper(tmp_path: Path) -> None:
    county(tmp_path)
    sheet = sheet_in(taken(officer().client(), "/export/persons/?on=2026-06-30"))
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$4" and sheet.freeze_panes == "A5"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert "第 &P 页，共 &N 页" in sheet.oddFooter.center.text
    assert "核对底册" in sheet.oddFooter.left.text
    ids = sheet.cell(5, 11)
    assert ids.number_format == "@" and ids.data_type == "s" and ids.font.name == "仿宋"
    assert sheet.cell(3, 1).font.name == "黑体"


def test_organisations_have_secretary_and_term_under_one_header_and_members_added_up(tmp_path: Path) -> None:
    county(tmp_path)
    run(tmp_path, MEMBERS)
    sheet = sheet_in(taken(officer().client(), "/export/organizations/?on=2026-06-30"))
    assert sheet["A1"].value == "安澜县党组织情况统计表"
    assert "何忠孝" in column(sheet, "姓名", "书记") and "139****0001" in column(sheet, "联系电话", "书记")
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    assert total[1] == "6 个" and total[-1] == 2


def test_the_sheet_of_one_branch_is_named_after_it(tmp_path: Path) -> None:
    county(tmp_path)
    run(tmp_path, MEMBERS)
    branch = PartyOrganization.objects.get(name="水泉村党支部")
    client = officer().client()
    page = client.get(f"/organizations/{branch.uid}/?on=2026-06-30").content.decode()
    assert f"/export/members/?organization={branch.uid}" in page
    sheet = sheet_in(taken(client, f"/export/members/?organization={branch.uid}"))
    assert sheet["A1"].value == "水泉村党支部党员花名册"
    assert column(sheet, "流入地", "流动情况") == [None, "广东省东莞市"]


def test_full_numbers_need_the_right_a_reason_and_leave_a_trace(tmp_path: Path) -> None:
    county(tmp_path)
    client = officer().client()
    refused = client.post("/export/persons/", {"form": "layout", "full": "on"})
    assert refused.status_code == 422 and not Export.objects.exists()
    assert HEAD in column(sheet_in(taken(client, "/export/persons/?on=2026-06-30", full="on")), "身份证号码")
    row = Export.objects.get()
    assert (row.full, row.rows, row.form, row.reason) == (True, 4, "layout", "核对底册")
    (item,) = history("export", row.pk)
    assert item.entry.action == "web.export_take" and item.entry.reason == "核对底册"
    assert HEAD not in str(item.entry.facts)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LIAISON])
def test_without_the_right_numbers_stay_masked_whatever_is_sent(tmp_path: Path, role: Role) -> None:
    county(tmp_path)
    client = officer(role, "500299001000").client()
    assert "完整的身份证号码" not in client.get("/export/persons/").content.decode()
    ids = column(sheet_in(taken(client, "/export/persons/", full="on")), "身份证号码")
    assert ids and all("********" in one for one in ids)
    assert not Export.objects.get().full


def test_full_numbers_go_no_further_than_the_right_does(tmp_path: Path) -> None:
    county(tmp_path)
    run(tmp_path, edited(importing.RESIDENTS, {(4, "乡镇"): "锦溪镇"}))
    clerk = officer(Role.TOWNSHIP_OFFICER, "500299001000")
    assert clerk.user is not None
    give_role(clerk.user, Role.AUDITOR, Tier.COUNTY, Area.objects.get(code="500299000000").path)
    everybody = column(sheet_in(taken(clerk.client(), "/export/persons/")), "姓名")
    assert "谭富文" in everybody
    assert "谭富文" not in column(sheet_in(taken(clerk.client(), "/export/persons/", full="on")), "姓名")


def test_the_lists_name_of_what_was_exported_is_the_sheets(tmp_path: Path) -> None:
    assert only(ORGANIZATIONS, "党组织名称")
    county(tmp_path)
    taken(officer().client(), "/export/organizations/?area=500299001000")
    row = Export.objects.get()
    assert row.title == "党组织情况统计表" and "区划 大榕镇" in row.filter
