"""Opening an account."""

import secrets

from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.passwords import new_password_problems, set_password
from anlan.accounts.models import User
from anlan.accounts.rules import username_problems
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused

# Without what is easily mistaken when read aloud or copied from paper: 0 O 1 l I.
_CAPITALS, _SMALL, _DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"


@action("accounts.user_create", label=_("新建账号"))
def user_create(
    change: Change, *, username: str, display_name: str, unit: str = "", password: str | None = None
) -> tuple[User, str]:
    """Open an account without any role; gives it and its first password, which is kept nowhere in clear.

    Without ``password`` one is made, and must be changed at the first sign-in; a given one must meet the
    rules and stays. Refused: a name taken (whatever its letter case) or malformed, a display name left out.
    """
    problems = account_problems(username, display_name)
    if password is not None:
        problems += new_password_problems(password, username, change.today)
    if problems:
        raise Refused(*problems)
    first = password or make_password()
    user = User(username=username, display_name=display_name.strip(), unit=unit.strip())
    set_password(user, first, must_change=password is None)
    change.create(user)
    return user, first


def account_problems(username: str, display_name: str) -> list[Problem]:
    """What is wrong with a new account: a name malformed or taken, no display name."""
    problems = username_problems(username)
    if not display_name.strip():
        problems.append(Problem("name.missing", "display_name"))
    if User.objects.filter(username__iexact=username).exists():
        problems.append(Problem("account.username_taken", "username", {"username": username}))
    return problems


def make_password() -> str:
    """A password that can be read from paper: three groups of four, with capitals, small letters and
    digits.
    """
    characters = [secrets.choice(kind) for kind in (_CAPITALS, _SMALL, _DIGITS)]
    characters += [secrets.choice(_CAPITALS + _SMALL + _DIGITS) for _ in range(9)]
    secrets.SystemRandom().shuffle(characters)
    return "-".join("".join(characters[at : at + 4]) for at in (0, 4, 8))
