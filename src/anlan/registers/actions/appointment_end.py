"""Somebody leaves a post."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import Appointment


@action("registers.appointment_end", label=_("免职"), on="appointment")
def appointment_end(change: Change, *, appointment: Appointment, on: date) -> Appointment:
    """End a post on ``on`` (exclusive); refused when it ended, before it began, on a day to come."""
    appointment = locked(appointment)
    if appointment.valid_to is not None:
        raise Refused(Problem("appointment.ended", "appointment"))
    require_day(change, on, appointment.valid_from)
    close(change, appointment, on)
    return appointment
