"""A clerk writes a household by hand: with the keyboard, through a session that ends in the middle."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from anlan.accounts.models import FormDraft, SignedInSession
from anlan.kernel.id_numbers import complete
from anlan.registers.models import Household, Person
from tests.cast import Cast

PASSWORD = "Shouxie-2026-bao"
HEAD, WIFE = complete("50029919680203001"), complete("50029919700506002")


def sign_in(page: Page) -> None:
    """Sign in where the page stands."""
    page.get_by_label("用户名").fill("township")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_a_household_by_hand(
    cast: Cast, page: Page, page_at: Callable[[int], Page], fits: Callable[[Page], None]
) -> None:
    user = cast.township_officer.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    page.goto("/households/")
    sign_in(page)
    page.get_by_role("link", name="新增移民户").press("Enter")
    _fill_with_the_keyboard(page)

    # The session ends behind the clerk's back; what was typed is all there after signing in.
    expect(page.locator("[data-draft-state]")).to_contain_text("已暂存", timeout=8_000)
    SignedInSession.objects.all().delete()
    page.locator("[name='members-2-relation']").select_option("42")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url("/sign-in/?next=/households/new/%3Fdraft%3Dgo")
    sign_in(page)
    expect(page.locator("[name='members-0-name']")).to_have_value("谭大川")
    expect(page.locator("[name='members-2-relation']")).to_have_value("42")
    assert "members" not in bytes(FormDraft.objects.get().content).decode("latin-1")
    fits(page)

    # A refusal beside its field, mended; then everything is written at once.
    page.locator("[name='members-2-birth']").press("Control+Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("请填写这一项")
    page.locator("[name='members-2-name']").fill("谭念")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("已登记这一户，共 3 人。")
    household = Household.objects.get(number="E0099")
    assert household.head is not None and household.head.name == "谭大川"
    assert not FormDraft.objects.exists()

    _correct_a_name(page)
    _record_a_death_and_take_it_back(page)

    phone = page_at(320)
    phone.goto("/households/new/")
    sign_in(phone)
    phone.get_by_role("button", name="再加一人").click()
    expect(phone.locator("[name='members-1-name']")).to_be_focused()
    fits(phone)
    child = Person.objects.get(name="谭念")
    for form in ("edit", "death", "marriage", "move", "contacts/new", "resettlement/new"):
        phone.goto(f"/persons/{child.uid}/{form}/")
        expect(phone.locator("main form.form")).to_be_visible()
        fits(phone)


def _fill_with_the_keyboard(page: Page) -> None:
    """Three members; the place is found by typing, and taken with the arrow."""
    page.locator("[name='area_typed']").focus()
    page.keyboard.type("石桥村")
    expect(page.locator(".picker-hit")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="东河镇石桥村1组")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("E0099")
    page.locator("[name='members-0-name']").focus()
    page.keyboard.type("谭大川")
    page.locator("[name='members-0-id_number']").focus()
    page.keyboard.type(HEAD)
    page.get_by_role("button", name="再加一人").press("Enter")
    expect(page.locator("[name='members-1-name']")).to_be_focused()
    page.keyboard.type("向春梅")
    page.locator("[name='members-1-relation']").select_option("12")
    page.locator("[name='members-1-id_number']").fill(WIFE)
    page.get_by_role("button", name="再加一人").press("Enter")
    expect(page.locator("[name='members-2-name']")).to_be_focused()
    page.locator("#row-members-2 summary").press("Enter")
    page.locator("[name='members-2-birth']").fill("2020-05")


def _correct_a_name(page: Page) -> None:
    page.get_by_role("link", name="向春梅").press("Enter")
    page.get_by_role("link", name="更正", exact=True).press("Enter")
    page.get_by_label("姓名").fill("向春美")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("为什么更正")
    page.get_by_label("为什么更正").fill("与身份证核对")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("已更正。")
    expect(page.get_by_role("heading", level=1)).to_have_text("向春美")


def _record_a_death_and_take_it_back(page: Page) -> None:
    page.locator(".head-more summary").press("Enter")
    page.get_by_role("link", name="登记死亡").press("Enter")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="登记死亡").last.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已登记向春美去世。")
    assert Person.objects.get(name="向春美").died_on is not None
    page.get_by_role("link", name="登记错了，撤回").press("Enter")
    page.get_by_label("为什么撤回").fill("登记错了人")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("已撤回：登记死亡。")
    assert Person.objects.get(name="向春美").died_on is None
