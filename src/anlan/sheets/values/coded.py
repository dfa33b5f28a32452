"""Values from code lists: names and codes mixed, as sheets write them."""

from functools import cache

from anlan.kernel.code_list import Coded, CodeList
from anlan.sheets.lines import NOTHING
from anlan.sheets.values.base import (
    Cell,
    ColumnFacts,
    Parser,
    ValueType,
    is_nothing,
    squeezed,
    text_of,
    unknown,
)


@cache
def coded(
    codes: CodeList, *, specific: bool = False, numbers_fit: bool = False, leads: tuple[str, ...] = ()
) -> ValueType:
    """The value type of a code list: gives ``Coded(code, text)``.

    A word the list does not know becomes ``Coded("", text)`` with the warning value.unknown. ``specific``:
    its words alone are evidence for a column; bare numbers count as evidence only with ``numbers_fit``.
    ``leads`` are beginnings that add nothing to a word (户主之妻).
    """

    def make(_: ColumnFacts) -> Parser:
        def parse(cell: Cell) -> object:
            text = text_of(cell)
            if is_nothing(text):
                return NOTHING
            found = codes.read(text)
            if found is None and text.isdigit():
                found = codes.read(text.zfill(2))
            for lead in leads if found is None else ():
                if text.startswith(lead) and (found := codes.read(text.removeprefix(lead))):
                    break
            return found or unknown(cell, Coded("", squeezed(cell)))

        return parse

    def fits(cell: Cell) -> bool:
        text = text_of(cell)
        return codes.code_of(text) is not None and (numbers_fit or not text.isdigit())

    return ValueType(f"coded:{codes.code}", make, fits, specific=specific, options={"codes": codes})
