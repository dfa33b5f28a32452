"""The drafts of forms, kept for each account: the store of the form pages."""

from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.accounts.actions.form_draft import form_draft_discard, form_draft_keep
from anlan.accounts.actors import actor_for
from anlan.accounts.models import FormDraft, User
from anlan.kernel import protection
from anlan.kernel.actors import PersonActor
from anlan.web.drafts import RESUME, Draft, DraftStore, keep_draft, owner_of, register_draft_store
from anlan.web.formats import write_moment
from anlan.web.parts import table
from anlan.web.records import ShownPanel, table_panel


class KeptDrafts(DraftStore):
    """Keeps drafts in our table, sealed."""

    def find(self, actor: PersonActor, path: str) -> Draft | None:
        """The draft of a form; one whose key is lost counts as none."""
        row = FormDraft.objects.filter(user_id=actor.user_id, path=path).first()
        return opened(row) if row is not None else None

    def keep(self, actor: PersonActor, path: str, title: str, data: str) -> None:
        """Keep what was typed; nothing for an account that is gone."""
        user = User.objects.filter(pk=actor.user_id).first()
        if user is not None:
            content = orjson.dumps({"title": title, "data": data}).decode()
            form_draft_keep(actor, user=user, path=path, content=content, now=timezone.now())

    def discard(self, actor: PersonActor, path: str) -> None:
        """Throw the draft away."""
        row = FormDraft.objects.filter(user_id=actor.user_id, path=path).select_related("user").first()
        if row is not None:
            form_draft_discard(actor, user=row.user, path=path)


def opened(row: FormDraft) -> Draft | None:
    """A draft in clear text, None where it cannot be read any more."""
    try:
        content: dict[str, Any] = orjson.loads(protection.open_bytes(row.content))
    except (InvalidTag, protection.KeysMissing):
        return None
    return Draft(content["title"], content["data"], row.saved_at)


def drafts_panel(user: User) -> list[ShownPanel]:
    """What somebody has not finished, each leading back into its form; no panel without any."""
    lines: list[tuple[object, ...]] = [
        ((draft.title, f"{row.path}?{RESUME}=go"), write_moment(row.saved_at))
        for row in FormDraft.objects.filter(user=user).order_by("-saved_at")
        if (draft := opened(row)) is not None
    ]
    shown = table((_("表单"), _("暂存时间")), lines)
    return [table_panel("drafts", _("没写完的表单"), shown)] if lines else []


def keep_for_owner(request: Any) -> bool:
    """Keep what a form sends whose session has ended, for the person it was made for; gives whether it is.

    The form itself says whose it is, signed: see ``web.drafts.proof_of``.
    """
    found = owner_of(request)
    user = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    if found is None or user is None:
        return False
    keep_draft(actor_for(user, timezone.localdate()), request.path, found[1], request.POST)
    return True


def register() -> None:
    """Give the form pages their store."""
    register_draft_store(KeptDrafts())
