"""What an installation has from the first minute: the shipped parameters and the known days."""

from anlan.kernel.calendar_actions import load_calendar
from anlan.kernel.parameter_actions import load_defaults


def load_shipped() -> int:
    """Bring the shipped parameters and calendar into the tables; safe to repeat. Gives how many rows were
    written.
    """
    return load_defaults() + load_calendar()
