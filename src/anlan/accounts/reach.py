"""Where an account lies (an administrator reaches it only with all the roles it holds), and how ranges are
called.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anlan.accounts.models import RoleGrant, User
from anlan.kernel.actors import Actor
from anlan.kernel.paths import Tree, path_ids
from anlan.kernel.permissions import Place, in_ranges, ranges_for
from anlan.places.models import Area
from anlan.places.rules import AreaKind


def user_places(user: User) -> list[Place]:
    """The one place an account lies at: the lowest area over all its roles, so that reaching it is reaching
    all.

    An account without roles, or with roles over organisations, lies at the top of the county.
    """
    grants = list(user.grants.values_list("tree", "path"))
    paths = [path for tree, path in grants if tree == "area"]
    if not paths or len(paths) < len(grants):
        return [("area", _top())]
    # Character by character, then back to the last dot: the ids both paths begin with.
    shared = commonprefix(paths)  # noqa: RUF071
    return [("area", shared[: shared.rfind(".") + 1] or _top())]


def grant_places(grant: RoleGrant) -> list[Place]:
    """A role lies where its account lies."""
    return user_places(grant.user)


def _top() -> str:
    return Area.objects.filter(parent=None, valid_to=None).values_list("path", flat=True).first() or ""


Names = Callable[[Iterable[str]], Mapping[str, str]]
Choices = Callable[[Actor], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ReachTree:
    """One of the two trees: what its ranges are called together, names by path, what an actor may give out.

    ``choices`` gives (path, name) in the order of the tree, within the ranges of ``accounts.role_grant``.
    """

    label: str | Promise
    names: Names
    choices: Choices


_trees: dict[Tree, ReachTree] = {}


def register_reach_tree(tree: Tree, words: ReachTree) -> None:
    """Say how the ranges of a tree are called and chosen; the registers do it for organisations."""
    _trees[tree] = words


def reach_trees() -> Mapping[Tree, ReachTree]:
    """The trees somebody has registered."""
    return _trees


def reach_names(pairs: Iterable[tuple[Tree, str]]) -> dict[tuple[Tree, str], str]:
    """The names of ranges by (tree, path); one query a tree. The empty path is the whole county."""
    wanted: dict[Tree, set[str]] = {}
    for tree, path in pairs:
        wanted.setdefault(tree, set()).add(path)
    found: dict[tuple[Tree, str], str] = {}
    for tree, paths in wanted.items():
        names = _trees[tree].names(sorted(paths)) if tree in _trees else {}
        found.update({(tree, path): names.get(path) or path or _("全县") for path in paths})
    return found


def area_names(paths: Iterable[str]) -> dict[str, str]:
    """Areas by path: the name with the area above it, the county alone by itself."""
    ids = {path: path_ids(path)[-2:] for path in paths if path}
    names = dict(
        Area.objects.filter(pk__in={n for pair in ids.values() for n in pair}).values_list("pk", "name")
    )
    return {
        path: " ".join(names.get(n, "") for n in (pair if len(path_ids(path)) > 2 else pair[-1:])).strip()
        for path, pair in ids.items()
    }


def area_choices(actor: Actor, permission: str = "accounts.role_grant") -> list[tuple[str, str]]:
    """County, townships, villages and communities within the actor's ranges, indented by their depth."""
    ranges = ranges_for(actor, permission)
    kinds = (AreaKind.COUNTY, AreaKind.TOWNSHIP, AreaKind.VILLAGE, AreaKind.COMMUNITY)
    rows = Area.objects.filter(in_ranges(ranges, {"area": "path"}), kind__in=kinds, valid_to=None)
    found = rows.order_by("code").values_list("path", "name")
    return [(path, "　" * (len(path_ids(path)) - 1) + name) for path, name in found]
