"""The frame of a page: navigation, display choices, records, forms, answers, error pages."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client

from anlan.kernel.problems import Problem
from anlan.web import context, navigation, parts, records
from anlan.web.context import Crumb, page_context
from anlan.web.forms import AnlanForm, phone_input
from anlan.web.navigation import NavItem, account_links, groups_for, phone_bar, register_nav
from anlan.web.pages.style import style
from anlan.web.pages.trouble import bad_request
from anlan.web.records import Panel, RecordPage, TimelineItem, panels_for, register_panel, render_record
from anlan.web.responses import problems_to_form_errors, redirect, unavailable
from anlan.web.tests.registers import ACTOR, asking

TODAY = date(2026, 6, 30)


def register_sample_nav() -> None:
    register_nav(
        NavItem("home", "今日", "home", "today", "today", phone=1),
        NavItem("people", "移民人口", "people", "people", "people", phone=2, phone_label="人口"),
        NavItem("new", "新人口", "people_new", "people", "add", order=200),
        NavItem("secret", "机要", "home", "settings", "lock", visible_for=lambda actor: False),
        NavItem("out", "退出", "home", "account", "sign-out", post=True),
    )


def test_only_groups_with_visible_pages_are_shown() -> None:
    register_sample_nav()
    groups = groups_for(ACTOR, "/people/new/")
    assert [group.code for group in groups] == ["today", "people"]
    assert [(link.code, link.current) for link in groups[1].links] == [("people", False), ("new", True)]
    assert not groups[0].links[0].current
    assert [link.code for link in account_links(ACTOR, "/")] == ["out"]
    assert groups_for(None, "/") == []


def test_the_phone_has_at_most_four() -> None:
    register_sample_nav()
    assert [link.label for link in phone_bar(ACTOR, "/people/12/")] == ["今日", "人口"]
    assert [link.current for link in phone_bar(ACTOR, "/people/12/")] == [False, True]
    register_nav(*(NavItem(f"x{n}", "某", "home", "today", "home", phone=3) for n in range(4)))
    assert len(phone_bar(ACTOR, "/")) == 4


def test_an_entry_is_registered_once() -> None:
    register_sample_nav()
    with pytest.raises(ValueError, match="registered twice"):
        register_sample_nav()


@pytest.mark.parametrize(
    ("field", "value", "cookie"),
    [
        ("type", "large", "anlan_type"),
        ("theme", "dark", "anlan_theme"),
        ("language", "en", "django_language"),
    ],
)
def test_display_choices_are_remembered_and_bring_back(field: str, value: str, cookie: str) -> None:
    answer = Client().post("/display/", {field: value, "next": "/people/?q=1"})
    assert answer.status_code == 302 and answer["Location"] == "/people/?q=1"
    assert answer.cookies[cookie].value == value


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_display_leads_nowhere_else(target: str) -> None:
    answer = Client().post("/display/", {"type": "huge", "theme": "pink", "language": "xx", "next": target})
    assert answer["Location"] == "/" and not answer.cookies
    assert Client().get("/display/").status_code == 405


@pytest.mark.django_db
def test_the_server_reads_the_choices_so_that_nothing_flashes(settings: Any) -> None:
    register_sample_nav()
    request = asking("/style/")
    request.COOKIES = {"anlan_type": "large", "anlan_theme": "dark"}
    page = style(request).content.decode()
    assert 'data-theme="dark" data-type="large"' in page and 'lang="zh-Hans"' in page
    assert 'aria-pressed="true"' in page and "示例县" in page
    assert "{{" not in page and "{%" not in page
    assert 'style="' not in page and "onclick" not in page


def test_the_style_page_is_for_those_signed_in() -> None:
    with pytest.raises(Http404):
        style(asking("/style/", actor=None))


def test_the_shell_of_a_bare_request() -> None:
    shell = page_context(asking("/x/?on=2026-06-30&q=1", actor=None))["shell"]
    assert (shell.large, shell.theme, shell.on, shell.signed_in) == (False, "light", TODAY, False)
    assert shell.here == "/x/?on=2026-06-30&q=1" and shell.search_url == ""
    assert page_context(asking("/x/?on=2026-02-31"))["shell"].on is None


def test_hooks_feed_the_shell() -> None:
    context.register_search("people")
    shell = page_context(asking("/"))["shell"]
    assert shell.search_url == "/people/"


def test_higher_apps_add_panels_to_lower_records() -> None:
    register_panel(
        "thing", Panel("late", "晚", records.FACTS, lambda actor, record, on: {"facts": []}, order=20)
    )
    register_panel(
        "thing",
        Panel(
            "early",
            "早",
            records.FACTS,
            lambda actor, record, on: {"facts": [parts.Fact("日", on)]},
            order=10,
        ),
    )
    register_panel("thing", Panel("gone", "无", records.FACTS, lambda actor, record, on: None))
    hidden = Panel(
        "hidden", "隐", records.FACTS, lambda actor, record, on: {}, visible_for=lambda actor, record: False
    )
    register_panel("thing", hidden)
    assert [panel.code for panel in panels_for("thing", ACTOR, object(), TODAY)] == ["early", "late"]
    assert panels_for("other", ACTOR, object(), TODAY) == []
    with pytest.raises(ValueError, match="registered twice"):
        register_panel("thing", hidden)


@pytest.mark.django_db
def test_a_record_page_shows_head_panels_and_timeline() -> None:
    items = [
        TimelineItem(TODAY, "<迁入>", link="/x/", who="王五"),
        TimelineItem(TODAY, "登记", "说明", tone="done"),
    ]
    register_panel(
        "thing", Panel("time", "经过", records.TIMELINE, lambda actor, record, on: {"items": items})
    )
    register_panel(
        "thing", Panel("next", "接下来", records.WORK, lambda actor, record, on: {"items": []}, place="side")
    )
    page = RecordPage(
        "thing",
        "某某一户",
        facts=[parts.Fact("住在", "某村", "/area/")],
        states=[parts.State("在册", "done")],
        actions=[parts.Action("作废", "/x/", "danger", post=True, confirm="确定吗？")],
        crumbs=[Crumb("示例县", "/"), Crumb("某某一户")],
        on=TODAY,
    )
    html = render_record(asking("/thing/1/"), object(), page, TODAY).content.decode()
    assert "&lt;迁入&gt;" in html and 'href="/area/"' in html and 'data-confirm="确定吗？"' in html
    assert "这是 2026年6月30日 的情况。" in html and "眼下没有要办的事。" in html and "<aside" in html


def test_the_head_is_kept_short() -> None:
    with pytest.raises(ValueError, match="three facts"):
        parts.Head("某", facts=(parts.Fact("一"),) * 4)
    with pytest.raises(ValueError, match="one main action"):
        parts.Head("某", actions=(parts.Action("办", "/", "main"),) * 2)


class SampleForm(AnlanForm):
    name = forms.CharField(label="姓名", help_text="与证件上一致。")
    phone = forms.CharField(label="电话", widget=phone_input(), required=False)
    day = forms.DateField(label="日期")
    way = forms.ChoiceField(label="方式", choices=[("1", "上门"), ("2", "电话")], widget=forms.RadioSelect)
    count = forms.IntegerField(label="人数", required=False)


def test_a_field_says_why_and_what_is_wrong_where_it_is_read() -> None:
    form = SampleForm({"name": "", "day": "2026-06-30"})
    html = str(form)
    assert 'for="id_name">姓名</label>' in html.replace("\n", "")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html and 'aria-invalid="true"' in html
    assert (
        html.index("姓名</label>")
        < html.index("与证件上一致。")
        < html.index('<input type="text" name="name"')
    )
    assert 'href="#id_name"' in html and "请填写这一项。" in html
    assert 'href="#id_way"' in html and 'id="id_way" tabindex="-1"' in html
    assert html.count("（可不填）") == 2
    assert 'type="date"' in html and 'inputmode="tel"' in html and 'inputmode="numeric"' in html


def test_problems_become_errors_beside_their_fields_and_none_is_lost() -> None:
    form = SampleForm({"name": "甲", "day": "2026-06-30", "way": "1"})
    problems = [Problem("web.test_a", "full_name"), Problem("web.test_b", "elsewhere"), Problem("web.test_c")]
    problems_to_form_errors(form, problems, fields={"full_name": "name"})
    assert [error.code for error in form.errors.as_data()["name"]] == ["web.test_a"]
    assert [error.code for error in form.errors.as_data()["__all__"]] == ["web.test_b", "web.test_c"]


def test_redirects_for_browsers_and_for_htmx() -> None:
    plain = redirect(asking("/"), "/people/")
    assert plain.status_code == 303 and plain["Location"] == "/people/"
    request = asking("/")
    request.htmx = True  # type: ignore[attr-defined]
    answer = redirect(request, "/people/")
    assert answer.status_code == 204 and answer["HX-Redirect"] == "/people/"


def test_unavailable_says_when_to_come_back() -> None:
    answer = unavailable(asking("/"), retry_after=30)
    assert answer.status_code == 503 and answer["Retry-After"] == "30"


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "500", "503"])
def test_error_pages_stand_without_anything(name: str) -> None:
    """Django renders the page for 500 without a request: it may need nothing."""
    html = render_to_string(f"{name}.html")
    assert ("<h1>" in html and "回首页" in html) or "再试一次" in html
    assert "！" not in html and "!" not in html.replace("<!doctype", "")


def test_the_navigation_knows_its_groups_in_order() -> None:
    assert list(navigation.GROUPS)[:3] == ["today", "people", "party"]


def test_a_request_that_brings_too_much_is_told_so() -> None:
    too_much = bad_request(asking("/"), RequestDataTooBig())
    assert too_much.status_code == 413 and "太大" in too_much.content.decode()
    assert bad_request(asking("/"), SuspiciousOperation()).status_code == 400


def test_three_actions_stand_in_the_head_and_the_others_behind_a_menu() -> None:
    actions = tuple(parts.Action(f"办{at}", f"/{at}/") for at in range(6))
    few, many = parts.Head("某户", actions=actions[:4]), parts.Head("某户", actions=actions)
    assert (few.first_actions, few.more_actions) == (actions[:4], ())
    assert (many.first_actions, many.more_actions) == (actions[:3], actions[3:])
    html = render_to_string("web/parts/head.html", {"head": many})
    menu = html[html.index("<details") :]
    assert "办2" in html[: html.index("<details")] and "办3" in menu and "办5" in menu


def test_only_the_last_crumb_is_where_one_is_and_opens_what_lies_below() -> None:
    below = (Crumb("某村", "?area=3"), Crumb("另一村", "?area=4"))
    trail = [Crumb("某县"), Crumb("某镇", "?area=2", below)]
    html = render_to_string("web/parts/crumbs.html", {"crumbs": trail})
    assert html.count("aria-current") == 1 and "<span>某县</span>" in html
    assert html.index("aria-current") < html.index("某镇") < html.index('href="?area=3"')
