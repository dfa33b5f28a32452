"""Somebody takes a post."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, require_reach
from anlan.registers.actions.appointment_rows import NewPost, start_post
from anlan.registers.models import Appointment, PartyOrganization, Person


@action("registers.appointment_start", label=_("任职"), on="organization")
def appointment_start(
    change: Change,
    *,
    organization: PartyOrganization,
    post: str,
    on: date,
    person: Person | None = None,
    name: str = "",
    phone: str = "",
    term_ends_on: date | None = None,
) -> Appointment:
    """Give a post to a person, or to a name (and phone) not yet matched to one, from ``on``.

    The term ends when the organisation's next election is due, unless ``term_ends_on`` says so; posts given
    from outside have none. Refused: an unknown post, one only one may hold that is held, nobody, the dead, a
    term that ends before it begins, an ended organisation, a day to come.
    """
    require_reach(change, "registers.appointment_start", person)
    return start_post(
        change,
        locked(organization),
        NewPost(post, person, name, phone, term_ends_on=term_ends_on),
        on,
    )
