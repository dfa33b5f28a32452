"""Who is signed in where: the sessions, with what tells their owner one from another."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from anlan.accounts.models.user import User


class SignedInSession(AbstractBaseSession):
    """A session; its key is the secret in the browser's cookie and is shown nowhere.

    The columns are filled from the session's own data whenever it is saved. Erasing a person removes none of
    it by itself: a session ends within the day, and its row with the nightly clearing.
    """

    # Columns of our own, whose names are the same in every language, so that no migration follows from one.
    session_key = models.CharField(max_length=40, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that keeps sessions in this table."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
