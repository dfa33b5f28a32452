"""Editing the working-day calendar: days, a whole year confirmed, a missing year begun."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlan.accounts.forms.calendar import CalendarForm, ConfirmYearForm
from anlan.accounts.pages.calendar import checked_year, may_edit, told_days, year_url
from anlan.kernel.actors import PersonActor
from anlan.kernel.calendar_actions import calendar_confirm, calendar_prepare, calendar_set
from anlan.kernel.models import CalendarDay
from anlan.kernel.problems import NotFound, Refused, sentence
from anlan.web.context import Crumb, read_day
from anlan.web.doors import reader
from anlan.web.parts import Head
from anlan.web.responses import problems_to_form_errors, redirect, refused_form


@reader("kernel.calendar_set")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_change(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form of days, begun with the one asked for (``?day=``); after it the year."""
    _only_whole_county(actor)
    form = CalendarForm(request.POST or None, initial=_initial(request))
    if form.is_bound and form.is_valid():
        given = form.arguments()
        try:
            calendar_set(actor, **given)
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            days = told_days(given["day"], given["until"])
            messages.success(request, _("%(days)s的安排已保存。") % {"days": days})
            return redirect(request, year_url(given["day"].year))
    year = _year_of(request)
    return _form(request, form, _("修改日子"), year, "accounts/calendar_set.html")


def _initial(request: HttpRequest) -> dict[str, Any]:
    day = read_day(request.GET.get("day", ""))
    if day is None:
        return {}
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        return {"day": day}
    return {
        "day": day,
        "kind": row.kind,
        "name": row.name,
        "source": row.source,
        "provisional": row.provisional,
    }


def _year_of(request: HttpRequest) -> int:
    day = read_day(request.POST.get("day", "") or request.GET.get("day", ""))
    text = request.GET.get("year", "")
    if day is None and text.isascii() and text.isdigit() and len(text) == 4:
        day = date(int(text), 1, 1) if int(text) else None
    return (day or timezone.localdate()).year


@reader("kernel.calendar_confirm")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settle(request: HttpRequest, actor: PersonActor, year: int) -> HttpResponse:
    """Say by which notice a provisional year is settled."""
    _only_whole_county(actor)
    form = ConfirmYearForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            calendar_confirm(actor, year=checked_year(year), source=form.cleaned_data["source"])
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            messages.success(request, _("%(year)d年的日历已确认。") % {"year": year})
            return redirect(request, year_url(year))
    return _form(request, form, _("确认全年"), checked_year(year), "accounts/calendar_confirm.html")


@reader("kernel.calendar_prepare")
@require_POST
def prepare(request: HttpRequest, actor: PersonActor, year: int) -> HttpResponse:
    """Begin a missing year with what the law fixes."""
    _only_whole_county(actor)
    try:
        count = calendar_prepare(actor, year=checked_year(year))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    else:
        told = _("已按法定节假日录入 %(count)d 天，暂定。放假通知发布后请补上调休，再确认全年。")
        messages.success(request, told % {"count": count})
    return redirect(request, year_url(year))


def _only_whole_county(actor: PersonActor) -> None:
    if not may_edit(actor):
        raise NotFound("calendar")


def _form(request: HttpRequest, form: Any, title: str, year: int, template: str) -> HttpResponse:
    name = _("%(year)d年工作日历") % {"year": year}
    context = {
        "form": form,
        "head": Head(title, name, "today"),
        "crumbs": [Crumb(name, year_url(year)), Crumb(title)],
        "back": year_url(year),
    }
    if form.is_bound:
        return refused_form(request, template, context)
    return render(request, template, context)
