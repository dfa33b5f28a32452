"""What happens at the door: failures are counted and recorded, successes recorded."""

from datetime import date, datetime, timedelta

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.guards import address_subject, locked_guard, name_subject
from anlan.accounts.models import SignInGuard, User
from anlan.accounts.rules import Failures, LockPolicy
from anlan.kernel import parameters
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused


def _policy(name: str, day: date) -> LockPolicy:
    return LockPolicy(
        parameters.integer(name, on=day), parameters.integer("accounts.lockout_minutes", on=day)
    )


def locked_until(username: str, address: str, now: datetime) -> datetime | None:
    """Until when no attempt of this name or from this address is taken; None when one is."""
    subjects = (name_subject(username), address_subject(address))
    states = [guard.state() for guard in SignInGuard.objects.filter(subject__in=subjects)]
    return max(
        (state.locked_until for state in states if state.locked_until and state.is_locked(now)), default=None
    )


@action("accounts.sign_in_fail", label=_("登录失败"), actors=("anonymous",))
def sign_in_fail(change: Change, *, username: str, address: str, now: datetime) -> Problem:
    """Count and record a failure; gives what to tell: how often one may still try, or until when not.

    A name nobody has is counted like any other, so that nobody learns who has an account, and its text is not
    recorded: it may be a password typed in the wrong field.
    """
    user = User.objects.filter(username__iexact=username.strip()).first()
    if user is not None:
        change.mention(("user", user.pk))
    change.facts = {"address": address, "user": user.pk if user else None}
    policies = (
        (address_subject(address), "accounts.lockout_address_failures"),
        (name_subject(username), "accounts.lockout_failures"),
    )
    left = 0
    locked: list[datetime] = []
    for subject, parameter in policies:
        guard, policy = locked_guard(change, subject), _policy(parameter, change.today)
        state = guard.state()
        if not state.is_locked(now):
            state = state.after_one_more(now, policy)
            guard.take(state)
        change.save(guard)
        left = policy.failures - state.count
        if state.locked_until is not None and state.is_locked(now):
            locked.append(state.locked_until)
    if locked:
        return locked_problem(max(locked))
    return Problem("sign_in.mismatch_left", params={"left": left})


@action("accounts.sign_in_succeed", label=_("登录"), actors=("person",), own="user")
def sign_in_succeed(
    change: Change, *, user: User, address: str, now: datetime, renewed_hash: str | None = None
) -> User:
    """Record a sign-in and forget the failures of the name; the address keeps its own.

    Refused while the name or the address is locked, even with the right password: of attempts sent at the
    same time no more are answered than the rule allows. ``renewed_hash`` replaces a hash of an older kind.
    """
    change.facts = {"address": address}
    for subject in (address_subject(address), name_subject(user.username)):
        guard = locked_guard(change, subject)
        if guard.locked_until is not None and guard.state().is_locked(now):
            raise Refused(locked_problem(guard.locked_until))
        if subject.startswith("name:"):
            guard.take(Failures())
        change.save(guard)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Refused(Problem("account.locked"))
    change.begin(user)
    user.last_login = now
    if renewed_hash is not None:
        user.password = renewed_hash
    change.save(user)
    return user


def locked_problem(until: datetime) -> Problem:
    """What to tell while locked; ``until`` is shown as the clock in the county shows it, the minute after."""
    shown = until.astimezone(get_default_timezone()) + timedelta(minutes=1)
    return Problem("sign_in.locked", params={"until": f"{shown:%H:%M}"})
