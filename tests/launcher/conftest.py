"""The launcher as a module, standing in a folder of its own."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``anlan`` with its paths below ``tmp_path``: lock files of one line each, no environment yet."""
    loader = importlib.machinery.SourceFileLoader("anlan_launcher", str(TOP / "anlan"))
    spec = importlib.util.spec_from_loader("anlan_launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    # Loading must leave no compiled file beside the launcher.
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev", "uv"):
        (tmp_path / "requirements" / f"{name}.lock").write_text(f"{name}==1.0\n", "utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "anlan-stamp")
    monkeypatch.setattr(module, "BUNDLE", tmp_path / "bundle")
    monkeypatch.setattr(module, "LOCALE", tmp_path / "locale")
    return module
