"""The browser of the journeys: one for the run, a fresh page for each test, at the widths people have.

``page`` is 1280 pixels wide, ``page_at(width)`` opens others; ``every_width`` runs a test at all three.
Errors of scripts and answers of 500 and above fail the test in which they happen.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.provision import chromium

WIDTHS = (320, 768, 1280)
HEIGHT = 900
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MILLISECONDS = 10_000

# Playwright keeps a loop of its own in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the machine."""
    path = chromium.find()
    if path is None:
        pytest.fail("no Chrome or Chromium here; ./anlan test installs one or leaves the journeys out")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Where the pages of this test are served, without a slash at the end."""
    return str(live_server.url)


@pytest.fixture
def page_at(browser: Browser, base_url: str) -> Iterator[Callable[[int], Page]]:
    """Open a page of a given width in a context of its own: no cookies, Chinese, Shanghai time."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(width: int) -> Page:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MILLISECONDS)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on(
            "response",
            lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, f"the pages of this journey failed: {faults}"


@pytest.fixture
def page(page_at: Callable[[int], Page]) -> Page:
    """A page on an office computer."""
    return page_at(WIDTHS[-1])


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def every_width(request: pytest.FixtureRequest, page_at: Callable[[int], Page]) -> Page:
    """A page on a phone, a tablet and an office computer in turn."""
    return page_at(request.param)


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Assert that nothing of a page sticks out sideways, which on a phone hides it."""

    def check(page: Page) -> None:
        root = "document.documentElement"
        wide, shown = page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
        assert wide <= shown, f"{page.url} is {wide} pixels wide in a window of {shown}"

    return check
