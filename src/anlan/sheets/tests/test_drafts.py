"""Imports on their way: checked and written in the background, sealed on the disk, approved by another."""

import errno
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from tests.cast import Cast, Player

from anlan.kernel import disk, record, worker
from anlan.kernel.models import Job, ParameterValue
from anlan.kernel.problems import NotFound, Refused
from anlan.kernel.stamps import renew
from anlan.kernel.uids import new_uid
from anlan.sheets import jobs, kept_files, previews
from anlan.sheets.actions.draft_change import draft_change
from anlan.sheets.actions.draft_decide import draft_approve, draft_reject
from anlan.sheets.actions.draft_discard import draft_discard
from anlan.sheets.actions.draft_open import draft_open
from anlan.sheets.actions.draft_send import draft_send
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.instructions import Correction, Instructions
from anlan.sheets.models import BatchState, DraftState, ImportBatch, ImportDraft
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import id_number, xlsx
from anlan.sheets.tests.kinds import Planner, known, people

HEADER = ["姓名", "身份证号", "与户主关系", "村", "户编号", "联系电话"]
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


def opened(player: Player, *contents: bytes) -> ImportDraft:
    uid = new_uid()
    places = kept_files.keep(uid, contents or [BOOK])
    files = [
        KeptFile(f"{number}.xlsx", len(content), bytes([number]) * 32, place)
        for number, (content, place) in enumerate(zip(contents or [BOOK], places, strict=True), 1)
    ]
    return draft_open(player.person, uid=uid, files=files)


def work() -> Job:
    while worker.work_once():
        continue
    return Job.objects.order_by("-pk")[0]


def checked(draft: ImportDraft) -> Any:
    jobs.ask_check(draft)
    work()
    return previews.preview_of_draft(draft)


def require_approval() -> None:
    ParameterValue.objects.filter(code="sheets.second_approval").update(value=True)
    renew("parameters")


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_check_tells_what_would_happen_and_writes_nothing(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    preview = checked(draft)
    assert [preview.count(f"lines-0-{outcome}") for outcome in ("added", "refused")] == [1, 1]
    ((row, _key, cells, problems, _changes),) = preview.rows("lines-0-refused", 1)
    assert row == 3 and cells[0] == "周芳" and problems[0][2] == "reference.unknown"
    assert SECOND not in str(cells) and SECOND[-4:] in str(cells)
    assert preview.told["returned"][0]["lines"] == 1
    assert preview.file("returned-1").startswith(b"PK")
    assert not ImportBatch.objects.exists()
    assert Job.objects.get().result == {"rows": 2}


def test_nothing_personal_stands_open_on_the_disk(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    checked(draft)
    files = [path for path in kept_files.folder_of(draft.uid).rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        content = path.read_bytes()
        assert not [word for word in (FIRST, "冉红军", "13983000001") if word.encode() in content], path
    stored = str(Job.objects.values()) + str(ImportDraft.objects.values())
    assert "冉红军" not in stored and FIRST not in stored


def test_a_draft_becomes_the_batch_of_the_same_name(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    checked(draft)
    before = record.current_sequence()
    jobs.ask_write(draft, cast.township_officer.person.user_id)
    assert work().result == {"batch": str(draft.uid)}
    batch = ImportBatch.objects.get(uid=draft.uid)
    assert record.current_sequence() == before + 1
    assert (batch.state, batch.actor_label, batch.user_id) == (
        BatchState.WRITTEN,
        "郑东",
        cast.township_officer.person.user_id,
    )
    assert batch.path == cast.world.east.path and batch.written_at is not None
    assert kept_files.read(batch.files.get().place) == BOOK
    assert not ImportDraft.objects.exists()
    lines = previews.preview_of_batch(draft.uid)
    assert lines is not None and lines.count("lines-0-added") == 1
    assert list(kept_files.folder_of(draft.uid).glob("check-*")) == []
    assert record.verify() == []


def test_a_run_started_twice_writes_once(cast: Cast, only_people: Planner) -> None:
    draft = opened(cast.township_officer)
    for _ in range(2):
        jobs.ask_write(draft, cast.township_officer.person.user_id)
    assert work().result == {"batch": str(draft.uid)}
    assert only_people.wrote == 1 and ImportBatch.objects.count() == 1


def test_a_corrected_sheet_is_checked_anew_and_old_pages_go(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    checked(draft)
    asked = Instructions().corrected(1, "表", Correction("people", columns={0: "name", 1: "id_number"}))
    changed = draft_change(cast.township_officer.person, draft=draft, settings=asked.as_json())
    assert changed.revision == 2 and previews.preview_of_draft(changed) is None
    preview = checked(changed)
    assert preview.told["sheets"][0]["by"] == "corrected" and preview.count("lines-0-added") == 2
    assert [path.name for path in kept_files.folder_of(draft.uid).glob("check-*")] == ["check-2"]
    with pytest.raises(Refused) as refused:
        draft_change(cast.township_officer.person, draft=draft)
    assert codes(refused) == ["sheets.draft_gone"], "somebody else's look at it is out of date"


def test_a_draft_is_its_makers_alone(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    for player in (cast.colleague, cast.county_officer):
        for act in (draft_change, draft_discard):
            with pytest.raises(NotFound):
                act(player.person, draft=draft)
        assert not ImportDraft.objects.visible_to(player.person).exists()
    assert ImportDraft.objects.visible_to(cast.township_officer.person).get() == draft


def test_a_file_twice_and_no_file_at_all_are_refused(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    file = draft.files.get()
    again = KeptFile("x.xlsx", 1, bytes(file.digest), "x")
    with pytest.raises(Refused) as refused:
        draft_change(cast.township_officer.person, draft=draft, added=[again])
    assert codes(refused) == ["file.repeated"]
    with pytest.raises(Refused) as refused:
        draft_change(cast.township_officer.person, draft=draft, removed=[1])
    assert codes(refused) == ["sheets.draft_empty"]


def test_a_second_person_approves(cast: Cast) -> None:
    require_approval()
    draft = opened(cast.township_officer)
    preview = checked(draft)
    jobs.ask_write(draft, cast.township_officer.person.user_id)
    assert "审批" in work().error and not ImportBatch.objects.exists(), "not even by a forged request"
    told = preview.told
    draft = draft_send(cast.township_officer.person, draft=draft, kinds=told["kinds"], result=told["result"])
    assert draft.state == DraftState.WAITING
    with pytest.raises(Refused) as refused:
        draft_approve(cast.township_officer.person, draft=draft)
    assert codes(refused) == ["sheets.draft_own"]
    with pytest.raises(NotFound):
        draft_approve(cast.neighbour.person, draft=draft)
    assert ImportDraft.objects.to_decide(cast.colleague.person).get() == draft
    assert not ImportDraft.objects.to_decide(cast.neighbour.person).exists()
    approved = draft_approve(cast.colleague.person, draft=draft)
    jobs.ask_write(approved, cast.colleague.person.user_id)
    assert work().result == {"batch": str(draft.uid)}
    batch = ImportBatch.objects.get()
    assert (batch.actor_label, batch.approved_by) == ("郑东", "吴东")
    assert record.history("import_batch", batch.pk)[0].entry.actor_label == "吴东"


def test_a_second_person_sends_back_with_a_reason(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    draft = draft_send(cast.township_officer.person, draft=draft, kinds=[], result={})
    with pytest.raises(Refused) as refused:
        draft_reject(cast.county_officer.person, draft=draft, reason=" ")
    assert codes(refused) == ["value.required"]
    draft = draft_reject(cast.county_officer.person, draft=draft, reason="户编号整列错位")
    assert (draft.state, draft.reason, draft.decided_by) == (DraftState.REJECTED, "户编号整列错位", "周县")
    again = draft_change(cast.township_officer.person, draft=draft)
    assert again.state == DraftState.OPEN


def test_the_command_leaves_a_batch_waiting(cast: Cast, tmp_path: Path) -> None:
    require_approval()
    path = tmp_path / "人员.xlsx"
    path.write_bytes(BOOK)
    result = run_import([path], actor=cast.township_officer.person, today=timezone.localdate())
    assert result.waiting and result.as_json()["waiting"] is True
    assert not ImportBatch.objects.exists()
    draft = ImportDraft.objects.get(uid=str(result.batch))
    assert draft.state == DraftState.WAITING and draft.files.get().name == "人员.xlsx"
    approved = draft_approve(cast.county_officer.person, draft=draft)
    jobs.ask_write(approved, cast.county_officer.person.user_id)
    work()
    assert ImportBatch.objects.get().actor_label == "郑东"


def test_old_drafts_go_and_waiting_ones_stay(cast: Cast) -> None:
    old, waiting, fresh = (opened(cast.township_officer) for _ in range(3))
    long_ago = timezone.localdate() - timedelta(days=31)
    ImportDraft.objects.filter(pk__in=[old.pk, waiting.pk]).update(changed_on=long_ago)
    ImportDraft.objects.filter(pk=waiting.pk).update(state=DraftState.WAITING)
    assert jobs.forget_drafts(None) == {"drafts": 1}
    assert set(ImportDraft.objects.all()) == {waiting, fresh}
    assert not (kept_files.folder() / str(old.uid)).exists()
    assert (kept_files.folder() / str(fresh.uid)).exists()


def test_files_nobody_names_are_swept_after_some_days(cast: Cast) -> None:
    draft = opened(cast.township_officer)
    kept = kept_files.folder() / draft.files.get().place
    died = kept_files.keep(new_uid(), [BOOK])
    loose = kept_files.keep(draft.uid, [BOOK])
    half = kept.parent / "check-1.new"
    half.mkdir()
    left = [(kept_files.folder() / died[0]).parent, kept_files.folder() / loose[0], half]
    today = timezone.localdate()
    assert kept_files.abandoned(today) == [], "an upload may still be going on"
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for place in (*left, kept, kept.parent):
        os.utime(place, (old, old))
    assert set(kept_files.abandoned(today)) == set(left)
    assert jobs.sweep_files(None) == {"removed": 3}
    assert kept.exists() and not any(place.exists() for place in left)


def test_a_full_disk_is_said_and_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = opened(cast.township_officer)
    before = set(kept_files.folder().rglob("*"))

    def full(place: Path, sealed: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(kept_files, "write_sealed", full)
        with pytest.raises(Refused) as refused:
            kept_files.keep(new_uid(), [BOOK])
        assert codes(refused) == ["disk.full"]
        jobs.ask_check(draft)
        assert "磁盘满了" in work().error
    left = {path for path in kept_files.folder().rglob("*") if path.is_file()} - before
    assert left == set()
    assert checked(draft) is not None, "with room again it goes on"


def test_a_full_database_is_said() -> None:
    with pytest.raises(Refused) as refused, disk.room_needed():
        raise OperationalError("database or disk is full")
    assert codes(refused) == ["disk.full"]
    with pytest.raises(OperationalError), disk.room_needed():
        raise OperationalError("database is locked")
