"""Tables and pages in Markdown."""

import textwrap
from collections.abc import Iterable, Sequence

COMMAND = "PYTHONPATH=src .venv/bin/python -m anlan.config.reference"


def cell(value: object) -> str:
    """A value as the text of one cell: one line, bars written so that they end no cell."""
    return " ".join(str(value).split()).replace("|", "\\|")


def code(value: object) -> str:
    """A value as code; nothing where there is none."""
    return f"`{value}`" if str(value) else ""


def codes(values: Iterable[object]) -> str:
    """Values as code, separated by commas, in the order given."""
    return ", ".join(code(value) for value in values)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a row has as many cells as there are heads."""
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [f"| {' | '.join(map(cell, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def prose(text: str) -> str:
    """A paragraph, in lines that are easy to read in a diff."""
    return textwrap.fill(text, 110) + "\n"


def page(title: str, *parts: str) -> str:
    """A whole page, ending in one line feed; it says how it was made."""
    made = f"Made from the code; not to be edited. Make it anew with `{COMMAND}`.\n"
    return "\n".join((f"# {title}\n", made, *parts))
