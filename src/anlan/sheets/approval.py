"""Whether a second person has to approve an import before it is written."""

from datetime import date

from anlan.kernel import parameters
from anlan.kernel.actors import Actor, SystemActor
from anlan.sheets.reach import path_of


def needs_approval(actor: Actor, today: date, path: str | None = None) -> bool:
    """What ``sheets.second_approval`` says where this actor works, or at the ``path`` of a draft; the
    program's own imports need none.
    """
    if isinstance(actor, SystemActor):
        return False
    return parameters.yes("sheets.second_approval", on=today, path=path_of(actor) if path is None else path)
