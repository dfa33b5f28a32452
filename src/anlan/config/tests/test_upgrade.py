"""``anlan upgrade``: the new shape, or exactly the old state, wherever it was interrupted."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from anlan.config import jobs
from anlan.config.operations import archive, journal, kept
from anlan.config.operations.locks import alone
from anlan.config.operations.proof import SOURCE
from anlan.config.tests.homes import anlan, execute, files, keep, rows, store
from anlan.kernel.jobs import enqueue, queue_due
from anlan.kernel.jobs import jobs as declared
from anlan.kernel.models import Job, JobSchedule, JobState
from anlan.kernel.worker import work_once

FIRST = """
from django.db import migrations
class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL("CREATE TABLE late_first (x INTEGER)")]
"""
SECOND = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("config", "0001_first")]
    atomic = False
    operations = [
        migrations.RunSQL("DELETE FROM registers_personcontact"),
        migrations.RunPython(lambda apps, editor: {DO}),
    ]
"""
# A version with two more migrations, in a program that is otherwise this one.
LATER_VERSION = """
import anlan.config.settings as settings
settings.MIGRATION_MODULES = {"config": "late_migrations"}
"""
DIE = "__import__('os').kill(__import__('os').getpid(), 9)"


@pytest.fixture
def later(tmp_path: Path) -> dict[str, str]:
    """The variables with which a child finds the later version's migrations."""
    folder = tmp_path / "late_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "0001_first.py").write_text(FIRST, "utf-8")
    write_second(tmp_path, "None")
    return {"PYTHONPATH": f"{SOURCE}:{tmp_path}", "PYTHONDONTWRITEBYTECODE": "1"}


def write_second(tmp_path: Path, do: str) -> None:
    (tmp_path / "late_migrations" / "0002_second.py").write_text(SECOND.replace("{DO}", do), "utf-8")


def test_a_later_version_is_reached_with_a_backup_from_before(
    county_home: Path, later: dict[str, str]
) -> None:
    before = rows(county_home)
    said = anlan(county_home, "upgrade", before=LATER_VERSION, variables=later)
    assert "已升级并检查" in said
    after = rows(county_home)
    assert "late_first" in after and not after["registers_personcontact"]
    (place,) = (county_home / "backups").glob("before-upgrade-*.zip")
    assert archive.is_backup(place) and str(place) in said
    assert before["kernel_changeentry"] == after["kernel_changeentry"]
    assert not (county_home / journal.NAME).exists()


def test_a_database_of_this_version_stays_as_it_is(county_home: Path) -> None:
    before = rows(county_home)
    assert "已是本版本" in anlan(county_home, "upgrade")
    assert rows(county_home) == before
    assert not (county_home / "backups").exists()


@pytest.mark.parametrize(
    ("do", "told"),
    [("1 / 0", "ZeroDivisionError"), ("editor.execute('SELECT * FROM nowhere')", "nowhere")],
)
def test_a_failing_migration_puts_the_old_state_back(
    county_home: Path, later: dict[str, str], tmp_path: Path, do: str, told: str
) -> None:
    write_second(tmp_path, do)
    before = rows(county_home), files(county_home)
    said = anlan(county_home, "upgrade", before=LATER_VERSION, code=3, variables=later)
    assert told in said and "已恢复到升级之前" in said
    assert (rows(county_home), files(county_home)) == before
    assert not (county_home / journal.NAME).exists()


def test_a_check_that_finds_something_puts_the_old_state_back(
    county_home: Path, later: dict[str, str]
) -> None:
    execute(county_home, "UPDATE kernel_changeentry SET action = 'nothing.happened' WHERE sequence = 2")
    before = rows(county_home)
    said = anlan(county_home, "upgrade", before=LATER_VERSION, code=1, variables=later)
    assert "链条不完整" in said and "--despite-findings" in said
    assert rows(county_home) == before
    said = anlan(county_home, "upgrade", "--despite-findings", before=LATER_VERSION, variables=later)
    assert "已升级" in said and "链条不完整" in said
    assert "late_first" in rows(county_home)


def test_killed_within_a_migration_the_next_upgrade_starts_afresh(
    county_home: Path, later: dict[str, str], tmp_path: Path
) -> None:
    write_second(tmp_path, DIE)
    before = rows(county_home)
    anlan(county_home, "upgrade", before=LATER_VERSION, code=-9, variables=later)
    assert rows(county_home) != before
    write_second(tmp_path, "None")
    # The program that starts next is another process: it puts back, then begins anew and does its own work.
    assert "上一次升级被中断" in anlan(county_home, "upgrade", variables=later)
    assert rows(county_home) == before
    assert "已升级" in anlan(county_home, "upgrade", before=LATER_VERSION, variables=later)


def test_nothing_is_put_back_while_the_upgrade_still_runs(county_home: Path) -> None:
    journal.begin(county_home, journal.Unfinished(journal.UPGRADE, backup=str(county_home / "nowhere.zip")))
    with alone(county_home):
        said = anlan(county_home, "audit", "verify", code=3)
    assert "正在使用" in said or "等它完成" in said


def test_a_lost_backup_is_told_and_the_note_stays(county_home: Path) -> None:
    journal.begin(county_home, journal.Unfinished(journal.UPGRADE, backup=str(county_home / "nowhere.zip")))
    said = anlan(county_home, "audit", "verify", code=3)
    assert "没有放回" in said and "nowhere.zip" in said
    assert journal.found(county_home) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("02:30", time(2, 30)), ("2：05", time(2, 5)), ("", None), ("24:00", None), ("at night", None)],
)
def test_the_time_of_the_daily_backup_is_read(written: str, meant: time | None) -> None:
    assert kept.clock_time(written) == meant


def test_only_the_latest_backups_stay(settings: object, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "elsewhere")  # type: ignore[attr-defined]
    places = [kept.new_place(kept.DAILY, datetime(2026, 11, day, 2, 30, tzinfo=UTC)) for day in range(1, 6)]
    upgrade = kept.new_place(kept.BEFORE_UPGRADE, datetime(2026, 10, 1, tzinfo=UTC))
    others = [tmp_path / "elsewhere" / name for name in ("anlan-mine.zip", "letter.txt")]
    for path in (*places, upgrade, *others):
        path.touch()
    assert kept.forget_old(kept.DAILY, 2) == places[2::-1]
    assert kept.kept(kept.DAILY) == places[:2:-1]
    assert upgrade.exists() and all(path.exists() for path in others)
    assert kept.forget_old(kept.DAILY, 0) == places[3:4]


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite_only
def test_the_daily_backup_is_a_job_on_the_timetable(settings: object, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "elsewhere")  # type: ignore[attr-defined]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]  # type: ignore[attr-defined]
    assert declared()["config.backup"].daily_at is jobs.backup_time
    assert jobs.backup_time() == time(2, 30)
    queue_due()
    due = JobSchedule.objects.get(name="config.backup").due_at
    assert (timezone.localtime(due).hour, timezone.localtime(due).minute) == (2, 30)
    run = enqueue("config.backup")
    while work_once():
        pass
    run = Job.objects.get(pk=run.pk)
    assert run.state == JobState.DONE, run.error
    (place,) = (tmp_path / "elsewhere").iterdir()
    assert run.result is not None and run.result["file"] == place.name
    assert archive.is_backup(place)


def test_put_back_is_safe_to_repeat(county_home: Path) -> None:
    before = rows(county_home)
    keep(county_home, county_home.parent / "kept.zip")
    unfinished = journal.Unfinished(journal.UPGRADE, backup=str(county_home.parent / "kept.zip"))
    for _ in range(2):
        execute(county_home, "CREATE TABLE later (x)")
        journal.put_back(county_home, store(county_home), unfinished)
        assert rows(county_home) == before
