"""A clerk who has only the screen: sheets in, answered, corrected, written, returned, taken back."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from anlan.kernel import worker
from anlan.kernel.models import ParameterValue
from anlan.kernel.stamps import renew
from anlan.registers.models import Person
from anlan.sheets.tests.books import Rows, id_number, xlsx
from tests.cast import Cast, Player
from tests.e2e.conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = ["姓名", "身份证号", "与户主关系", "村", "门牌编码", "文化程度", "血型"]
HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)
WRONG = SON[:-1] + ("1" if SON[-1] != "1" else "2")
ROWS: Rows = [
    ["移民人口登记表"],
    HEADER,
    ["冉红军", HEAD, "户主", "石桥村", "0101", "初中", "A"],
    ["周芳", WIFE, "妻", "石桥村", "0101", "小学", "B"],
    ["冉强", WRONG, "长子", "石桥村", "0101", "高中", "O"],
    ["合计", "3人"],
]
MERGES = [(0, 0, 0, 6)]
Opener = Callable[[Page, Player, str], Page]
Fits = Callable[[Page], None]


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


def work(page: Page) -> None:
    """Do what waits in the background, once the page shows that it does; the page moves on by itself."""
    expect(page.locator("#progress")).to_be_visible()
    while worker.work_once():
        continue
    expect(page.locator("#progress")).to_have_count(0)


def upload(page: Page, *files: Path) -> None:
    """From the list of imports to the checked draft."""
    page.goto("/imports/")
    page.click(".head-actions a:has-text('导入表格'), .empty a:has-text('导入表格')")
    page.set_input_files("input[name=tables]", list(files))
    expect(page.locator(".file-chosen")).to_contain_text(files[-1].name)
    page.click("button:has-text('上传并核对')")
    expect(page.locator("#progress")).to_contain_text("可以离开这一页")
    work(page)
    expect(page.locator("#recognised")).to_be_visible()


def press(page: Page, button: str) -> None:
    """A button of the page's head, and yes to its question."""
    page.click(f".head-actions button:has-text('{button}')")
    page.click("dialog[open] button:has-text('确定')")


def figure(page: Page, word: str) -> Locator:
    """How many lines come to one thing."""
    return page.locator(f"#lines .figure:has-text('{word}')")


def corrected(returned: Path, folder: Path) -> Path:
    """A returned sheet with the wrong id number set right, as somebody would do it in a spreadsheet."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(returned.read_bytes())).get_sheet_by_index(0).to_python()
    assert any("校验码不对" in str(cell) for row in rows for cell in row)
    path = folder / "改好.xlsx"
    path.write_bytes(xlsx({"退回": [[SON if cell == WRONG else cell for cell in row] for row in rows]}))
    return path


def test_a_clerk_imports_answers_corrects_and_takes_back(
    page: Page, cast: Cast, signed_in: Opener, fits: Fits, tmp_path: Path
) -> None:
    sheet, web_page, changed = (tmp_path / name for name in ("登记表.xlsx", "网页.xls", "下月.xlsx"))
    sheet.write_bytes(xlsx({"Sheet1": ROWS}, MERGES))
    web_page.write_bytes(b"<html><table></table></html>")
    signed_in(page, cast.county_officer, "/imports/")
    upload(page, sheet, web_page)
    expect(page.locator(".notice").first).to_contain_text("网页")
    told = page.locator("#recognised")
    expect(told).to_contain_text("移民人口")
    expect(told).to_contain_text("没有用到的列：门牌编码、血型")
    expect(told).to_contain_text("略过 1 行（合计、签名、说明等）：第 6 行")

    page.click("a:has-text('核对各列')")
    expect(page.locator(".sketch tr.is-header")).to_contain_text("门牌编码")
    page.get_by_label("门牌编码").select_option(label="户编号")
    page.click("button:has-text('保存并重新核对')")
    work(page)
    expect(page.locator("#recognised")).to_contain_text("已人工核对")

    page.click("a:has-text('回答疑问') >> nth=-1")
    expect(page.locator("form.form-card")).to_contain_text("登记表.xlsx 第 3 行 冉红军")
    page.click("label:has-text('东河镇石桥村')")
    page.click("button:has-text('保存并重新核对')")
    work(page)
    expect(page.locator("#questions")).to_contain_text("都已回答")
    expect(figure(page, "新增")).to_contain_text("2")
    page.click(".reasons a:has-text('校验码不对')")
    expect(page.locator(".lines-table")).to_contain_text("冉强")
    assert WRONG not in page.content()
    page.go_back()

    press(page, "写入")
    expect(page.locator("#progress")).to_contain_text("别人照常使用")
    assert not Person.objects.filter(name="冉红军").exists()
    work(page)
    expect(page.locator("h1 + .state, .head .state").first).to_contain_text("已写入")
    with page.expect_download() as download:
        page.click("#returned a:has-text('退回')")
    returned = tmp_path / "退回.xlsx"
    download.value.save_as(returned)

    upload(page, corrected(returned, tmp_path))
    expect(figure(page, "新增")).to_contain_text("1")
    expect(figure(page, "不写入")).to_contain_text("0")
    press(page, "写入")
    work(page)
    page.wait_for_selector("#history")
    assert Person.objects.with_id_number(SON).get().name == "冉强"

    rows = [list(row) for row in ROWS]
    rows[3][5], rows[4][1] = "大学专科毕业", SON
    changed.write_bytes(xlsx({"十二月": [row for row in rows if row[0] != "冉红军"]}, MERGES))
    upload(page, changed)
    expect(page.locator("#recognised")).to_contain_text("按记住的读法")
    expect(page.locator("#questions")).to_contain_text("没有要问的")
    page.click("#lines a:has-text('变更')")
    expect(page.locator(".lines-table del")).to_have_text("小学教育")
    page.go_back()
    expect(page.locator("#absent a")).to_have_text("2")
    press(page, "写入")
    work(page)
    page.click("a:has-text('撤回这一批')")
    expect(page.locator("form.form-card")).to_contain_text("变更的 1 行恢复成导入以前的样子")
    page.click("form.form-card button:has-text('撤回这一批')")
    work(page)
    expect(page.locator(".timeline-title")).to_have_text(["撤回导入", "导入表格"])
    page.goto("/imports/")
    expect(page.locator("#listing tbody tr")).to_have_count(3)
    expect(page.locator("#listing tbody tr").first).to_contain_text("已撤回")


def test_a_second_person_approves_on_a_phone_and_every_page_fits(
    page_at: Callable[[int], Page], cast: Cast, signed_in: Opener, fits: Fits, tmp_path: Path
) -> None:
    ParameterValue.objects.filter(code="sheets.second_approval").update(value=True)
    renew("parameters")
    sheet = tmp_path / "登记表.xlsx"
    sheet.write_bytes(xlsx({"Sheet1": ROWS}, MERGES))
    clerk = signed_in(page_at(WIDTHS[-1]), cast.township_officer, "/imports/")
    upload(clerk, sheet)
    draft = clerk.url
    clerk.context.add_cookies([{"name": "anlan_type", "value": "large", "url": clerk.url}])
    for width in WIDTHS:
        clerk.set_viewport_size({"width": width, "height": 900})
        for part in ("", "sheets/0/", "answers/", "lines/0/?outcome=refused", "../new/"):
            clerk.goto(f"{draft}{part}")
            clerk.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            fits(clerk)
    clerk.goto(draft)
    press(clerk, "送审")
    expect(clerk.locator(".notice").first).to_contain_text("已送审")
    phone = signed_in(page_at(WIDTHS[0]), cast.colleague, "/imports/")
    phone.click("#under-way a:has-text('登记表.xlsx')")
    fits(phone)
    phone.click("summary:has-text('退回')")
    phone.fill("[name=reason]", "冉强的身份证号请先核对")
    phone.click("button:has-text('退回给经办人')")
    clerk.goto(draft)
    expect(clerk.locator(".notice").first).to_contain_text("冉强的身份证号请先核对")
    clerk.click("summary:has-text('指定变动日期')")
    clerk.fill("[name=as_of]", "2026-05-31")
    clerk.click("button:has-text('按这一天重新核对')")
    work(clerk)
    press(clerk, "送审")
    expect(clerk.locator(".notice").first).to_contain_text("已送审")
    phone.goto("/imports/")
    phone.click("#under-way a:has-text('登记表.xlsx')")
    phone.click("button:has-text('批准并写入')")
    phone.click("dialog[open] button:has-text('确定')")
    work(phone)
    expect(phone.locator(".head")).to_contain_text("吴东")
    assert Person.objects.with_id_number(HEAD).exists()
