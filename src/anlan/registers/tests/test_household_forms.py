"""The forms of a household: founded on one page, moved, split, with another head, a birth."""

from datetime import date
from typing import Any

import pytest
from tests.cast import Cast, World

from anlan.accounts.models import FormDraft
from anlan.kernel.id_numbers import complete
from anlan.kernel.models import ChangeEntry
from anlan.kernel.problems import Problem, sentence
from anlan.registers.models import Household, HouseholdMembership, Person, SupportProgramme
from anlan.registers.tests.form_posts import refused, rows, sent
from anlan.registers.tests.test_households import founded, member

NEW = "/households/new/"
HEAD_NUMBER = complete("50029919680203001")
WIFE_NUMBER = complete("50029919700506002")


def household_data(world: World, *members: dict[str, str], **more: str) -> dict[str, str]:
    """A household of the east as it is typed."""
    people = members or (
        {"name": "谭 大川", "relation": "02", "id_number": HEAD_NUMBER, "phones": "13900001111、13900002222"},
        {"name": "向春梅", "relation": "12", "id_number": WIFE_NUMBER},
    )
    return {
        "area": world.east_group.code,
        "number": "E0009",
        "on": "2024-01-01",
        **rows("members", people, initial=1),
        **more,
    }


@pytest.fixture
def programme(db: None) -> SupportProgramme:
    """A programme of twenty years."""
    since, until = date(2006, 7, 1), date(2026, 7, 1)
    return SupportProgramme.objects.create(code="t", name="后期扶持", valid_from=since, valid_to=until)


def test_a_household_with_everybody_on_one_page(cast: Cast, programme: SupportProgramme) -> None:
    data = household_data(
        cast.world,
        {"name": "谭 大川", "relation": "02", "id_number": HEAD_NUMBER, "phones": "13900001111、13900002222",
         "register_number": "0001"},
        {"name": "向春梅", "relation": "12", "id_number": WIFE_NUMBER, "own_support_mode": "none"},
        {"name": "谭念", "relation": "42", "birth": "2020-05", "sex": "2", "not_resettled": "on"},
        {"name": "", "relation": ""},
        from_place="旧县城", moved="2008-06", mode="concentrated", support_mode="cash",
    )  # fmt: skip
    page = sent(cast.township_officer.client(), NEW, data)
    household = Household.objects.get(number="E0009")
    assert page.redirect_chain[-1][0] == f"/households/{household.uid}/"
    told = page.content.decode()
    assert "已登记这一户，共 3 人。" in told and "做错了，撤回" in told
    head, wife, child = Person.objects.filter(household_memberships__household=household).order_by("pk")
    assert (household.head, head.name, head.sex) == (head, "谭大川", "1")
    assert sorted(one.plain_value() for one in head.contacts.all()) == ["13900001111", "13900002222"]
    verified = head.resettlements.get()
    assert (verified.register_number, verified.support_mode) == ("0001", "cash")
    assert (verified.programme, verified.support_until) == (programme, date(2028, 6, 1))
    assert (wife.resettlements.get().from_place, wife.resettlements.get().support_mode) == ("旧县城", "")
    assert not child.resettlements.exists() and child.birth_precision == "month"
    assert ChangeEntry.objects.latest("sequence").action == "registers.household_add"


def test_refusals_stand_beside_the_row_and_nothing_is_written(cast: Cast) -> None:
    client = cast.township_officer.client()
    sent(client, NEW, household_data(cast.world))
    before = Person.objects.count()
    again = household_data(
        cast.world,
        {"name": "向东", "relation": "02"},
        {"name": "谭西", "relation": "20", "id_number": HEAD_NUMBER},
        number="E0010",
    )
    assert refused(client, NEW, again) == {"members.1.id_number": ["person.id_taken"]}
    assert Person.objects.count() == before
    assert FormDraft.objects.get().path == NEW
    lacking = {**again, "members-1-id_number": "500299196802030", "members-1-name": "", "area": ""}
    codes = refused(client, NEW, lacking)
    assert codes["members.1.id_number"] != [] and codes["members.1.name"] == ["required"]
    assert codes["area"] == ["value.required"]


def test_what_is_odd_is_said(cast: Cast) -> None:
    data = {**household_data(cast.world), "members-0-sex": "2"}
    told = sentence(Problem("sex.mismatch", "sex", {"said": "女", "id": "男"}))
    assert told in sent(cast.township_officer.client(), NEW, data).content.decode()
    assert Person.objects.get(name="谭大川").sex == "1"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"number": "E0001"}, "number", "household.number_taken"),
        ({"on": "2999-01-01"}, "on", "date.future"),
        ({"members-0-relation": "12"}, "__all__", "household.no_head"),
        ({"members-1-relation": "02"}, "__all__", "household.two_heads"),
        ({"members-1-phones": "12"}, "members.1.phones", "contact.format"),
        ({"moved": "谁知道"}, "moved", "date.unreadable"),
        ({"moved": "2099", "mode": "scattered"}, "members.0.own_moved", "date.future"),
    ],
)
def test_each_refusal_where_it_belongs(cast: Cast, change: dict[str, str], field: str, code: str) -> None:
    data = {**household_data(cast.world), **change}
    assert refused(cast.township_officer.client(), NEW, data) == {field: [code]}


def test_outside_the_own_range_nothing_is_found(cast: Cast) -> None:
    data = {**household_data(cast.world), "area": "", "area_typed": "西岭乡石桥村"}
    assert refused(cast.township_officer.client(), NEW, data) == {"area": ["reference.unknown"]}


def test_a_row_more_or_less_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.township_officer.client()
    more = client.post(NEW, {**household_data(cast.world), "_do": "more-members"})
    page = more.content.decode()
    assert "成员3" in page and 'value="谭 大川"' in page and 'value="E0009"' in page
    assert not Household.objects.filter(number="E0009").exists()


def url(household: Household, page: str) -> str:
    return f"/households/{household.uid}/{page}/"


def test_move(cast: Cast) -> None:
    household = founded(cast.world)
    client = cast.township_officer.client()
    data = {"area_typed": "柳湾村1组", "on": "2024-01-01"}
    assert "已登记整户迁移。" in sent(client, url(household, "move"), data).content.decode()
    assert Household.objects.get(pk=household.pk).area == cast.world.east_other_group
    same = {"area": cast.world.east_other_group.code, "on": "2024-02-01"}
    assert refused(client, url(household, "move"), same) == {"area": ["household.area_same"]}


def test_another_head(cast: Cast) -> None:
    household = founded(cast.world)
    head, wife, son = (member(household, name) for name in ("谭大川", "向春梅", "谭小川"))
    client = cast.township_officer.client()
    given = [{"person": str(one.uid), "relation": ""} for one in (head, wife, son)]
    data = {"head": str(wife.uid), "on": "2024-01-01", **rows("relations", given, initial=3)}
    assert refused(client, url(household, "head"), data) == {"__all__": ["value.required"]}
    sent(client, url(household, "head"), {**data, "relations-0-relation": "11"})
    assert Household.objects.get(pk=household.pk).head == wife
    now = HouseholdMembership.objects.filter(household=household, valid_to=None)
    assert dict(now.values_list("person", "relation")) == {head.pk: "11", wife.pk: "02", son.pk: "20"}


def test_split(cast: Cast) -> None:
    household = founded(cast.world)
    head, wife, son = (member(household, name) for name in ("谭大川", "向春梅", "谭小川"))
    client = cast.township_officer.client()
    given = [{"person": str(one.uid), "relation": ""} for one in (head, wife, son)]
    data = {"area": cast.world.east_group.code, "number": "E0003", "on": "2024-01-01"}
    data |= rows("relations", given, initial=3)
    assert refused(client, url(household, "split"), data) == {"__all__": ["household.no_members"]}
    sent(client, url(household, "split"), {**data, "relations-2-relation": "02"})
    new = Household.objects.get(number="E0003")
    assert new.head == son and household.memberships.filter(valid_to=None).count() == 2


def test_birth(cast: Cast) -> None:
    household = founded(cast.world)
    client = cast.township_officer.client()
    data = {"name": "谭念", "relation": "42", "birth": "2024-03", "sex": "2"}
    assert refused(client, url(household, "birth"), data) == {"birth": ["birth.day_needed"]}
    page = sent(client, url(household, "birth"), {**data, "birth": "2024-03-05"})
    assert page.redirect_chain[-1][0] == f"/households/{household.uid}/"
    child = Person.objects.get(name="谭念")
    assert child.birth_date == date(2024, 3, 5)
    assert child.household_memberships.get().valid_from == date(2024, 3, 5)


def test_the_number_is_corrected_with_a_reason(cast: Cast) -> None:
    client, household = cast.township_officer.client(), cast.world.east_household
    data = {"number": "E0002"}
    assert refused(client, url(household, "edit"), data) == {"reason": ["value.required"]}
    sent(client, url(household, "edit"), {**data, "reason": "与底册核对"})
    assert Household.objects.get(pk=household.pk).number == "E0002"


def test_buttons_only_for_those_who_may(cast: Cast) -> None:
    page = f"/households/{cast.world.east_household.uid}/"
    words = ("登记出生", "整户迁移", "变更户主", "分户", "更正户编号", "新增成员")
    officer = cast.township_officer.client().get(page).content.decode()
    reader = cast.liaison.client().get(page).content.decode()
    assert all(word in officer for word in words)
    assert not any(word in reader for word in words)
    assert "新增移民户" in cast.township_officer.client().get("/households/").content.decode()
    assert "新增移民户" not in cast.liaison.client().get("/households/").content.decode()


@pytest.mark.parametrize("page", ["move", "head", "split"])
def test_a_household_that_ended_has_no_such_forms(cast: Cast, page: str) -> None:
    Household.objects.filter(pk=cast.world.east_household.pk).update(valid_to=date(2024, 1, 1))
    answer: Any = cast.township_officer.client().get(url(cast.world.east_household, page))
    assert answer.status_code == 404
