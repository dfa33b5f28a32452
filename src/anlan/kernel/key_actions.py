"""That a key was replaced, in the record of changes."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change


@action("kernel.keys_rotate", label=_("更换密钥"), actors=("system", "cli"))
def keys_rotate(change: Change, *, kind: str, generation: int, values: int) -> None:
    """Note that a key of a kind (``data``, ``index``) was replaced, and how many values follow it."""
    change.facts = {"kind": kind, "generation": generation, "values": values}
    change.mention(("key", generation))
