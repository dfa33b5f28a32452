"""``anlan import`` and ``anlan undo-import``: exit codes, the JSON, two lines where something is wrong."""

import argparse
import json
from pathlib import Path

import pytest

from anlan.accounts.models import User
from anlan.config.commands import import_, undo_import
from anlan.config.commands.init import create
from anlan.config.refusals import CHECK_FAILED, DONE, WrongUse
from anlan.kernel.problems import Refused
from anlan.places.models import Area
from anlan.registers.models import Person
from anlan.sheets.models import ImportBatch
from anlan.sheets.tests.books import id_number, text, xlsx

AREAS = [
    ["区划代码", "名称", "上级区划代码", "级别"],
    ["500299001000", "澜江街道", "500299000000", "乡镇"],
    ["500299001201", "石坪社区", "500299001000", "村"],
]
HEAD, WIFE = id_number("19600404", 3), id_number("19620510", 2)
RESIDENTS = [
    ["乡镇", "村(社区)", "组", "户编号", "户主姓名", "姓名", "与户主关系", "身份证号码"],
    ["澜江街道", "石坪社区", "一组", "001", "冉红军", "冉红军", "户主", HEAD],
    ["澜江街道", "石坪社区", "1", "001", "冉红军", "周芳", "配偶", WIFE],
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> None:
    create("500299000000", "安澜县", "keeper")


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    return import_.run(parser.parse_args(list(words)))


def undo(batch: str) -> int:
    parser = argparse.ArgumentParser()
    undo_import.add_arguments(parser)
    return undo_import.run(parser.parse_args([batch]))


def save(folder: Path, name: str, rows: list[list[str]]) -> str:
    path = folder / name
    path.write_bytes(xlsx({"表": rows}) if name.endswith("xlsx") else text(rows))
    return str(path)


@pytest.mark.usefixtures("county")
def test_two_files_in_the_wrong_order_are_one_batch_that_can_be_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [save(tmp_path, "人口.xlsx", RESIDENTS), save(tmp_path, "区划.csv", AREAS)]
    assert run(*files, "--dry-run", "--json", "-") == DONE
    dry = json.loads(capsys.readouterr().out)
    assert dry["batch"] is None and Person.objects.count() == 0
    assert run(*files, "--json", str(tmp_path / "r.json"), "--as-of", "2026-05-31") == DONE
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [file["sheets"][0]["added"] for file in told["files"]] == [2, 2]
    assert told["as_of"] == "2026-05-31" and f"undo-import {told['batch']}" in capsys.readouterr().out
    assert Person.objects.count() == 2 and Area.objects.filter(name="石坪社区").exists()

    assert run(*files) == DONE
    assert "新增 0，变更 0，不变 2" in capsys.readouterr().out
    assert undo(told["batch"]) == DONE
    assert Person.objects.count() == 0 and not Area.objects.filter(name="石坪社区").exists()
    with pytest.raises(Refused):
        undo(told["batch"])


@pytest.mark.usefixtures("county")
def test_refused_lines_give_exit_code_one_and_come_back_as_a_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*RESIDENTS, ["澜江街道", "石坪社区", "1", "001", "冉红军", "冉强", "长子", "500299198402300019"]]
    files = [save(tmp_path, "区划.csv", AREAS), save(tmp_path, "人口.xlsx", rows)]
    assert run(*files, "--annotated", str(tmp_path / "退回")) == CHECK_FAILED
    out = capsys.readouterr()
    assert "第4行 身份证号码" in out.out and "人口-退回.xlsx" in out.err
    assert (tmp_path / "退回" / "人口-退回.xlsx").exists() and Person.objects.count() == 2


@pytest.mark.usefixtures("county")
def test_what_cannot_be_read_stops_everything_unless_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = save(tmp_path, "区划.csv", AREAS), str(tmp_path / "没有.xlsx")
    with pytest.raises(WrongUse) as refusal:
        run(good, bad, "--json", "-")
    assert refusal.value.exit_code == 2 and "\n" not in refusal.value.wrong
    assert "--skip 没有.xlsx" in refusal.value.remedy
    told = json.loads(capsys.readouterr().out)
    assert told["files"][1]["problems"][0]["code"] == "file.unreadable"
    assert not ImportBatch.objects.exists()
    assert run(good, bad, "--skip", "没有.xlsx") == DONE
    assert "已跳过" in capsys.readouterr().out


@pytest.mark.usefixtures("county")
def test_an_account_without_the_permission_imports_nothing(tmp_path: Path) -> None:
    path = save(tmp_path, "区划.csv", AREAS)
    User.objects.create(username="guest", display_name="来宾")
    with pytest.raises(Refused):
        run(path, "--as", "guest")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "words", [["--as", "nobody"], ["--as-of", "2026-05"], ["--as-of", "明天"]], ids=["user", "month", "word"]
)
def test_wrong_use(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(WrongUse):
        run(save(tmp_path, "区划.csv", AREAS), *words)


def test_answers_that_are_no_answers_are_refused(tmp_path: Path) -> None:
    path = save(tmp_path, "区划.csv", AREAS)
    for content in ("x = [", '{"x": [1]}', 'areas = "x"', "[areas]\nx = 1", '{"areas": '):
        (tmp_path / "答复.toml").write_text(content, "utf-8")
        with pytest.raises(Refused) as refused:
            run(path, "--answers", str(tmp_path / "答复.toml"))
        assert refused.value.problems[0].code == "sheets.answers_format"


@pytest.mark.parametrize("batch", ["x", "01a209cb-3bf6-7000-9fcd-8ee8bcdd9f20"])
def test_a_batch_that_does_not_exist(batch: str) -> None:
    with pytest.raises(WrongUse):
        undo(batch)
