"""The support programme the made-up county's resettled fall under."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.registers.models import SupportAmount, SupportProgramme


@action("demo.programme_start", label=_("登记扶持政策"), actors=("cli", "system"))
def programme_start(
    change: Change,
    *,
    code: str,
    name: str,
    document: str,
    yuan_per_year: int,
    begins: date,
    ends: date,
) -> SupportProgramme:
    """Enter a programme that pays one amount from its first day (inclusive) to its last (exclusive)."""
    programme = SupportProgramme(code=code, name=name, document=document, valid_from=begins, valid_to=ends)
    change.create(programme)
    change.create(
        SupportAmount(
            programme=programme, yuan_per_year=Decimal(yuan_per_year), valid_from=begins, valid_to=ends
        )
    )
    return programme
