"""Running an import: all or nothing, in the right order, told in the words of the contract."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from anlan.kernel import record
from anlan.kernel.actors import AnonymousActor, CliActor
from anlan.kernel.problems import Refused
from anlan.sheets import kept_files
from anlan.sheets.actions.import_undo import undo
from anlan.sheets.models import BatchState, ImportBatch
from anlan.sheets.results import ImportResult, summary
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import id_number, text, xlsx
from anlan.sheets.tests.kinds import Planner, known, people, spots

TODAY = date(2026, 11, 23)
ACTOR = CliActor("somebody")
HEADER = ["姓名", "身份证号", "与户主关系", "村", "户编号", "联系电话"]
FIRST, SECOND, THIRD = id_number(order=1), id_number(order=2), id_number(order=3)

pytestmark = pytest.mark.django_db


def lines(*rows: list[Any]) -> list[list[Any]]:
    return [HEADER, *rows]


GOOD = lines(
    ["冉红军", FIRST, "户主", "水泉村", "01", "13983000001"], ["周芳", SECOND, "妻", "水泉村", "01", ""]
)


@pytest.fixture
def save(tmp_path: Path) -> Any:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def batch_of(result: ImportResult) -> ImportBatch:
    return ImportBatch.objects.get(uid=str(result.batch))


def run(*paths: Path, planner: Planner | None = None, **options: Any) -> ImportResult:
    with known(people(planner or Planner()), spots(Planner())):
        return run_import(list(paths), actor=ACTOR, today=TODAY, **options)


def test_result_in_the_words_of_the_contract(save: Any) -> None:
    rows = lines(
        ["冉红军", FIRST, "户主", "水泉村", "01", ""],
        ["周芳", SECOND, "妻", "水泉村", "01", ""],
        ["冉 红军 ", FIRST + " ", "户主", "水泉村", "01", "13983000009"],
        ["", THIRD, "长子", "水泉村", "01", ""],
        ["合计", "", "", "", "", "3人"],
    )
    result = run(save("人员.xlsx", xlsx({"表": rows})), dry_run=True)
    told = json.loads(json.dumps(result.as_json()))
    assert told["batch"] is None
    (sheet,) = told["files"][0]["sheets"]
    assert told["files"][0]["file"] == "人员.xlsx"
    assert sheet["kind"] == "people" and sheet["header_rows"] == [1] and sheet["sheet"] == "表"
    assert sheet["columns"]["身份证号"] == "id_number"
    counts = [
        sheet[name] for name in ("rows", "added", "changed", "unchanged", "duplicates", "refused", "warned")
    ]
    assert counts == [4, 2, 0, 0, 1, 1, 0]
    assert sheet["problem_counts"] == {"name.missing": 1, "row.duplicate": 1}
    assert sheet["written"] == {"person": {"added": 2, "changed": 0}}
    first = sheet["problems"][0]
    assert first == {
        "row": 4,
        "column": "身份证号",
        "code": "row.duplicate",
        "level": "duplicate",
        "message": "与第2行重复，只计一次。",
    }
    assert sheet["left_out"] == [6]
    assert not ImportBatch.objects.exists()
    assert "第5行" in summary(result) and "试运行" in summary(result)


def test_a_repeat_gives_its_further_phone_to_the_line_that_counts(save: Any) -> None:
    planner = Planner()
    rows = lines(
        ["冉红军", FIRST, "户主", "水泉村", "", "13983000001"],
        ["冉红军", FIRST, "", "水泉村", "01", "13983000002"],
    )
    run(save("a.xlsx", xlsx({"表": rows})), planner=planner, dry_run=True)
    (table,) = planner.asked[0]
    assert table.column("phone")[0] == ("13983000001", "13983000002")
    assert table.column("household_number")[0] == "01" and table.live_lines() == [0]


def test_conflicts_between_files_refuse_every_line_and_name_the_others(save: Any) -> None:
    one = save("a.xlsx", xlsx({"甲": GOOD}))
    other = save("b.csv", text(lines(["冉红", FIRST, "户主", "水泉村", "01", ""])))
    result = run(one, other, dry_run=True)
    problems = [problem for file in result.files for problem in file.sheets[0].problems]
    assert [problem["code"] for problem in problems] == ["row.conflict"] * 2
    assert "b.csv" in problems[0]["message"] and "a.xlsx" in problems[1]["message"]
    assert [file.sheets[0].refused for file in result.files] == [1, 1]


def test_kinds_are_planned_in_the_order_of_what_depends_on_what(save: Any) -> None:
    order: list[str] = []

    class Noted(Planner):
        def __call__(self, tables: Any, context: Any) -> Any:
            order.append(tables[0].kind)
            context.store["seen"] = [*context.store.get("seen", []), tables[0].kind]
            return super().__call__(tables, context)

    persons = save("1.xlsx", xlsx({"表": GOOD}))
    places = save(
        "2.xlsx",
        xlsx({"表": [["区划代码", "名称", "上级代码"], ["500299001201", "石坪社区", "500299001000"]]}),
    )
    planner = Noted()
    with known(people(planner), spots(Noted())):
        run_import([persons, places], actor=ACTOR, today=TODAY, dry_run=True)
    assert order == ["spots", "people"] and planner.contexts[0].store["seen"] == order


def test_written_as_one_entry_with_the_files_kept_sealed(save: Any) -> None:
    path = save("人员.xlsx", xlsx({"表": GOOD}))
    before = record.current_sequence()
    result = run(path)
    assert record.current_sequence() == before + 1
    batch = batch_of(result)
    assert batch.state == BatchState.WRITTEN and batch.kinds == ["people"] and batch.actor_label == "somebody"
    assert "problems" not in batch.result["files"][0]["sheets"][0]
    (kept,) = batch.files.all()
    assert kept.name == "人员.xlsx" and kept_files.read(kept.place) == path.read_bytes()
    assert FIRST.encode() not in (kept_files.folder() / kept.place).read_bytes()
    assert "已写入" in summary(result)
    assert record.verify() == []


def test_a_stale_plan_is_made_anew(save: Any) -> None:
    planner = Planner(stale=2)
    rows = lines(["冉红军", FIRST, "户主", "水泉村", "01", ""], ["周芳", SECOND, "妻", "无此村", "01", ""])
    result = run(save("a.xlsx", xlsx({"表": rows})), planner=planner)
    assert len(planner.asked) == 3 and planner.wrote == 1 and result.batch
    assert planner.contexts[0].store is not planner.contexts[2].store
    assert result.files[0].sheets[0].problem_counts == {"reference.unknown": 1}
    assert result.files[0].sheets[0].refused == 1


def kept() -> set[Path]:
    return set(kept_files.folder().glob("*/*"))


def test_a_register_that_never_rests_is_left_alone(save: Any) -> None:
    before = kept()
    with pytest.raises(Refused) as refused:
        run(save("a.xlsx", xlsx({"表": GOOD})), planner=Planner(stale=99))
    assert refused.value.problems[0].code == "sheets.stale"
    assert not ImportBatch.objects.exists()
    assert kept() == before


def test_files_that_cannot_be_read_stop_the_batch_unless_skipped(save: Any) -> None:
    good = save("a.xlsx", xlsx({"表": GOOD}))
    bad = {
        "empty.csv": b"",
        "broken.xlsx": b"PK\x03\x04 nothing",
        "page.xls": b"<html><table></table></html>",
        "locked.xlsx": bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
        "noise.csv": bytes(range(128, 256)) * 3,
        "other.xlsx": xlsx({"表": [["品名", "数量"], ["化肥", 3]]}),
    }
    expected = {"locked.xlsx": "file.encrypted", "other.xlsx": "sheet.unrecognized"}
    for name, content in bad.items():
        path = save(name, content)
        stopped = run(good, path)
        assert [problem.code for problem in stopped.stopping] == [expected.get(name, "file.unreadable")], name
        assert stopped.batch is None and stopped.as_json()["files"][1]["problems"][0]["message"]
        assert "没有写入" in summary(stopped)
        skipped = run(good, path, skip=[name], dry_run=True)
        assert skipped.stopping == [] and skipped.total("added") == 2
    assert not ImportBatch.objects.exists()


def test_a_missing_file_and_a_missing_column_are_said(save: Any, tmp_path: Path) -> None:
    (problem,) = run(tmp_path / "nowhere.xlsx").stopping
    assert problem.code == "file.unreadable"
    rows = [["人员登记表"], ["姓名", "与户主关系", "村", "户编号"], ["冉红军", "户主", "水泉村", "01"]]
    (problem,) = run(save("a.xlsx", xlsx({"表": rows}))).stopping
    assert problem.code == "sheet.column_missing" and problem.params["missing"] == "身份证号"


def test_the_same_file_twice_and_an_unknown_kind_are_refused(save: Any) -> None:
    path = save("a.xlsx", xlsx({"表": GOOD}))
    cases: list[tuple[list[Path], dict[str, Any], str]] = [
        ([path, path], {}, "file.repeated"),
        ([path], {"kind": "cows"}, "sheets.kind_unknown"),
    ]
    for paths, options, code in cases:
        with pytest.raises(Refused) as refused:
            run(*paths, **options)
        assert refused.value.problems[0].code == code


def test_a_named_kind_needs_no_telling_column(save: Any) -> None:
    path = save("a.xlsx", xlsx({"表": [["姓名", "身份证号"], ["冉红军", FIRST]]}))
    assert run(path, dry_run=True).stopping
    assert run(path, kind="people", dry_run=True).total("added") == 1


def test_nobody_imports_without_being_somebody(save: Any) -> None:
    before = kept()
    path = save("a.xlsx", xlsx({"表": GOOD}))
    with known(people(Planner())), pytest.raises(Refused) as refused:
        run_import([path], actor=AnonymousActor("form"), today=TODAY)
    assert refused.value.problems[0].code == "action.permission"
    assert kept() == before


def test_a_batch_is_taken_back_once(save: Any) -> None:
    batch = batch_of(run(save("a.xlsx", xlsx({"表": GOOD}))))
    assert undo(ACTOR, batch).state == BatchState.UNDONE
    with pytest.raises(Refused) as refused:
        undo(ACTOR, ImportBatch.objects.get(pk=batch.pk))
    assert refused.value.problems[0].code == "sheets.batch_undone"


def test_later_changes_stand_in_the_way_and_are_named(save: Any) -> None:
    path = save("a.xlsx", xlsx({"表": GOOD}))
    first, second = (batch_of(run(path)) for _ in range(2))
    with pytest.raises(Refused) as refused:
        undo(ACTOR, first)
    (problem,) = refused.value.problems
    assert problem.code == "sheets.later_changes" and problem.params["count"] == 1
    undo(ACTOR, second)
    assert undo(ACTOR, first).state == BatchState.UNDONE
