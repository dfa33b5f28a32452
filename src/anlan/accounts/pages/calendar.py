"""The working-day calendar: a year at a glance, and what is known of it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.accounts.forms.calendar import KIND_WORDS
from anlan.accounts.queries.calendar import ShownYear, Stretch, breaks, known_years, year_at_a_glance
from anlan.kernel.actors import PersonActor
from anlan.kernel.holidays import LAW_FROM, LAW_TO
from anlan.kernel.permissions import ranges_for
from anlan.kernel.problems import NotFound
from anlan.web.doors import reader
from anlan.web.formats import write_day
from anlan.web.parts import Action, Fact, State, table
from anlan.web.records import RecordPage, ShownPanel, render_record, table_panel

FIRST_YEAR = 1950
NOTICE_MONTH = 11
SET = "kernel.calendar_set"


@dataclass(frozen=True, slots=True)
class YearRecord:
    """A year as the record of changes knows it."""

    pk: int


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year one can turn to, and what is to be said of it."""

    year: int
    url: str
    word: str
    current: bool


def year_url(year: int) -> str:
    """The page of a year."""
    return reverse("accounts:calendar_year", args=[year])


def may_edit(actor: PersonActor) -> bool:
    """Whether an actor edits the calendar: it holds for all offices, so only with the whole county."""
    return any(reach.tree == "area" and reach.is_whole for reach in ranges_for(actor, SET))


def checked_year(year: int) -> int:
    """A year there can be a calendar of; ``NotFound`` for others."""
    if not FIRST_YEAR <= year <= LAW_TO:
        raise NotFound(f"year {year}")
    return year


@reader("kernel.calendar_view")
def calendar(request: HttpRequest, actor: PersonActor, year: int | None = None) -> HttpResponse:
    """A year at a glance, this one unless another is asked for: months, special days, history."""
    today = timezone.localdate()
    shown = year_at_a_glance(checked_year(year or today.year), today)
    years = known_years()
    editing = may_edit(actor)
    page = RecordPage(
        kind="calendar",
        title=_("%(year)d年工作日历") % {"year": shown.year},
        eyebrow=_("工作日历"),
        icon="today",
        lead=_("按工作日计算的期限都照这里数。"),
        states=(_state(shown),),
        facts=_facts(shown),
        actions=_actions(shown, editing),
        panels=_panels(shown, editing),
    )
    context = {
        "year": shown,
        "links": _links(shown.year, years),
        "editing": editing,
        "may_prepare": editing and LAW_FROM <= shown.year <= LAW_TO,
        "warnings": warnings(shown, years, today),
    }
    return render_record(
        request, YearRecord(shown.year), page, today, template="accounts/calendar.html", context=context
    )


def _state(shown: ShownYear) -> State:
    if not shown.known:
        return State(_("没有录入"), "refused")
    return State(_("暂定"), "attention") if shown.provisional else State(_("已确定"), "done")


def _facts(shown: ShownYear) -> tuple[Fact, ...]:
    if not shown.known:
        return ()
    count = _("%(count)d 天")
    return (
        Fact(_("上班"), count % {"count": shown.working}),
        Fact(_("休息"), count % {"count": shown.off}),
        Fact(
            _("调休上班"),
            count % {"count": sum(one.count for one in shown.stretches if one.kind == "work")},
        ),
    )


def _actions(shown: ShownYear, editing: bool) -> tuple[Action, ...]:
    if not editing or not shown.known:
        return ()
    edit = Action(_("修改日子"), f"{reverse('accounts:calendar_set')}?year={shown.year}", "main", "edit")
    if not shown.provisional:
        return (edit,)
    return (
        edit,
        Action(_("确认全年"), reverse("accounts:calendar_confirm", args=[shown.year]), icon="check"),
    )


def _panels(shown: ShownYear, editing: bool) -> list[ShownPanel]:
    if not shown.known:
        return []
    # Days "2027-01-01" as the form wants them; the template has no other way to make them short.
    data = {"year": shown, "editing": editing, "lines": _lines(shown)}
    rows: list[tuple[object, ...]] = [
        (
            one.name,
            KIND_WORDS.get(one.kind, one.kind),
            span(one.first_day, one.last_day),
            one.count,
            _("暂定") if one.provisional else _("已确定"),
            one.source,
        )
        for one in shown.stretches
    ]
    columns = (_("名称"), _("安排"), _("日期"), _("天数"), _("状态"), _("依据"))
    return [
        ShownPanel("months", _("全年"), "accounts/calendar_year.html", data, "main", flush=False),
        table_panel("stretches", _("特别安排的日子"), table(columns, rows)),
    ]


def span(first: date, last: date) -> str:
    """Days in a row in words: 2月15日至23日."""
    start = _("%(month)d月%(day)d日") % {"month": first.month, "day": first.day}
    if first == last:
        return start
    end = (
        _("%(day)d日") % {"day": last.day}
        if last.month == first.month
        else _("%(month)d月%(day)d日") % {"month": last.month, "day": last.day}
    )
    return _("%(start)s至%(end)s") % {"start": start, "end": end}


def _lines(shown: ShownYear) -> list[tuple[object, list[str]]]:
    """The months, each with its special days in short lines."""
    told = breaks(shown.stretches)
    return [
        (
            month,
            [_line(one) for one in told if month.number in (one.first_day.month, one.last_day.month)],
        )
        for month in shown.months
    ]


def _line(one: Stretch) -> str:
    words = {"holiday": _("休"), "rest": _("休"), "work": _("上班")}
    line = f"{span(one.first_day, one.last_day)} {one.name} {words.get(one.kind, '')}"
    return _("%(line)s（暂定）") % {"line": line} if one.provisional else line


def _links(year: int, years: dict[int, bool]) -> list[YearLink]:
    around = range(max(year - 2, FIRST_YEAR), min(year + 2, LAW_TO) + 1)
    return [YearLink(one, year_url(one), _word(one, years), one == year) for one in around]


def _word(year: int, years: dict[int, bool]) -> str:
    if year not in years:
        return _("没有录入")
    return _("暂定") if years[year] else ""


def warnings(shown: ShownYear, years: dict[int, bool], today: date) -> list[str]:
    """What has to be done about this year or the next, so that no limit is wrong."""
    told = []
    if shown.known and shown.provisional and shown.year >= today.year:
        told.append(
            _("%(year)d年现在只有法律规定的节假日，调休还没有定；涉及这一年的期限可能变动。")
            % {"year": shown.year}
        )
    following = today.year + 1
    if shown.year == today.year and following not in years:
        told.append(_("%(year)d年的日历还没有录入，跨年的期限算不出来。") % {"year": following})
    elif shown.year == today.year and years.get(following) and today.month >= NOTICE_MONTH:
        told.append(
            _("%(year)d年的放假通知一般在11月发布。发布以后，请录入调休的日子并确认全年。")
            % {"year": following}
        )
    return told


def told_days(first: date, last: date | None) -> str:
    """Days in words for a message, with the year."""
    if last is None or last == first:
        return write_day(first)
    return _("%(first)s至%(last)s") % {"first": write_day(first), "last": write_day(last)}
