"""What every change of a password does: the rules with the parameters of the day, the hash, the old one
kept.
"""

from datetime import date

from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    check_password,
    get_hasher,
    make_password,
)
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from anlan.accounts.models import FormerPassword, User
from anlan.accounts.rules import PasswordPolicy, password_problems
from anlan.kernel import parameters
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem


def policy_on(day: date) -> PasswordPolicy:
    """What a password must be on a day."""
    return PasswordPolicy(
        parameters.integer("accounts.password_length", on=day),
        parameters.integer("accounts.password_kinds", on=day),
    )


def new_password_problems(password: str, username: str, day: date) -> list[Problem]:
    """What is wrong with a new password on a day, apart from what the account had before."""
    problems = password_problems(password, username, policy_on(day))
    if not problems:
        try:
            CommonPasswordValidator().validate(password)
        except ValidationError:
            problems.append(Problem("password.common", "password"))
    return problems


def used_before(user: User, password: str, count: int) -> bool:
    """Whether this is the password in use or one of the last ``count`` (the one in use among them)."""
    earlier = user.former_passwords.values_list("password", flat=True)[: max(count - 1, 0)]
    known = [user.password, *earlier] if count > 0 else []
    return any(check_password(password, encoded) for encoded in known)


def keep_former(change: Change, user: User, count: int) -> None:
    """Keep the hash in use among the former ones, before it is replaced; drop those no longer asked about."""
    now = timezone.now()  # noqa: TID251 - a password's age is counted from the moment it is set
    change.create(FormerPassword(user=user, password=user.password, ended_at=now))
    for row in user.former_passwords.all()[max(count, 1) :]:
        change.delete(row)


def set_password(user: User, password: str, *, must_change: bool) -> None:
    """Put a new password on a row that is about to be written."""
    user.password = make_password(password)
    user.password_changed_at = timezone.now()  # noqa: TID251 - as above
    user.must_change_password = must_change


FIRST_ROUNDS = 20_000


def first_hash(password: str) -> str:
    """The hash of a password made by ``user_create.make_password``, for many accounts at once.

    With fewer rounds than those of passwords people choose: a made one has 69 random bits, which no number of
    rounds is needed for, and a hundred full hashes take half a minute. The first sign-in renews the hash, and
    the password has to be changed then.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), FIRST_ROUNDS)
    return make_password(password)
