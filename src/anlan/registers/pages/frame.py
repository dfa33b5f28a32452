"""The registers' entries in the navigation."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds
from anlan.web.navigation import Group, NavItem, Text, register_nav

_ENTRIES: tuple[tuple[str, Text, Group, str, int, str, int], ...] = (
    ("households", _("移民户"), "people", "household", 10, "registers.household_view", 2),
    ("persons", _("移民人口"), "people", "people", 20, "registers.person_view", 0),
    ("organizations", _("党组织"), "party", "organization", 10, "registers.organization_view", 0),
    ("units", _("单位"), "party", "unit", 30, "registers.unit_view", 0),
    ("contact_points", _("联系点"), "party", "notice-board", 50, "registers.contact_point_view", 0),
    ("members", _("党员"), "party", "member", 20, "registers.member_view", 3),
    ("bulk_edits", _("批量修改"), "today", "edit", 65, "registers.bulk_edit_view", 0),
)
"""Code, word, group, icon, order, permission, place on the phone's bar (0: none)."""


def register() -> None:
    """Add the lists to the groups they belong to by job."""
    for code, label, group, icon, order, permission, phone in _ENTRIES:
        register_nav(NavItem(code, label, f"registers:{code}", group, icon, order, _may(permission), phone))


def _may(permission: str) -> Callable[[object], bool]:
    return lambda actor: actor is not None and holds(actor, permission)  # type: ignore[arg-type]
