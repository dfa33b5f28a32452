"""What every page knows without asking for it: who looks, the navigation, and how the page is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from anlan.web import navigation

TYPE_COOKIE = "anlan_type"
THEME_COOKIE = "anlan_theme"
TYPES = ("normal", "large")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of a breadcrumb; the last one (the page itself) has no ``url``.

    ``below`` are the steps one can go down to from the last one.
    """

    label: str
    url: str = ""
    below: tuple["Crumb", ...] = ()


def _no_county() -> str:
    return ""


_hooks: dict[str, Any] = {"county": _no_county, "search": ""}


def register_county_name(hook: Callable[[], str]) -> None:
    """Say where the county's name comes from. Asked once a page; it should be cached by its owner."""
    _hooks["county"] = hook


def register_search(url_name: str) -> None:
    """Say which page answers the search on top (it gets ``?q=``). Without one the search is not shown."""
    _hooks["search"] = url_name


class Shell:
    """The frame of one page, made only as far as the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Any:
        """Who looks at the page; None when signed out."""
        return getattr(self._request, "actor", None)

    @property
    def signed_in(self) -> bool:
        """Whether a person is signed in."""
        return getattr(self.actor, "kind", "") == "person"

    @cached_property
    def groups(self) -> list[navigation.NavGroup]:
        """The navigation by job."""
        return navigation.groups_for(self.actor, self._request.path)

    @cached_property
    def account(self) -> list[navigation.NavLink]:
        """The entries behind the person's name."""
        return navigation.account_links(self.actor, self._request.path)

    @cached_property
    def bar(self) -> list[navigation.NavLink]:
        """The phone's bar of at most four."""
        return navigation.phone_bar(self.actor, self._request.path)

    @cached_property
    def large(self) -> bool:
        """Whether large type was chosen."""
        return self._request.COOKIES.get(TYPE_COOKIE) == "large"

    @cached_property
    def theme(self) -> str:
        """``dark`` or ``light``; light unless dark was chosen, for paper is what the county knows."""
        theme = self._request.COOKIES.get(THEME_COOKIE, "light")
        return theme if theme in THEMES else "light"

    @cached_property
    def language(self) -> str:
        """The language in force, as the page's ``lang``."""
        return "zh-Hans" if (get_language() or "zh-hans").startswith("zh") else "en"

    @cached_property
    def on(self) -> date | None:
        """The day asked for with ``?on=``; None without one or with a bad one."""
        return read_day(self._request.GET.get("on", ""))

    @cached_property
    def county(self) -> str:
        """The county's name, "" before it is known."""
        return str(_hooks["county"]())

    @cached_property
    def search_url(self) -> str:
        """The address of the search, "" when there is none."""
        try:
            return reverse(_hooks["search"]) if _hooks["search"] else ""
        except NoReverseMatch:
            return ""

    @property
    def here(self) -> str:
        """The address of this page with its query, to come back to."""
        return self._request.get_full_path()


def read_day(text: str) -> date | None:
    """A day written as YYYY-MM-DD, None for anything else."""
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell``, the frame of the page."""
    return {"shell": Shell(request)}
