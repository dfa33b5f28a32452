"""The design in a real browser: every width, large type, dark, keyboard, and the same without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_TARGETS = """[...document.querySelectorAll(
    'button, .button, .tool, select, textarea, .nav a, .nav-bar a, .filter a, .chip, .list-bar a, summary,' +
    'input:not([type=hidden], [type=radio], [type=checkbox])')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 59.5)
  .map(e => `${e.tagName}.${e.className} ${e.innerText.slice(0, 10)} ${e.getBoundingClientRect().height}`)"""


@pytest.fixture
def style_page(cast: Cast) -> Callable[[Page], Page]:
    """Open the page of all components as somebody signed in."""

    def open_it(page: Page) -> Page:
        cookie = cast.county_officer.client().cookies["sessionid"].value
        page.goto("/sign-in/")
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
        page.goto("/style/")
        page.wait_for_function("document.documentElement.dataset.script === 'yes'")
        return page

    return open_it


def test_nothing_sticks_out_in_either_type(
    every_width: Page, style_page: Callable[[Page], Page], fits: Callable[[Page], None]
) -> None:
    page = style_page(every_width)
    fits(page)
    page.click("button.tool-type")
    fits(page)


def test_large_type_comes_without_a_reload_and_stays(
    page_at: Callable[[int], Page], style_page: Callable[[Page], Page]
) -> None:
    page = style_page(page_at(320))
    page.evaluate("window.notReloaded = true")
    page.click("button.tool-type")
    assert page.evaluate("window.notReloaded")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20
    assert page.evaluate(SMALL_TARGETS) == []
    page.reload()
    assert page.evaluate("document.documentElement.dataset.type") == "large"


def test_dark_is_chosen_behind_the_name_and_stays(page: Page, style_page: Callable[[Page], Page]) -> None:
    style_page(page)
    page.click("summary:has-text('显示')")
    page.click("button[name=theme]")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(24, 23, 21)"


def test_the_switch_works_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in/")
    page.click("button.tool-type")
    assert page.url.endswith("/sign-in/")
    assert page.locator("html").get_attribute("data-type") == "large"
    context.close()


def test_the_keyboard_reaches_search_rows_and_menus(page: Page, style_page: Callable[[Page], Page]) -> None:
    style_page(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    rows = "[...document.querySelectorAll('[data-list] [data-row]')].indexOf(document.activeElement)"
    assert page.evaluate(rows) == 0
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-search-focus]')")
    page.click(".as-of > summary")
    page.keyboard.press("Escape")
    assert page.locator("details[data-menu][open]").count() == 0


def test_what_cannot_be_undone_is_asked_first(page: Page, style_page: Callable[[Page], Page]) -> None:
    style_page(page)
    page.evaluate("window.notSent = true")
    page.click("form[data-confirm] button")
    assert page.locator("#confirm").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("window.notSent")


def test_the_errors_of_a_form_get_the_focus_and_lead_to_their_fields(
    page: Page, style_page: Callable[[Page], Page]
) -> None:
    style_page(page)
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    page.click(".error-summary a[href='#id_name']")
    assert page.evaluate("document.activeElement.id") == "id_name"
