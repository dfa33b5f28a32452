"""The saved views of a list: which ones a person has, where they lead, and with which the list opens."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from anlan.kernel.actors import PersonActor
from anlan.kernel.unchanged import while_unchanged
from anlan.web.models import DefaultView, SavedView


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list that can have views: its title, the permission it asks for, its address."""

    title: str | Promise
    permission: str
    path: str


EVERYTHING = "view=all"
"""Asks for a list as it is without its opening view."""
_lists: dict[str, KnownList] = {}


def register_list(code: str, title: str | Promise, permission: str, path: str) -> None:
    """Tell of a list; called where its addresses are made."""
    _lists[code] = KnownList(title, permission, path)


def known_list(code: str) -> KnownList | None:
    """A list by its code."""
    return _lists.get(code)


def views_of(code: str, actor: PersonActor) -> list[SavedView]:
    """The views a person has of a list, own ones first; ``opens`` says with which it opens."""
    key = ("views", code, actor.user_id, actor.grants)
    return while_unchanged(key, lambda: _views_of(code, actor))


def _views_of(code: str, actor: PersonActor) -> list[SavedView]:
    opening_with = DefaultView.objects.filter(user_id=actor.user_id, listing=code, view=OuterRef("pk"))
    rows = SavedView.objects.of_list(code, actor).annotate(opens=Exists(opening_with))
    return sorted(rows, key=lambda row: (row.owner_id != actor.user_id, row.pk))


def opening(code: str, request: HttpRequest, actor: object) -> str:
    """Where a list asked for with nothing leads: the address of the view it opens with, "" for itself."""
    if request.META.get("QUERY_STRING") or not isinstance(actor, PersonActor):
        return ""
    row = next((row for row in views_of(code, actor) if getattr(row, "opens", False)), None)
    return f"{request.path}?{row.query}" if row is not None and row.query else ""


class ListViews:
    """The views of one list as its page shows them to one person."""

    def __init__(self, code: str, request: HttpRequest, actor: Any) -> None:
        self._code, self._request, self._actor = code, request, actor
        self.user_id = getattr(actor, "user_id", None)

    @cached_property
    def rows(self) -> list[SavedView]:
        """The views, own ones first."""
        return views_of(self._code, self._actor) if isinstance(self._actor, PersonActor) else []

    def url_of(self, row: SavedView) -> str:
        """The list as the view shows it."""
        return f"{self._request.path}?{row.query or EVERYTHING}"

    @property
    def everything(self) -> str:
        """The list without anything narrowed; said in the address where it would open with a view."""
        opens = any(getattr(row, "opens", False) for row in self.rows)
        return f"{self._request.path}?{EVERYTHING}" if opens else self._request.path

    @property
    def manage_url(self) -> str:
        """The page on which views are named, chosen and dropped."""
        return reverse("web:views", args=[self._code])

    def save_url(self, query: str) -> str:
        """The form that keeps a query as a view."""
        return f"{reverse('web:view_save', args=[self._code])}?{urlencode({'query': query})}"
