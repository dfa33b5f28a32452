"""Layouts: a correction is remembered by the texts of the header, wherever such a sheet comes next."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast

from anlan.kernel.actors import CliActor, PersonActor
from anlan.kernel.problems import Refused
from anlan.sheets.actions.layout_remember import layout_forget, layout_remember
from anlan.sheets.corrections import column_problems, header_of
from anlan.sheets.fingerprints import fingerprint, header_texts
from anlan.sheets.gathering import Source, gather
from anlan.sheets.instructions import Correction, Instructions, Question
from anlan.sheets.models import SheetLayout
from anlan.sheets.recognise import REMEMBERED
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import id_number, xlsx
from anlan.sheets.tests.kinds import Planner, known, people, spots
from anlan.sheets.words import REASON_HEADER, ROW_HEADER

TODAY = date(2026, 11, 23)
FIRST, SECOND = id_number(order=1), id_number(order=2)
HEADER = ["姓名", "身份证号", "所在村", "登记码", "与户主关系"]
ROWS = [HEADER, ["冉红军", FIRST, "水泉村", "A1", "户主"], ["周芳", SECOND, "水泉村", "A1", "妻"]]
ODD = [
    ["第一栏", "第二栏", "第三栏"],
    ["甲", "乙", "丙"],
    ["冉红军", "水泉村", FIRST],
    ["周芳", "水泉村", SECOND],
]

pytestmark = pytest.mark.django_db


def remember(actor: PersonActor, columns: dict[int, str], header: list[str], rows: int = 0) -> SheetLayout:
    texts = [(text,) for text in header]
    with known(people(Planner())):
        return layout_remember(
            actor,
            fingerprint=fingerprint(texts),
            kind="people",
            columns=columns,
            headers=header_texts(texts),
            header_rows=rows,
        )


def read(rows: list[list[Any]], asked: Instructions | None = None) -> Any:
    """The sheet of a file with these rows."""
    source = Source(1, "a.xlsx", lambda: xlsx({"表": rows}), Path("a.xlsx"))
    with known(people(Planner()), spots(Planner())):
        (file,) = gather([source], asked or Instructions(), TODAY, lambda _: None)
    return file.sheets[0]


def test_a_returned_sheet_is_read_as_the_sheet_it_came_from(cast: Cast) -> None:
    remember(
        cast.township_officer.person,
        {0: "name", 1: "id_number", 2: "village", 3: "household_number", 4: "relation"},
        HEADER,
    )
    besides = ["组", REASON_HEADER, ROW_HEADER]
    rows = [[*HEADER, *besides], ["周芳", SECOND, "水泉村", "A1", "妻", "2组", "校验码不对", "3"]]
    found = read(rows)
    assert found.found.by == REMEMBERED
    assert found.table.columns["household_number"] == ["A1"] and found.table.columns["group"] == ["2组"]
    assert read([[*HEADER, "组"], rows[1][:6]]).found.by != REMEMBERED, "another sheet is another layout"


def test_spelling_does_not_matter_to_a_fingerprint_and_order_does() -> None:
    plain = fingerprint([("姓名",), ("联系 电话",), ()])
    assert plain == fingerprint([("姓 名*",), ("联系电话：",)])
    assert plain != fingerprint([("联系电话",), ("姓名",)])
    assert fingerprint([(), ()]) == ""


def test_what_is_remembered_reads_the_next_sheet_and_the_commands(cast: Cast, tmp_path: Path) -> None:
    columns = {0: "name", 1: "id_number", 2: "village", 3: "household_number", 4: "relation"}
    assert "household_number" not in read(ROWS).table.columns
    layout = remember(cast.township_officer.person, columns, HEADER)
    sheet = read([["人员登记表"], *ROWS])
    assert sheet.found.by == "remembered"
    assert sheet.table.column("household_number") == ["A1", "A1"]
    path = tmp_path / "b.xlsx"
    path.write_bytes(xlsx({"表": ROWS}))
    with known(people(Planner())):
        told = run_import([path], actor=CliActor("x"), today=TODAY, dry_run=True)
    assert told.files[0].sheets[0].columns["登记码"] == "household_number"
    layout_forget(cast.county_officer.person, layout=layout)
    assert read(ROWS).found.by == "recognised"


def test_a_header_that_had_to_be_shown_is_found_wherever_it_stands(cast: Cast) -> None:
    assert read(ODD).table is None
    header = ["第一栏/甲", "第二栏/乙", "第三栏/丙"]
    remember(cast.county_officer.person, {0: "name", 1: "village", 2: "id_number"}, header, rows=2)
    sheet = read([["说明"], [""], *ODD])
    assert sheet.found.by == "remembered" and sheet.table.header_rows == [3, 4]
    assert sheet.table.column("name") == ["冉红军", "周芳"]


def test_one_row_of_header_that_had_to_be_shown(cast: Cast) -> None:
    rows = [ODD[0], *ODD[2:]]
    remember(cast.county_officer.person, {0: "name", 1: "village", 2: "id_number"}, ODD[0], rows=1)
    sheet = read([["说明"], [""], *rows])
    assert sheet.found.by == "remembered" and sheet.table.header_rows == [3]
    assert sheet.table.column("name") == ["冉红军", "周芳"]


def test_a_correction_goes_before_what_is_remembered(cast: Cast) -> None:
    remember(cast.county_officer.person, {0: "name", 1: "id_number", 3: "phone"}, HEADER)
    correction = Correction("people", columns={0: "name", 1: "id_number", 3: "remark"})
    sheet = read(ROWS, Instructions(corrections={(1, "表"): correction}))
    assert sheet.found.by == "corrected" and "phone" not in sheet.table.columns
    assert sheet.table.column("remark") == ["A1", "A1"]
    left_out = read(ROWS, Instructions(corrections={(1, "表"): Correction("")}))
    assert left_out.table is None


def test_a_layout_needs_a_kind_and_a_header(cast: Cast) -> None:
    for fingerprint_, kind in (("", "people"), ("0" * 32, "cows")):
        with known(people(Planner())), pytest.raises(Refused):
            layout_remember(
                cast.county_officer.person, fingerprint=fingerprint_, kind=kind, columns={}, headers=[]
            )


def test_columns_assigned_by_hand_are_checked() -> None:
    kind = people(Planner())
    headers = ["甲", "", "丙"]
    assert column_problems(kind, {0: "name", 1: "id_number"}, headers) == []
    (twice,) = column_problems(kind, {0: "name", 1: "id_number", 2: "id_number"}, headers)
    assert twice.code == "sheets.column_twice" and twice.field == "c2" and "第2列" in str(twice.params)
    (lacking,) = column_problems(kind, {0: "name"}, headers)
    assert lacking.code == "sheets.column_needed" and lacking.params["missing"] == "身份证号"


@pytest.mark.parametrize(
    ("first", "last", "rows"), [(None, None, None), (2, 3, (1, 2)), (4, None, (3, 3)), (None, 1, (0, 0))]
)
def test_header_rows_are_numbered_as_people_see_them(
    first: int | None, last: int | None, rows: tuple[int, int] | None
) -> None:
    assert header_of(first, last) == rows


@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 2), (1, 9)])
def test_header_rows_that_cannot_be_are_refused(first: int, last: int) -> None:
    assert getattr(header_of(first, last), "code", "") == "sheets.header_rows"


def test_instructions_survive_being_kept() -> None:
    asked = Instructions(
        kind="people",
        as_of=TODAY,
        skip=frozenset({"b.xlsx"}),
        answers={"areas": {"石桥村": "500299101201"}},
        answered=(Question("organizations", "支部", (("a", "甲"), ("b", "乙")), 3, "b"),),
        corrections={(2, "表"): Correction("people", (0, 1), {3: "name"}, TODAY), (1, "页"): Correction("")},
    )
    assert Instructions.from_json(asked.as_json()) == asked
    assert asked.all_answers == {"areas": {"石桥村": "500299101201"}, "organizations": {"支部": "b"}}
    assert Instructions.from_json({}) == Instructions()
