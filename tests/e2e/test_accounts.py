"""An administrator's week in a browser: accounts from a sheet, a parameter, the calendar, devices."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import Cast, Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = """姓名,用户名,单位,角色,管理范围
张三,,东河镇人民政府,乡镇工作人员,东河镇
李四,,石桥村,联络员,{place}
"""
AGE = "/parameters/registers.member_min_age/"
SOURCE = "安政办〔2026〕12号"
Opener = Callable[[Page, Player, str], Page]


@pytest.fixture
def signed_in() -> Opener:
    """Open an address as one of the cast."""

    def open_it(page: Page, player: Player, address: str) -> Page:
        cookie = player.client().cookies["sessionid"].value
        page.goto("/sign-in/")
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
        page.goto(address)
        page.wait_for_function("document.documentElement.dataset.script === 'yes'")
        return page

    return open_it


def upload(page: Page, folder: Path, place: str) -> None:
    """Upload the sheet with a place of its second line."""
    sheet = folder / "accounts.csv"
    sheet.write_text(SHEET.format(place=place), "utf-8")
    page.set_input_files("input[name=file]", sheet)
    page.click("button:has-text('检查这个表')")
    page.wait_for_selector("#lines")


def test_accounts_of_a_sheet_are_corrected_opened_and_used(
    page_at: Callable[[int], Page], cast: Cast, signed_in: Opener, tmp_path: Path
) -> None:
    page = signed_in(page_at(1280), cast.administrator, "/users/")
    page.click("a:has-text('用表格批量新建')")
    upload(page, tmp_path, "石桥村")
    expect(page.locator("#lines")).to_contain_text("请写上乡镇名称")
    page.click("a:has-text('重新上传')")
    upload(page, tmp_path, "东河镇石桥村")
    expect(page.locator(".notice-done")).to_contain_text("2 行都可以")
    page.click("button:has-text('建立这些账号')")
    expect(page.locator(".slip")).to_have_count(2)
    username, password = page.locator(".slip").first.locator(".slip-code").all_inner_texts()
    page.emulate_media(media="print")
    assert not page.locator(".notice-attention").is_visible() and page.locator(".slip").first.is_visible()
    page.emulate_media(media="screen")
    page.click("a:has-text('看账号')")
    expect(page.locator("#listing")).to_contain_text("zhangsan")
    assert password not in page.content()
    phone = page_at(320)
    phone.goto("/sign-in/")
    phone.fill("[name=login]", username)
    phone.fill("[name=password]", password)
    phone.keyboard.press("Enter")
    expect(phone.locator("h1")).to_have_text("修改密码")
    for name, text in (("old", password), ("password", "Lan-2026-jiang"), ("repeated", "Lan-2026-jiang")):
        phone.fill(f"[name={name}]", text)
    phone.click("button:has-text('修改密码')")
    phone.wait_for_url("**/")
    phone.goto("/me/")
    expect(phone.locator("body")).to_contain_text("乡镇工作人员")


def test_a_parameter_is_set_after_a_look_and_taken_back(page: Page, cast: Cast, signed_in: Opener) -> None:
    day = timezone.localdate() + timedelta(days=30)
    signed_in(page, cast.county_officer, "/parameters/?q=入党")
    page.click("th a:has-text('入党最低年龄')")
    page.click(".head-actions a:has-text('修改参数')")
    page.fill("[name=value]", "很大")
    page.fill("[name=valid_from]", day.isoformat())
    page.fill("[name=source]", SOURCE)
    page.click("button:has-text('看看会改什么')")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("要填整数")
    page.fill("[name=value]", "20")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#effect del")).to_have_text("18 周岁")
    expect(page.locator("#effect ins")).to_have_text("20 周岁")
    page.click("button:has-text('回去再改')")
    page.fill("[name=value]", "19")
    page.click("button:has-text('看看会改什么')")
    page.click("button:has-text('确认修改')")
    expect(page.locator("#coming")).to_contain_text("19 周岁")
    expect(page.locator("#history")).to_contain_text(SOURCE)
    page.click("#values button:has-text('撤回')")
    page.click("#confirm [data-confirm-yes]")
    expect(page.locator(".notice-done")).to_contain_text("已撤回")
    expect(page.locator("#coming")).to_contain_text("没有已经定下的变化")


def test_a_missing_year_is_begun_edited_and_settled(page: Page, cast: Cast, signed_in: Opener) -> None:
    signed_in(page, cast.county_officer, "/calendar/2029/")
    expect(page.locator(".notice-refused")).to_contain_text("算不出来")
    page.click("button:has-text('录入法定节假日')")
    expect(page.locator(".head .state")).to_contain_text("暂定")
    page.locator(".month").nth(1).locator("td a:text-is('15')").click()
    expect(page.locator("[name=day]")).to_have_value("2029-02-15")
    page.fill("[name=until]", "2029-02-19")
    page.check("[name=kind][value=rest]")
    page.fill("[name=name]", "春节")
    page.fill("[name=source]", SOURCE)
    page.click("button:has-text('保存这些日子')")
    expect(page.locator(".notice-done")).to_contain_text("已保存")
    expect(page.locator(".month").nth(1)).to_contain_text("春节 休")
    page.click(".head-actions a:has-text('确认全年')")
    page.fill("[name=source]", SOURCE)
    page.click("button:has-text('确认全年')")
    expect(page.locator(".head .state")).to_contain_text("已确定")
    assert page.locator(".is-waiting").count() == 0


def test_another_device_is_signed_out(page_at: Callable[[int], Page], cast: Cast, signed_in: Opener) -> None:
    here, phone = page_at(1280), page_at(320)
    signed_in(phone, cast.liaison, "/me/")
    signed_in(here, cast.liaison, "/me/")
    expect(here.locator("#sessions tbody tr")).to_have_count(2)
    here.click("#sessions button:has-text('退出其他设备')")
    here.click("#confirm [data-confirm-yes]")
    expect(here.locator("#sessions tbody tr")).to_have_count(1)
    phone.goto("/me/")
    expect(phone.locator("h1")).to_have_text("登录")


@pytest.mark.parametrize(
    "address",
    [
        "/users/",
        "/users/liaison/",
        "/user-import/",
        "/me/",
        "/parameters/",
        AGE,
        f"{AGE}set/",
        "/calendar/2027/",
        "/calendar/2031/",
        "/calendar/set/?day=2027-02-05",
    ],
)
def test_nothing_sticks_out_in_either_type(
    every_width: Page, cast: Cast, signed_in: Opener, fits: Callable[[Page], None], address: str
) -> None:
    page = signed_in(every_width, cast.administrator, address)
    fits(page)
    page.click("button.tool-type")
    fits(page)
