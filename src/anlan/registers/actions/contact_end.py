"""A phone or bank account that is no longer theirs."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import PersonContact


@action("registers.contact_end", label=_("停用联系方式"), on="contact")
def contact_end(change: Change, *, contact: PersonContact, on: date) -> PersonContact:
    """End a phone or account from ``on`` (exclusive); refused before it was known, and on a day to come."""
    contact = locked(contact)
    require_day(change, on, contact.valid_from)
    if contact.valid_to is None:
        close(change, contact, on)
    return contact
