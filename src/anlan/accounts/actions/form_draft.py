"""Keeping what somebody typed, and throwing it away. No fact of the county changes: nothing is recorded."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from anlan.accounts.models import FormDraft, User
from anlan.kernel import protection
from anlan.kernel.actions import action
from anlan.kernel.changes import Change


@action("accounts.form_draft_keep", label=_("暂存没写完的表单"), actors=("person",), own="user")
def form_draft_keep(change: Change, *, user: User, path: str, content: str, now: datetime) -> FormDraft:
    """Keep what was typed into the form at ``path``, in place of what was kept before."""
    draft, _made = FormDraft.objects.update_or_create(
        user=user, path=path, defaults={"content": protection.seal(content), "saved_at": now}
    )
    return draft


@action("accounts.form_draft_discard", label=_("丢弃没写完的表单"), actors=("person",), own="user")
def form_draft_discard(change: Change, *, user: User, path: str) -> int:
    """Throw the draft of a form away; gives how many there were."""
    return FormDraft.objects.filter(user=user, path=path).delete()[0]


@action("accounts.form_drafts_forget", label=_("清除过期的暂存表单"), actors=("system",))
def form_drafts_forget(change: Change, *, before: datetime) -> int:
    """Throw away what was kept before a moment; gives how many there were."""
    return FormDraft.objects.filter(saved_at__lt=before).delete()[0]
