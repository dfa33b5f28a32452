"""What the tests of the verbs share: the codes of a refusal, and the last entry of a sound record."""

from collections.abc import Callable
from datetime import date

import pytest

from anlan.kernel import record
from anlan.kernel.models import ChangeEntry
from anlan.kernel.problems import Refused
from anlan.registers.dimensions.populations import residents_on
from anlan.registers.models import Person

BEFORE, ON, AFTER = date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 2)
FUTURE = date(2999, 1, 1)
EARLY = date(2019, 1, 1)


def refused(act: Callable[[], object]) -> list[str]:
    """The codes an action is refused with; nothing may have been recorded."""
    entries = ChangeEntry.objects.count()
    with pytest.raises(Refused) as caught:
        act()
    assert ChangeEntry.objects.count() == entries
    return [problem.code for problem in caught.value.problems]


def last_entry() -> ChangeEntry:
    """The latest entry of a record that is whole."""
    assert record.verify() == []
    return ChangeEntry.objects.latest("sequence")


def history_of(kind: str, number: int) -> list[str]:
    """The actions in the history of a record, the latest first."""
    return [item.entry.action for item in record.history(kind, number)]


def names_on(day: date, path: str) -> set[str]:
    """The names of the residents of an area on a day."""
    return set(residents_on(day, path).values_list("name", flat=True))


def fresh(person: Person) -> Person:
    """The person as stored now."""
    return Person.objects.get(pk=person.pk)
