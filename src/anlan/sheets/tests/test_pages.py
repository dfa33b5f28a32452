"""The pages of an import: what is uploaded, what is answered, who sees what."""

import errno
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from tests.cast import Cast

from anlan.kernel import worker
from anlan.kernel.models import ParameterValue
from anlan.kernel.stamps import renew
from anlan.sheets import kept_files
from anlan.sheets.models import DraftState, ImportBatch, ImportDraft, SheetLayout
from anlan.sheets.previews import preview_of_draft
from anlan.sheets.tests.books import id_number, xlsx
from anlan.sheets.tests.kinds import Planner, known, people

HEADER = ["姓名", "身份证号", "与户主关系", "村", "登记码", "联系电话"]
FIRST, SECOND = id_number(order=1), id_number(order=2)
ROWS = [
    HEADER,
    ["冉红军", FIRST, "户主", "水泉村", "01", "13983000001"],
    ["周芳", SECOND, "妻", "无此村", "01", ""],
]
BOOK = xlsx({"表": ROWS})

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_people() -> Iterator[Planner]:
    planner = Planner()
    with known(people(planner)):
        yield planner


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return cast.township_officer.client()


def work() -> None:
    while worker.work_once():
        continue


def uploaded(client: Client, *files: tuple[str, bytes], to: str = "/imports/new/") -> Any:
    return client.post(to, {"tables": [SimpleUploadedFile(name, content) for name, content in files]})


def begun(client: Client, *files: tuple[str, bytes]) -> str:
    """The address of a draft with these files, checked."""
    answer = uploaded(client, *(files or [("人员.xlsx", BOOK)]))
    assert answer.status_code == 303
    work()
    return str(answer.headers["Location"])


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query, follow=True)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def set_parameter(code: str, value: Any) -> None:
    ParameterValue.objects.filter(code=code).update(value=value)
    renew("parameters")


def test_from_a_file_to_a_written_batch(clerk: Client) -> None:
    answer = uploaded(clerk, ("人员.xlsx", BOOK))
    address = answer.headers["Location"]
    waiting = page(clerk, address)
    assert "正在核对" in waiting and 'hx-trigger="load delay:1s"' in waiting and "<noscript><meta" in waiting
    work()
    looked = page(clerk, address)
    assert "认出来的表" in looked and "自动识别" in looked and "没有要问的" in looked
    assert FIRST not in looked
    lines = page(clerk, f"{address}lines/0/", outcome="refused")
    assert "第 3 行" in lines and "没有找到“无此村”" in lines and SECOND not in lines
    returned = clerk.get(f"{address}returned/1/")
    assert b"".join(returned.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    draft = ImportDraft.objects.get()
    clerk.post(f"{address}send/{draft.revision}/")
    assert "正在写入" in page(clerk, address)
    work()
    written = page(clerk, address)
    assert "写入了什么" in written and "撤回这一批" in written
    assert "人员.xlsx" in page(clerk, "/imports/")
    assert "新增的 1 行" in page(clerk, f"{address}undo/")
    clerk.post(f"{address}undo/")
    work()
    assert "这一批已经撤回" in page(clerk, address)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00", "内容不是表格"),
        ("页.xls", b"<html><table></table></html>", "网页"),
        ("锁.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ],
)
def test_what_is_no_spreadsheet_is_told_by_its_content(
    clerk: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = uploaded(clerk, (name, content))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not ImportDraft.objects.exists()


def test_a_good_file_is_kept_when_another_is_not(clerk: Client) -> None:
    answer = uploaded(clerk, ("人员.csv", BOOK), ("页.xls", b"<html></html>"))
    assert answer.status_code == 303
    assert "网页" in page(clerk, answer.headers["Location"])
    assert [file.name for file in ImportDraft.objects.get().files.all()] == ["人员.csv"]


def test_nothing_chosen_and_too_much_are_said(clerk: Client) -> None:
    assert "请选择要导入的文件" in clerk.post("/imports/new/").content.decode()
    set_parameter("sheets.upload_megabytes", 1)
    answer = uploaded(clerk, ("大.csv", b"a,b\n" * 300_000), ("小.xlsx", BOOK))
    assert answer.status_code == 303, "what has room is taken"
    told = page(clerk, answer.headers["Location"])
    assert "大.csv 太大：一次最多上传 1 兆字节" in told
    assert [file.name for file in ImportDraft.objects.get().files.all()] == ["小.xlsx"]


def test_a_full_disk_is_said_at_upload(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(place: Path, sealed: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kept_files, "write_sealed", full)
    answer = uploaded(clerk, ("人员.xlsx", BOOK))
    assert answer.status_code == 422 and "磁盘满了" in answer.content.decode()
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("step", ["files/", "day/", "discard/"])
def test_a_full_database_is_said_at_every_step(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    address = begun(clerk)
    other = xlsx({"表": [HEADER, ["谭富文", id_number(order=3), "户主", "水泉村", "02", ""]]})

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("anlan.kernel.record.write_entry", full)
        sent = {"as_of": "2026-05-31"} if step == "day/" else {}
        if step == "files/":
            answer = uploaded(clerk, ("b.xlsx", other), to=f"{address}{step}")
        else:
            answer = clerk.post(f"{address}{step}", sent)
        assert answer.status_code == 303
    assert "磁盘满了" in page(clerk, address)
    draft = ImportDraft.objects.get()
    assert [file.name for file in draft.files.all()] == ["人员.xlsx"] and draft.revision == 1
    folder = kept_files.folder() / str(draft.uid)
    assert len(list(folder.glob("*.sealed"))) == 1, "what could not be noted is not kept either"


def test_a_full_disk_behind_a_page_is_a_page_of_its_own(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    address = begun(clerk)
    clerk.raise_request_exception = False
    monkeypatch.setattr("anlan.sheets.pages.draft.ask_check", full)
    answer = clerk.post(f"{address}check/")
    assert answer.status_code == 507 and "服务器的磁盘满了" in answer.content.decode()
    monkeypatch.setattr("anlan.sheets.pages.draft.ask_check", lambda draft: 1 / 0)
    assert clerk.post(f"{address}check/").status_code == 500


def test_an_upload_needs_the_token_of_its_form(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert cast.township_officer.user is not None
    strict.force_login(cast.township_officer.user)
    assert uploaded(strict, ("人员.xlsx", BOOK)).status_code == 403
    token = strict.get("/imports/new/").cookies["csrftoken"].value
    sent = {"tables": [SimpleUploadedFile("人员.xlsx", BOOK)], "csrfmiddlewaretoken": token}
    assert strict.post("/imports/new/", sent).status_code == 303


def test_files_are_added_and_removed(clerk: Client) -> None:
    address = begun(clerk)
    assert uploaded(clerk, ("b.xlsx", BOOK), to=f"{address}files/").status_code == 303
    assert "给出了两次" in page(clerk, address)
    other = xlsx({"表": [HEADER, ["谭富文", id_number(order=3), "户主", "水泉村", "02", ""]]})
    uploaded(clerk, ("c.xlsx", other), to=f"{address}files/")
    draft = ImportDraft.objects.get()
    assert [file.number for file in draft.files.all()] == [1, 2]
    place = kept_files.folder() / draft.files.get(number=2).place
    clerk.post(f"{address}files/2/remove/")
    assert not place.exists() and draft.files.count() == 1
    clerk.post(f"{address}files/1/remove/")
    assert "至少要留一个文件" in page(clerk, address) and draft.files.count() == 1


def columns_of(address: str, **changes: str) -> dict[str, str]:
    """The form of the first sheet as it stands, with some columns changed."""
    preview = preview_of_draft(ImportDraft.objects.get())
    assert preview is not None
    told = preview.told["sheets"][0]
    first, last = told["header"]
    sent = {
        "kind": told["kind"],
        "header_first": str(first + 1),
        "header_last": str(last + 1),
        "remember": "on",
    }
    sent |= {f"c{at}": column["field"] for at, column in enumerate(told["columns"])}
    return sent | changes


def test_a_column_is_corrected_and_remembered(clerk: Client) -> None:
    address = begun(clerk)
    shown = page(clerk, f"{address}sheets/0/")
    assert "登记码" in shown and "不使用" in shown and "139****0001" in shown
    assert clerk.post(f"{address}sheets/0/", columns_of(address, c4="household_number")).status_code == 303
    work()
    assert "已人工核对" in page(clerk, address)
    preview = preview_of_draft(ImportDraft.objects.get())
    assert preview is not None and preview.told["sheets"][0]["columns"][4]["field"] == "household_number"
    assert SheetLayout.objects.get().columns["4"] == "household_number"
    assert "登记码 → 户编号" in page(clerk, "/imports/layouts/")
    again = begun(
        clerk,
        ("下月.xlsx", xlsx({"页": [HEADER, ["谭富文", id_number(order=5), "户主", "水泉村", "02", ""]]})),
    )
    assert "按记住的读法" in page(clerk, again)
    clerk.post(f"/imports/layouts/{SheetLayout.objects.get().pk}/forget/")
    assert not SheetLayout.objects.exists()


def test_what_was_not_read_and_what_was_hidden_is_said(clerk: Client) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("水泉村")
        for number, row in enumerate([[*HEADER, "血型"], *ROWS[1:], ["合计", "2人"]]):
            sheet.write_row(number, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
    told = page(clerk, begun(clerk, ("人员.xlsx", stream.getvalue())))
    assert "没有用到的列：登记码、血型" in told and "略过 1 行" in told and "第 4 行" in told
    assert "有 1 行在表里隐藏或筛选掉了，一样读取" in told


def test_lines_are_told_apart_by_reason(clerk: Client) -> None:
    wrong = FIRST[:-1] + ("1" if FIRST[-1] != "1" else "2")
    rows = [*ROWS, ["谭富文", wrong, "户主", "水泉村", "02", ""], ["王秀", "", "妻", "水泉村", "02", ""]]
    address = begun(clerk, ("人员.xlsx", xlsx({"表": rows})))
    told = page(clerk, address)
    assert "不写入的原因" in told and "没有找到“…”" in told and "身份证号的校验码不对" in told
    every = page(clerk, f"{address}lines/0/", outcome="refused")
    assert all(name in every for name in ("周芳", "谭富文", "王秀"))
    reasons = set(re.findall(r"outcome=refused&amp;reason=(\d)", every))
    shown = [page(clerk, f"{address}lines/0/", outcome="refused", reason=one) for one in reasons]
    assert len(shown) == 3 and all("共 1 行" in one for one in shown)


def test_a_mistaken_correction_keeps_everything_typed(clerk: Client) -> None:
    address = begun(clerk)
    answer = clerk.post(f"{address}sheets/0/", columns_of(address, c4="name", c1="", as_of="2999-01-01"))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "“姓名”选了两列：姓名、登记码" in told and "身份证号" in told and "2999-01-01" in told
    assert '<option value="name" selected>' in told
    assert not SheetLayout.objects.exists() and ImportDraft.objects.get().revision == 1


def test_a_sheet_of_unknown_words_is_read_once_its_kind_and_header_are_said(clerk: Client) -> None:
    odd = [["说明"], ["第一栏", "第二栏", "第三栏"], ["冉红军", "水泉村", FIRST], ["周芳", "水泉村", SECOND]]
    address = begun(clerk, ("奇.xlsx", xlsx({"表": odd})))
    assert "没有一张工作表能识别" in page(clerk, address)
    sent = {"kind": "people", "header_first": "2", "header_last": "2", "again": "1"}
    clerk.post(f"{address}sheets/0/", sent)
    work()
    clerk.post(f"{address}sheets/0/", columns_of(address, c0="name", c1="village", c2="id_number"))
    work()
    preview = preview_of_draft(ImportDraft.objects.get())
    assert preview is not None and preview.count("lines-0-added") == 2
    later = xlsx({"页": [*odd[:2], ["谭富文", "水泉村", id_number(order=5)]]})
    assert "按记住的读法" in page(clerk, begun(clerk, ("下月.xlsx", later)))


def test_a_sheet_is_left_out(clerk: Client) -> None:
    book = xlsx({"表": ROWS, "旧表": ROWS})
    address = begun(clerk, ("人员.xlsx", book))
    assert "重复" in page(clerk, address)
    clerk.post(f"{address}sheets/1/", columns_of(address, kind="-"))
    work()
    preview = preview_of_draft(ImportDraft.objects.get())
    assert preview is not None and preview.told["sheets"][1]["kind"] is None
    assert preview.count("lines-0-added") == 1


def test_the_day_of_changes_is_asked_for(clerk: Client, only_people: Planner) -> None:
    address = begun(clerk)
    clerk.post(f"{address}day/", {"as_of": "2999-01-01"})
    assert "还没有到" in page(clerk, address) or "2999" in page(clerk, address)
    assert ImportDraft.objects.get().revision == 1
    clerk.post(f"{address}day/", {"as_of": "2026-05-31"})
    work()
    assert only_people.contexts[-1].as_of is not None
    assert "2026-05-31" in page(clerk, address)


def test_an_old_look_writes_nothing(clerk: Client) -> None:
    address = begun(clerk)
    clerk.post(f"{address}check/")
    work()
    clerk.post(f"{address}send/1/")
    assert "有了改动" in page(clerk, address) and not ImportBatch.objects.exists()


def test_a_draft_outlives_the_session_and_is_thrown_away(cast: Cast, clerk: Client) -> None:
    address = begun(clerk)
    clerk.post("/sign-out/")
    again = cast.township_officer.client()
    assert "没有办完的" in page(again, "/imports/") and "认出来的表" in page(again, address)
    assert "没有办完的" not in page(cast.colleague.client(), "/imports/")
    again.post(f"{address}discard/")
    assert not ImportDraft.objects.exists()
    assert again.get(address).status_code == 404
    assert not list(kept_files.folder().glob(f"{address.split('/')[2]}/*"))


def test_a_second_person_decides_on_the_page(cast: Cast, clerk: Client) -> None:
    set_parameter("sheets.second_approval", True)
    address = begun(clerk)
    assert "送审" in page(clerk, address)
    clerk.post(f"{address}send/1/")
    assert ImportDraft.objects.get().state == DraftState.WAITING
    assert clerk.post(f"{address}approve/").status_code == 404
    assert cast.neighbour.client().get(address).status_code == 404
    colleague = cast.colleague.client()
    assert "请您审批" in page(colleague, "/imports/") and "请您审批" in page(colleague, address)
    assert "第 3 行" in page(colleague, f"{address}lines/0/", outcome="refused")
    colleague.post(f"{address}reject/", {"reason": ""})
    assert "请写明退回的理由" in page(colleague, address)
    colleague.post(f"{address}reject/", {"reason": "缺一个村"})
    assert "缺一个村" in page(clerk, address) and colleague.get(address).status_code == 404
    clerk.post(f"{address}send/1/")
    assert ImportDraft.objects.get().state == DraftState.REJECTED, "it has to be looked at again first"
    clerk.post(f"{address}check/")
    work()
    clerk.post(f"{address}send/2/")
    colleague.post(f"{address}approve/")
    work()
    written = page(clerk, address)
    assert "审批人" in written and "吴东" in written


def test_a_broken_run_is_said_without_its_insides(
    clerk: Client, only_people: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = uploaded(clerk, ("人员.xlsx", BOOK))
    monkeypatch.setattr("anlan.kernel.jobs.FIRST_PAUSE", timedelta(0))

    def broken(*_: Any) -> None:
        raise RuntimeError("cells of 冉红军")

    with monkeypatch.context() as patched:
        patched.setattr(Planner, "__call__", broken)
        work()
    told = page(clerk, answer.headers["Location"])
    assert "后台处理时出了错" in told and "RuntimeError" not in told
    clerk.post(f"{answer.headers['Location']}check/")
    work()
    assert "认出来的表" in page(clerk, answer.headers["Location"])
