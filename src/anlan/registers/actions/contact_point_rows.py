"""What the verbs of contact points share."""

from typing import Any, NamedTuple

from anlan.kernel.names import plain, tidy_name
from anlan.registers.actions.unit_rows import phone_columns


class DutyFacts(NamedTuple):
    """Where a contact point is, who is there with which phone, when it is open."""

    place: str = ""
    officer_name: str = ""
    phone: str = ""
    opening: str = ""


def duty_columns(facts: DutyFacts) -> dict[str, Any]:
    """The facts by column. Refused: a phone that cannot be one."""
    return {
        "place": plain(facts.place),
        "officer_name": tidy_name(facts.officer_name),
        "opening": plain(facts.opening),
        **phone_columns(facts.phone),
    }
