"""Files and functions stay small enough to be read in one go, and their names say what is in them."""

import ast

import pytest

from tests.architecture.sources import ROOT, files, modules

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 80
READ_BY_PEOPLE = (".py", ".js", ".css", ".html", ".sh")
# A longer file needs a reason, written here.
EXEMPT: dict[str, str] = {}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "misc", "stuff"}


def _source_files() -> list[str]:
    folders = ("src/", "tests/", "bench/")
    found = [name for name in files() if name.startswith(folders) and name.endswith(READ_BY_PEOPLE)]
    return [*found, "anlan", "conftest.py"]


def test_files_are_short() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in _source_files()}
    long = {n: count for n, count in lengths.items() if count > MOST_LINES_OF_A_FILE and n not in EXEMPT}
    assert not long, f"split these files (more than {MOST_LINES_OF_A_FILE} lines): {long}"
    needless = [name for name in EXEMPT if lengths.get(name, 0) <= MOST_LINES_OF_A_FILE]
    assert not needless, f"no longer in need of an exemption: {needless}"


def test_functions_are_short() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{module.path}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for module in (*modules("src/anlan/"), *modules("tests/"), *modules("bench/"))
        for node in ast.walk(module.tree)
        if isinstance(node, kinds)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, f"split these functions (more than {MOST_LINES_OF_A_FUNCTION} lines): {long}"


def test_names_say_what_is_inside() -> None:
    python = [
        name for name in files() if name.startswith(("src/", "tests/", "bench/")) and name.endswith(".py")
    ]
    empty = [name for name in python if not NAMES_THAT_SAY_NOTHING.isdisjoint(name[:-3].split("/"))]
    assert not empty, f"name these after what they hold: {empty}"


@pytest.mark.parametrize("kind", ["save", "delete"])
def test_models_do_not_act_on_their_own(kind: str) -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.is_in("models")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef) and node.name == kind
    ]
    assert not found, f"what must happen on {kind}() is written in the action: {found}"
