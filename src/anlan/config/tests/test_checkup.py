"""What doctor sees."""

from pathlib import Path

import pytest

from anlan.config import checkup, installation
from anlan.config.commands import doctor
from anlan.sheets import kept_files


def test_a_missing_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANLAN_HOME", str(tmp_path / "nowhere"))
    assert checkup.check_home().level == checkup.BAD


def test_keys_others_can_read_are_found(tmp_path: Path, settings: object) -> None:
    settings.KEYS_FOLDER = tmp_path  # type: ignore[attr-defined]
    key = tmp_path / "data.key"
    key.write_text("x", "ascii")
    key.chmod(0o600)
    assert checkup.check_keys().level == checkup.GOOD
    key.chmod(0o644)
    assert checkup.check_keys().level == checkup.BAD


def test_a_check_that_breaks_off_is_a_finding() -> None:
    def check_broken() -> checkup.Finding:
        raise RuntimeError("first line\nsecond line")

    finding = checkup.examine(check_broken)
    assert (finding.level, finding.title) == (checkup.BAD, "broken")
    assert finding.seen == "RuntimeError：first line second line"


@pytest.mark.django_db
def test_a_sound_installation_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert installation.state() == installation.READY
    assert doctor.run(None) == 0  # type: ignore[arg-type]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(checkup.ALWAYS) + len(checkup.ON_A_DATABASE)
    assert all(line.startswith(f"[{checkup.GOOD}]") for line in lines)


@pytest.mark.django_db
def test_trouble_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkup, "LEAST_FREE_BYTES", 10**18)
    assert doctor.run(None) == 1  # type: ignore[arg-type]
    assert f"[{checkup.BAD}] 磁盘" in capsys.readouterr().out


@pytest.mark.django_db
def test_uploads_nobody_names_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "abandoned", lambda today: [Path("x")])
    finding = checkup.check_uploads()
    assert finding.level == checkup.NOTE and "1 个" in finding.seen
