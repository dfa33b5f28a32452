"""``kill -9`` in the middle of an import leaves nothing or everything, and nothing running."""

import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.utils import timezone

from anlan.kernel import record
from anlan.kernel.actors import CliActor
from anlan.places.models import Area
from anlan.registers.models import Household, HouseholdMembership, Person
from anlan.registers.queries.finding import persons_matching
from anlan.registers.tests.importing import AREAS, run
from anlan.sheets import kept_files
from anlan.sheets.actions.import_undo import undo
from anlan.sheets.models import BatchState, ImportBatch
from anlan.sheets.tests.books import id_number, text
from tests.concurrency.another_process import POINTS, another_process, children_of, is_running

LINES, SIZE = 1200, 4
HEADER = ["乡镇", "村", "组", "户编号", "姓名", "与户主关系", "身份证号", "搬迁时间", "联系电话"]
CLERK = CliActor("clerk")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The areas in the register, and a sheet of residents for them."""
    run(tmp_path, AREAS)
    rows: list[Sequence[str]] = [HEADER]
    for number in range(LINES):
        household, place = divmod(number, SIZE)
        relation = "户主" if place == 0 else "子"
        own = id_number(f"{1950 + number % 40}0101", number % 999 + 1)
        phone = f"139{number:08}"
        home = ["大榕镇", "水泉村", f"{household % 9 + 1}组", f"{household:04}"]
        rows.append([*home, "冉红军", relation, own, "2001.5", phone])
    path = tmp_path / "人口.csv"
    path.write_bytes(text(rows))
    return path


def written() -> bool:
    """Whether everything is in the register, or nothing; anything between the two fails."""
    counts = (Person.objects.count(), HouseholdMembership.objects.count(), Household.objects.count())
    batches = ImportBatch.objects.filter(state=BatchState.WRITTEN, kinds=["residents"]).count()
    found = Person.objects.filter(persons_matching("冉红军")).count()
    groups = Area.objects.filter(kind="group").count()
    assert record.verify() == []
    nothing = counts == (0, 0, 0) and batches == found == groups == 0
    everything = counts == (LINES, LINES, LINES // SIZE) and batches == 1 and found == LINES and groups == 9
    assert nothing or everything, (counts, batches, found, groups)
    return everything


def nothing_left_running(children: Sequence[int]) -> bool:
    """Whether the processes an import started are gone, a moment after it died."""
    for _wait in range(100):
        if not any(map(is_running, children)):
            return True
        time.sleep(0.05)
    return False


def take_back() -> None:
    """Make room for the next try."""
    undo(CLERK, ImportBatch.objects.get(state=BatchState.WRITTEN, kinds=["residents"]))


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(sheet: Path, point: str) -> None:
    process = another_process([sheet], dies=point)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -9, errors.decode()
    assert written() is (point == "after the end")


def test_killed_at_random_moments_and_done_in_the_end(sheet: Path) -> None:
    began = time.monotonic()
    first = another_process([sheet])
    seen = set(children_of(first.pid))
    while first.poll() is None:
        seen |= set(children_of(first.pid))
        time.sleep(0.01)
    _, errors = first.communicate(timeout=60)
    whole = time.monotonic() - began
    assert first.returncode == 0, errors.decode()
    assert written() and seen and nothing_left_running(sorted(seen))
    take_back()
    chance = random.Random(5)
    for _time in range(4):
        process = another_process([sheet])
        time.sleep(chance.uniform(0.4, 1.0) * whole)
        children = children_of(process.pid)
        process.kill()
        process.communicate(timeout=60)
        assert nothing_left_running(children)
        if written():
            take_back()
    last = another_process([sheet])
    _, errors = last.communicate(timeout=60)
    assert last.returncode == 0 and written(), errors.decode()


def test_what_a_dead_import_kept_is_cleared_after_some_days(sheet: Path) -> None:
    folder = kept_files.folder()
    before = {path.name for path in folder.iterdir()}
    another_process([sheet], dies="in the middle").communicate(timeout=60)
    (dead,) = {path.name for path in folder.iterdir()} - before
    kept_files.discard_abandoned(timezone.localdate())
    assert (folder / dead).is_dir()
    living = {str(uid) for uid in ImportBatch.objects.values_list("uid", flat=True)}
    days_ago = time.time() - 2 * 86_400
    for path in folder.iterdir():
        os.utime(path, (days_ago, days_ago))
    kept_files.discard_abandoned(timezone.localdate())
    assert {path.name for path in folder.iterdir()} == living
