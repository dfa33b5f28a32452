"""allauth's sign-in with our own counting of failures: in the database, by parameters, per name and
address.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest  # noqa: TID251 - the door of sign-in
from django.utils import timezone

from anlan.accounts.actions.sign_in import locked_problem, locked_until, sign_in_fail, sign_in_succeed
from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.kernel.actors import AnonymousActor
from anlan.kernel.problems import Problem, Refused, sentence

STRANGER = AnonymousActor("sign-in")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks us during sign-in. It never sends mail and has no further stages yet."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take no attempt while the name or the address is locked."""
        now = timezone.now()  # noqa: TID251 - the door of sign-in
        until = locked_until(credentials.get("username", ""), get_ip(request), now)
        if until is not None:
            raise _refusal(locked_problem(until))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of name and password; success and failure are recorded, failure says what is left."""
        user: User | None = super().authenticate(request, **credentials)
        now = timezone.now()  # noqa: TID251 - the door of sign-in
        if user is None:
            told = sign_in_fail(
                STRANGER, username=credentials.get("username", ""), address=get_ip(request), now=now
            )
            raise _refusal(told)
        try:
            return sign_in_succeed(
                actor_for(user, timezone.localdate()),  # noqa: TID251 - the door of sign-in
                user=user,
                address=get_ip(request),
                now=now,
                renewed_hash=_renewed(user, credentials.get("password", "")),
            )
        except Refused as refused:
            raise _refusal(*refused.problems) from refused

    def get_login_stages(self) -> list[str]:
        """No stage between the password and the session."""
        return []

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages speak for themselves."""


def _renewed(user: User, password: str) -> str | None:
    """A new hash where the stored one is of an older kind or has fewer rounds than today's."""
    stored, preferred = identify_hasher(user.password), get_hasher("default")
    if stored.algorithm == preferred.algorithm and not preferred.must_update(user.password):
        return None
    return make_password(password)


def _refusal(*problems: Problem) -> ValidationError:
    return ValidationError([ValidationError(sentence(problem), code=problem.code) for problem in problems])
