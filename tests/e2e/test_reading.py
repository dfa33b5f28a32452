"""Reading the registers in a browser: from the start page to a person, by search, by filter, by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anlan.registers.tests import people
from tests.cast import Cast, Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def families(cast: Cast) -> Cast:
    """Two families in the east, one in the west."""
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚", "何英"], 1)
    people.household("01420200002", cast.world.east_other_group, ["张三", "张小三"], 11)
    people.household("01420200003", cast.world.west_group, ["何西"], 21)
    return cast


@pytest.fixture
def signed_in() -> Callable[[Page, Player, str], Page]:
    """Open an address as one of the cast."""

    def open_it(page: Page, player: Player, address: str) -> Page:
        cookie = player.client().cookies["sessionid"].value
        page.goto("/sign-in/")
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
        page.goto(address)
        page.wait_for_function("document.documentElement.dataset.script === 'yes'")
        return page

    return open_it


Opener = Callable[[Page, Player, str], Page]


def test_from_a_figure_to_a_person_and_the_family(page: Page, families: Cast, signed_in: Opener) -> None:
    signed_in(page, families.township_officer, "/")
    page.click("a.figure:has-text('移民人口')")
    expect(page.locator("h1")).to_have_text("移民人口")
    expect(page.get_by_role("status")).to_contain_text("共 6 人")
    page.click("#listing .filter a:text-is('女')")
    expect(page.get_by_role("status")).to_contain_text("共 2 人")
    assert "sex=2" in page.url
    page.click("th a:text-is('余礼刚')")
    expect(page.locator("h1")).to_have_text("余礼刚")
    page.click(".head-fact a:has-text('01420200001')")
    expect(page.locator("h1")).to_have_text("何中小户")
    expect(page.locator("#members")).to_contain_text("何英")
    assert "何西" not in page.content()


def test_suggestions_are_walked_by_keyboard(page: Page, families: Cast, signed_in: Opener) -> None:
    signed_in(page, families.township_officer, "/")
    page.keyboard.press("/")
    page.keyboard.type("hz")
    first = page.locator("#suggest [data-suggestion]").first
    expect(first).to_contain_text("何中小")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#suggest [data-suggestion]")).to_have_count(0)
    expect(page.locator("#top-search")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("查找")
    expect(page.locator("#persons .work-title").first).to_have_text("何中小")


def test_the_last_digits_lead_straight_to_a_person(page: Page, families: Cast, signed_in: Opener) -> None:
    signed_in(page, families.county_officer, "/")
    page.fill("#top-search", people.id_number(11)[-4:])
    page.locator("#suggest [data-suggestion]:has-text('张三')").click()
    expect(page.locator("h1")).to_have_text("张三")


def test_the_area_of_a_list_is_switched_level_by_level(page: Page, families: Cast, signed_in: Opener) -> None:
    signed_in(page, families.county_officer, "/persons/")
    for name, count in (("东河镇", "共 6 人"), ("柳湾村", "共 2 人")):
        page.click(".crumbs summary")
        page.click(f".crumbs .menu-sheet a:has-text('{name}')")
        expect(page.get_by_role("status")).to_contain_text(count)
    page.click("#listing .filter a:text-is('女')")
    expect(page.locator("a.chip:has-text('性别')")).to_be_visible()
    page.click(".crumbs a:has-text('东河镇')")
    expect(page.locator(".crumbs summary")).to_contain_text("东河镇")
    assert "sex=2" in page.url
    page.click("a.chip:has-text('性别')")
    expect(page.get_by_role("status")).to_contain_text("共 6 人")
    page.click("a.chip:has-text('区划')")
    expect(page.get_by_role("status")).to_contain_text("共 8 人")
    expect(page.locator(".crumbs summary")).not_to_contain_text("东河镇")


@pytest.mark.parametrize(
    "kind", ["start", "list", "person", "household", "organization", "member", "area", "search"]
)
def test_no_reading_page_sticks_out(
    every_width: Page, families: Cast, signed_in: Opener, fits: Callable[[Page], None], kind: str
) -> None:
    world = families.world
    addresses = {
        "start": "/",
        "list": "/persons/?sex=1&age_band=46_59",
        "person": f"/persons/{world.east_person.uid}/",
        "household": f"/households/{world.east_household.uid}/",
        "organization": f"/organizations/{world.east_committee.uid}/",
        "member": f"/members/{world.east_member.uid}/",
        "area": "/areas/500299101000/",
        "search": "/search/?q=何",
    }
    page = signed_in(every_width, families.county_officer, addresses[kind])
    fits(page)
    page.click("button.tool-type")
    fits(page)


def test_pages_can_be_read_without_scripts(page: Page, families: Cast, signed_in: Opener) -> None:
    signed_in(page, families.township_officer, "/persons/")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    quiet = plain.new_page()
    quiet.goto(page.url)
    quiet.fill("#list-q", "zhangsan")
    quiet.press("#list-q", "Enter")
    expect(quiet.get_by_role("status")).to_contain_text("共 1 人")
    quiet.click("th a:text-is('张三')")
    expect(quiet.locator("h1")).to_have_text("张三")
    plain.close()


def test_a_record_prints_as_a_sheet_with_unit_and_signature_line(
    page: Page, families: Cast, signed_in: Opener
) -> None:
    signed_in(page, families.county_officer, f"/households/{families.world.east_household.uid}/")
    expect(page.locator(".print-signature")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".print-signature")).to_be_visible()
    expect(page.locator(".print-unit")).to_contain_text("安平县")
    for left_out in (".nav-desk", ".top", "#history", ".record-day", ".crumbs"):
        expect(page.locator(left_out)).to_be_hidden()
