"""The working-day calendar on its pages: a year at a glance, days edited, a missing year said loudly."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast, make_player

from anlan.accounts.queries.calendar import breaks, known_years, year_at_a_glance
from anlan.accounts.roles import Role, Tier
from anlan.kernel import calendar
from anlan.kernel.calendar_actions import calendar_prepare, calendar_set
from anlan.kernel.models import CalendarDay
from anlan.kernel.problems import Refused

pytestmark = pytest.mark.django_db
SOURCE = "国办发明电〔2026〕9号"
FORM = {
    "day": "2027-02-05",
    "until": "2027-02-11",
    "kind": "holiday",
    "name": "春节",
    "source": SOURCE,
    "reason": "",
}


def test_a_year_is_counted_as_the_kernel_counts_it() -> None:
    shown = year_at_a_glance(2026, date(2026, 6, 30))
    working = calendar.working_days_between(date(2025, 12, 31), date(2026, 12, 31))
    assert (shown.working, shown.working + shown.off) == (working, 365)
    assert shown.known and not shown.provisional and len(shown.months) == 12
    days = {day.day: day for month in shown.months for week in month.weeks for day in week if day}
    assert len(days) == 365
    assert all(day.is_off is not calendar.is_working_day(day.day) for day in days.values())
    assert days[date(2026, 2, 14)].kind == "work" and days[date(2026, 6, 30)].today
    spring = [one for one in breaks(shown.stretches) if one.name == "春节" and one.kind != "work"]
    assert [(one.first_day, one.last_day) for one in spring] == [(date(2026, 2, 15), date(2026, 2, 23))]


def test_the_page_shows_names_worked_weekends_and_what_is_provisional(cast: Cast) -> None:
    officer = cast.liaison.client()
    page = officer.get("/calendar/2026/").content.decode()
    for words in ("2026年工作日历", "已确定", "2月15日至23日 春节 休", "2月14日 春节 上班", "248 天"):
        assert words in page, words
    assert "修改日子" not in page and "set/?day=" not in page and "is-waiting" not in page
    page = officer.get("/calendar/2027/").content.decode()
    assert "暂定" in page and "is-waiting" in page and "（暂定）" in page and "确认全年" not in page
    page = cast.county_officer.client().get("/calendar/2027/").content.decode()
    assert "/calendar/set/?day=2027-02-05" in page and "确认全年" in page
    assert f"{timezone.localdate().year}年工作日历" in officer.get("/calendar/").content.decode()


def test_a_missing_year_is_said_loudly_with_what_to_do(cast: Cast) -> None:
    page = cast.liaison.client().get("/calendar/2031/").content.decode()
    assert "还没有录入" in page and "算不出来" in page and "请联系" in page and "录入法定节假日" not in page
    officer = cast.county_officer.client()
    assert "录入法定节假日" in officer.get("/calendar/2031/").content.decode()
    assert officer.post("/calendar/2031/prepare/").status_code == 303
    page = officer.get("/calendar/2031/").content.decode()
    assert "暂定" in page and "算不出来" not in page and "周县" in page
    officer.post("/calendar/2031/prepare/")
    assert "已经录入" in officer.get("/calendar/2031/").content.decode()
    form = officer.get("/calendar/2031/confirm/").content.decode()
    assert "确认以前" in form
    assert officer.post("/calendar/2031/confirm/", {"source": ""}).status_code == 422
    assert officer.post("/calendar/2031/confirm/", {"source": SOURCE}).status_code == 303
    assert not calendar.is_provisional(date(2031, 5, 5))
    assert "没有暂定的日子" in officer.post("/calendar/2031/confirm/", {"source": SOURCE}).content.decode()


def test_days_are_edited_and_set_back(cast: Cast) -> None:
    officer = cast.county_officer.client()
    form = officer.get("/calendar/set/?day=2027-02-05").content.decode()
    assert "春节" in form and "2027-02-05" in form
    answer = officer.post("/calendar/set/", FORM)
    assert answer.status_code == 303 and answer["Location"] == "/calendar/2027/"
    page = officer.get("/calendar/2027/").content.decode()
    assert "2027年2月5日至2027年2月11日的安排已保存" in page and SOURCE in page
    assert not calendar.is_working_day(date(2027, 2, 11))
    back = {**FORM, "kind": "plain", "name": "", "provisional": "on", "reason": "录错了"}
    assert officer.post("/calendar/set/", back).status_code == 303
    assert calendar.is_working_day(date(2027, 2, 11))
    assert "录错了" in officer.get("/calendar/2027/").content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"until": "2027-02-01"}, "不能早于"),
        ({"until": "2072-02-11"}, "最多改 31 天"),
        ({"kind": "work"}, "本来就上班"),
        ({"name": ""}, "请填写这一项"),
        ({"source": ""}, "请填写这一项"),
        ({"kind": "party"}, "kind"),
        ({"day": ""}, "请填写这一项"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(cast: Cast, given: dict[str, Any], words: str) -> None:
    before = list(CalendarDay.objects.values_list("day", "kind"))
    answer = cast.county_officer.client().post("/calendar/set/", {**FORM, **given})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert list(CalendarDay.objects.values_list("day", "kind")) == before


def test_one_township_does_not_change_the_calendar_of_all(cast: Cast) -> None:
    player = make_player("eastadmin", "管东", Role.ADMINISTRATOR, Tier.TOWNSHIP, cast.world.east.path)
    with pytest.raises(Refused, match=r"action.out_of_range"):
        calendar_set(player.person, day=date(2027, 2, 5), kind="rest", name="x", source="x")
    with pytest.raises(Refused, match=r"action.out_of_range"):
        calendar_prepare(player.person, year=2031)
    browser = player.client()
    assert browser.post("/calendar/set/", FORM).status_code == 404
    assert browser.post("/calendar/2031/prepare/").status_code == 404
    assert 2031 not in known_years()


@pytest.mark.parametrize("query", ["?year=0000", "?year=abcd", "?year=2027", "?day=x", "?year=٢٠٢٧"])
def test_a_strange_address_of_the_form_is_no_error(cast: Cast, query: str) -> None:
    assert cast.county_officer.client().get(f"/calendar/set/{query}").status_code == 200
