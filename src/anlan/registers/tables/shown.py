"""Protected values as lists and pages show them, and in full for the sheets of those who may have them."""

from collections.abc import Sequence

from anlan.kernel.protection import mask_id_number, mask_phone
from anlan.registers.models import Person


def masked_id(person: Person) -> str:
    """A person's id number, masked; "" where there is none."""
    return mask_id_number(person.plain_id_number()) if person.id_number else ""


def masked_phones(phones: Sequence[str]) -> str:
    """Phones in one cell, masked."""
    return "、".join(map(mask_phone, phones))


def full_phones(phones: Sequence[str]) -> str:
    """Phones in one cell, in full."""
    return "、".join(phones)
