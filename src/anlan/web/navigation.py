"""The navigation by job. Apps add their pages at start-up; a group without a visible page is not shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Group = Literal[
    "today", "people", "party", "meetings", "money", "assessment", "reports", "settings", "account"
]

GROUPS: dict[Group, Text] = {
    "today": _("今日工作"),
    "people": _("群众"),
    "party": _("组织与党员"),
    "meetings": _("会议与决定"),
    "money": _("资金与公开"),
    "assessment": _("考评"),
    "reports": _("报告"),
    "settings": _("设置"),
    "account": _("我的"),
}
"""In the order shown. ``account`` is not in the navigation but behind the person's name."""

PHONE_PLACES = 4


def always(actor: object) -> bool:
    """Visible to everybody who is signed in."""
    return actor is not None


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation.

    ``code`` is unique; ``url_name`` needs no arguments; equal ``order`` keeps the order of registering.
    ``visible_for`` gets the request's actor (None when signed out). ``phone`` 1 to 4 puts it on the phone's
    bar at that place, under ``phone_label`` (default: label).
    ``post`` makes it a button sending a POST (signing out), only in the ``account`` group.
    """

    code: str
    label: Text
    url_name: str
    group: Group
    icon: str
    order: int = 100
    visible_for: Callable[[object], bool] = always
    phone: int = 0
    phone_label: Text = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as shown to one actor on one page."""

    code: str
    label: Text
    url: str
    icon: str
    current: bool
    post: bool


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A group as shown: its heading and its links, never empty."""

    code: Group
    title: Text
    links: tuple[NavLink, ...]


_items: dict[str, NavItem] = {}


def register_nav(*items: NavItem) -> None:
    """Add entries (called in ``AppConfig.ready``). A code registered twice is a programming error."""
    for item in items:
        if item.code in _items:
            raise ValueError(f"navigation entry {item.code} is registered twice")
        _items[item.code] = item


def _visible(actor: object) -> list[NavItem]:
    seen = (item for item in _items.values() if item.visible_for(actor))
    return sorted(seen, key=lambda item: item.order)


def _current_url(urls: Iterable[str], path: str) -> str:
    """The address the page lies under: the longest one that starts the path; "/" only for itself."""
    hits = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(hits, key=len, default="")


def _link(item: NavItem, current_url: str, label: Text = "") -> NavLink:
    url = reverse(item.url_name)
    return NavLink(item.code, label or item.label, url, item.icon, url == current_url, item.post)


def groups_for(actor: object, path: str) -> list[NavGroup]:
    """The groups an actor sees, without ``account``; the entry the path lies under is marked current."""
    items = _visible(actor)
    current = _current_url((reverse(item.url_name) for item in items), path)
    groups: list[NavGroup] = []
    for code, title in GROUPS.items():
        links = tuple(_link(item, current) for item in items if item.group == code)
        if links and code != "account":
            groups.append(NavGroup(code, title, links))
    return groups


def account_links(actor: object, path: str) -> list[NavLink]:
    """The entries behind the person's name."""
    return [_link(item, path) for item in _visible(actor) if item.group == "account"]


def phone_bar(actor: object, path: str) -> list[NavLink]:
    """The phone's bar: at most four entries in their places."""
    items = sorted((item for item in _visible(actor) if item.phone), key=lambda item: item.phone)[
        :PHONE_PLACES
    ]
    current = _current_url((reverse(item.url_name) for item in items), path)
    return [_link(item, current, item.phone_label) for item in items]
