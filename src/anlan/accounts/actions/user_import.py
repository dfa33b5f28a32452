"""Opening many accounts at once, each with its role; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.role_grant import grant_problems
from anlan.accounts.actions.user_create import account_problems
from anlan.accounts.models import RoleGrant, User
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.paths import Tree
from anlan.kernel.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened with one role; ``valid_to`` is exclusive, ``encoded`` the hash of its password.

    The password itself never comes here: whoever made it shows it and forgets it.
    """

    username: str
    display_name: str
    unit: str
    role: str
    tier: str
    tree: Tree
    path: str
    valid_from: date
    valid_to: date | None
    encoded: str


@action("accounts.user_import", label=_("批量新建账号"))
def user_import(change: Change, *, accounts: Sequence[NewAccount]) -> list[User]:
    """Open all of these accounts, whose passwords have to be changed at the first sign-in; gives them.

    Refused as a whole for what ``user_create`` and ``role_grant`` refuse of any one of them.
    """
    problems = [problem for account in accounts for problem in _problems(change, account)]
    if problems:
        raise Refused(*problems)
    return [_open(change, account) for account in accounts]


def _problems(change: Change, account: NewAccount) -> list[Problem]:
    return account_problems(account.username, account.display_name) + grant_problems(
        change.actor,
        account.role,
        account.tier,
        account.tree,
        account.path,
        account.valid_from,
        account.valid_to,
    )


def _open(change: Change, account: NewAccount) -> User:
    user = User(
        username=account.username,
        display_name=account.display_name,
        unit=account.unit,
        password=account.encoded,
        password_changed_at=timezone.now(),  # noqa: TID251 - a password's age is counted from the moment it is set
        must_change_password=True,
    )
    change.create(user)
    change.create(
        RoleGrant(
            user=user,
            role=account.role,
            tier=account.tier,
            tree=account.tree,
            path=account.path,
            valid_from=account.valid_from,
            valid_to=account.valid_to,
        )
    )
    return user
