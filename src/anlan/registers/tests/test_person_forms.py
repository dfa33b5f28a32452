"""The forms of one person: added, corrected, reached; what happens in a life, and taking it back."""

from datetime import date

import pytest
from tests.cast import BEGINNING, Cast

from anlan.kernel.id_numbers import complete
from anlan.registers.models import (
    Household,
    HouseholdMembership,
    Person,
    PersonContact,
    ResettlementRecord,
    SupportProgramme,
)
from anlan.registers.tests.form_posts import refused, rows, sent
from anlan.registers.tests.people import household, person, phone
from anlan.registers.tests.test_households import founded, member
from anlan.registers.tests.test_import_as_typed import register

NEW = "/persons/new/"
NUMBER = complete("50029919680203001")
REASON = {"reason": "登记错了人"}


def url(one: Person, page: str = "") -> str:
    return f"/persons/{one.uid}/{page}/" if page else f"/persons/{one.uid}/"


def test_added_to_a_place(cast: Cast) -> None:
    client = cast.township_officer.client()
    data = {"name": "冉红军", "id_number": NUMBER.lower(), "area_typed": "石桥村1组", "on": "2024-01-01",
            "ethnic_group": "15", "phones": "13900001111"}  # fmt: skip
    page = sent(client, NEW, data)
    one = Person.objects.get(name="冉红军")
    assert page.redirect_chain[-1][0] == url(one)
    assert (one.area, one.sex, one.ethnic_group) == (cast.world.east_group, "1", "15")
    assert one.contacts.get().plain_value() == "13900001111"
    assert refused(client, NEW, data) == {"id_number": ["person.id_taken"]}


def test_added_to_a_household(cast: Cast) -> None:
    client, home = cast.township_officer.client(), cast.world.east_household
    first = client.get(f"{NEW}?household={home.uid}").content.decode()
    assert "E0001" in first
    data = {"name": "冉红梅", "household": str(home.uid), "relation": "", "on": "2024-01-01"}
    assert refused(client, NEW, data) == {"relation": ["value.required"]}
    sent(client, NEW, {**data, "relation": "38"})
    one = Person.objects.get(name="冉红梅")
    place = one.household_memberships.get()
    assert (place.household, place.relation, place.valid_from) == (home, "38", date(2024, 1, 1))
    assert one.area == home.area
    assert refused(client, NEW, {"name": "甲", "on": "2024-01-01"}) == {"area": ["value.required"]}


def test_corrected_with_a_reason_where_the_rule_asks(cast: Cast) -> None:
    one = person("冉红军", cast.world.east_group, 1)
    client = cast.township_officer.client()
    shown = client.get(url(one, "edit"))
    page = shown.content.decode()
    assert one.plain_id_number() not in page and "不更正就不用填" in page
    form = shown.context["form"]
    data = {name: field.value() or "" for name, field in ((f.name, f) for f in form)}
    assert refused(client, url(one, "edit"), data) == {"__all__": ["edit.unchanged"]}
    filled = {**data, "occupation": "务农"}
    assert "已更正。" in sent(client, url(one, "edit"), filled).content.decode()
    renamed = {**filled, "name": "冉宏军", "id_number": NUMBER}
    assert refused(client, url(one, "edit"), renamed) == {"reason": ["value.required"]}
    sent(client, url(one, "edit"), {**renamed, "reason": "与身份证核对"})
    now = Person.objects.get(pk=one.pk)
    assert (now.name, now.plain_id_number(), now.occupation) == ("冉宏军", NUMBER, "务农")
    assert now.birth_date == date(1968, 2, 3)
    wrong = {**renamed, "id_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}
    assert refused(client, url(one, "edit"), wrong) == {"id_number": ["id_number.checksum"]}


def test_contacts_come_and_go(cast: Cast) -> None:
    one, client = cast.world.east_person, cast.member.client()
    data = {"kind": "phone", "value": "139 0000 1111", "note": "儿子的", "source": "", "on": "2024-01-01"}
    sent(client, url(one, "contacts/new"), data)
    assert refused(client, url(one, "contacts/new"), data) == {"value": ["contact.exists"]}
    row = PersonContact.objects.get()
    page = client.get(url(one)).content.decode()
    assert f"/contacts/{row.pk}/end/" in page and "139****1111" in page
    over = url(one, f"contacts/{row.pk}/end")
    assert refused(client, over, {"on": "2023-01-01"}) == {"on": ["date.before_current"]}
    sent(client, over, {"on": "2024-06-01"})
    assert PersonContact.objects.get().valid_to == date(2024, 6, 1)
    assert client.get(over).status_code == 404
    assert f"/contacts/{row.pk}/end/" not in cast.auditor.client().get(url(one)).content.decode()


def test_a_contact_of_somebody_else_is_not_found(cast: Cast) -> None:
    other = phone(cast.world.west_person, "13900001111")
    answer = cast.county_officer.client().get(url(cast.world.east_person, f"contacts/{other.pk}/end"))
    assert answer.status_code == 404


def test_a_death_and_taking_it_back(cast: Cast) -> None:
    home = founded(cast.world)
    head, wife, son = (member(home, name) for name in ("谭大川", "向春梅", "谭小川"))
    client = cast.township_officer.client()
    before = register()
    given = [{"person": str(one.uid), "relation": ""} for one in (wife, son)]
    data = {"died_on": "2024-01-01", "new_head": str(wife.uid), **rows("relations", given, initial=2)}
    early = {**data, "died_on": "2999-01-01"}
    assert refused(client, url(head, "death"), early) == {"died_on": ["date.future"]}
    page = sent(client, url(head, "death"), data).content.decode()
    assert "已登记谭大川去世。" in page and "登记错了，撤回" in page and "撤回死亡登记" in page
    assert Household.objects.get(pk=home.pk).head == wife
    assert "登记错了可以撤回" in page
    assert "登记错了可以撤回" not in cast.liaison.client().get(url(head)).content.decode()
    assert client.get(url(head, "death")).status_code == 404
    back = page.split('href="')[1:]
    undo = next(part.split('"')[0] for part in back if "/withdraw/" in part)
    assert refused(client, undo, {"reason": ""}) == {"reason": ["required"]}
    told = sent(client, undo, REASON).content.decode()
    assert "已撤回：登记死亡。" in told
    assert register() == before
    assert undo not in client.get(url(head)).content.decode()
    assert refused(client, undo, REASON) == {"__all__": ["withdraw.done"]}


def test_what_never_was_leads_to_the_list(cast: Cast) -> None:
    client = cast.township_officer.client()
    page = sent(client, NEW, {"name": "甲", "area": cast.world.east_group.code, "on": "2024-01-01"})
    undo = next(part.split('"')[0] for part in page.content.decode().split('href="') if "/withdraw/" in part)
    assert sent(client, undo, REASON).redirect_chain[-1][0] == "/persons/"
    assert not Person.objects.filter(name="甲").exists()


def test_a_marriage_into_the_spouses_household(cast: Cast) -> None:
    home = household("E0005", cast.world.east_other_group, ["冉红军"], 1)
    client, bride = cast.township_officer.client(), cast.world.east_person
    data = {"on": "2024-01-01", "spouse_typed": "冉红军", "relation": ""}
    assert refused(client, url(bride, "marriage"), data) == {"relation": ["value.required"]}
    sent(client, url(bride, "marriage"), {**data, "relation": "10"})
    assert HouseholdMembership.objects.get(person=bride, valid_to=None).household == home
    assert Person.objects.get(pk=bride.pk).marital_status == "20"


def test_a_move(cast: Cast) -> None:
    home = founded(cast.world)
    son, client = member(home, "谭小川"), cast.township_officer.client()
    both = {"on": "2024-01-01", "household": "", "area": ""}
    assert refused(client, url(son, "move"), both) == {"household": ["value.required"]}
    sent(client, url(son, "move"), {**both, "area": cast.world.east_other_group.code})
    assert Person.objects.get(pk=son.pk).area == cast.world.east_other_group
    assert not HouseholdMembership.objects.filter(person=son, valid_to=None).exists()


def test_forms_of_the_living_are_not_there_for_the_dead(cast: Cast) -> None:
    one = person("冉红军", cast.world.east_group, 1, died_on=BEGINNING)
    for page in ("death", "marriage", "move", "resettlement/new"):
        assert cast.township_officer.client().get(url(one, page)).status_code == 404


def test_buttons_only_for_those_who_may(cast: Cast) -> None:
    page = url(cast.world.east_person)
    words = ("登记死亡", "登记婚姻", "个人迁移", "登记移民身份")
    officer = cast.township_officer.client().get(page).content.decode()
    assert all(word in officer for word in words)
    secretary = cast.member.client().get(page).content.decode()
    assert not any(word in secretary for word in words) and "新增联系方式" in secretary
    assert "新增联系方式" not in cast.auditor.client().get(page).content.decode()


@pytest.fixture
def programme(db: None) -> SupportProgramme:
    """The first one: twenty years, over in 2026."""
    since, until = date(2006, 7, 1), date(2026, 7, 1)
    return SupportProgramme.objects.create(
        code="t", name="后期扶持", valid_from=since, valid_to=until, document="国发〔2006〕17号"
    )


def test_the_effect_of_resettlement_is_shown_before_it_is_saved(
    cast: Cast, programme: SupportProgramme
) -> None:
    one, client = cast.world.east_person, cast.township_officer.client()
    data = {"moved": "2008-06", "support_mode": "cash", "on": "2024-01-01"}
    shown = client.post(url(one, "resettlement/new"), data)
    page = shown.content.decode()
    assert shown.status_code == 200 and not ResettlementRecord.objects.exists()
    assert "2028年6月1日" in page and "后期扶持" in page and "国发〔2006〕17号" in page
    sent(client, url(one, "resettlement/new"), {**data, "_do": "write", "_seen": shown.context["seen"]})
    row = ResettlementRecord.objects.get()
    assert (row.programme, row.support_until) == (programme, date(2028, 6, 1))
    assert client.get(url(one, "resettlement/new")).status_code == 404
    to_come = {"moved": "2099", "on": "2024-01-01"}
    two = person("冉红军", cast.world.east_group, 1)
    assert refused(client, url(two, "resettlement/new"), to_come) == {"moved": ["date.future"]}


def test_the_effect_of_a_change_of_support(cast: Cast, programme: SupportProgramme) -> None:
    one, client = cast.world.east_person, cast.township_officer.client()
    ResettlementRecord.objects.create(
        person=one, support_mode="cash", programme=programme, support_until=date(2026, 7, 1),
        valid_from=BEGINNING,
    )  # fmt: skip
    asked = client.get(url(one, "support")).content.decode()
    assert "暂停扶持" in asked and "恢复扶持" not in asked and "扶持中" in asked
    data = {"move": "suspend", "on": "2024-01-10", "reason": "", "document": "判决书"}
    assert refused(client, url(one, "support"), data) == {"reason": ["support.reason"]}
    data["reason"] = "prison"
    shown = client.post(url(one, "support"), data)
    assert "先看会怎样" in asked
    assert "2024年4月1日" in shown.content.decode() and ResettlementRecord.objects.count() == 1
    sent(client, url(one, "support"), {**data, "_do": "write", "_seen": shown.context["seen"]})
    latest = ResettlementRecord.objects.get(valid_to=None)
    assert (latest.support_mode, latest.valid_from) == ("", date(2024, 4, 1))
    assert "恢复扶持" in client.get(url(one, "support")).content.decode()


def test_what_is_verified_is_corrected(cast: Cast, programme: SupportProgramme) -> None:
    one, client = cast.world.east_person, cast.township_officer.client()
    ResettlementRecord.objects.create(
        person=one, register_number="0001", support_mode="cash", programme=programme, valid_from=BEGINNING
    )
    data = {"register_number": "0001", "from_place": "旧县城", "moved": "2008-06", "mode": ""}
    sent(client, url(one, "resettlement/edit"), data)
    row = ResettlementRecord.objects.get()
    assert (row.from_place, row.support_until) == ("旧县城", date(2028, 6, 1))
