"""The catalogue of English texts: ``python -m anlan.config.catalogue`` brings it up to date with the source.

Texts are read out of the code and the templates here, not by GNU gettext, which does not know formatted
strings and skips what stands after them. New texts come in empty, those no longer used go; see
``docs/howto/translate.md``.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from anlan.config.reference.source import PACKAGE, sources

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "anlan",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# The function, and at which of its arguments context, text and plural stand.
_ARGUMENTS: Mapping[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_IN_TEMPLATES = {name: name for name in _ARGUMENTS} | {"_": "gettext"}
Key = tuple[str, str]
"""Context ("" for none) and text."""


def messages() -> dict[Key, bool]:
    """Every text given to gettext in the order of the files, and whether it is counted (has a plural)."""
    found: dict[Key, bool] = {}
    for source in sources().values():
        for key, counted in _of_calls(source.tree, _names(source.tree)):
            found[key] = found.get(key, False) or counted
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        for key, counted in _of_template(path):
            found[key] = found.get(key, False) or counted
    return found


def _names(tree: ast.AST) -> dict[str, str]:
    """By which names a module calls the functions of gettext."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names.update({one.asname or one.name: one.name for one in node.names if one.name in _ARGUMENTS})
    return names


def _of_calls(tree: ast.AST, names: Mapping[str, str]) -> Iterator[tuple[Key, bool]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            context, text, plural = _ARGUMENTS[names[node.func.id]]
            said = _written(node, text)
            if said:
                yield (_written(node, context) if context is not None else "", said), plural is not None


def _written(call: ast.Call, at: int) -> str:
    """An argument that is written out, else "": a text given by a name is read where it is written."""
    argument = call.args[at] if at < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _of_template(path: Path) -> Iterator[tuple[Key, bool]]:
    """The texts of a template: Django itself turns its tags into calls, the rest into noise."""
    for line in templatize(path.read_text("utf-8")).splitlines():
        for call in _calls(line):
            yield from _of_calls(ast.parse(call, mode="eval"), _IN_TEMPLATES)


def _calls(line: str) -> Iterator[str]:
    """The calls in a line of noise: a known name, then everything up to the bracket that closes it."""
    for name in _IN_TEMPLATES:
        for start in _places(line, f" {name}("):
            for end in _places(line, ")", start):
                call = line[start + 1 : end + 1]
                if _is_whole(call):
                    yield call
                    break


def _places(line: str, part: str, start: int = 0) -> Iterator[int]:
    at = line.find(part, start)
    while at >= 0:
        yield at
        at = line.find(part, at + 1)


def _is_whole(call: str) -> bool:
    """Whether a call ends here; the bracket may stand inside its text."""
    try:
        ast.parse(call, mode="eval")
    except SyntaxError:
        return False
    return True


def english(entry: polib.POEntry) -> list[str]:
    """What an entry says in English: once, or for one and for many; "" where it is missing."""
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [entry.msgstr_plural.get(number, "") for number in (0, 1)]


def update(path: Path = CATALOGUE) -> int:
    """Bring the catalogue up to date; gives how many texts still have no English."""
    old = polib.pofile(str(path)) if path.exists() else []
    kept = {(entry.msgctxt or "", entry.msgid): english(entry) for entry in old}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = HEADER
    missing = 0
    for (context, text), counted in messages().items():
        said = kept.get((context, text), [""])
        missing += not all(said)
        entry = polib.POEntry(msgctxt=context or None, msgid=text)
        if counted:
            entry.msgid_plural = text
            entry.msgstr_plural = {0: said[0], 1: said[-1]}
        else:
            entry.msgstr = said[-1]
        fresh.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return missing


if __name__ == "__main__":
    from django.conf import settings

    settings.configure()
    sys.stdout.write(f"{update()} texts without English\n")
