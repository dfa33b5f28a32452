"""Imports of the small county, for the sweeps over addresses and actions."""

from datetime import date

from anlan.accounts.models import User
from anlan.sheets.models import ImportBatch, ImportDraft
from anlan.sheets.preview_store import PreviewWriter
from anlan.sheets.previews import OUTCOMES, written_place
from tests.cast import World

_DAY = date(2026, 6, 30)
_SHEET = {
    "file": 1,
    "sheet": "表",
    "kind": "residents",
    "header": [0, 0],
    "as_of": None,
    "by": "recognised",
    "rows": 1,
    "shown": ["姓名"],
    "hidden": False,
    "hidden_rows": 0,
    "reasons": {},
    "unread": [],
    "left_out": [],
    "left_out_count": 0,
}
_TOLD = {
    "files": [{"number": 1, "name": "表.xlsx", "skipped": False, "problems": []}],
    "sheets": [_SHEET],
    "absent": [{"kind": "residents", "count": 1, "listed": True}],
    "returned": [{"number": 1, "name": "表-退回.xlsx", "lines": 1}],
    "result": {"notes": {}},
}


def batch_of(username: str, path: str) -> ImportBatch:
    """A written batch of somebody, lying at an area."""
    user = User.objects.get(username=username)
    return ImportBatch.objects.create(
        state="written", made_on=_DAY, user_id=user.pk, actor_label=user.display_name, path=path
    )


def draft_of(username: str, path: str, state: str = "open") -> ImportDraft:
    """An import of somebody that is not written yet, lying at an area."""
    user = User.objects.get(username=username)
    return ImportDraft.objects.create(
        state=state,
        user_id=user.pk,
        actor_kind="person",
        actor_label=user.display_name,
        path=path,
        made_on=_DAY,
        changed_on=_DAY,
    )


def east_batch(world: World) -> str:
    """The address of a batch of the east, with its lines kept."""
    batch = batch_of("township", world.east.path)
    writer = PreviewWriter(written_place(batch.uid))
    for outcome in OUTCOMES:
        writer.write_list(f"lines-0-{outcome}", [[2, "", ["何忠孝"], [], []]])
    writer.write_list("absent-residents", [["", "何忠孝", "石桥村"]])
    writer.write_file("returned-1", b"PK")
    writer.close(_TOLD)
    return f"/imports/{batch.uid}/"


def east_draft(world: World, state: str = "open", page: str = "") -> str:
    """The address of a draft of the township's officer, or of a page below it."""
    return f"/imports/{draft_of('township', world.east.path, state).uid}/{page}"
