"""The list of exports: who took which list out, when, how much of it and why."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.models import User
from anlan.web.formats import write_moment
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.models import Export
from anlan.web.parts import Empty, State

FORMS = {
    "layout": gettext_lazy("官方表样"),
    "xlsx": gettext_lazy("Excel 表格"),
    "csv": gettext_lazy("CSV"),
}
DAYS = (("7", gettext_lazy("近 7 天")), ("30", gettext_lazy("近 30 天")), ("365", gettext_lazy("近一年")))


def _of_last_days(queryset: QuerySet[Export], days: str, on: date) -> QuerySet[Export]:
    return queryset.filter(taken_at__date__gt=on - timedelta(days=int(days)))


def _reasoned(queryset: QuerySet[Export], value: str, on: date) -> QuerySet[Export]:
    return queryset.exclude(reason="") if value == "yes" else queryset.filter(reason="")


def _lists(actor: Any, on: date) -> Sequence[Choice]:
    rows = Export.objects.order_by("title").values_list("title", flat=True).distinct()
    return [Choice(title, title) for title in rows]


class ExportListing(Listing[Export]):
    """Exports of the accounts within the actor's range."""

    code = "exports"
    permission = "web.export_view"
    title = gettext_lazy("导出记录")
    lead = gettext_lazy("谁在什么时候导出了什么名单、为了什么。记录不能修改，也不能删除。")
    icon = "export"
    unit = gettext_lazy("次")
    ordering = ("-taken_at", "-pk")
    search_hint = gettext_lazy("导出人、理由、范围里的字")
    empty = Empty(gettext_lazy("还没有人导出过名单"))
    columns = (
        Column(
            "taken_at",
            gettext_lazy("时间"),
            value=lambda row: write_moment(row.taken_at),
            sort="taken_at",
            wide=22,
        ),
        Column("actor_label", gettext_lazy("导出人"), sort="actor_label"),
        Column("title", gettext_lazy("名单"), sort="title", wide=18),
        Column("rows", gettext_lazy("行数"), kind="number", sort="rows"),
        Column(
            "full",
            gettext_lazy("证件号码"),
            value=lambda row: State(_("完整"), "attention") if row.full else _("隐去中间"),
        ),
        Column("reason", gettext_lazy("理由"), value=lambda row: row.reason or _("未说明"), wide=30),
        Column("filter", gettext_lazy("范围"), value=lambda row: row.filter or _("全部"), wide=40),
        Column("form", gettext_lazy("格式"), value=lambda row: FORMS.get(row.form, row.form)),
    )
    filters = (
        Filter("days", gettext_lazy("时间"), [Choice(*one) for one in DAYS], apply=_of_last_days),
        Filter(
            "full", gettext_lazy("证件号码"), (Choice("1", gettext_lazy("完整"), key=True),), lookup="full"
        ),
        Filter(
            "reasoned",
            gettext_lazy("理由"),
            (Choice("yes", gettext_lazy("写明")), Choice("no", gettext_lazy("未说明"))),
            apply=_reasoned,
        ),
        Filter("list", gettext_lazy("名单"), _lists, lookup="title"),
    )

    def queryset(self, actor: Any, on: date) -> QuerySet[Export]:
        """What people within the actor's range took out, whatever list it was."""
        people = User.objects.visible_to(actor, self.permission)
        return Export.objects.filter(actor_id__in=people.values("pk"))

    def search(self, queryset: QuerySet[Export], text: str) -> QuerySet[Export]:
        """By who, why or what of."""
        return queryset.filter(
            Q(actor_label__icontains=text) | Q(reason__icontains=text) | Q(filter__icontains=text)
        )
