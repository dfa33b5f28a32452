"""Correcting one fact of all rows of a list: which fact, what to, what would change; then it is written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anlan.kernel.actors import PersonActor
from anlan.kernel.models import Job
from anlan.kernel.problems import Refused, sentence
from anlan.kernel.uids import new_uid
from anlan.registers import jobs
from anlan.registers.actions.bulk_edit_rows import NAMED_REFUSALS, PERMISSION, BulkOrder, judge, targets_of
from anlan.registers.bulk_order import EDIT, LOOK, Asking, read_asking
from anlan.registers.bulk_words import fact_label, fact_words
from anlan.registers.forms.bulk_edit import BulkFactForm
from anlan.registers.pages.bulk_shown import Doing, failure_words, judged_shown, refused_shown
from anlan.registers.rules.bulk_editing import BULK
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.pager import Pager, page_number
from anlan.web.parts import Fact, Figure, Head
from anlan.web.responses import redirect, refused_form

ROWS = 50
_ORDER: Mapping[str, tuple[str, ...]] = {
    "person": ("pinyin", "pk"),
    "resettlementrecord": ("person__pinyin", "pk"),
    "membership": ("person__pinyin", "pk"),
    "partyorganization": ("path", "pk"),
}


@never_cache
@reader(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_edit(request: HttpRequest, actor: PersonActor, register: str) -> HttpResponse:
    """The steps of a bulk correction, each with an address of its own; POST writes what was looked at.

    404 for a list there is not; a filter that cannot be read stops everything: other rows would be meant.
    """
    asking = read_asking(request, actor, register)
    if asking.asked.faults:
        return render(request, "400.html", {"sentences": asking.asked.faults}, status=400)
    fact = asking.fact
    if fact is None:
        return _choose(request, asking)
    form = asking.form(fact)
    frame = _frame(asking, form=form, fact=fact)
    if not form.is_bound or request.GET.get("step") == EDIT:
        return render(request, "registers/bulk_value.html", frame)
    if not form.is_valid():
        return refused_form(request, "registers/bulk_value.html", frame)
    order = asking.order(fact, form)
    few = targets_of(actor, order, asking.listed, asking.asked.on).count() <= jobs.AT_ONCE
    if request.method == "POST":
        return _write(request, asking, order) if few else _write_later(request, asking)
    return _preview(request, asking, order) if few else _preview_later(request, asking, order)


def _choose(request: HttpRequest, asking: Asking) -> HttpResponse:
    facts = [(fact.code, fact_label(fact)) for fact in BULK[asking.register]]
    form = BulkFactForm(facts=facts, initial={"fact": facts[0][0]})
    return render(request, "registers/bulk_fact.html", _frame(asking, form=form))


def _frame(asking: Asking, **more: Any) -> dict[str, Any]:
    """What the pages of all steps show."""
    title = _("批量修改%(list)s") % {"list": asking.listing.title}
    return {
        "title": title,
        "head": Head(title, icon="edit", lead=asking.scope),
        "crumbs": [Crumb(str(asking.listing.title), asking.list_url), Crumb(title)],
        "list_url": asking.list_url,
        "kept": asking.kept,
        "look": LOOK,
        **more,
    }


def _preview(
    request: HttpRequest, asking: Asking, order: BulkOrder, told: Mapping[str, Any] | None = None
) -> HttpResponse:
    """What would change, row by row. ``told``: the counts, where they were worked out already."""
    counts = told or jobs.told_of(jobs.plan_for(asking, order))
    today = asking.asked.on
    targets = targets_of(asking.actor, order, asking.listed, today)
    base = request.GET.copy()
    base.pop("page", None)
    pager = Pager(page_number(request.GET.get("page", "")), targets.count(), ROWS, f"?{base.urlencode()}&")
    rows = targets.order_by(*_ORDER[order.fact.model])[pager.start : pager.start + ROWS]
    context = _frame(
        asking,
        facts=_order_facts(order),
        figures=_figures(counts),
        counts=counts,
        more_refused=max(counts["refused"] - NAMED_REFUSALS, 0),
        refusals=refused_shown(targets, counts["refusals"]),
        rows=judged_shown([judge(row, order, today) for row in rows], order.fact),
        pager=pager,
        back=asking.url(step=EDIT),
        question=_("将修改 %(count)s 条记录，改完可以整批撤回。确定吗？")
        % {"count": formats.write_number(counts["changed"])},
    )
    return render(request, "registers/bulk_preview.html", context)


def _order_facts(order: BulkOrder) -> list[Fact]:
    return [
        Fact(_("改哪一项"), fact_label(order.fact)),
        Fact(_("改成"), fact_words(order.fact, order.value)),
        Fact(_("为什么改"), order.reason),
    ]


def _figures(counts: Mapping[str, Any]) -> list[Figure]:
    figures = [
        Figure(_("将修改"), counts["changed"], unit=_("条")),
        Figure(_("不用改"), counts["unchanged"], unit=_("条"), note=_("本来就是这样")),
        Figure(_("不能改"), counts["refused"], "#refusals" if counts["refused"] else "", unit=_("条")),
    ]
    if counts["left_out"]:
        note = _("没有这项登记，或不在您可以修改的范围内")
        figures.append(Figure(_("不涉及"), counts["left_out"], unit=_("条"), note=note))
    return figures


def _preview_later(request: HttpRequest, asking: Asking, order: BulkOrder) -> HttpResponse:
    """The preview of very many rows: judged in the background first, by a run named in the address."""
    run = _run_of(request, asking)
    htmx = bool(getattr(request, "htmx", None))
    if run is None or failure_words(run):
        count = targets_of(asking.actor, order, asking.listed, asking.asked.on).count()
        frame = _frame(asking, facts=_order_facts(order), count=count, failure=failure_words(run))
        return render(request, "registers/bulk_check.html", frame)
    if jobs.is_unfinished(run):
        doing = Doing(run, request.get_full_path(), _("正在核对"))
        template = "registers/parts/bulk_progress.html" if htmx else "registers/bulk_doing.html"
        return render(request, template, _frame(asking, doing=doing))
    if htmx:
        return redirect(request, request.get_full_path())
    return _preview(request, asking, order, run.result)


def _run_of(request: HttpRequest, asking: Asking) -> Job | None:
    try:
        uid = UUID(request.GET.get("check", ""))
    except ValueError:
        return None
    return jobs.check_run(uid, asking)


def _write(request: HttpRequest, asking: Asking, order: BulkOrder) -> HttpResponse:
    uid = new_uid()
    try:
        jobs.write_plan(asking, jobs.plan_for(asking, order), uid, request.POST.get("digest", ""))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
        return redirect(request, asking.url(step=LOOK))
    messages.success(request, _("已修改。改错了，可以在这一页整批撤回。"))
    return redirect(request, reverse("registers:bulk", args=[uid]))


def _write_later(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Queue what is asked for: first the judging, then, with what was looked at, the writing."""
    digest = request.POST.get("digest", "")
    if not digest:
        run = jobs.ask_check(asking)
        return redirect(request, asking.url(step=LOOK, check=str(run.uid)))
    uid = new_uid()
    jobs.ask_write(asking, uid, digest)
    return redirect(request, reverse("registers:bulk", args=[uid]))
