"""Returned sheets: the refused lines, the reason beside each, ready to be corrected and imported again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from anlan.kernel.actors import CliActor
from anlan.sheets.annotate import write_returned
from anlan.sheets.instructions import Instructions, Question
from anlan.sheets.results import ImportResult
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import Rows, id_number, xlsx
from anlan.sheets.tests.kinds import Planner, known, people
from anlan.sheets.words import REASON_HEADER, ROW_HEADER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HEADER = ["序号", "户编号", "姓名", "与户主关系", "身份证号", "出生年月", "联系电话", "自用栏"]
HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)


def run(path: Path) -> ImportResult:
    with known(people(Planner())):
        return run_import([path], actor=CliActor("somebody"), today=TODAY, dry_run=True)


def returned(result: ImportResult, folder: Path) -> list[Path]:
    with known(people(Planner())):
        return write_returned(result.tables, folder)


def cells(path: Path) -> list[list[Any]]:
    return [
        ["" if c is None else c for c in row]
        for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
    ]


def test_refused_lines_come_back_and_are_taken_when_corrected(tmp_path: Path) -> None:
    wrong = WIFE[:-1] + ("0" if WIFE[-1] != "0" else "1")
    rows: Rows = [
        ["大榕镇水泉村人员登记表"],
        HEADER,
        [1, "0042", "冉红军", "户主", HEAD, date(1960, 4, 4), 13983000001, "a"],
        [2, "", "周芳", "妻", wrong, "1962.5", "", "b"],
        [3, "", "冉强", "长子", 5.0029919851201e17, "1985年12月", "", "c"],
        ["合计", "", "3人"],
    ]
    source = tmp_path / "人员.xlsx"
    source.write_bytes(xlsx({"水泉村": rows}, merges=[(0, 0, 0, 7), (2, 1, 4, 1)]))
    result = run(source)
    assert result.files[0].sheets[0].problem_counts == {"id_number.checksum": 1, "id_number.digits_lost": 1}
    (path,) = returned(result, tmp_path / "退回")
    title, header, first, second = cells(path)
    assert title[0] == "大榕镇水泉村人员登记表"
    assert header[:8] == HEADER and header[-2:] == [REASON_HEADER, ROW_HEADER]
    assert first[:5] == ["2", "0042", "周芳", "妻", wrong] and first[-1] == "4" and "校验码" in first[-2]
    assert second[:5] == ["3", "0042", "冉强", "长子", "5.00299E+17"] and second[7] == "c"
    again = run(path)
    assert again.files[0].sheets[0].problem_counts == {"id_number.checksum": 1, "id_number.digits_lost": 1}

    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E3"], sheet["E4"] = WIFE, SON
    corrected = tmp_path / "人员-改正.xlsx"
    book.save(corrected)
    done = run(corrected)
    (told,) = done.files[0].sheets
    assert (told.kind, told.rows, told.added, told.refused) == ("people", 2, 2, 0)
    (table,) = done.tables
    assert table.column("household_number") == ["0042", "0042"] and table.column("id_number") == [WIFE, SON]
    assert table.column("village") == ["水泉村", "水泉村"]
    assert set(table.headers.values()) <= {s.field for s in people(Planner()).columns}
    assert REASON_HEADER not in table.headers and ROW_HEADER not in table.headers


def test_places_told_by_headings_stand_on_the_returned_line(tmp_path: Path) -> None:
    rows: Rows = [
        ["姓名", "与户主关系", "身份证号"],
        ["一、水泉村"],
        ["冉红军", "户主", HEAD],
        ["二、水桥村"],
        ["周芳", "户主", "123"],
    ]
    source = tmp_path / "人员.xlsx"
    source.write_bytes(xlsx({"表": rows}))
    (path,) = returned(run(source), tmp_path)
    assert cells(path)[0][:4] == ["姓名", "与户主关系", "身份证号", "村"] and cells(path)[1][3] == "水桥村"
    (table,) = run(path).tables
    assert table.column("village") == ["水桥村"]


def test_a_clean_file_gives_no_returned_sheet(tmp_path: Path) -> None:
    source = tmp_path / "人员.xlsx"
    source.write_bytes(xlsx({"表": [["姓名", "身份证号", "与户主关系"], ["冉红军", HEAD, "户主"]]}))
    assert returned(run(source), tmp_path / "退回") == []


def test_an_ambiguous_name_that_was_answered_comes_back_in_full(tmp_path: Path) -> None:
    rows: Rows = [[*HEADER[1:6], "村"], ["0042", "冉红军", "户主", "", "1960.4", "龙山村"]]
    source = tmp_path / "人员.xlsx"
    source.write_bytes(xlsx({"表": rows}))
    result = run(source)
    with known(people(Planner())):
        (path,) = write_returned(result.tables, tmp_path / "退回", {"龙山村": "锦溪镇龙山村"})
    assert cells(path)[1][5] == "锦溪镇龙山村"


def test_the_answer_is_the_full_name_where_only_one_bears_it() -> None:
    areas = (("500299001202", "大榕镇龙山村"), ("500299002202", "锦溪镇龙山村"))
    question = Question("areas", "龙山村", areas, answer="500299002202")
    asked = Instructions(answered=(question,))
    assert asked.full_names == {"龙山村": "锦溪镇龙山村"} == dict(asked.all_answers["areas"])
    twins = Question("areas", "龙山村", (("1", "大榕镇龙山村"), ("2", "大榕镇龙山村")), answer="2")
    assert twins.meaning == "2"
    branch = Question("organizations", "支部", (("镇/支部", "镇/支部（锦溪镇）"),), answer="镇/支部")
    assert branch.meaning == "镇/支部"
