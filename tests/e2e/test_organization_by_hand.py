"""A county officer keeps a branch by hand: founded with its posts, a member, a slip taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlan.registers.models import Membership, PartyOrganization, Person
from anlan.registers.tests import people
from tests.cast import Cast, Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, player: Player) -> None:
    """A session without the way through the password."""
    page.goto("/sign-in/")
    cookie = player.client().cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])


def test_a_branch_by_hand(
    cast: Cast, page: Page, page_at: Callable[[int], Page], fits: Callable[[Page], None]
) -> None:
    people.person("余礼刚", cast.world.east_group, 81)
    people.household("E20", cast.world.east_group, ["谭书勤"], 91)
    sign_in(page, cast.county_officer)
    page.goto("/organizations/")
    page.get_by_role("link", name="新增党组织").click()
    _found_a_branch(page)
    _register_a_member(page)
    _rename_and_take_it_back(page)
    _correct_many_at_once(page)

    branch = PartyOrganization.objects.get(name="石桥村脐橙党支部")
    member = Membership.objects.get(person__name="余礼刚")
    phone = page_at(320)
    sign_in(phone, cast.county_officer)
    for address in (
        "/organizations/new/",
        f"/organizations/{branch.uid}/",
        f"/organizations/{branch.uid}/election/",
        f"/organizations/{branch.uid}/posts/start/",
        f"/members/{member.uid}/",
        f"/members/{member.uid}/transfer/",
        f"/areas/{cast.world.east_village.code}/split/",
        f"/areas/{cast.world.east_village.code}/merge/",
        "/organizations/",
        "/bulk-edit/persons/?fact=person.occupation",
    ):
        phone.goto(address)
        expect(phone.locator("main h1")).to_be_visible()
        fits(phone)


def _found_a_branch(page: Page) -> None:
    """The organisation with two posts; the day of the next election is shown before anything is written."""
    page.locator("[name='parent_typed']").fill("中共东河镇委员会")
    expect(page.locator("[name='parent']")).to_have_count(1)
    page.get_by_role("radio", name="中共东河镇委员会 中共安平县委员会").check()
    page.locator("[name='area_typed']").fill("东河镇 石桥村")
    expect(page.locator("[name='area']")).to_have_count(2)
    page.get_by_role("radio", name="东河镇石桥村", exact=True).check()
    page.get_by_label("名称").fill("石桥村脐橙党支部")
    page.get_by_role("radio", name="党支部", exact=True).check()
    page.get_by_label("上次换届").fill("2024-03")
    page.locator("[name='posts-0-post']").select_option("secretary")
    page.locator("[name='posts-0-person_typed']").fill("谭书勤")
    page.get_by_role("radio", name="谭书勤").check()
    page.get_by_role("button", name="再加一项任职").click()
    expect(page.locator("[name='posts-1-post']")).to_be_focused()
    page.locator("[name='posts-1-post']").select_option("publicity")
    page.locator("[name='posts-1-name']").fill("余礼刚")
    page.keyboard.press("Control+Enter")
    effect = page.locator("#effect")
    expect(effect).to_contain_text("2029年3月31日")
    expect(effect).to_contain_text("书记 谭书勤")
    assert not PartyOrganization.objects.filter(name="石桥村脐橙党支部").exists()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("已新增石桥村脐橙党支部")
    expect(page.locator("#posts")).to_contain_text("宣传委员")


def _press(page: Page, name: str) -> None:
    """A button of the head, also where it stands behind a menu."""
    link = page.locator("header.head").get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        page.locator("header.head summary").click()
    link.click()


def _register_a_member(page: Page) -> None:
    _press(page, "登记党员")
    page.locator("[name='person_typed']").fill("余礼刚")
    page.get_by_role("radio", name="余礼刚").check()
    page.get_by_role("radio", name="预备党员").check()
    page.get_by_label("入党时间").fill("2025-07-01")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("编入石桥村脐橙党支部")
    expect(page.get_by_role("heading", level=1)).to_have_text("余礼刚")


def _rename_and_take_it_back(page: Page) -> None:
    page.locator(".head-facts").get_by_role("link", name="石桥村脐橙党支部").click()
    _press(page, "变更名称")
    page.get_by_label("名称").fill("石桥村柑橘党支部")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#effect")).to_contain_text("石桥村脐橙党支部 → 石桥村柑橘党支部")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("石桥村柑橘党支部")
    page.get_by_role("link", name="做错了，撤回").click()
    page.get_by_label("为什么").fill("看错文件")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("石桥村脐橙党支部")


def _correct_many_at_once(page: Page) -> None:
    """Only the one that is ticked, looked at, written, taken back."""
    page.goto("/persons/")
    page.get_by_role("checkbox", name="谭书勤").check()
    page.get_by_role("button", name="批量修改").click()
    expect(page.locator("main")).to_contain_text("选中的 1 人")
    page.get_by_role("radio", name="职业").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("职业改成").fill("务农")
    page.get_by_label("为什么改").fill("2026 年核查")
    page.get_by_role("button", name="看看会改什么").click()
    page.get_by_role("button", name="修改这 1 条").click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.locator("#rows")).to_contain_text("职业：— → 务农")
    assert Person.objects.get(name="谭书勤").occupation == "务农"
    page.get_by_role("button", name="整批撤回").click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.get_by_role("status").first).to_contain_text("已撤回")
    assert Person.objects.get(name="谭书勤").occupation == ""
