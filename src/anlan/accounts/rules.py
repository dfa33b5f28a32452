"""What a sign-in name and a password must be, and when too many failures lock.

Authority: GB/T 22239-2019 (unique identity, complexity and regular change of passwords, limited attempts).
The figures are parameters; they are arguments here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.accounts.roles import Role, Tier
from anlan.kernel.problems import Problem

_USERNAME = re.compile(r"[\w.@-]{2,40}")
_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """What a password must be: least length, least number of kinds of characters (of four)."""

    length: int
    kinds: int


@dataclass(frozen=True, slots=True)
class LockPolicy:
    """After how many failures in a row, each within ``minutes`` of the last, there is a pause of
    ``minutes``.
    """

    failures: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Failures:
    """Failures in a row of one name or one address."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether no attempt is taken at this moment."""
        return self.locked_until is not None and now < self.locked_until

    def after_one_more(self, now: datetime, policy: LockPolicy) -> "Failures":
        """The state after a failure; the last one allowed locks. A pause that has passed starts anew."""
        pause = timedelta(minutes=policy.minutes)
        fresh = self.last_at is None or self.locked_until is not None or now - self.last_at >= pause
        count = 1 if fresh else self.count + 1
        return Failures(count, now, now + pause if count >= policy.failures else None)


def username_problems(username: str) -> list[Problem]:
    """What is wrong with a sign-in name: letters, digits, Chinese characters and ``. _ @ -``, 2 to 40."""
    if _USERNAME.fullmatch(username):
        return []
    return [Problem("account.username_format", "username")]


def password_problems(password: str, username: str, policy: PasswordPolicy) -> list[Problem]:
    """What is wrong with a new password. It must not contain the sign-in name, whatever the letter case."""
    problems = []
    if len(password) < policy.length:
        problems.append(Problem("password.too_short", "password", {"length": policy.length}))
    if sum(re.search(kind, password) is not None for kind in _KINDS) < policy.kinds:
        problems.append(Problem("password.too_plain", "password", {"kinds": policy.kinds}))
    if len(username) > 2 and username.lower() in password.lower():
        problems.append(Problem("password.has_username", "password"))
    return problems


_BROWSERS = (
    ("MicroMessenger", "wechat"),
    ("Edg", "edge"),
    ("QIHU|360SE|360EE", "360"),
    ("Firefox", "firefox"),
    ("Chrome|CriOS", "chrome"),
    ("Safari", "safari"),
)
_SYSTEMS = (
    ("HarmonyOS|OpenHarmony", "harmony"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)


def device_codes(user_agent: str) -> str:
    """System and browser as codes ("windows edge") from what a browser says of itself; "" for nothing known.

    Only to tell one's own devices from one another: anybody can say anything there.
    """
    parts = [
        next((word for pattern, word in table if re.search(pattern, user_agent)), "")
        for table in (_SYSTEMS, _BROWSERS)
    ]
    return " ".join(part for part in parts if part)


_LINE = frozenset(
    {
        Role.COUNTY_OFFICER,
        Role.TOWNSHIP_OFFICER,
        Role.RESETTLEMENT_OFFICER,
        Role.LIAISON,
        Role.BRANCH_SECRETARY,
        Role.LEADER,
    }
)
HeldTier = tuple[str, str]


def is_superior(own: Iterable[HeldTier], theirs: Iterable[HeldTier]) -> bool:
    """Whether somebody may help another at sign-in: roles as (role, tier) in force, and theirs not yet over.

    An administrator may for every account in reach. An officer of a county or township may for accounts of a
    lower tier that hold neither the administrator's nor the auditor's role: opening those would give rights
    the officer does not have (GB/T 22239-2019 keeps the three apart). An account without a role is the
    administrator's.
    """
    own, theirs = list(own), list(theirs)
    if any(role == Role.ADMINISTRATOR for role, _ in own):
        return True
    if not theirs or not all(role in _LINE for role, _ in theirs):
        return False
    ranks = list(Tier)
    helping = [
        ranks.index(Tier(tier)) for role, tier in own if role in (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER)
    ]
    return bool(helping) and min(helping) < min(ranks.index(Tier(tier)) for _, tier in theirs)


def is_expired(changed_at: datetime | None, now: datetime, max_days: int) -> bool:
    """Whether a password is too old; 0 days means that passwords never get too old."""
    return max_days > 0 and changed_at is not None and now - changed_at >= timedelta(days=max_days)


def days_until_expiry(changed_at: datetime | None, now: datetime, max_days: int) -> int | None:
    """Whole days until a password is too old; None when it never will be."""
    if max_days <= 0 or changed_at is None:
        return None
    return max((changed_at + timedelta(days=max_days) - now).days, 0)
