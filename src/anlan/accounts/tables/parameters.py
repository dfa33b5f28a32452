"""The list of parameters: what holds at a place on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.parameter_words import label_of, place_names, topic_label, topics, write_value
from anlan.accounts.queries.parameters import next_changes, own_path, values_in_force
from anlan.kernel import parameters
from anlan.kernel.models import ParameterValue
from anlan.kernel.parameter_actions import place_path
from anlan.kernel.parameters import BEGINNING
from anlan.web.formats import write_day
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.listing.asked import Asked


def parameter_url(row: ParameterValue) -> str:
    """The page of a value's parameter."""
    return reverse("accounts:parameter", args=[row.code])


def since(day: date) -> str:
    """From when a value holds; the shipped ones hold from the beginning."""
    return _("一直") if day <= BEGINNING else write_day(day)


def _topics(actor: Any, on: date) -> Sequence[Choice]:
    return [Choice(prefix, label) for prefix, label in topics()]


def _of_topic(queryset: QuerySet[ParameterValue], prefix: str, on: date) -> QuerySet[ParameterValue]:
    return queryset.filter(code__startswith=f"{prefix}.")


class ParameterListing(Listing[ParameterValue]):
    """The parameters with the values that hold at a place on a day."""

    code = "parameters"
    permission = "kernel.parameter_view"
    title = gettext_lazy("参数")
    lead = gettext_lazy("期限、次数、标准都在这里：现在按多少办、依据哪份文件、什么时候要变。")
    icon = "settings"
    unit = gettext_lazy("项")
    ordering = ("code", "pk")
    page_size = 200
    area_field = "path"
    dated = True
    personal = False
    search_hint = gettext_lazy("参数名称、依据里的字")
    columns = (
        Column(
            "label",
            gettext_lazy("参数"),
            value=lambda row: label_of(row.code),
            link=parameter_url,
            sort="code",
            wide=30,
        ),
        Column("topic", gettext_lazy("类别"), value=lambda row: topic_label(row.code)),
        Column(
            "value",
            gettext_lazy("现在的值"),
            value=lambda row: write_value(parameters.find(row.code), row.value),
            wide=24,
        ),
        Column("place", gettext_lazy("适用范围"), value=lambda row: row.shown_place),
        Column("since", gettext_lazy("从哪天起"), value=lambda row: since(row.valid_from), wide=16),
        Column("next", gettext_lazy("将要变化"), value=lambda row: row.shown_next, wide=24),
        Column("source", gettext_lazy("依据"), wide=40),
        Column("note", gettext_lazy("说明"), wide=40, sheet_only=True),
        Column("code", gettext_lazy("代号"), kind="code", wide=34, sheet_only=True),
    )
    filters = (Filter("topic", gettext_lazy("类别"), _topics, apply=_of_topic),)
    path = ""

    def found(self, actor: Any, asked: Asked) -> QuerySet[ParameterValue]:
        """What holds at the area asked for, else where the actor sits."""
        self.path = place_path(asked.area.path) if asked.area else own_path(actor, asked.on)
        return super().found(actor, asked)

    def queryset(self, actor: Any, on: date) -> QuerySet[ParameterValue]:
        """The rows that hold at the place on the day."""
        rows = values_in_force(self.path, on)
        return ParameterValue.objects.filter(pk__in=[row.pk for row in rows.values()])

    def in_area(self, queryset: QuerySet[ParameterValue], area_path: str) -> QuerySet[ParameterValue]:
        """All of them: the area says where they hold, not where they were set."""
        return queryset

    def search(self, queryset: QuerySet[ParameterValue], text: str) -> QuerySet[ParameterValue]:
        """By name, note or source."""
        known = parameters.declared().values()
        codes = [one.code for one in known if text in str(one.label) or text in str(one.note)]
        return queryset.filter(code__in=codes) | queryset.filter(source__icontains=text)

    def attach(self, rows: Sequence[ParameterValue], on: date) -> None:
        """The names of the places and what changes next, by three queries for all rows."""
        names = place_names([row.path for row in rows])
        changes = next_changes((row.code for row in rows), self.path, on)
        for row in rows:
            row.__dict__["shown_place"] = names[row.path]
            row.__dict__["shown_next"] = ""
            if row.code in changes:
                day, then = changes[row.code]
                told = {"day": write_day(day), "value": write_value(parameters.find(row.code), then)}
                row.__dict__["shown_next"] = _("%(day)s起：%(value)s") % told

    def words(self, asked: Asked) -> str:
        """The query in words, with the place where nobody asked for one."""
        told = super().words(asked)
        place = "" if asked.area else place_names([self.path])[self.path]
        return "；".join(part for part in (f"{_('适用于')} {place}" if place else "", told) if part)
