"""When the launcher builds, what it hands on to uv, and how it refuses."""

import ast
import hashlib
import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest

from tests.launcher.conftest import TOP

Capture = pytest.CaptureFixture[str]


def _stamped(launcher: ModuleType, kind: str) -> None:
    launcher.python_of(launcher.VENV).parent.mkdir(parents=True, exist_ok=True)
    launcher.python_of(launcher.VENV).touch()
    launcher.STAMP.write_text(f"{kind} {launcher.digest_of(kind)}\n", "utf-8")


def test_an_old_python_can_read_it() -> None:
    ast.parse((TOP / "anlan").read_text("utf-8"), feature_version=(3, 6))


def test_an_old_python_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    source = (TOP / "anlan").read_text("utf-8")
    with pytest.raises(SystemExit) as leaving:
        exec(compile(source, "anlan", "exec"), {"__name__": "__main__", "__file__": str(TOP / "anlan")})
    assert "3.11" in str(leaving.value.code)
    assert "3.9" in str(leaving.value.code)


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((TOP / "anlan").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["test", "-k", "x"], "test"),
        (["--home", "test", "serve"], "serve"),
        (["--home=test", "bench"], "bench"),
        (["--help"], ""),
        ([], ""),
    ],
)
def test_the_command_is_found_among_the_options(
    launcher: ModuleType, arguments: list[str], command: str
) -> None:
    assert launcher.command_of(arguments) == command


def test_nothing_is_built_while_nothing_changed(launcher: ModuleType) -> None:
    assert not launcher.is_current("run")
    _stamped(launcher, "run")
    assert launcher.is_current("run")
    assert not launcher.is_current("dev")
    _stamped(launcher, "dev")
    assert launcher.is_current("dev")
    assert launcher.is_current("run"), "dev contains run"


@pytest.mark.parametrize("changed", ["requirements/dev.lock", "locale/en/LC_MESSAGES/django.po"])
def test_a_changed_lock_or_translation_is_noticed(launcher: ModuleType, tmp_path: Path, changed: str) -> None:
    _stamped(launcher, "dev")
    (tmp_path / changed).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / changed).write_text("changed\n", "utf-8")
    assert not launcher.is_current("dev")


def test_a_torn_stamp_counts_as_none(launcher: ModuleType) -> None:
    _stamped(launcher, "run")
    launcher.STAMP.write_text("run", "utf-8")
    assert not launcher.is_current("run")


def _with_pip_saying(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, listing: str) -> None:
    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 0, listing.encode(), b"")

    monkeypatch.setattr(launcher.subprocess, "run", answer)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_INSECURE_HOST", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


PIP = """\
global.index-url='https://packages.example/simple'
global.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'
global.trusted-host='packages.example'
install.find-links='/wheels /more'
:env:.cert='/certs/all.pem'
global.cert='/certs/old.pem'
"""


def test_what_pip_is_configured_with_is_handed_on(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_pip_saying(launcher, monkeypatch, PIP)
    made = launcher.uv_environment("run")
    assert made["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert made["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert made["UV_INSECURE_HOST"] == "packages.example"
    assert made["UV_FIND_LINKS"] == "/wheels,/more"
    assert made["SSL_CERT_FILE"] == "/certs/all.pem"
    assert made["UV_PYTHON_DOWNLOADS"] == "never"


def test_what_is_set_for_uv_itself_wins(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_pip_saying(launcher, monkeypatch, PIP)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    monkeypatch.setenv("UV_SYSTEM_CERTS", "0")
    made = launcher.uv_environment("run")
    assert made["UV_DEFAULT_INDEX"] == "https://mine.example/simple"
    assert made["UV_SYSTEM_CERTS"] == "0"


def test_a_bundle_needs_no_network(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_pip_saying(launcher, monkeypatch, PIP)
    launcher.BUNDLE.mkdir()
    made = launcher.uv_environment("run")
    assert (made["UV_OFFLINE"], made["UV_NO_INDEX"]) == ("1", "1")
    assert made["UV_FIND_LINKS"] == str(launcher.BUNDLE)
    assert "UV_DEFAULT_INDEX" not in made


@pytest.mark.parametrize(
    "other", [{"python": "3.9"}, {"platform": "another-machine"}, {"locks": {"run": "0" * 64}}, {"locks": {}}]
)
def test_a_bundle_made_for_something_else_is_left_aside(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, other: dict[str, object]
) -> None:
    _with_pip_saying(launcher, monkeypatch, PIP)
    launcher.BUNDLE.mkdir()
    fitting = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "platform": sysconfig.get_platform(),
        "locks": {"run": hashlib.sha256(launcher.lock_file("run").read_bytes()).hexdigest()},
    }
    (launcher.BUNDLE / "bundle.json").write_text(json.dumps(fitting), "utf-8")
    assert launcher.uv_environment("run")["UV_OFFLINE"] == "1"
    assert "UV_OFFLINE" not in launcher.uv_environment("dev"), "it holds nothing for the tests"
    (launcher.BUNDLE / "bundle.json").write_text(json.dumps({**fitting, **other}), "utf-8")
    made = launcher.uv_environment("run")
    assert "UV_OFFLINE" not in made and made["UV_DEFAULT_INDEX"] == "https://packages.example/simple"


def test_a_python_without_venv_names_the_package(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    launcher.VENV.mkdir()
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit) as leaving:
        launcher.make_venv()
    assert leaving.value.code == launcher.ENVIRONMENT_REFUSED
    assert "apt install python3." in capsys.readouterr().err


def test_a_failed_step_stops_with_both_languages(
    launcher: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The step writes to the real standard error, past Python's own.
    monkeypatch.setattr(sys, "stderr", sys.__stderr__)
    with pytest.raises(SystemExit) as leaving:
        launcher.run([sys.executable, "-c", "raise SystemExit(7)"], None, "没有装好。", "Not installed.")
    assert leaving.value.code == launcher.ENVIRONMENT_REFUSED
    assert capfd.readouterr().err.splitlines() == ["没有装好。", "Not installed."]


def test_a_second_first_start_waits_for_the_first(
    launcher: ModuleType, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = "\n".join(
        [
            "import fcntl, sys",
            f"file = open({str(launcher.VENV / launcher.LOCK)!r}, 'w')",
            "fcntl.flock(file, fcntl.LOCK_EX)",
            "print('held', flush=True)",
            "sys.stdin.read(1)",
        ]
    )
    launcher.VENV.mkdir()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", holder], **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"held\n"
        original = launcher.say

        def say_and_release(chinese: str, english: str) -> None:
            original(chinese, english)
            process.stdin.write(b"x")
            process.stdin.flush()

        monkeypatch.setattr(launcher, "say", say_and_release)
        with launcher.one_at_a_time():
            assert process.wait(10) == 0
    assert "waiting" in capsys.readouterr().err
