"""Who is signed in where."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from anlan.accounts.labels import DEVICE_NAMES
from anlan.accounts.models import SignedInSession, User


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as its owner or an administrator sees it; ``handle`` names it without giving it away."""

    handle: str
    device: str
    address: str
    started_at: datetime | None
    seen_at: datetime | None
    current: bool


def handle_of(key: str) -> str:
    """A name for a session that is no use to anybody who wants to enter it."""
    return salted_hmac("anlan.session", key, algorithm="sha256").hexdigest()[:20]


def device_words(codes: str) -> str:
    """A device in words."""
    known = [str(DEVICE_NAMES[code]) for code in codes.split() if code in DEVICE_NAMES]
    return " ".join(known) or _("其他设备")


def open_sessions(user: User, now: datetime, idle_minutes: int) -> list[SignedInSession]:
    """The sessions that still let somebody in, the last used first; 0 minutes: none ends for want of use."""
    rows = SignedInSession.objects.filter(user=user, expire_date__gt=now).order_by("-seen_at", "pk")
    if idle_minutes > 0:
        rows = rows.filter(seen_at__gt=now - timedelta(minutes=idle_minutes))
    return list(rows)


def shown_sessions(user: User, now: datetime, idle_minutes: int, own_key: str = "") -> list[ShownSession]:
    """The same for a page; ``own_key`` is the session of whoever looks."""
    return [
        ShownSession(
            handle_of(row.session_key),
            device_words(row.device),
            row.address,
            row.started_at,
            row.seen_at,
            row.session_key == own_key,
        )
        for row in open_sessions(user, now, idle_minutes)
    ]
