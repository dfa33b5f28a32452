"""Register lists: what they show, cost, refuse and hand out."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import IO, Any, Literal, cast

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_htmx.middleware import HtmxMiddleware

from anlan.web.listing import Column, Filter
from anlan.web.listing.export import how_long
from anlan.web.listing.paging import COUNT_LIMIT, cut_page, full_order, turned
from anlan.web.tests.registers import ACTOR, LaidOutListing, SampleListing, asking, make_rows

pytestmark = pytest.mark.django_db


def html(query: str = "", **headers: str) -> str:
    answer = SampleListing.page()(asking(f"/samples/{query}", **headers))
    assert isinstance(answer, HttpResponse) and answer.status_code == 200
    return answer.content.decode()


def content(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, StreamingHttpResponse)
    data = b"".join(cast(Iterator[bytes], answer.streaming_content))
    if isinstance(answer, FileResponse):
        # Closing the answer itself would close the test's database connection with it.
        cast(IO[bytes], answer.file_to_stream).close()
    return data


def csv_rows(query: str = "") -> list[list[str]]:
    answer = SampleListing.page("csv")(asking(f"/samples.csv{query}"))
    data = content(answer)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def names(query: str = "") -> list[str]:
    return [row[0] for row in csv_rows(query)[1:-1]]


def test_a_page_has_its_rows_total_and_links() -> None:
    make_rows(25)
    page = html()
    assert "共 25 行" in page and "第 1 页，共 3 页" in page
    assert page.count("data-row") == 10
    assert "名00000" in page and "名00010" not in page
    assert "1998年7月" in page and "在册" in page and "5,000" not in page and "6,000" in page
    assert 'href="/export/samples/"' in page
    assert "=1+1" not in page


def test_the_same_number_of_queries_for_three_rows_and_for_thirty() -> None:
    costs = []
    for rows in (3, 30):
        Permission.objects.filter(content_type__app_label="sample").delete()
        make_rows(rows)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            html("?area=north&kind=a&sort=-name")
        costs.append(len(seen))
    assert costs == [4, 4]


def test_every_row_stands_on_exactly_one_page_whichever_end_it_is_read_from() -> None:
    make_rows(35)
    rows = SampleListing().queryset(None, date(2026, 6, 30))
    for order in (("content_type__model", "pk"), ("-name",)):
        pages = [
            cut_page(rows, order=order, number=number, size=10, load=list).rows for number in (1, 2, 3, 4)
        ]
        assert [len(page) for page in pages] == [10, 10, 10, 5]
        assert [row.pk for page in pages for row in page] == [row.pk for row in rows.order_by(*order)]


def test_above_the_limit_the_count_stops_and_says_so() -> None:
    make_rows(30)
    rows = SampleListing().queryset(None, date(2026, 6, 30))
    page = cut_page(rows, order=("name",), number=9, size=10, load=list, limit=20)
    assert (page.total, page.exact, page.number, page.pages) == (20, False, 2, 2)
    assert page.rows[0].name == "名00010"
    assert COUNT_LIMIT >= 68_426


def test_beyond_the_last_page_comes_the_last_page() -> None:
    make_rows(12)
    assert "第 2 页，共 2 页" in html("?page=99")


def test_orders() -> None:
    assert full_order(("name",)) == ("name", "pk")
    assert full_order(("-name",)) == ("-name", "-pk")
    assert full_order(("-id",)) == ("-id",)
    assert turned(("name", "-pk")) == ("-name", "pk")


def test_filters_search_area_and_sort_narrow_together_and_keep_each_other() -> None:
    make_rows(40)
    assert len(names("?kind=a")) == 20
    assert names("?kind=a&area=north&q=名0000&sort=-name") == [
        "名00008",
        "名00006",
        "名00004",
        "名00002",
        "名00000",
    ]
    assert names("?end=7") == ["名00007", "名00017", "名00027", "名00037"]
    page = html("?kind=a&area=north&page=2")
    assert 'href="?area=north&amp;kind=b"' in page
    assert 'href="?kind=a&amp;area=north&amp;sort=name"' in page
    assert 'name="area" value="north"' in page and 'name="kind" value="a"' in page
    assert 'href="/export/samples/?kind=a&amp;area=north"' in page
    assert "去掉这个条件" in page and "北镇" in page


def test_a_heading_sorts_up_then_down_then_not() -> None:
    make_rows(3)
    assert 'href="?sort=name"' in html()
    up = html("?sort=name")
    assert 'aria-sort="ascending"' in up and 'href="?sort=-name"' in up
    assert 'aria-sort="descending"' in html("?sort=-name")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=2026-13-45", "看不懂日期「2026-13-45」"),
        ("on=%3Cb%3E", "看不懂日期「&lt;b&gt;」"),
        ("area=west", "没有找到区划「west」"),
        ("end=zz", "「结尾」没有「zz」这一项"),
        ("sort=secret", "不能按「secret」排序"),
        ("page=-1", "没有第「-1」页"),
        ("page=99999999999999999999", "没有第「99999999999999999999」页"),
        ("page=²", "没有第「²」页"),
        ("q=" + "长" * 101, "查找的文字太长"),
    ],
)
def test_a_bad_value_is_told_and_nothing_else_is_lost(query: str, sentence: str) -> None:
    make_rows(6)
    page = html(f"?kind=a&{query}")
    assert sentence in page
    if not query.startswith("q="):
        assert page.count("data-row") == 3


def test_a_null_byte_in_the_search_is_no_error() -> None:
    make_rows(2)
    assert "名00001" in html("?q=名00001%00")


def test_a_file_with_a_bad_value_is_refused_with_its_sentence() -> None:
    make_rows(2)
    forms: tuple[Literal["csv", "xlsx"], ...] = ("csv", "xlsx")
    for form in forms:
        answer = SampleListing.page(form)(asking(f"/samples.{form}?kind=zz"))
        assert answer.status_code == 400
        assert isinstance(answer, HttpResponse) and "「类型」没有「zz」这一项" in answer.content.decode()


def test_somebody_unknown_is_sent_to_sign_in(settings: Any) -> None:
    settings.LOGIN_URL = "/sign-in/"
    answer = SampleListing.page()(asking("/samples/?q=1", actor=None))
    assert answer.status_code == 302 and answer["Location"] == "/sign-in/?next=/samples/%3Fq%3D1"


def test_htmx_gets_the_table_and_its_history_the_page() -> None:
    make_rows(2)

    def ask(**headers: str) -> str:
        request = asking("/samples/", **headers)
        answer = HtmxMiddleware(SampleListing.page())(request)
        assert isinstance(answer, HttpResponse) and "HX-Request" in answer["Vary"]
        return answer.content.decode()

    part = ask(**{"HX-Request": "true", "HX-Target": "listing"})
    assert "<html" not in part and 'id="listing"' in part
    whole = ask(**{"HX-Request": "true", "HX-Target": "listing", "HX-History-Restore-Request": "true"})
    assert "<html" in whole


def test_an_empty_list_says_what_to_do_and_a_narrow_one_how_to_widen() -> None:
    assert "这里还没有记录" in html()
    make_rows(1)
    assert "没有符合条件的记录" in html("?q=无此人")


def test_csv_has_all_rows_the_mask_and_no_formula() -> None:
    make_rows(25)
    rows = csv_rows("?on=2026-06-30")
    assert rows[0] == ["名称", "类别", "证件号码", "长度", "起始", "状态", "备注"]
    assert len(rows) == 27
    assert rows[1] == ["名00000", "a", "500299********0018", "6000", "1998-07", "在册", "'=1+1"]


def test_every_file_says_who_took_it_when_what_of_and_why() -> None:
    make_rows(2)
    (mark,) = csv_rows("?kind=a&on=2026-06-30&reason=核对底册")[-1]
    assert "导出人：王建国" in mark and "理由：核对底册" in mark
    assert "范围：截至 2026年6月30日；类型 甲" in mark
    (unsaid,) = csv_rows()[-1]
    assert "理由：未说明" in unsaid
    answer = SampleListing.page("xlsx")(asking("/samples.xlsx?reason=核对 13983000001"))
    book = openpyxl.load_workbook(io.BytesIO(content(answer)))
    assert book.properties.creator == "王建国"
    assert "理由：核对 *******0001" in book.worksheets[0]["A2"].value
    assert "*******0001" in str(book.properties.description)


def test_no_file_holds_a_full_number() -> None:
    make_rows(1)
    assert "500299196812030018" not in "".join(",".join(row) for row in csv_rows())
    answer = LaidOutListing.page("xlsx")(asking("/samples.xlsx?full=on"))
    book = openpyxl.load_workbook(io.BytesIO(content(answer)))
    assert "500299196812030018" not in {cell for row in book.worksheets[0].values for cell in row}


def test_asking_for_the_head_of_a_file_takes_nothing() -> None:
    request = RequestFactory().head("/samples.csv")
    request.actor = ACTOR  # type: ignore[attr-defined]
    answer = SampleListing.page("csv")(request)
    assert answer.status_code == 200 and not answer.streaming
    request = RequestFactory().post("/samples.csv")
    request.actor = ACTOR  # type: ignore[attr-defined]
    assert SampleListing.page("csv")(request).status_code == 405


def ask_for(fields: dict[str, str], query: str = "") -> HttpResponseBase:
    request = RequestFactory().post(f"/export/samples/{query}", fields)
    request.actor = ACTOR  # type: ignore[attr-defined]
    return LaidOutListing.page("export")(request)


def test_the_official_sheet_has_blocks_totals_and_a_header_of_two_rows() -> None:
    make_rows(5)
    answer = ask_for({"form": "layout", "reason": "report", "words": "省厅"}, "?area=north")
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).worksheets[0]
    assert sheet["A1"].value == "北镇样表登记表" and "填报单位：北镇" in str(sheet["A2"].value)
    assert {"A3:A4", "B3:B4", "C3:D3"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [[cell.value for cell in row] for row in sheet["A3:D4"]] == [
        ["序号", "名称", "属性", None],
        [None, None, "类别", "长度"],
    ]
    assert [[cell.value for cell in row] for row in sheet["A5:D8"]] == [
        [1, "名00000", "a", 6000],
        [2, "名00002", "a", 6000],
        [3, "名00001", "b", 6000],
        ["合计", "2 类，3 行", None, 18000],
    ]
    heavy = [sheet.cell(line, 1).border.top.style for line in (5, 6, 7, 8)]
    assert heavy == ["medium", "thin", "medium", "medium"]
    assert "理由：上报上级：省厅" in str(sheet.cell(sheet.max_row, 1).value)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"form": "csv"}, "请选一个理由"),
        ({"form": "csv", "reason": "own"}, "请把理由写在下面"),
        ({"form": "pdf", "reason": "check"}, "pdf"),
        ({"form": "csv", "reason": "own", "words": "长" * 101}, "100"),
    ],
)
def test_the_form_asks_again_and_loses_nothing(fields: dict[str, str], sentence: str) -> None:
    make_rows(2)
    answer = ask_for(fields, "?kind=a")
    assert isinstance(answer, HttpResponse) and answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page and fields.get("words", "") in page


def test_the_form_tells_how_much_and_leads_back() -> None:
    make_rows(4)
    answer = LaidOutListing.page("export")(asking("/export/samples/?kind=a&on=2026-06-30&page=3"))
    assert isinstance(answer, HttpResponse)
    page = answer.content.decode()
    assert "共 2 行" in page and "类型 甲" in page and "样表登记表" in page
    assert 'href="/samples/?kind=a&amp;on=2026-06-30"' in page
    assert "完整的身份证号码" not in page
    nothing = LaidOutListing.page("export")(asking("/export/samples/?q=无"))
    assert isinstance(nothing, HttpResponse) and "没有可以导出的内容" in nothing.content.decode()


def test_a_long_file_says_how_long_it_takes() -> None:
    assert how_long(5_000) == ""
    assert "30 秒" in how_long(68_426) and "18 秒" in how_long(68_426)


def test_the_file_costs_the_same_number_of_queries_however_long() -> None:
    costs = []
    for rows in (3, 30):
        Permission.objects.filter(content_type__app_label="sample").delete()
        make_rows(rows)
        with CaptureQueriesContext(connection) as seen:
            csv_rows()
        costs.append(len(seen))
    assert costs == [1, 1]


def test_the_workbook_is_an_official_sheet() -> None:
    make_rows(12)
    answer = SampleListing.page("xlsx")(asking("/samples.xlsx?kind=a&area=north&on=2026-06-30"))
    assert "filename*=UTF-8''%E6%A0%B7%E8%A1%A8-20260630.xlsx" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).active
    assert sheet is not None
    assert sheet["A1"].value == "样表" and "A1:G1" in {str(area) for area in sheet.merged_cells.ranges}
    unit_line = sheet["A2"].value
    assert "王建国" in unit_line and "截至 2026年6月30日；区划 北镇；类型 甲" in unit_line
    assert [cell.value for cell in sheet[3]] == ["名称", "类别", "证件号码", "长度", "起始", "状态", "备注"]
    assert [cell.value for cell in sheet[4]] == [
        "名00000",
        "a",
        "500299********0018",
        6000,
        "1998-07",
        "在册",
        "=1+1",
    ]
    assert sheet["C4"].data_type == "s" and sheet["C4"].number_format == "@" and sheet["G4"].data_type == "s"
    assert sheet.max_row == 8 and "审核人" in sheet["A8"].value
    assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "A4"


def test_a_long_file_goes_on_in_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    make_rows(5)
    monkeypatch.setattr("anlan.web.listing.workbook.ROWS_A_SHEET", 3)
    book = openpyxl.load_workbook(io.BytesIO(content(SampleListing.page("xlsx")(asking("/samples.xlsx")))))
    assert [sheet["A4"].value for sheet in book.worksheets] == ["名00000", "名00003"]


def test_addresses_of_a_list() -> None:
    patterns = [str(one.pattern) for one in SampleListing.urls("x/", "x")]
    assert patterns == ["x/", "x.csv", "x.xlsx", "export/x/"]
    assert [one.name for one in SampleListing.urls("x/", "x")] == ["x", "x_csv", "x_xlsx", "x_export"]


def test_values_on_the_screen_are_escaped() -> None:
    class Row:
        name = "<script>"

    assert Column("name", "名称").on_screen(Row())[0] == "&lt;script&gt;"
    assert Column("name", "名称", format=lambda value: value).on_screen(Row())[0] == "&lt;script&gt;"


def test_a_path_through_nothing_is_blank() -> None:
    class Row:
        household = None

    assert Column("x", "户主", value="household.head.name").on_screen(Row()) == ("", True)


def test_a_filter_needs_one_way_to_narrow() -> None:
    with pytest.raises(ValueError, match="either a lookup or apply"):
        Filter("x", "某", ())
