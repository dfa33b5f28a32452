"""What comes in and where: pages on addresses and sheets."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from anlan.config.api import api
from anlan.config.reference import markdown as md
from anlan.kernel.code_list import CodeList
from anlan.sheets.kinds import ColumnSpec, SheetKind, kinds
from anlan.web.listing import Listing


def urls_page() -> str:
    """All addresses and lists."""
    of_api = _api_words()
    rows = [
        (md.code(path), md.code(name), _who(view), of_api.get(path) or _what(view))
        for path, name, view in addresses()
    ]
    served = {name.rpartition(":")[2] for _, name, _ in addresses()}
    lists = sorted((one for one in _listings(Listing) if one.code in served), key=lambda one: one.code)
    return md.page(
        "Addresses",
        md.prose(
            "Everything but what is open to all needs sign-in; a page answers 404 for what lies outside "
            "the range of who asks. The API describes itself at `/api/v1/openapi.json`."
        ),
        md.table(("address", "name", "open to", "what it is"), rows),
        "## Lists\n",
        md.prose(
            "A list answers as a page, and with the same query as `.csv` and `.xlsx`. `?q=` searches, "
            "`?area=` takes a division code, `?on=YYYY-MM-DD` reads another day."
        ),
        md.table(("list", "title", "permission", "parameters"), (_list_row(one) for one in lists)),
    )


def addresses() -> list[tuple[str, str, Any]]:
    """Every address of the web door as (pattern, name, view), in the order of the patterns."""

    def walk(
        patterns: list[URLPattern | URLResolver], start: str, space: str
    ) -> Iterator[tuple[str, str, Any]]:
        for pattern in patterns:
            path = f"{start}{pattern.pattern}"
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, path, inner)
            else:
                yield path, f"{space}{pattern.name or ''}", pattern.callback

    return sorted(walk(get_resolver().url_patterns, "/", ""), key=lambda one: one[:2])


def sheets_page() -> str:
    """All kinds of sheets with their columns and words."""
    lists: dict[str, CodeList] = {}
    parts = []
    for kind in kinds():
        parts += [f"## {kind.label} `{kind.code}`\n", _kind_words(kind), _columns(kind)]
        for spec in kind.columns:
            codes = spec.value.options.get("codes")
            if isinstance(codes, CodeList):
                lists[codes.code] = codes
    rows = [
        (
            md.code(codes.code),
            codes.source,
            "、".join(f"{number} {name}" for number, name in codes.names.items()),
        )
        for _, codes in sorted(lists.items())
    ]
    return md.page(
        "Sheets",
        md.prose(
            "What `anlan import` takes, in the order in which it is taken. A column is recognised by the "
            "words of its header, in any width and with any spaces, and by what its cells look like; "
            "headers of several rows join with `/`. “Tells”: the column distinguishes the kind. “Needed”: "
            "without it the sheet is not read, or a line without it is refused with the code. Blanks "
            "below one value are filled down for `household` (one value a household) and `place` (one "
            "value a block of lines)."
        ),
        *parts,
        "## Code lists\n",
        md.prose("Values of columns with a code list are read as name, code or a usual other word."),
        md.table(("list", "source", "codes"), rows),
    )


def _kind_words(kind: SheetKind) -> str:
    known = f"Words of titles: {'、'.join(kind.title_words)}. " if kind.title_words else ""
    return f"{known}Two lines speak of the same thing by {md.codes(kind.identity)}.\n"


def _columns(kind: SheetKind) -> str:
    rows = [
        (
            md.code(spec.field),
            md.code(spec.value.code),
            _needed(kind, spec),
            "●" if spec.telling else "",
            "" if spec.scope == "line" else spec.scope,
            "" if spec.imported else "recognised, not taken over",
            "、".join(spec.words),
        )
        for spec in kind.columns
    ]
    return md.table(("field", "value", "needed", "tells", "filled down", "note", "words recognised"), rows)


def _needed(kind: SheetKind, spec: ColumnSpec) -> str:
    if spec.missing_code:
        return md.code(spec.missing_code)
    return "●" if spec.field in kind.needs else ""


def _who(view: Any) -> str:
    return "signed in" if getattr(view, "login_required", True) else "all"


def _what(view: Any) -> str:
    """The first paragraph of a view's docstring."""
    doc = inspect.getdoc(view) or ""
    return doc.split("\n\n")[0] if getattr(view, "__module__", "").startswith("anlan.") else ""


def _api_words() -> dict[str, str]:
    """What the API says of its own addresses, by their pattern."""
    paths = api.get_openapi_schema()["paths"]
    return {
        path.replace("{", "<").replace("}", ">"): ", ".join(
            f"{method.upper()}: {one.get('description') or one['summary']}" for method, one in methods.items()
        )
        for path, methods in paths.items()
    }


def _listings(base: type[Listing[Any]]) -> Iterator[type[Listing[Any]]]:
    for one in base.__subclasses__():
        # Those in between declare no list of their own.
        if hasattr(one, "code"):
            yield one
        yield from _listings(one)


def _list_row(listing: type[Listing[Any]]) -> tuple[str, str, str, str]:
    parameters = ["q"] if listing.search_hint else []
    parameters += ["area"] if listing.area_field else []
    parameters += ["on"] if listing.dated else []
    parameters += [one.code for one in listing.filters]
    return md.code(listing.code), str(listing.title), md.code(listing.permission), md.codes(parameters)
