"""What the parts of the API share: who asks, lists with the pages' query, problem documents (RFC 9457)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Problem, Refused, sentence
from anlan.web.listing import Listing
from anlan.web.listing.paging import cut_page

M = TypeVar("M", bound=Model)
T = TypeVar("T")


class ListOut(Schema, Generic[T]):
    """One page of a list: its rows, how many in all (``more``: at least), the page, its size, the day."""

    items: list[T]
    total: int
    more: bool
    page: int
    size: int
    on: str


def list_query(listing: type[Listing[Any]]) -> dict[str, Any]:
    """What a list may be asked for, for the description of the API."""
    names = {"page": _("第几页，从 1 起")}
    if listing.search_hint:
        names["q"] = str(listing.search_hint)
    if listing.area_field:
        names["area"] = _("区划代码，含其下")
    if listing.dated:
        names["on"] = _("哪一天的情况，YYYY-MM-DD，缺省为今天")
    sorts = [column.code for column in listing.columns if column.sort_fields]
    names["sort"] = _("排序，前加 - 为倒序：%(sorts)s") % {"sorts": ", ".join(sorts)}
    names |= {one.code: str(one.label) for one in listing.filters}
    return {"parameters": [_parameter(name, words) for name, words in names.items()]}


def _parameter(name: str, words: str) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": words,
        "schema": {"type": "string"},
    }


def actor_of(request: HttpRequest, permission: str) -> PersonActor:
    """Who asks, holding the permission somewhere; ``NotFound`` otherwise, as on the pages."""
    actor: PersonActor | None = getattr(request, "actor", None)
    if actor is None or not holds(actor, permission):
        raise NotFound(permission)
    return actor


def list_page(
    request: HttpRequest, listing: Listing[M], actor: PersonActor, write: Callable[[M], T]
) -> dict[str, Any]:
    """A page of a list with the same query as its page (``?q=``, ``?area=``, ``?on=``, filters, sort, page).

    A value that the page would leave out and name is refused here: ``query.unknown``.
    """
    asked = listing.ask(request, actor)
    if asked.faults:
        raise Refused(*(Problem("query.unknown", params={"fault": fault}) for fault in asked.faults))
    page = cut_page(
        listing.found(actor, asked),
        order=listing.order(asked),
        number=asked.page,
        size=listing.page_size,
        load=lambda rows: list(listing.prefetch(rows)),
    )
    listing.attach(page.rows, asked.on)
    return {
        "items": [write(row) for row in page.rows],
        "total": page.total,
        "more": not page.exact,
        "page": page.number,
        "size": page.size,
        "on": asked.on.isoformat(),
    }


def problem_document(status: int, problems: Iterable[Problem]) -> JsonResponse:
    """A problem document: the first problem's code and sentence, all of them under ``errors``."""
    found: Sequence[Problem] = list(problems)
    first = found[0]
    body = {
        "type": "about:blank",
        "title": sentence(first),
        "status": status,
        "code": first.code,
        "errors": [{"code": one.code, "field": one.field, "detail": sentence(one)} for one in found],
    }
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
