"""The list of bulk corrections."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.registers.bulk_words import title_of
from anlan.registers.models import BulkEdit, BulkState
from anlan.web import formats
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.parts import Empty, State


def _state(bulk: BulkEdit) -> State:
    return State(_("已撤回"), "quiet") if bulk.state == BulkState.UNDONE else State(_("已写入"), "done")


class BulkEditListing(Listing[BulkEdit]):
    """Bulk corrections with who, when, what, how many, and whether they were taken back."""

    code = "bulk_edits"
    permission = "registers.bulk_edit_view"
    title = gettext_lazy("批量修改")
    icon = "edit"
    unit = gettext_lazy("次")
    ordering = ("-pk",)
    empty = Empty(
        gettext_lazy("还没有批量修改过"),
        gettext_lazy("在移民人口、移民户、党员、党组织的清单上按“批量修改”，可以把许多人的同一项一起更正。"),
    )
    columns = (
        Column(
            "what",
            gettext_lazy("改了什么"),
            value=title_of,
            link=lambda bulk: reverse("registers:bulk", args=[bulk.uid]),
            wide=40,
        ),
        Column("words", gettext_lazy("范围"), wide=40),
        Column("changed", gettext_lazy("条数"), kind="number"),
        Column("actor_label", gettext_lazy("经办人")),
        Column(
            "written_at",
            gettext_lazy("时间"),
            value=lambda bulk: formats.write_moment(bulk.written_at),
            sort="pk",
            wide=22,
        ),
        Column("state", gettext_lazy("状态"), value=_state),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("状态"),
            (
                Choice(BulkState.WRITTEN.value, gettext_lazy("已写入")),
                Choice(BulkState.UNDONE.value, gettext_lazy("已撤回")),
            ),
            lookup="state",
        ),
    )

    def queryset(self, actor: Any, on: date) -> QuerySet[BulkEdit]:
        """Those made inside the actor's range."""
        return BulkEdit.objects.visible_to(actor)
