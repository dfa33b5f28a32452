"""Filling in forms as a browser does: rows, what is shown before, what is then sent."""

import re
from typing import Any

from django.test import Client

from anlan.kernel.models import ChangeEntry


def rows(name: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Repeated rows as a browser sends them."""
    sent: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(given), f"{name}-INITIAL_FORMS": 0}
    for at, row in enumerate(given):
        sent |= {f"{name}-{at}-{field}": value for field, value in row.items()}
    return sent


def look(client: Client, url: str, data: dict[str, Any]) -> Any:
    """The page that shows what would follow; nothing is written."""
    entries = ChangeEntry.objects.count()
    shown = client.post(url, data)
    assert shown.status_code == 200, all_errors(shown)
    assert ChangeEntry.objects.count() == entries
    return shown


def look_and_send(client: Client, url: str, data: dict[str, Any]) -> tuple[dict[str, str], str]:
    """Look at what would follow, then send just that: (the effect by its words, the page it leads to)."""
    shown = look(client, url, data)
    done = client.post(url, {**data, "_do": "write", "_seen": shown.context["seen"]}, follow=True)
    assert done.redirect_chain, all_errors(done)
    return effect(shown), done.content.decode()


def send(client: Client, url: str, data: dict[str, Any]) -> str:
    """Send a form that shows nothing beforehand: the page it leads to."""
    done = client.post(url, data, follow=True)
    assert done.redirect_chain, all_errors(done)
    return done.content.decode()


def way_back(page: str) -> str:
    """Where the message of what was just done leads to take it back."""
    (url,) = re.findall(r'href="([^"]+)">做错了，撤回', page)
    return str(url)


def effect(page: Any) -> dict[str, str]:
    """What would follow, by its words."""
    return {str(fact.label): str(fact.value) for fact in page.context["effect"]}


def all_errors(page: Any) -> list[Any]:
    """What is wrong with a form and its rows."""
    form = page.context["form"]
    return [form.errors, *(row.errors for found in form.rows.values() for row in found.forms)]


def refused_fields(client: Client, url: str, data: dict[str, Any]) -> dict[str, str]:
    """The sentences beside the fields of a form that is refused; nothing is written."""
    entries = ChangeEntry.objects.count()
    page = client.post(url, data)
    assert page.status_code == 422
    assert ChangeEntry.objects.count() == entries
    return {name: " ".join(map(str, told)) for name, told in page.context["form"].errors.items()}
