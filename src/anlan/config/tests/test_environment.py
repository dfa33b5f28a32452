"""Where a setting comes from."""

from pathlib import Path

import pytest

from anlan.config import environment
from anlan.config.commands import settings as settings_command


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANLAN_HOME", str(tmp_path))
    monkeypatch.setattr(environment, "SETTINGS", {})
    return tmp_path


def test_the_variable_wins_over_the_file_over_the_default(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert environment.declare("COLOUR", "blue", "颜色") == "blue"
    (own_home / "anlan.toml").write_text('colour = "green"\n', "utf-8")
    environment._file_values.cache_clear()
    assert environment.found("COLOUR") == ("green", "anlan.toml")
    monkeypatch.setenv("ANLAN_COLOUR", "red")
    assert environment.found("COLOUR") == ("red", "环境变量")


def test_a_setting_is_declared_once() -> None:
    environment.declare("COLOUR", "blue", "颜色")
    with pytest.raises(ValueError, match="COLOUR"):
        environment.declare("COLOUR", "green", "颜色")


def test_secrets_are_listed_but_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANLAN_SECRET_KEY", "must-not-be-seen")
    environment.declare("SECRET_KEY", "", "密钥")
    environment.declare("COLOUR", "blue", "颜色")
    assert settings_command.run(None) == 0  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert "must-not-be-seen" not in said
    assert "ANLAN_SECRET_KEY" in said
    assert "blue  ← 默认" in said
