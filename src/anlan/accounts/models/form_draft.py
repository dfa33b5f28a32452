"""What people typed into forms and have not written yet."""

from django.db import models

from anlan.accounts.models.user import User


class FormDraft(models.Model):
    """The draft of one form (by its address) of one account. ``content`` is sealed: it holds personal data.

    No fact of the county, so the record of changes says nothing of it. Erasure: goes when it is written or
    thrown away, with the account, and after ``accounts.form_draft_days`` by itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="form_drafts")
    path = models.CharField(max_length=300)
    content = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="form_draft_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.path}"
