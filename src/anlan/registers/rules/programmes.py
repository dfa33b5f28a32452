"""Support programmes the program comes with: facts of national texts, loaded into the table as rows.

Nothing else reads them; what is paid stands in the table, where a county adds the programmes that follow.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ShippedProgramme(NamedTuple):
    """A programme with one yearly amount per person, from a day (inclusive) to another (exclusive)."""

    code: str
    name: str
    document: str
    yuan_per_year: Decimal
    begins: date
    ends: date | None


SHIPPED = (
    ShippedProgramme(
        code="hf2006",
        name="大中型水库移民后期扶持",
        document="国发〔2006〕17号",
        yuan_per_year=Decimal(600),
        begins=date(2006, 7, 1),
        ends=date(2026, 7, 1),
    ),
)
"""For those moved by 2006-06-30: twenty years, over on 2026-06-30. No follow-up programme was known."""
