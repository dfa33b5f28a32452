"""Texts longer than the register keeps: shortened and told, instead of stopping a whole batch."""

from anlan.kernel.code_list import Coded
from anlan.sheets.lines import SheetTable

LONGEST = {
    "name": 26,
    "head_name": 60,
    "relation": 24,
    "ethnic_group": 24,
    "education": 30,
    "marital_status": 24,
    "occupation": 60,
    "address": 160,
    "bank_name": 60,
    "household_number": 32,
    "register_number": 32,
    "from_place": 120,
    "resettlement_mode": 30,
    "support_mode": 30,
    "stage": 24,
    "standing": 24,
    "post": 60,
    "floating_to": 120,
    "kind": 24,
    "setup_mode": 24,
    "secretary_name": 60,
    "deputy_name": 60,
    "code": 32,
}
"""Characters by field: those of the columns; for persons' names what leaves room for their pinyin."""
_LONGEST_OF = {
    "organizations": LONGEST | {"name": 40},
    "areas": LONGEST | {"name": 60, "code": 18},
    "units": {"name": 40, "kind": 24, "credit_code": 18, "trade": 60, "contact_name": 60}
    | {"setup_mode": 24, "resettlement_officer": 60, "liaison": 60},
    "contact_points": {"name": 120, "place": 120, "officer_name": 60, "opening": 120},
}


def clip_long_texts(table: SheetTable) -> None:
    """Shorten what no column has room for, with the warning ``value.too_long``."""
    for name, longest in _LONGEST_OF.get(table.kind, LONGEST).items():
        cells = table.columns.get(name)
        if cells is None:
            continue
        # A sheet repeats its values: looking at each once is quicker than at every cell.
        for value in {cell for cell in cells if cell.__class__ is str or cell.__class__ is Coded}:
            text = value if isinstance(value, str) else value.text
            if len(text) > longest:
                short = text[:longest]
                kept = short if isinstance(value, str) else Coded(value.code, short)
                for line, cell in enumerate(cells):
                    if cell == value:
                        cells[line] = kept
                        table.warn(line, name, "value.too_long", kept=short, longest=longest)
