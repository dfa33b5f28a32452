"""One bulk correction: what was changed, row by row, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anlan.kernel import record
from anlan.kernel.actions import actions
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import RowChange
from anlan.kernel.models import ChangeEntry
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Problem, Refused, sentence
from anlan.registers import jobs
from anlan.registers.actions.bulk_edit import RECORD
from anlan.registers.actions.bulk_edit_undo import entry_of, later_changes, undo
from anlan.registers.bulk_words import title_of
from anlan.registers.models import BulkEdit, BulkState, PartyOrganization, Person
from anlan.registers.pages.bulk_shown import Doing, Named, failure_words, names_of
from anlan.registers.rules.bulk_editing import BulkFact, bulk_fact
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.history import FieldChange, field_changes, stories
from anlan.web.pager import Pager, page_number
from anlan.web.parts import Action, Fact, Figure, Head, State
from anlan.web.responses import redirect

VIEW, UNDO = "registers.bulk_edit_view", "registers.bulk_edit_undo"
ROWS = 50
_SHOWN_LATER = 20


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One record that was changed; without a name it is outside the reader's range, or gone."""

    whose: Named | None
    changes: Sequence[FieldChange]


@never_cache
@reader(VIEW)
def bulk_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A correction that was written, or one's own on its way. 404 outside the actor's range."""
    bulk = BulkEdit.objects.visible_to(actor, VIEW).filter(uid=uid).first()
    run = jobs.latest_run(uid) if bulk else jobs.latest_run(uid, actor.user_id)
    if run is not None and jobs.is_unfinished(run):
        return _doing(request, Doing(run, request.path, _("正在撤回") if bulk else _("正在写入")))
    if getattr(request, "htmx", None):
        return redirect(request, request.path)
    if bulk is None and not failure_words(run):
        raise NotFound(f"bulk {uid}")
    if bulk is None:
        return render(request, "registers/bulk_doing.html", {**_frame(), "failure": failure_words(run)})
    return _written(request, actor, bulk, failure_words(run))


def _frame(title: str = "") -> dict[str, object]:
    """What the page shows in every state."""
    above = Crumb(_("批量修改"), reverse("registers:bulk_edits"))
    title = title or _("批量修改")
    return {"title": title, "head": Head(title, icon="edit"), "crumbs": [above, Crumb(title)]}


def _doing(request: HttpRequest, doing: Doing) -> HttpResponse:
    partial = bool(getattr(request, "htmx", None))
    template = "registers/parts/bulk_progress.html" if partial else "registers/bulk_doing.html"
    return render(request, template, {**_frame(), "doing": doing})


def _written(request: HttpRequest, actor: PersonActor, bulk: BulkEdit, failure: str) -> HttpResponse:
    fact, entry = _fact_of(bulk), entry_of(bulk)
    undone = bulk.state == BulkState.UNDONE
    title = title_of(bulk)
    mine = not undone and holds(actor, UNDO, bulk)
    later = later_changes(entry) if mine else []
    pager = Pager(page_number(request.GET.get("page", "")), bulk.changed, ROWS, "?")
    kind = "organization" if fact.model == "partyorganization" else "person"
    rows = record.rows_of(entry, kind, pager.start, ROWS)
    context = _frame(title) | {
        "head": Head(
            title,
            _("批量修改"),
            "edit",
            states=(State(_("已撤回"), "quiet") if undone else State(_("已写入"), "done"),),
            facts=(
                Fact(_("时间"), formats.write_moment(bulk.written_at)),
                Fact(_("经办人"), bulk.actor_label),
                Fact(_("为什么改"), entry.reason),
            ),
            actions=() if not mine or later else (_undo_button(bulk),),
        ),
        "failure": failure,
        "later": [_in_words(one) for one in later[:_SHOWN_LATER]],
        "words": bulk.words,
        "figures": [
            Figure(_("已修改"), bulk.changed, unit=_("条")),
            Figure(_("不用改"), bulk.unchanged, unit=_("条")),
            Figure(_("不能改"), bulk.refused, unit=_("条")),
        ],
        "rows": _rows(actor, kind, rows),
        "pager": pager,
        "stories": stories(RECORD, bulk.pk),
    }
    return render(request, "registers/bulk.html", context)


def _fact_of(bulk: BulkEdit) -> BulkFact:
    fact = bulk_fact(bulk.register, bulk.fact)
    if fact is None:
        raise NotFound(bulk.fact)
    return fact


def _undo_button(bulk: BulkEdit) -> Action:
    asked = _("%(count)s 条记录恢复成修改以前的样子，撤回的经过留在记录里。确定吗？") % {
        "count": formats.write_number(bulk.changed)
    }
    url = reverse("registers:bulk_edit_undo", args=[bulk.uid])
    return Action(_("整批撤回"), url, icon="undo", post=True, confirm=asked)


def _in_words(entry: ChangeEntry) -> str:
    known = actions()
    what = known[entry.action].label if entry.action in known else entry.action
    when = formats.write_moment(entry.at)
    return _("%(when)s %(who)s：%(what)s") % {"when": when, "who": entry.actor_label, "what": what}


def _rows(actor: PersonActor, kind: str, rows: Sequence[tuple[int, Sequence[RowChange]]]) -> list[ChangedRow]:
    """The changed rows with the names of those within the reader's range of today."""
    keys = [number for number, _changes in rows]
    if kind == "person":
        seen = names_of(Person.objects.visible_to(actor).filter(pk__in=keys))
    else:
        organizations = PartyOrganization.objects.visible_to(actor).filter(pk__in=keys)
        seen = names_of(organizations.select_related("area"))
    return [
        ChangedRow(
            seen.get(number), [one for row in changes for one in field_changes(row[0], row[2], row[3])]
        )
        for number, changes in rows
    ]


@require_POST
@reader(UNDO)
def bulk_edit_undo(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Take a correction back: at once, or in the background where it is long."""
    bulk = BulkEdit.objects.visible_to(actor, VIEW).filter(uid=uid).first()
    if bulk is None:
        raise NotFound(f"bulk {uid}")
    try:
        if jobs.is_unfinished(jobs.latest_run(uid)):
            raise Refused(Problem("bulk.busy"))
        if bulk.changed > jobs.AT_ONCE:
            jobs.ask_undo(bulk, actor.user_id)
        else:
            undo(actor, bulk)
            messages.success(request, _("已撤回，记录恢复成修改以前的样子。"))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    return redirect(request, reverse("registers:bulk", args=[uid]))
