"""The rows that count failures in a row."""

from anlan.accounts.models import SignInGuard, User
from anlan.accounts.rules import Failures
from anlan.kernel.changes import Change


def name_subject(username: str) -> str:
    """Under what the failures of a sign-in name are counted, whatever its letter case."""
    return f"name:{username.strip().lower()[:40]}"


def address_subject(address: str) -> str:
    """Under what the failures of a network address are counted."""
    return f"address:{address[:45]}"


def locked_guard(change: Change, subject: str) -> SignInGuard:
    """The row of a subject, made when it is new, locked until the end of the transaction, and begun."""
    guard, _ = SignInGuard.objects.select_for_update().get_or_create(subject=subject)
    change.begin(guard)
    return guard


def release(change: Change, user: User) -> None:
    """Forget the failures of an account's name."""
    guard = SignInGuard.objects.select_for_update().filter(subject=name_subject(user.username)).first()
    if guard is not None:
        change.begin(guard)
        guard.take(Failures())
        change.save(guard)
