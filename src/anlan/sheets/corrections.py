"""What is wrong with the columns a person assigned by hand."""

from collections.abc import Mapping, Sequence

from anlan.kernel.problems import Problem
from anlan.sheets.kinds import SheetKind

MOST_HEADER_ROWS = 4


def column_problems(kind: SheetKind, columns: Mapping[int, str], headers: Sequence[str]) -> list[Problem]:
    """Fields given to two columns though they may have only one, and fields the kind cannot do without.

    ``columns`` are fields by column, from 0; ``headers`` what stands over each. A problem's field is ``c``
    and the column's number, as in the form.
    """
    found: list[Problem] = []
    first: dict[str, int] = {}
    for column, name in sorted(columns.items()):
        spec = kind.spec(name)
        if spec is None:
            continue
        before = first.setdefault(name, column)
        if before != column and not spec.many:
            named = "、".join(_named(headers, one) for one in (before, column))
            params = {"field": spec.words[0], "columns": named}
            found.append(Problem("sheets.column_twice", f"c{column}", params))
    missing = [name for name in kind.needs if name not in first and kind.stand_ins.get(name, "") not in first]
    specs = [kind.spec(name) for name in missing]
    if missing:
        words = "、".join(spec.words[0] for spec in specs if spec)
        found.append(Problem("sheets.column_needed", "", {"missing": words, "kind": str(kind.label)}))
    return found


def header_of(first: int | None, last: int | None) -> tuple[int, int] | Problem | None:
    """The header rows as asked for in the numbers a person sees; None where nothing was asked for."""
    if first is None and last is None:
        return None
    top = first if first is not None else last
    bottom = last if last is not None else first
    if top is None or bottom is None or not 1 <= top <= bottom < top + MOST_HEADER_ROWS:
        return Problem("sheets.header_rows", "header_first", {"most": MOST_HEADER_ROWS})
    return top - 1, bottom - 1


def _named(headers: Sequence[str], column: int) -> str:
    text = headers[column] if column < len(headers) else ""
    return text or f"第{column + 1}列"
