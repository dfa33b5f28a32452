"""The files of this repository, as the tests of this folder read them."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "anlan"
# Lowest first; the same order, turned round, stands in .importlinter.
LAYERS = ("kernel", "web", "places", "accounts", "sheets", "registers", "insights", "demo", "config")
LEFT_OUT = {".git", ".venv", "var", "bundle", "__pycache__", "node_modules", "dist"}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path from the top of the repository, and its syntax tree."""

    path: str
    tree: ast.Module

    @property
    def app(self) -> str:
        """The part of Anlan it belongs to, "" outside ``src/anlan/<part>/``."""
        parts = self.path.split("/")
        return parts[2] if self.path.startswith("src/anlan/") and len(parts) > 3 else ""

    def is_in(self, *folders: str) -> bool:
        """Whether one of these folders, or a file of that name, is on its path."""
        parts = {part.removesuffix(".py") for part in self.path.split("/")}
        return not parts.isdisjoint(folders)


@cache
def files() -> tuple[str, ...]:
    """Every file under version control, or about to be; all there are where there is no git."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        answer = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = (path for path in ROOT.rglob("*") if path.is_file())
        names = (path.relative_to(ROOT) for path in found)
        return tuple(sorted(str(name) for name in names if LEFT_OUT.isdisjoint(name.parts)))
    names_of_git = answer.stdout.decode("utf-8").split("\0")
    return tuple(sorted({name for name in names_of_git if name and (ROOT / name).is_file()}))


@cache
def modules(top: str = "src/anlan/") -> tuple[Module, ...]:
    """Every Python module below ``top``, migrations left out: they are generated."""
    paths = [name for name in files() if name.startswith(top) and name.endswith(".py")]
    chosen = [name for name in paths if "/migrations/" not in name]
    return tuple(Module(name, ast.parse((ROOT / name).read_text("utf-8"), name)) for name in chosen)
