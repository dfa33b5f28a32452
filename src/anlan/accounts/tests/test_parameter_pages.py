"""Parameters on their pages: what holds where and since when, setting with a look before, taking back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast, make_player

from anlan.accounts.parameter_words import OTHER, topic_label, write_value
from anlan.accounts.queries.parameters import dated_values, next_changes, values_in_force
from anlan.accounts.roles import Role, Tier
from anlan.kernel import parameters
from anlan.kernel.models import ParameterValue
from anlan.kernel.parameter_actions import parameter_set, parameter_withdraw
from anlan.kernel.parameters import Parameter
from anlan.kernel.problems import Refused

pytestmark = pytest.mark.django_db
BACKUP_AT = "config.backup_at"
AGE = "registers.member_min_age"
PERIOD = "registers.support_period_months"
STOP = "registers.support_stop_reasons"
SOURCE = "安政办〔2026〕12号"


def coming(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def put(cast: Cast, code: str, value: Any, day: date, path: str = "") -> ParameterValue:
    return parameter_set(
        cast.county_officer.person, code=code, value=value, valid_from=day, path=path, source=SOURCE
    )


def test_the_list_says_what_holds_where_one_sits(cast: Cast) -> None:
    put(cast, PERIOD, 6, date(2026, 1, 1), cast.world.east.path)
    put(cast, PERIOD, 12, coming())
    county, east = cast.county_officer.client(), cast.township_officer.client()
    page = county.get("/parameters/?q=扶持资金").content.decode()
    assert "3 个月" in page and "12 个月" in page and "6 个月" not in page
    page = east.get("/parameters/?q=扶持资金").content.decode()
    assert "6 个月" in page and "东河镇" in page and SOURCE in page and "12 个月" not in page
    assert "6 个月" in county.get("/parameters/?area=500299101201").content.decode()
    assert "6 个月" in county.get("/parameters.csv?area=500299101000").getvalue().decode()
    assert "登录与账号" in page and "只" not in page.split("<tbody")[1]


def test_the_list_by_topic_and_day(cast: Cast) -> None:
    put(cast, AGE, 19, date(2026, 3, 1))
    officer = cast.liaison.client()
    page = officer.get("/parameters/?topic=registers").content.decode()
    assert "19 周岁" in page and "密码最短长度" not in page
    assert "18 周岁" in officer.get("/parameters/?topic=registers&on=2026-02-28").content.decode()


def test_the_twin_of_the_kernel_agrees_everywhere(cast: Cast) -> None:
    world, days = cast.world, [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)]
    put(cast, AGE, 20, date(2026, 1, 1), world.east.path)
    put(cast, AGE, None, date(2026, 7, 1), world.east.path)
    put(cast, AGE, 21, date(2026, 6, 30), world.east_village.path)
    put(cast, AGE, 22, date(2027, 1, 1))
    for area in (world.county, world.east, world.east_village, world.east_other_village, world.west):
        for day in days:
            rows = values_in_force(area.path, day)
            for code in parameters.declared():
                assert str(rows[code].value) == str(parameters.value(code, on=day, path=area.path)), (
                    code,
                    area,
                    day,
                )
    village = world.east_village.path
    assert next_changes([AGE], village, date(2026, 1, 1)) == {AGE: (date(2026, 6, 30), 21)}
    assert next_changes([AGE], world.east.path, date(2026, 1, 1)) == {AGE: (date(2026, 7, 1), 18)}
    assert next_changes([AGE], village, date(2026, 6, 30)) == {}


def test_dated_values_end_where_the_next_one_begins(cast: Cast) -> None:
    put(cast, AGE, 20, date(2026, 1, 1), cast.world.east.path)
    put(cast, AGE, 21, date(2026, 7, 1), cast.world.east.path)
    told = dated_values(ParameterValue.objects.filter(code=AGE))
    assert [(one.row.value, one.last_day) for one in told] == [
        (18, None),
        (21, None),
        (20, date(2026, 6, 30)),
    ]
    assert [one.state_on(date(2026, 6, 30)) for one in told] == ["now", "coming", "now"]
    assert told[2].state_on(date(2026, 7, 1)) == "past"


def test_a_page_tells_all_values_what_is_coming_and_who_set_it(cast: Cast) -> None:
    put(cast, AGE, 20, date(2026, 1, 1), cast.world.east.path)
    put(cast, AGE, 19, coming())
    page = cast.county_officer.client().get(f"/parameters/{AGE}/").content.decode()
    for words in (
        "入党最低年龄",
        "20 周岁",
        "东河镇",
        "还没到",
        "19 周岁",
        SOURCE,
        "周县",
        "系统自带",
        "撤回",
    ):
        assert words in page, words
    neighbour = cast.neighbour.client().get(f"/parameters/{AGE}/").content.decode()
    values = neighbour.split('id="values"')[1].split("</section>")[0]
    assert "东河镇" not in values and "19 周岁" in values
    assert "修改参数</a>" not in neighbour and "button-small" not in values


FORM = {
    "path": "county",
    "rule": "own",
    "value": "20",
    "valid_from": "2026-01-01",
    "source": SOURCE,
    "note": "",
}


def test_the_effect_is_shown_before_anything_is_written(cast: Cast) -> None:
    put(cast, AGE, 21, coming(), cast.world.west.path)
    put(cast, AGE, 22, date(2025, 1, 1), cast.world.east.path)
    officer = cast.county_officer.client()
    answer = officer.post(f"/parameters/{AGE}/set/", FORM)
    page = answer.content.decode()
    assert answer.status_code == 200 and not ParameterValue.objects.filter(code=AGE, value=20).exists()
    for words in ("18 周岁", "20 周岁", "2026年1月1日", SOURCE, "已经过去", "东河镇（22 周岁）"):
        assert words in page, words
    assert "西岭乡" not in page
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    kept.pop("csrfmiddlewaretoken", None)
    back = officer.post(f"/parameters/{AGE}/set/", {**kept, "step": "edit"})
    assert back.status_code == 200 and 'value="20"' in back.content.decode()
    assert officer.post(f"/parameters/{AGE}/set/", {**kept, "step": "write"}).status_code == 303
    assert parameters.integer(AGE, on=date(2026, 1, 1)) == 20


@pytest.mark.parametrize(
    ("code", "given", "words"),
    [
        (AGE, {"value": "十八"}, "要填整数"),
        (AGE, {"value": "-1"}, "不能小于 0"),
        (AGE, {"value": ""}, "请填写这一项"),
        (AGE, {"source": " "}, "请填写这一项"),
        (AGE, {"valid_from": "2026-13-01"}, "日期"),
        (AGE, {"path": "9.9."}, "path"),
        ("accounts.password_kinds", {"value": "5"}, "不能大于 4"),
        (PERIOD, {"value": "5"}, "value"),
        (BACKUP_AT, {"value": "25:00"}, "例如 02:30"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    cast: Cast, code: str, given: dict[str, str], words: str
) -> None:
    answer = cast.county_officer.client().post(f"/parameters/{code}/set/", {**FORM, **given, "step": "write"})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not ParameterValue.objects.filter(code=code, shipped=False).exists()


def test_a_time_may_be_left_empty(cast: Cast) -> None:
    form = {**FORM, "value": "", "valid_from": "2026-01-01", "step": "write"}
    assert cast.administrator.client().post(f"/parameters/{BACKUP_AT}/set/", form).status_code == 303
    assert parameters.text(BACKUP_AT, on=date(2026, 1, 1)) == ""
    assert "不定时间" in cast.administrator.client().get(f"/parameters/{BACKUP_AT}/").content.decode()


def test_an_area_gets_its_own_rule_and_follows_again(cast: Cast) -> None:
    officer, east = cast.county_officer.client(), cast.world.east.path
    address, form = f"/parameters/{STOP}/set/", {**FORM, "path": east, "step": "write"}
    assert officer.post(address, {**form, "value": ["death", "prison"]}).status_code == 303
    assert parameters.value(STOP, on=date(2026, 2, 1), path=east) == ["death", "prison"]
    assert "死亡、服刑" in officer.get(f"/parameters/{STOP}/").content.decode()
    ending = {**form, "rule": "follow", "valid_from": "2026-05-01", "value": []}
    shown = officer.post(address, {**ending, "step": ""}).content.decode()
    assert "按上一级的规定" in shown
    assert officer.post(address, ending).status_code == 303
    assert "hired" in parameters.value(STOP, on=date(2026, 5, 1), path=east)
    west = {**ending, "path": cast.world.west.path}
    assert "没有自己的规定" in officer.post(address, west).content.decode()


def test_what_holds_in_the_whole_county_offers_no_areas(cast: Cast) -> None:
    page = cast.administrator.client().get("/parameters/accounts.idle_minutes/set/").content.decode()
    assert "东河镇" not in page and "不再单独规定" not in page and "全县统一" not in page
    assert "东河镇" in cast.administrator.client().get(f"/parameters/{AGE}/set/").content.decode()


def test_a_value_that_does_not_hold_yet_is_corrected_or_taken_back(cast: Cast) -> None:
    row, day = put(cast, AGE, 19, coming()), coming().isoformat()
    officer = cast.county_officer.client()
    form = officer.get(f"/parameters/{AGE}/set/?path=&day={day}").content.decode()
    assert 'value="19"' in form and day in form and SOURCE in form
    shown = officer.post(f"/parameters/{AGE}/set/", {**FORM, "valid_from": day}).content.decode()
    assert "将由新的值代替" in shown
    assert officer.post(f"/parameters/{AGE}/values/{row.pk}/withdraw/").status_code == 303
    assert parameters.integer(AGE, on=coming()) == 18
    assert "撤回参数" in officer.get(f"/parameters/{AGE}/").content.decode()
    assert officer.post(f"/parameters/{AGE}/values/{row.pk}/withdraw/").status_code == 404
    old = put(cast, AGE, 19, date(2026, 1, 1))
    officer.post(f"/parameters/{AGE}/values/{old.pk}/withdraw/")
    assert "已经生效" in officer.get(f"/parameters/{AGE}/").content.decode()
    assert ParameterValue.objects.filter(pk=old.pk).exists()


def test_an_administrator_of_a_township_sets_there_only(cast: Cast) -> None:
    east = cast.world.east.path
    player = make_player("eastadmin", "管东", Role.ADMINISTRATOR, Tier.TOWNSHIP, east)
    browser = player.client()
    page = browser.get(f"/parameters/{AGE}/set/").content.decode()
    assert "东河镇" in page and "西岭乡" not in page and ">全县<" not in page
    assert browser.post(f"/parameters/{AGE}/set/", {**FORM, "step": "write"}).status_code == 422
    form = {**FORM, "path": east, "step": "write"}
    assert browser.post(f"/parameters/{AGE}/set/", form).status_code == 303
    everywhere = put(cast, AGE, 30, coming())
    with pytest.raises(Refused, match=r"action.out_of_range"):
        parameter_withdraw(player.person, value=everywhere)


def test_every_parameter_has_a_label_and_a_topic() -> None:
    for code, one in parameters.declared().items():
        assert one.label and one.source, code
        assert topic_label(code) != str(OTHER), code


@pytest.mark.parametrize(
    ("parameter", "content", "words"),
    [
        (Parameter("t.a", "integer", 1, "天"), 15, "15 天"),
        (Parameter("t.b", "yes_no", True), False, "否"),
        (Parameter("t.c", "list", []), [], "（空）"),
        (Parameter("t.d", "list", [], choices={"a": "甲"}), ["a", "z"], "甲、z"),
        (Parameter("t.e", "json", {}), {"甲": 1}, '{"甲": 1}'),
        (Parameter("t.f", "text", ""), "您好", "您好"),
        (Parameter("t.g", "text", ""), None, "按上一级的规定"),
        (Parameter("t.h", "clock", "02:30"), "04:05", "04:05"),
        (Parameter("t.i", "clock", "02:30"), "", "不定时间"),
    ],
)
def test_values_are_written_for_people(parameter: Parameter, content: Any, words: str) -> None:
    assert write_value(parameter, content) == words
