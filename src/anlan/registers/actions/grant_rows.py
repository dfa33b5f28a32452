"""Roles follow the trees they are given over: accounts know a range only as a path."""

from collections.abc import Sequence
from datetime import date

from anlan.accounts.models import RoleGrant
from anlan.kernel.changes import Change
from anlan.kernel.paths import Tree, subtree


def follow_paths(change: Change, tree: Tree, paths: Sequence[tuple[str, str]]) -> None:
    """Grants over something that moved are over its new path: the thing is the same."""
    for before, after in paths:
        for grant in RoleGrant.objects.filter(subtree("path", before), tree=tree).select_for_update():
            change.begin(grant)
            grant.path = after + grant.path.removeprefix(before)
            change.save(grant)


def hand_over(change: Change, tree: Tree, before: str, afters: Sequence[str], on: date) -> None:
    """Grants over something that ended are, from a day on, over what followed it: one grant for each."""
    for grant in _in_force(tree, before, on):
        ends = grant.valid_to
        starts = max(on, grant.valid_from)
        change.begin(grant)
        grant.valid_to = starts
        change.save(grant)
        for after in afters:
            following = RoleGrant(
                user_id=grant.user_id,
                role=grant.role,
                tier=grant.tier,
                tree=grant.tree,
                path=after,
                valid_from=starts,
                valid_to=ends,
            )
            change.create(following)


def end_grants(change: Change, tree: Tree, path: str, on: date) -> None:
    """Grants over something that ended without a successor end with it."""
    hand_over(change, tree, path, (), on)


def _in_force(tree: Tree, path: str, on: date) -> list[RoleGrant]:
    grants = RoleGrant.objects.filter(tree=tree, path=path).select_for_update()
    return [grant for grant in grants if grant.valid_to is None or grant.valid_to > on]
