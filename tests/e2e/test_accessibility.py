"""Every kind of page against the rules of WCAG 2.2 AA: light, dark and large type, on a desk and on a phone.

A page is opened once and shown in its ways one after the other. Rules are those of axe-core: all of them on a
desk and in large type on a phone, which is where room is scarce; in the dark only what the dark can change.
"""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from anlan.registers.tests import people
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = "run => axe.run({...run, resultTypes: ['violations']}).then(found => found.violations)"
SHOW = """([type, theme]) => Object.assign(document.documentElement.dataset, {type, theme})"""
COLOURS = ["color-contrast"]
WAYS = (
    (1280, "normal", "light", {"runOnly": RULES}),
    (1280, "normal", "dark", {"runOnly": COLOURS}),
    (320, "large", "light", {"runOnly": RULES}),
)


@pytest.fixture
def still(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A context without motion: half-way through a change of colours no contrast is right."""
    context = browser.new_context(base_url=base_url, locale="zh-CN", reduced_motion="reduce")
    yield context
    context.close()


def faults(page: Page, address: str) -> list[str]:
    """What axe finds on a page, in the ways it is shown."""
    answer = page.goto(address)
    assert answer is not None and answer.status < 500, address
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, size, theme, run in WAYS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SHOW, [size, theme])
        found += [f"{address} {width} {size} {theme}: {one}" for one in _broken(page, run)]
    return found


def _broken(page: Page, run: dict[str, list[str]]) -> Iterator[str]:
    violations: list[dict[str, Any]] = page.evaluate(CHECK, run)
    for one in violations:
        for node in one["nodes"]:
            yield f"{one['id']} {node['target']} {node['failureSummary']}"


def addresses(cast: Cast) -> dict[str, list[str]]:
    """An address of each kind of page, by who opens it; "" is somebody not signed in."""
    world = cast.world
    return {
        "": ["/sign-in/"],
        "county_officer": [
            "/",
            "/board/",
            "/persons/?sex=1",
            f"/persons/{world.east_person.uid}/",
            f"/organizations/{world.east_committee.uid}/",
            "/statistics/?part=residents",
            "/coverage/",
            "/imports/",
            "/imports/new/",
            "/search/?q=何",
            "/calendar/",
            "/parameters/registers.member_min_age/set/",
            "/no-such-page/",
            "/style/",
        ],
        "administrator": ["/me/", "/users/"],
    }


def test_every_kind_of_page_keeps_the_rules(still: BrowserContext, cast: Cast) -> None:
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    page, found = still.new_page(), list[str]()
    for who, opened in addresses(cast).items():
        page.goto("/sign-in/")
        if who:
            cookie = getattr(cast, who).client().cookies["sessionid"].value
            still.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
        for address in opened:
            found += faults(page, address)
    assert not found, "\n".join(found)


def test_everything_can_be_reached_without_a_mouse(
    page_at: Callable[[int], Page], cast: Cast, fits: Callable[[Page], None]
) -> None:
    """Search, open, print and export, sign out: only keys, and what has the focus can be seen."""
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    page = page_at(1280)
    page.goto("/sign-in/")
    cookie = cast.county_officer.client().cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    page.goto("/")
    page.wait_for_function("document.documentElement.dataset.script === 'yes'")
    press = page.keyboard.press

    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    press("/")
    page.keyboard.type("何中小")
    page.wait_for_selector("#suggest [data-suggestion]")
    press("ArrowDown")
    press("Enter")
    page.wait_for_url("**/persons/*/")
    assert page.locator("h1").inner_text() == "何中小"

    _tab_to(page, "[data-print]")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.evaluate("window.print = () => { window.printed = true }")
    press("Enter")
    assert page.evaluate("window.printed")

    page.goto("/persons/")
    _tab_to(page, ".crumbs summary")
    press("Enter")
    press("Tab")
    press("Enter")
    page.wait_for_url("**/persons/?area=*")
    press("j")
    press("Enter")
    page.wait_for_url("**/persons/*/*")

    page.goto("/persons/")
    _tab_to(page, "#listing .filter a:text-is('女')")
    press("Enter")
    page.wait_for_url("**/persons/?sex=2")
    assert page.evaluate("document.activeElement !== document.body"), "the focus is kept when a list changes"

    _tab_to(page, "summary.tool", backwards=True)
    press("Enter")
    _tab_to(page, "form[action='/sign-out/'] button")
    press("Enter")
    page.wait_for_url("**/sign-in/")
    fits(page)


def _tab_to(page: Page, selector: str, *, backwards: bool = False, most: int = 80) -> None:
    """Press Tab until the first element of a selector has the focus."""
    wanted = page.locator(selector).first
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")
