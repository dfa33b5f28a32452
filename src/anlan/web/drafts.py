"""What somebody typed into a form and has not written yet: kept for the account, offered when they come back.

The form page hands typed content to the store that a part above registered; without one nothing is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.core import signing
from django.http import HttpRequest, QueryDict

from anlan.kernel.actors import Actor, PersonActor

DO = "_do"
"""The button of a form page that was pressed; none is the main one."""
PROOF = "_form"
"""For whom the form was made; see ``proof_of``."""
SEEN = "_seen"
KEY = "_key"
"""By which a second sending of the same form is known."""
KEEP, DISCARD = "keep", "discard"
RESUME = "draft"
_MACHINERY = frozenset({"csrfmiddlewaretoken", DO, PROOF, SEEN, KEY})
_SALT = "anlan.web.drafts"
_PROOF_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form: its title, the fields as the browser sent them, when it was kept."""

    title: str
    data: str
    saved_at: datetime

    @property
    def typed(self) -> QueryDict:
        """The fields, to fill the form with."""
        return QueryDict(self.data)


class DraftStore(Protocol):
    """Keeps one draft for each person and form address."""

    def find(self, actor: PersonActor, path: str) -> Draft | None:
        """The person's draft of a form, None without one."""

    def keep(self, actor: PersonActor, path: str, title: str, data: str) -> None:
        """Keep what was typed, in place of what was kept before."""

    def discard(self, actor: PersonActor, path: str) -> None:
        """Throw the draft away, where there is one."""


_stores: list[DraftStore] = []


def register_draft_store(store: DraftStore) -> None:
    """Say where drafts are kept (called in ``AppConfig.ready``)."""
    _stores[:] = [store]


def find_draft(actor: Actor, path: str) -> Draft | None:
    """The draft of a form, None without one."""
    if not _stores or not isinstance(actor, PersonActor):
        return None
    return _stores[0].find(actor, path)


def keep_draft(actor: Actor, path: str, title: str, typed: QueryDict) -> None:
    """Keep what was typed into a form."""
    if _stores and isinstance(actor, PersonActor):
        _stores[0].keep(actor, path, title, typed_text(typed))


def discard_draft(actor: Actor, path: str) -> None:
    """Throw a draft away: it was written, or is not wanted."""
    if _stores and isinstance(actor, PersonActor):
        _stores[0].discard(actor, path)


def typed_text(typed: QueryDict) -> str:
    """The fields of a form as text, without what belongs to the page and not to the person."""
    kept = QueryDict(mutable=True)
    for name, values in typed.lists():
        if name not in _MACHINERY:
            kept.setlist(name, values)
    return kept.urlencode()


def proof_of(actor: Actor, path: str, title: str) -> str:
    """A signed word in the form that says for whom it was made.

    With it what is typed can be kept for that person also when their session has ended meanwhile. It opens
    nothing: whoever has it can only leave a draft of this one form for this one person.
    """
    user = actor.user_id if isinstance(actor, PersonActor) else 0
    return signing.dumps([user, path, title], salt=_SALT)


def owner_of(request: HttpRequest) -> tuple[int, str] | None:
    """For whom the form was made that a request sends, and its title; None where that cannot be told."""
    if request.method != "POST" or PROOF not in request.POST:
        return None
    try:
        user, path, title = signing.loads(request.POST[PROOF], salt=_SALT, max_age=_PROOF_SECONDS)
    except signing.BadSignature:
        return None
    return (user, title) if path == request.path else None
