"""The history of imports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.permissions import holds
from anlan.sheets.kinds import kind_of
from anlan.sheets.models import BatchState, ImportBatch
from anlan.sheets.queries import drafts_under_way
from anlan.web import formats
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.listing.asked import Asked
from anlan.web.parts import Action, Empty, State, WorkItem


def _address(batch: ImportBatch) -> str:
    return reverse("sheets:batch", args=[batch.uid])


def _when(batch: ImportBatch) -> str:
    return formats.write_moment(batch.written_at) if batch.written_at else formats.write_day(batch.made_on)


def _files(batch: ImportBatch) -> str:
    return _("、").join(batch.file_names)


def _kinds(batch: ImportBatch) -> str:
    known = ((code, kind_of(code)) for code in batch.kinds)
    return _("、").join(str(kind.label) if kind else code for code, kind in known)


def _state(batch: ImportBatch) -> State:
    return State(_("已撤回"), "quiet") if batch.state == BatchState.UNDONE else State(_("已写入"), "done")


class BatchListing(Listing[ImportBatch]):
    """Written imports with who, when, which files, how many lines, and whether they were taken back."""

    code = "imports"
    permission = "sheets.import_view"
    title = gettext_lazy("导入")
    icon = "import"
    unit = gettext_lazy("批")
    ordering = ("-pk",)
    search_hint = gettext_lazy("文件名、导入人")
    template = "sheets/batches.html"
    empty = Empty(
        gettext_lazy("还没有导入过"),
        gettext_lazy("把手上的表格导进来，就有了可以查、可以统计的底册。表格不用改格式。"),
    )
    columns = (
        Column("when", gettext_lazy("写入时间"), value=_when, link=_address, sort="pk", wide=22),
        Column("files", gettext_lazy("文件"), value=_files, wide=40),
        Column("kinds", gettext_lazy("内容"), value=_kinds, wide=24),
        Column("added", gettext_lazy("新增"), value=lambda batch: batch.total("added"), kind="number"),
        Column("changed", gettext_lazy("变更"), value=lambda batch: batch.total("changed"), kind="number"),
        Column("refused", gettext_lazy("不写入"), value=lambda batch: batch.total("refused"), kind="number"),
        Column("who", gettext_lazy("导入人"), value="actor_label", sort="actor_label"),
        Column("approved_by", gettext_lazy("审批人"), sheet_only=True),
        Column("state", gettext_lazy("状态"), value=_state, sort="state"),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("状态"),
            (
                Choice(BatchState.WRITTEN.value, gettext_lazy("已写入")),
                Choice(BatchState.UNDONE.value, gettext_lazy("已撤回")),
            ),
            lookup="state",
        ),
    )

    def queryset(self, actor: Any, on: date) -> QuerySet[ImportBatch]:
        """The batches of the actor's range."""
        return ImportBatch.objects.visible_to(actor)

    def search(self, queryset: QuerySet[ImportBatch], text: str) -> QuerySet[ImportBatch]:
        """By file name or person."""
        named = queryset.filter(files__name__icontains=text).values("pk")
        return queryset.filter(Q(pk__in=named) | Q(actor_label__icontains=text))

    def prefetch(self, queryset: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
        """The files of each."""
        return queryset.prefetch_related("files")

    def actions(self, actor: Any) -> Sequence[Action]:
        """A new import, and the remembered layouts, for those who may."""
        if not holds(actor, "sheets.draft_open"):
            return ()
        return (
            Action(gettext_lazy("导入表格"), reverse("sheets:upload"), "main", "import"),
            Action(gettext_lazy("记住的读法"), reverse("sheets:layouts")),
        )

    def context(self, actor: Any, asked: Asked) -> dict[str, Any]:
        """What is under way."""
        return {"under_way": [_work(actor, draft) for draft in drafts_under_way(actor)]}


def _work(actor: Any, draft: Any) -> WorkItem:
    names = [file.name for file in draft.files.all()]
    mine = draft.user_id == actor.user_id
    words = {
        "open": State(_("没有写入"), "attention"),
        "waiting": State(_("等待审批"), "notice") if mine else State(_("请您审批"), "attention"),
        "rejected": State(_("已退回"), "refused"),
    }
    text = _("%(who)s，%(day)s") % {"who": draft.actor_label, "day": formats.write_day(draft.changed_on)}
    return WorkItem(_("、").join(names), reverse("sheets:batch", args=[draft.uid]), text, words[draft.state])
