"""The source of Anlan as trees, for what only stands in it: where problems are raised, what follows what."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import anlan

PACKAGE = Path(anlan.__file__ or "").parent
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One module of Anlan: dotted name, path from the package's folder, tree, and its own constant texts.

    ``nodes`` are those of the tree, walked once: walking is what takes the time.
    """

    name: str
    path: str
    tree: ast.Module
    texts: Texts
    nodes: tuple[ast.AST, ...]


@cache
def sources() -> Mapping[str, Source]:
    """Every module of Anlan by name, migrations and tests left out."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if "tests" in parts or "migrations" in parts:
            continue
        names = parts[:-1] if parts[-1] == "__init__" else parts
        tree = ast.parse(path.read_text("utf-8"), str(path))
        name = ".".join(("anlan", *names))
        found[name] = Source(name, "/".join(parts) + ".py", tree, _constants(tree), tuple(ast.walk(tree)))
    return found


def calls_of(name: str) -> Iterator[tuple[Source, ast.Call]]:
    """Every call of a plain name, with the module it stands in."""
    for source in sources().values():
        for call in named_calls(source, name):
            yield source, call


def named_calls(source: Source, name: str) -> Iterator[ast.Call]:
    """Every call of a plain name in one module."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        target, value = None, None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign):
            target, value = node.target, node.value
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[target.id] = value.value
    return found


def known_texts(source: Source) -> dict[str, str]:
    """Constant texts by how the module calls them: its own, imported ones, and ``module.NAME``."""
    known = dict(source.texts)
    for node in source.nodes:
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        for alias in node.names:
            called = alias.asname or alias.name
            there = sources().get(node.module)
            if there is not None and alias.name in there.texts:
                known[called] = there.texts[alias.name]
            module = sources().get(f"{node.module}.{alias.name}")
            if module is not None:
                known.update({f"{called}.{name}": text for name, text in module.texts.items()})
    return known


def texts_of(node: ast.expr, known: Texts) -> list[str]:
    """The texts an expression may be, as far as they can be read."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        verdict = _verdict(node.test, known)
        sides = [node.body] * (verdict is not False) + [node.orelse] * (verdict is not True)
        return [text for side in sides for text in texts_of(side, known)]
    name = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return [known[name]] if name in known else []


def _verdict(test: ast.expr, known: Texts) -> bool | None:
    """How a comparison of two readable texts comes out; None where it cannot be told."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        one, other = texts_of(test.left, known), texts_of(test.comparators[0], known)
        if len(one) == len(other) == 1 and isinstance(test.ops[0], ast.Eq | ast.NotEq):
            return (one == other) is isinstance(test.ops[0], ast.Eq)
    return None
