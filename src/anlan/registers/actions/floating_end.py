"""A floating member who is back."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import FloatingSpell, Person


@action("registers.floating_end", label=_("流动党员返回"), on="person")
def floating_end(change: Change, *, person: Person, on: date) -> FloatingSpell:
    """End the time away on ``on`` (exclusive). Refused: nobody away, a day to come or before it began."""
    person = locked(person)
    spell = person.floating_spells.filter(valid_to=None).select_for_update().first()
    if spell is None:
        raise Refused(Problem("floating.none", "person"))
    require_day(change, on, spell.valid_from)
    close(change, spell, on)
    return spell
