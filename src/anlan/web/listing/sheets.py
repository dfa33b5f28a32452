"""A list as CSV: the same rows in the same order as on the screen, all of them, sent while they are read."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from anlan.web.listing.columns import Column, Exported
from anlan.web.listing.layouts import Mark

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"


class _Line:
    """A file that hands back what is written to it, so that a CSV line goes out as soon as it is made."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[Column], rows: Iterable[Any], mark: Mark, *, reveal: bool) -> Iterator[str]:
    """The lines of a CSV file in UTF-8 with byte order mark: header, rows, and last one cell with the mark.

    Days are YYYY-MM-DD. The mark stands last so that the first line stays the header; a file without it broke
    off on the way.
    """
    writer = csv.writer(_Line())
    yield _BOM + str(writer.writerow([str(column.label) for column in columns]))
    for row in rows:
        yield str(writer.writerow([_csv_cell(column.in_sheet(row, reveal=reveal)) for column in columns]))
    yield str(writer.writerow([mark.line]))


def _csv_cell(value: Exported) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith(_FORMULA_STARTS):
            # A spreadsheet would run it. The apostrophe is the mark by which it, and our importer, know text.
            return f"'{value}"
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
