"""Adding a phone or bank account."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, require_day
from anlan.registers.actions.person_rows import add_contact
from anlan.registers.models import Person, PersonContact
from anlan.registers.rules.persons import ContactFacts


@action("registers.contact_add", label=_("新增联系方式"), on="person")
def contact_add(change: Change, *, person: Person, contact: ContactFacts, on: date) -> PersonContact:
    """Add a phone or account of a person, known from ``on``; a person may have several.

    Refused: what cannot be a number, one the person has, a day to come.
    """
    require_day(change, on)
    return add_contact(change, locked(person), contact, on)
