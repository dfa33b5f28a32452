"""A list over a table every installation has, the addresses it is reached by, and somebody who looks."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from anlan.kernel.actors import PersonActor
from anlan.kernel.partial_dates import MONTH, PartialDate
from anlan.web.listing import AreaChoice, Choice, Column, Filter, Layout, Listing
from anlan.web.parts import State

ACTOR = PersonActor(7, "王建国", ())
AREAS = {"north": AreaChoice("north", "北镇", "1.2."), "south": AreaChoice("south", "南镇", "1.3.")}


def find_area(value: str, actor: object, on: date) -> AreaChoice | None:
    """The two areas of these tests."""
    return AREAS.get(value)


class SampleListing(Listing[Permission]):
    """Rows whose ``codename`` is an area path; ``name`` their name."""

    code = "samples"
    title = "样表"
    unit = "行"
    ordering = ("name",)
    area_field = "codename"
    dated = True
    personal = False
    search_hint = "名称"
    page_size = 10
    columns = (
        Column("name", "名称", link=lambda row: f"/samples/{row.pk}/", sort="name"),
        Column("model", "类别", value="content_type.model", sort="content_type__model"),
        Column("number", "证件号码", value=lambda row: "500299********0018", kind="code", protected=True,
               plain=lambda row: "500299196812030018"),
        Column("size", "长度", value=lambda row: len(row.name) * 1000, kind="number"),
        Column("since", "起始", value=lambda row: PartialDate(date(1998, 7, 1), MONTH), kind="day"),
        Column("state", "状态", value=lambda row: State("在册", "done")),
        Column("formula", "备注", value=lambda row: "=1+1", sheet_only=True),
    )  # fmt: skip
    filters = (
        Filter("kind", "类型", (Choice("a", "甲"), Choice("b", "乙")), lookup="content_type__model"),
        Filter("end", "结尾", [Choice(str(n), f"以{n}结尾") for n in range(10)], apply=lambda rows, value, on:
               rows.filter(name__endswith=value)),
    )  # fmt: skip

    def queryset(self, actor: Any, on: date) -> QuerySet[Permission]:
        return Permission.objects.filter(content_type__app_label="sample")

    def search(self, queryset: QuerySet[Permission], text: str) -> QuerySet[Permission]:
        return queryset.filter(name__startswith=text)

    def prefetch(self, queryset: QuerySet[Permission]) -> QuerySet[Permission]:
        return queryset.select_related("content_type")


class LaidOutListing(SampleListing):
    """The same with an official sheet: two columns under one word, blocks by kind, the length added up."""

    layout = Layout(
        title="样表登记表",
        order=("content_type__model", "name"),
        block=lambda row: row.content_type_id,
        block_unit="类",
        columns=(
            Column("name", "名称"),
            Column("model", "类别", value="content_type.model", group="属性"),
            Column(
                "size",
                "长度",
                value=lambda row: len(row.name) * 1000,
                kind="number",
                group="属性",
                total=True,
            ),
        ),
    )


def make_rows(count: int) -> None:
    """Rows 名00000 … of kinds a and b in turn, the first half in the north, the rest in the south."""
    kinds = [ContentType.objects.get_or_create(app_label="sample", model=kind)[0] for kind in "ab"]
    rows = [
        Permission(
            name=f"名{at:05}",
            codename=f"1.{2 if at < count / 2 else 3}.{at + 10}.",
            content_type=kinds[at % 2],
        )
        for at in range(count)
    ]
    Permission.objects.bulk_create(rows)


def asking(url: str, *, actor: object = ACTOR, **headers: str) -> HttpRequest:
    """A request by somebody, as it reaches a page."""
    request = RequestFactory(headers=headers or None).get(url)
    request.actor = actor  # type: ignore[attr-defined]
    return request


def home(request: HttpRequest) -> HttpResponse:
    """A start page."""
    return HttpResponse("")


urlpatterns = [
    path("", home, name="home"),
    path("people/", home, name="people"),
    path("people/new/", home, name="people_new"),
    path("", include("anlan.web.urls")),
    *SampleListing.urls("samples/", "samples"),
]
