"""The server answers a browser."""

from playwright.sync_api import Page


def test_the_server_answers(page: Page) -> None:
    answer = page.goto("/healthz")
    assert answer is not None
    assert (answer.status, answer.text()) == (200, "ok\n")
