"""What the calendar asks of those who keep it, on their work list."""

from datetime import date

from anlan.accounts.pages.calendar import may_edit, warnings, year_url
from anlan.accounts.queries.calendar import known_years, year_at_a_glance
from anlan.kernel.actors import PersonActor
from anlan.web.parts import WorkItem
from anlan.web.work import Waiting


def calendar_waiting(actor: PersonActor, today: date) -> Waiting | None:
    """What has to be done so that no limit of this or the next year is wrong."""
    if not may_edit(actor):
        return None
    told = warnings(year_at_a_glance(today.year, today), known_years(), today)
    return Waiting(len(told), tuple(WorkItem(text, year_url(today.year)) for text in told))
