"""Bringing the shipped support programmes into the table."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.actors import SystemActor
from anlan.kernel.changes import Change
from anlan.registers.models import SupportAmount, SupportProgramme
from anlan.registers.rules.programmes import SHIPPED


@action("registers.programmes_load", label=_("载入扶持政策"), actors=("system", "cli"))
def programmes_load(change: Change) -> int:
    """Add the shipped programmes that are not there; gives how many. What a county changed is left alone."""
    present = set(SupportProgramme.objects.values_list("code", flat=True))
    missing = [shipped for shipped in SHIPPED if shipped.code not in present]
    for shipped in missing:
        programme = SupportProgramme(
            code=shipped.code,
            name=shipped.name,
            document=shipped.document,
            valid_from=shipped.begins,
            valid_to=shipped.ends,
        )
        change.create(programme)
        change.create(
            SupportAmount(
                programme=programme,
                yuan_per_year=shipped.yuan_per_year,
                valid_from=shipped.begins,
                valid_to=shipped.ends,
            )
        )
    return len(missing)


def load_defaults() -> int:
    """Bring the shipped programmes into the table, as the system; safe to repeat. Gives how many."""
    return programmes_load(SystemActor("programme-defaults"))
