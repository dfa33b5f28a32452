"""Areas for other programmes: the list and one area, as of any day."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from anlan.places.models import Area
from anlan.places.queries import area_by_code, children_on, succession, versions
from anlan.places.tables import AreaListing
from anlan.web.api import ListOut, actor_of, list_page, list_query

router = Router(tags=["areas"])


class AreaOut(Schema):
    """An area as it was called on the day. ``valid_to`` is exclusive."""

    code: str
    name: str
    kind: str
    parent: str
    valid_from: date
    valid_to: date | None


class AreaName(Schema):
    """What an area was called from one day to another (exclusive)."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None


class AreaRecord(AreaOut):
    """An area with its names, what lies below it, what it came from and went into (codes)."""

    names: list[AreaName]
    children: list[AreaName]
    before: list[str]
    after: list[str]


def _out(area: Area) -> dict[str, object]:
    return {
        "code": area.code,
        "name": area.name,
        "kind": area.kind,
        "parent": area.parent.code if area.parent else "",
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
    }


@router.get(
    "",
    response=ListOut[AreaOut],
    url_name="areas",
    summary="行政区划清单",
    openapi_extra=list_query(AreaListing),
)
def areas(request: HttpRequest) -> dict[str, object]:
    """Areas within the caller's range; the query is that of the page."""
    return list_page(request, AreaListing(), actor_of(request, "places.view"), _out)


@router.get("/{code}", response=AreaRecord, url_name="area", summary="一个行政区划")
def area(request: HttpRequest, code: str, on: date | None = None) -> dict[str, object]:
    """One area by its code; 404 outside the caller's range."""
    actor, day = actor_of(request, "places.view"), on or timezone.localdate()
    found = area_by_code(actor, code, day)
    before, after = succession(found)
    return {
        **_out(found),
        "names": versions(found),
        "children": children_on(found, day),
        "before": [link.before.code for link in before],
        "after": [link.after.code for link in after],
    }
