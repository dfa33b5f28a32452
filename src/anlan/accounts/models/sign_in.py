"""What sign-in remembers: failures in a row, and passwords that may not come again."""

from django.db import models

from anlan.accounts.models.user import User
from anlan.accounts.rules import Failures


class SignInGuard(models.Model):
    """Failures in a row of one sign-in name (``name:…``) or one network address (``address:…``).

    A table and not a cache, so that all processes on both databases agree.
    """

    subject = models.CharField(max_length=60, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.subject

    def state(self) -> Failures:
        """The row as the rules know it."""
        return Failures(self.failures, self.last_at, self.locked_until)

    def take(self, state: Failures) -> None:
        """Carry a state into the attributes."""
        self.failures, self.last_at, self.locked_until = state.count, state.last_at, state.locked_until


class FormerPassword(models.Model):
    """The hash of a password somebody had, so that it is not used again at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=160)
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["-ended_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.ended_at:%Y-%m-%d}"
