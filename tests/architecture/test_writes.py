"""Only actions write: nothing else changes a row, by the ORM, by the kernel's set-based writers or by SQL."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Module, modules

# Places that may write, besides every ``actions`` folder, migrations and tests.
KERNEL_WRITERS = {
    "src/anlan/kernel/record.py": "writes the record of changes itself",
    "src/anlan/kernel/changes.py": "saves a row and notes what changed, for the runner",
    "src/anlan/kernel/bulk.py": "is the set-based writer that actions call",
    "src/anlan/kernel/idempotency.py": "remembers what was sent already",
    "src/anlan/kernel/jobs.py": "writes the state of jobs, which is no domain data",
    "src/anlan/kernel/heartbeat.py": "says that a job is still alive",
    "src/anlan/kernel/progress.py": "says how far a job is",
    "src/anlan/kernel/calendar_actions.py": "holds actions: the kernel's own have no folder",
    "src/anlan/kernel/parameter_actions.py": "holds actions: the kernel's own have no folder",
    "src/anlan/kernel/protection.py": "makes and destroys the keys of persons",
    "src/anlan/kernel/reversal.py": "takes an entry back, inside the action that undoes it",
    "src/anlan/registers/search_index.py": "keeps the full-text index beside rows the bulk writer writes",
    "src/anlan/kernel/rotation.py": "puts stored values under a new key, which changes no fact",
    "src/anlan/kernel/stamps.py": "renews the stamp by which other processes see that a small table changed",
}
# An import plans outside the transaction and writes its plan inside the action: there, and only in functions
# that are handed the runner's Change, which nobody has outside a running action.
PLAN_WRITERS = "src/anlan/registers/imports/"
ALWAYS_WRITES = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "aupdate",
    "acreate",
    "asave",
}
SET_BASED = {"insert_rows", "update_rows", "delete_rows"}
QUERYSET_WORDS = {
    "objects",
    "_base_manager",
    "_default_manager",
    "filter",
    "exclude",
    "all",
    "select_for_update",
}
WRITING_SQL = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|COPY\b.*\bFROM)\b", re.I | re.S)


def words_of(node: ast.expr) -> set[str]:
    """Every attribute and name in a chain such as ``Person.objects.filter(…)``."""
    words: set[str] = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return words | ({node.id} if isinstance(node, ast.Name) else set())


def _text_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(part) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return _text_of(node.left) if isinstance(node, ast.BinOp) else ""


def is_write(call: ast.Call) -> bool:
    """Whether this call changes rows, as far as its form tells."""
    if isinstance(call.func, ast.Name):
        return call.func.id in SET_BASED
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, call.func.value
    if name in ALWAYS_WRITES or name in SET_BASED:
        return True
    if name in ("save", "delete"):
        # A document or workbook is saved to somewhere; a row is saved as it is.
        return not call.args
    if name in ("update", "create"):
        return not QUERYSET_WORDS.isdisjoint(words_of(owner))
    return (
        name in ("execute", "executemany")
        and bool(call.args)
        and bool(WRITING_SQL.match(_text_of(call.args[0])))
    )


def _takes_change(function: ast.FunctionDef) -> bool:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(isinstance(one.annotation, ast.Name) and one.annotation.id == "Change" for one in named)


def _inside_an_action(tree: ast.Module) -> set[ast.AST]:
    """Every node within a function that is handed the runner's Change."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _takes_change(node))
    return {node for function in functions for node in ast.walk(function)}


def writes_in(module: Module) -> Iterator[str]:
    """Where a module writes, as ``path:line``."""
    allowed = _inside_an_action(module.tree) if module.path.startswith(PLAN_WRITERS) else set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and is_write(node) and node not in allowed:
            yield f"{module.path}:{node.lineno} {ast.unparse(node.func)}"


def _may_write(module: Module) -> bool:
    return module.is_in("actions", "tests") or module.path in KERNEL_WRITERS


def test_only_actions_write() -> None:
    found = [place for module in modules() if not _may_write(module) for place in writes_in(module)]
    assert not found, "these write outside actions/ (move them into an action):\n" + "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "person.save()",
        "person.save(update_fields=['name'])",
        "person.delete()",
        "Person.objects.create(name='x')",
        "Person.objects.filter(pk=1).update(name='x')",
        "request.user.posts.all().update(ends=None)",
        "Person.objects.bulk_create(rows)",
        "insert_rows(Person, ('name',), rows)",
        "cursor.execute('UPDATE registers_person SET name = %s', [name])",
        "cursor.execute(f'INSERT INTO {table} VALUES (1)')",
        "cursor.executemany('delete from ' + table, rows)",
    ],
)
def test_a_write_is_seen(code: str) -> None:
    call = ast.parse(code).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert is_write(call.value)


@pytest.mark.parametrize(
    "code",
    [
        "workbook.save(path)",
        "values.update(name='x')",
        "Person.objects.filter(pk=1).first()",
        "cursor.execute('SELECT updated FROM t')",
        "venv.EnvBuilder().create(folder)",
    ],
)
def test_what_is_no_write_is_left_alone(code: str) -> None:
    call = ast.parse(code).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert not is_write(call.value)
