"""How ranges over the tree of organisations are called and chosen, for roles such as a branch secretary's."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anlan.accounts.reach import ReachTree, register_reach_tree
from anlan.kernel.actors import Actor
from anlan.kernel.paths import path_ids
from anlan.kernel.permissions import in_ranges, ranges_for
from anlan.registers.models import PartyOrganization


def organization_names(paths: Iterable[str]) -> dict[str, str]:
    """The names of organisations by path."""
    return dict(PartyOrganization.objects.filter(path__in=list(paths)).values_list("path", "name"))


def organization_choices(actor: Actor) -> list[tuple[str, str]]:
    """Organisations as (path, name) in the order of the tree, indented: to the whole county all of them."""
    ranges = ranges_for(actor, "accounts.role_grant")
    rows = PartyOrganization.objects.filter(valid_to=None)
    if not any(reach.tree == "area" and reach.is_whole for reach in ranges):
        rows = rows.filter(in_ranges(ranges, {"organization": "path"}))
    found = rows.order_by("path").values_list("path", "name")
    return [(path, "　" * (len(path_ids(path)) - 1) + name) for path, name in found]


def register() -> None:
    """Tell the accounts."""
    register_reach_tree("organization", ReachTree(_("组织"), organization_names, organization_choices))
