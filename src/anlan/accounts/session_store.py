"""The engine of sessions: Django's database engine over our table, so that people see where they are
signed in.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from anlan.accounts.models import SignedInSession

SINCE, SEEN, DEVICE, ADDRESS = "since", "seen_at", "device", "address"
"""What the middleware keeps in a session: moments as seconds, the device in words, the network address."""


class SessionStore(DatabaseStore):
    """Keeps a session with its owner, device, address, beginning and last use beside it."""

    @classmethod
    def get_model_class(cls) -> type[SignedInSession]:
        """Our table."""
        return SignedInSession

    def create_model_instance(self, data: dict[str, Any]) -> SignedInSession:
        """The row of a session about to be saved."""
        row: SignedInSession = super().create_model_instance(data)  # type: ignore[assignment]
        user = data.get(SESSION_KEY)
        row.user_id = int(user) if user else None
        row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS, "")
        row.started_at, row.seen_at = _moment(data.get(SINCE)), _moment(data.get(SEEN))
        return row


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
