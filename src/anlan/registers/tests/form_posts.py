"""What a browser sends for the forms of the registers, and what they answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.test import Client

NONE: Mapping[str, str] = {}


def rows(name: str, given: Sequence[Mapping[str, str]], initial: int = 0) -> dict[str, str]:
    """Repeated rows as the browser sends them."""
    data = {f"{name}-TOTAL_FORMS": str(len(given)), f"{name}-INITIAL_FORMS": str(initial)}
    for at, row in enumerate(given):
        data |= {f"{name}-{at}-{field}": value for field, value in row.items()}
    return data


def sent(client: Client, url: str, data: Mapping[str, Any]) -> Any:
    """The page a form leads to once it is written; fails with its errors when it was refused."""
    answer: Any = client.post(url, data, follow=True)
    if answer.status_code != 200 or not answer.redirect_chain:
        form = (answer.context or {}).get("form")
        told = {**form.errors, "rows": [line.text for line in form.row_errors]} if form else answer.content
        raise AssertionError(f"{answer.status_code}: {told}")
    return answer


def refused(client: Client, url: str, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The codes by the field they stand beside; what was typed must still be there."""
    answer: Any = client.post(url, data)
    assert answer.status_code == 422, answer.status_code
    form = answer.context["form"]
    found = {name: [one.code for one in errors] for name, errors in form.errors.as_data().items()}
    for name, kind in form.rows.items():
        for at, row in enumerate(kind.forms):
            for field, errors in row.errors.as_data().items():
                found[f"{name}.{at}.{field}"] = [one.code for one in errors]
    page = answer.content.decode()
    for name, value in data.items():
        if value and not name.startswith("_") and "typed" not in name and "kind" not in name:
            assert value in page, f"{name} is lost"
    return found
