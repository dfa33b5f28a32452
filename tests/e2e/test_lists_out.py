"""Taking a list out and coming back to it: save a view, open it, export with a reason, be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from anlan.registers.tests import people
from tests.cast import Cast, Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_as(page: Page, player: Player, address: str) -> None:
    """Open an address as one of the cast."""
    cookie = player.client().cookies["sessionid"].value
    page.goto("/sign-in/")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    page.goto(address)
    page.wait_for_function("document.documentElement.dataset.script === 'yes'")


def test_a_view_is_saved_opened_and_taken_out_and_the_auditor_sees_it(
    page: Page, cast: Cast, fits: Callable[[Page], None], tmp_path: Path
) -> None:
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚", "何英"], 1)
    open_as(page, cast.township_officer, "/persons/")
    page.click("#listing .filter a:text-is('女')")
    expect(page.get_by_role("status").first).to_contain_text("共 1 人")
    page.click("a:has-text('把现在的条件存为视图')")
    page.fill("[name=name]", "女移民")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[aria-label='视图'] [aria-current]")).to_have_text("女移民")
    page.click("a:text-is('管理视图')")
    page.click("button:text-is('设为默认')")
    expect(page.locator("table")).to_contain_text("打开清单先看它")
    page.goto("/persons/")
    assert page.url.endswith("/persons/?sex=2")

    page.click("#listing a:text-is('导出')")
    page.click("form button:text-is('导出')")
    expect(page.locator(".field-error")).to_contain_text("请选一个理由")
    page.check("text=其他")
    page.fill("[name=words]", "核对安置房名单")
    with page.expect_download() as coming:
        page.click("form button:text-is('导出')")
    target = tmp_path / "表.xlsx"
    coming.value.save_as(target)
    sheet = load_workbook(target).worksheets[0]
    assert sheet["A1"].value == "安平县东河镇移民人口登记表"
    assert "余礼刚" in {cell.value for row in sheet.iter_rows() for cell in row}
    expect(page.locator("[data-download-began]")).to_be_visible()

    page.set_viewport_size({"width": 320, "height": 700})
    open_as(page, cast.auditor, "/exports/")
    expect(page.locator("#listing")).to_contain_text("核对安置房名单")
    expect(page.locator("#listing")).to_contain_text("郑东")
    fits(page)
