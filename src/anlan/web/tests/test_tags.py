"""Template tags and the writing of days, numbers and protected values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from anlan.kernel.partial_dates import DAY, MONTH, YEAR, PartialDate
from anlan.web import formats
from anlan.web.tests.registers import asking


def render(source: str, url: str = "/", **values: object) -> str:
    return Template(source).render(Context({"request": asking(url), **values}))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 6, 30), "2026年6月30日"),
        (PartialDate(date(2026, 6, 30), DAY), "2026年6月30日"),
        (PartialDate(date(1998, 7, 1), MONTH), "1998年7月"),
        (PartialDate(date(1998, 1, 1), YEAR), "1998年"),
        (datetime(2026, 6, 30, 16, 30, tzinfo=UTC), "2026年7月1日"),
        (None, "—"),
    ],
)
def test_days(value: object, written: str) -> None:
    assert render("{{ value|day }}", value=value) == written


def test_days_in_english() -> None:
    with translation.override("en"):
        assert formats.write_day(PartialDate(date(1998, 7, 1), MONTH)) == "July 1998"


def test_a_day_must_be_one() -> None:
    with pytest.raises(TypeError):
        formats.write_day("30 June")


def test_moments_are_local() -> None:
    moment = datetime(2026, 6, 30, 16, 5, tzinfo=UTC)
    assert render("{{ value|moment }}", value=moment) == "2026年7月1日 00:05"
    assert render("{{ value|as_of }}", value=date(2026, 6, 30)) == "截至 2026年6月30日"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (68426, "68,426"),
        (Decimal("1234.50"), "1,234.50"),
        (0, "0"),
        (None, "—"),
        ("少于5", "少于5"),
        (True, "True"),
    ],
)
def test_thousands(value: object, written: str) -> None:
    assert render("{{ value|thousands }}", value=value) == written


def test_hours_and_days_left() -> None:
    assert formats.write_hours(timedelta(minutes=40)) == "40 分钟"
    assert formats.write_hours(1.5) == "1.5 小时"
    assert formats.write_hours(0) == "0 小时"
    assert formats.write_person_hours(1250) == "1,250 人时"
    assert [formats.write_days_left(days) for days in (3, 0, -2)] == [
        "还剩 3 个工作日",
        "今天到期",
        "已超 2 个工作日",
    ]
    assert formats.write_days_left(3, working=False) == "还剩 3 天"


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        ("500299196812030018", "id_number", "500299********0018"),
        ("13912346712", "phone", "139****6712"),
        ("6222020111122223333", "account", "***************3333"),
        ("12345", "phone", "*****"),
        ("1234567890", "id_number", "**********"),
        ("", "phone", "—"),
    ],
)
def test_masks_hide_the_middle_and_short_values_whole(value: str, kind: str, written: str) -> None:
    assert render("{{ value|masked:kind }}", value=value, kind=kind) == written


def test_query_link_changes_one_thing_and_keeps_the_rest() -> None:
    link = "{% query_link kind='b' %}"
    assert render(link, "/x/?q=%E5%BC%A0&kind=a&page=3") == "?q=%E5%BC%A0&amp;kind=b"
    assert render("{% query_link page=2 %}", "/x/?q=1&page=9") == "?q=1&amp;page=2"
    assert render("{% query_link q=None %}", "/x/?q=1") == "/x/"


def test_icons_hide_from_screen_readers_unless_they_speak() -> None:
    assert 'aria-hidden="true"' in render("{% icon 'search' %}")
    assert 'aria-label="查找"' in render("{% icon 'search' '查找' %}")
    with pytest.raises(KeyError):
        render("{% icon 'unknown' %}")


def test_state_says_its_word_and_escapes_it() -> None:
    assert "&lt;b&gt;" in render("{% state word 'done' %}", word="<b>")
    assert "state-done" in render("{% state '已办结' 'done' %}")


def test_notice_takes_the_levels_of_messages() -> None:
    assert 'role="alert"' in render("{% notice 'x' 'error' %}")
    assert "notice-done" in render("{% notice 'x' 'success' %}")


def test_figure_leads_to_its_records_and_tells_its_day() -> None:
    html = render("{% figure '人口' 68426 '/people/' on=on %}", on=date(2026, 6, 30))
    assert 'href="/people/"' in html and "68,426" in html and "截至 2026年6月30日" in html
