"""Which problem codes the source raises, found by reading it: with level, given parameters and place.

A code stands in a call of ``Problem``, ``RowProblem`` or ``Finding``, or of a table's ``refuse`` or ``warn``:
as a text, as a constant, or as an argument handed on by the caller within the same module. What is decided
elsewhere (``problem.code`` of something that came back) is raised where it was made, and counted there.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from anlan.config.reference.source import Source, Texts, known_texts, named_calls, sources, texts_of
from anlan.kernel import id_numbers

ID_NUMBERS = "anlan.kernel.id_numbers"
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
LEVELS = frozenset({"refused", "warning", "duplicate"})


@dataclass(frozen=True, slots=True)
class Form:
    """Where a call has its code, level and parameters: by position, or under these names as keywords.

    ``level`` is that of a call that gives none; ``within`` names the modules in which the call is meant.
    """

    code: int
    params: int | None = None
    level_at: int | None = None
    level: str = "refused"
    within: str = "anlan."


FORMS = {
    "Problem": Form(code=0, params=2, level_at=3),
    "RowProblem": Form(code=2, params=4, level_at=3),
    "Finding": Form(code=1, params=2, level_at=3, level="warning", within="anlan.sheets."),
    "refuse": Form(code=2),
    "warn": Form(code=2, level="warning"),
}


@dataclass(frozen=True, slots=True)
class Raised:
    """One place that raises a code.

    ``given`` are the names of its parameters, None where that cannot be read; ``level`` is then "".
    """

    code: str
    level: str
    given: frozenset[str] | None
    place: str


@cache
def raised() -> tuple[Raised, ...]:
    """Every place that raises a code, in the order of code and place."""
    found = {one for source in sources().values() for one in _raised_in(source)} | set(_id_number_codes())
    return tuple(sorted(found, key=lambda one: (one.code, one.place)))


def levels() -> Mapping[str, frozenset[str]]:
    """The levels each code is raised with, as far as they can be read."""
    found: dict[str, frozenset[str]] = {}
    for one in raised():
        found[one.code] = found.get(one.code, frozenset()) | ({one.level} & LEVELS)
    return found


def _id_number_codes() -> Iterator[Raised]:
    """The reader of id numbers hands its codes back, and says which of them refuse."""
    source = sources()[ID_NUMBERS]
    for code in filter(CODE.fullmatch, source.texts.values()):
        level = "refused" if code in id_numbers.REFUSING_CODES else "warning"
        yield Raised(code, level, frozenset(), source.path)


def _raised_in(source: Source) -> Iterator[Raised]:
    forms = {name: form for name, form in FORMS.items() if source.name.startswith(form.within)}
    scopes = [(scope, calls) for scope, calls in _scopes(source, forms) if calls]
    if not scopes:
        return
    known = known_texts(source)
    for scope, calls in scopes:
        # A name bound more than once cannot be told; an argument is what each caller hands over.
        for binding in _bindings(source, scope, known):
            for call in calls:
                yield from _read(call, forms[_called(call)], {**known, **binding}, scope, source.path)


def _scopes(source: Source, forms: Mapping[str, Form]) -> Iterator[tuple[ast.AST, list[ast.Call]]]:
    """Each outermost function with the calls of these forms in it, then the module with those outside any."""
    inside: set[ast.AST] = set()
    for node in source.nodes:
        # Outer functions come before inner ones.
        if isinstance(node, ast.FunctionDef) and node not in inside:
            nodes = list(ast.walk(node))
            inside.update(nodes)
            yield node, _calls(nodes, forms)
    yield source.tree, _calls((node for node in source.nodes if node not in inside), forms)


def _calls(nodes: Iterable[ast.AST], forms: Mapping[str, Form]) -> list[ast.Call]:
    return [node for node in nodes if isinstance(node, ast.Call) and _called(node) in forms]


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _bindings(source: Source, function: ast.AST, known: Texts) -> list[dict[str, str]]:
    """What the arguments of a function may be: one mapping for each call within the module."""
    if not isinstance(function, ast.FunctionDef):
        return [{}]
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    found = []
    for call in named_calls(source, function.name):
        given = dict(zip(names, call.args, strict=False))
        given.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg})
        texts = {name: texts_of(node, known) for name, node in given.items()}
        found.append({name: text[0] for name, text in texts.items() if len(text) == 1})
    return found or [{}]


def _read(call: ast.Call, form: Form, known: Texts, scope: ast.AST, path: str) -> Iterator[Raised]:
    node = _argument(call, form.code, "code")
    if node is None:
        return
    place = f"{path}:{call.lineno}"
    for code in texts_of(_assigned(node, scope), known):
        here = {**known, **({node.id: code} if isinstance(node, ast.Name) else {})}
        yield Raised(code, _level(call, form, here, scope), _given(call, form, scope), place)


def _argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if position is not None and position < len(call.args) else None


def _assigned(node: ast.expr, scope: ast.AST) -> ast.expr:
    """What a local name was set to, where that happens exactly once; else the node itself."""
    if not isinstance(node, ast.Name):
        return node
    values = [
        one.value
        for one in ast.walk(scope)
        if isinstance(one, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == node.id for t in one.targets)
    ]
    return values[0] if len(values) == 1 and isinstance(scope, ast.FunctionDef) else node


def _level(call: ast.Call, form: Form, known: Texts, scope: ast.AST) -> str:
    node = _argument(call, form.level_at, "level") if form.level_at is not None else None
    if node is None:
        return form.level
    texts = texts_of(_assigned(node, scope), known)
    return texts[0] if len(texts) == 1 else ""


def _given(call: ast.Call, form: Form, scope: ast.AST) -> frozenset[str] | None:
    if form.params is None:
        names = [keyword.arg for keyword in call.keywords]
        return None if None in names else frozenset(name for name in names if name)
    node = _argument(call, form.params, "params")
    if node is None:
        return frozenset()
    node = _assigned(node, scope)
    if not isinstance(node, ast.Dict):
        return None
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    return frozenset(map(str, keys)) if len(keys) == len(node.keys) else None
