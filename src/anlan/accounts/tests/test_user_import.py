"""Many accounts from one sheet: read from any spreadsheet, checked line by line, opened all or none."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, make_player, make_user

from anlan.accounts.actions.passwords import FIRST_ROUNDS, first_hash
from anlan.accounts.actors import actor_for
from anlan.accounts.imports.blank_sheet import blank_sheet
from anlan.accounts.imports.opening import open_accounts
from anlan.accounts.imports.planning import PlannedAccount, plan_accounts
from anlan.accounts.imports.reading import MOST_LINES, Line, read_lines
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.roles import Role, Tier
from anlan.kernel.models import ChangedRecord, ChangeEntry
from anlan.kernel.problems import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
HEADER = ["姓名*", "用户名", "单位", "角色*", "级别", "管理范围*", "从哪天起", "到哪天止"]
TOWN = ["张三", "", "东河镇人民政府", "乡镇工作人员", "乡镇级", "东河镇", "", ""]
VILLAGE = ["李四", "li.si", "石桥村", "联络员", "", "东河镇石桥村", "2026-07-01", "2027-06-30"]


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return target.getvalue()


def lines_of(*rows: Sequence[Any]) -> list[Line]:
    return read_lines(workbook([HEADER, *rows]))


def plan(cast: Cast, *rows: Sequence[Any]) -> list[PlannedAccount]:
    return plan_accounts(lines_of(*rows), cast.administrator.person, DAY)


def codes(one: PlannedAccount) -> list[str]:
    return [problem.code for problem in one.problems]


def test_any_sheet_is_read_at_the_rows_people_see() -> None:
    rows: list[list[Any]] = [
        ["2026年账号登记表"],
        [],
        ["序号", *HEADER],
        [1, *TOWN],
        [],
        [2, "王五", "", "", "联络员", "", 500299101201.0, datetime(2026, 7, 1), ""],  # noqa: DTZ001 - a cell
        ["注：以上由各乡镇填报"],
    ]
    first, second = read_lines(workbook(rows))
    assert (first.row, first.text("name"), first.text("place")) == (4, "张三", "东河镇")
    assert (second.row, second.text("place"), second.text("first_day")) == (6, "500299101201", "2026-07-01")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    text = "姓名,角色,管理范围\n张三,联络员,石桥村\n"
    [line] = read_lines(text.encode(encoding))
    assert (line.row, dict(line.cells)) == (2, {"name": "张三", "role": "联络员", "place": "石桥村"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 broken", "account_sheet.unreadable"),
        (b"\x00\x01\x02", "account_sheet.unreadable"),
        (b"\xff\xfe\xfd\x81", "account_sheet.unreadable"),
        ("甲,乙\n1,2\n".encode(), "account_sheet.header"),
        ("姓名,角色\n张三,联络员\n".encode(), "account_sheet.column"),
        ("姓名,角色,管理范围\n".encode(), "account_sheet.empty"),
        (b"x" * 5_000_001, "account_sheet.too_long"),
        (("姓名,角色,管理范围\n" + "张,联络员,村\n" * (MOST_LINES + 1)).encode(), "account_sheet.too_long"),
        (b"", "account_sheet.header"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_accounts_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_lines(content)


def test_the_blank_sheet_is_read_back_without_its_example() -> None:
    with pytest.raises(Refused, match=r"account_sheet.empty"):
        read_lines(blank_sheet())


def test_lines_become_accounts_with_names_roles_and_days(cast: Cast) -> None:
    make_user("zhangsan", "别人")
    town, twin, village = plan(cast, TOWN, [*TOWN[:5], "西岭乡", "", ""], VILLAGE)
    assert (town.username, twin.username, village.username) == ("zhangsan2", "zhangsan3", "li.si")
    assert not codes(town) and not codes(village)
    assert town.place and village.place
    assert (town.role, town.place.tier, town.place.path) == (
        Role.TOWNSHIP_OFFICER,
        Tier.TOWNSHIP,
        cast.world.east.path,
    )
    assert (town.valid_from, town.valid_to) == (DAY, None)
    assert (village.valid_from, village.valid_to) == (date(2026, 7, 1), date(2027, 7, 1))
    assert village.place.path == cast.world.east_village.path and village.place.name == "东河镇石桥村"


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("柳湾村", "east_other_village"),
        ("东河镇/石桥村", "east_village"),
        ("安平县 西岭乡 石桥村", "west_village"),
        ("500299102201", "west_village"),
        ("500299102", "west"),
        ("全县", "county"),
        ("安平县", "county"),
    ],
)
def test_a_place_is_found_however_it_is_written(cast: Cast, place: str, path: str) -> None:
    [one] = plan(cast, ["张三", "", "", "移民专干", "", place, "", ""])
    assert one.place is not None and one.place.path == getattr(cast.world, path).path, codes(one)


def test_a_secretary_gets_an_organisation(cast: Cast) -> None:
    row = ["张三", "", "", "党支部书记", "", "石桥村党支部", "", ""]
    found, lost = plan(cast, row, ["李四", *row[1:5], "没有的党支部", "", ""])
    assert found.place and (found.place.tree, found.place.path) == (
        "organization",
        cast.world.east_branch.path,
    )
    assert codes(lost) == ["account_sheet.organization"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({0: ""}, "value.required"),
        ({1: "a b"}, "account.username_format"),
        ({1: "LIAISON"}, "account.username_taken"),
        ({3: ""}, "value.required"),
        ({3: "县长"}, "account_sheet.role"),
        ({4: "省级"}, "account_sheet.tier"),
        ({4: "县级"}, "account_sheet.tier_differs"),
        ({4: "", 5: "东河镇石桥村"}, "account_sheet.role_place"),
        ({5: ""}, "value.required"),
        ({5: "南山镇"}, "account_sheet.place"),
        ({5: "999999"}, "account_sheet.place"),
        ({3: "联络员", 4: "", 5: "石桥村"}, "account_sheet.place_many"),
        ({6: "明天"}, "account_sheet.day"),
        ({6: "2026年7月"}, "account_sheet.day"),
        ({7: "2020-01-01"}, "account.role_dates"),
        ({0: "·"}, "value.required"),
        ({0: "♥♥"}, "account_sheet.username"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(cast: Cast, changes: dict[int, str], code: str) -> None:
    row = [changes.get(at, cell) for at, cell in enumerate(TOWN)]
    [one] = plan(cast, row)
    assert code in codes(one) and one.refused


def test_two_lines_that_are_one_are_both_named(cast: Cast) -> None:
    first, second, third = plan(cast, TOWN, TOWN, VILLAGE)
    assert codes(first) == codes(second) == ["account_sheet.twice"] and not codes(third)
    assert first.problems[0].params["rows"] == "3"
    one, other = plan(cast, VILLAGE, ["王五", "LI.SI", *VILLAGE[2:]])
    assert codes(one) == codes(other) == ["account_sheet.username_twice"]


def test_a_namesake_is_only_pointed_out(cast: Cast) -> None:
    [one] = plan(cast, ["陈石", *TOWN[1:]])
    assert codes(one) == ["account_sheet.namesake"] and not one.refused
    assert one.username == "chenshi"


def test_a_plan_costs_the_same_for_three_and_for_thirty(cast: Cast, django_assert_num_queries: Any) -> None:
    for count in (3, 30):
        lines = lines_of(*([f"人{chr(0x4E00 + at)}", *TOWN[1:]] for at in range(count)))
        with django_assert_num_queries(2):
            plan_accounts(lines, cast.administrator.person, DAY)


def test_accounts_are_opened_in_one_entry_with_passwords_that_work(cast: Cast) -> None:
    slips = open_accounts(cast.administrator.person, plan(cast, TOWN, VILLAGE))
    assert [(slip.name, slip.username) for slip in slips] == [("张三", "zhangsan"), ("李四", "li.si")]
    entry = ChangeEntry.objects.get(action="accounts.user_import")
    assert ChangedRecord.objects.filter(entry=entry, kind="user").count() == 2
    for slip in slips:
        user = User.objects.get(username=slip.username)
        assert user.check_password(slip.password) and user.must_change_password
        assert slip.password not in str(entry.facts)
    user = User.objects.get(username="zhangsan")
    assert [one.range.path for one in actor_for(user, DAY).grants] == [cast.world.east.path]


def test_what_came_in_between_opens_nothing(cast: Cast) -> None:
    planned = plan(cast, TOWN, VILLAGE)
    make_user("li.si", "先来")
    with pytest.raises(Refused, match=r"account.username_taken"):
        open_accounts(cast.administrator.person, planned)
    assert not User.objects.filter(username="zhangsan").exists()


def test_a_line_that_is_refused_is_never_opened(cast: Cast) -> None:
    with pytest.raises(ValueError, match="row 2"):
        open_accounts(cast.administrator.person, plan(cast, ["张三", "", "", "", "", "", "", ""]))


def test_an_administrator_of_a_township_opens_accounts_there(cast: Cast) -> None:
    east = make_player("eastadmin", "管东", Role.ADMINISTRATOR, Tier.TOWNSHIP, cast.world.east.path)
    inside, outside = plan_accounts(
        lines_of(VILLAGE, ["王五", "", "", "移民专干", "", "西岭乡", "", ""]), east.person, DAY
    )
    assert not codes(inside) and codes(outside) == ["action.out_of_range"]
    open_accounts(east.person, [inside])
    assert User.objects.visible_to(east.person).filter(username="li.si").exists()


def test_a_made_password_is_hashed_quickly_and_renewed_later(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["anlan.accounts.hashers.SM3PasswordHasher"]
    encoded = first_hash("Abc2-defg-Hij3")
    assert encoded.startswith(f"pbkdf2_sm3${FIRST_ROUNDS}$")
    user = User(password=encoded)
    assert user.check_password("Abc2-defg-Hij3") and not user.check_password("Abc2-defg-Hij4")


def upload(content: bytes, name: str = "账号.xlsx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_sheet_is_checked_written_and_its_slips_shown_once(cast: Cast) -> None:
    admin = cast.administrator.client()
    answer = admin.post("/user-import/", upload(workbook([HEADER, TOWN, VILLAGE])))
    page = answer.content.decode()
    assert answer.status_code == 200 and "zhangsan" in page and "2 行都可以" in page
    assert not User.objects.filter(username="zhangsan").exists()
    [token] = re.findall(r'name="plan" value="([^"]+)"', page)
    answer = admin.post("/user-import/", {"plan": token})
    page = answer.content.decode()
    passwords = re.findall(r'slip-code">([\w-]{14})<', page)
    assert answer.status_code == 200 and len(passwords) == 2 and "no-store" in answer["Cache-Control"]
    assert "东河镇石桥村" in page and "2026年7月1日起可以使用" in page and "testserver" in page
    browser = Client()
    browser.post("/sign-in/", {"login": "zhangsan", "password": passwords[0]})
    assert browser.get("/users/")["Location"] == "/password/"
    again = admin.post("/user-import/", {"plan": token})
    assert again.status_code == 422 and "已有人使用" in again.content.decode()
    assert RoleGrant.objects.filter(user__username="zhangsan").count() == 1
    stored = "".join(f"{user.password}" for user in User.objects.all())
    assert not any(password in stored for password in passwords)


def test_one_bad_line_keeps_all_out(cast: Cast) -> None:
    admin = cast.administrator.client()
    answer = admin.post(
        "/user-import/", upload(workbook([HEADER, TOWN, ["李四", "", "", "县长", "", "", "", ""]]))
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "有 1 行要改" in page and 'name="plan"' not in page
    assert "没有角色“县长”" in page and "管理范围：请填写这一项" in page
    assert not User.objects.filter(username="zhangsan").exists()


def test_a_plan_is_good_for_its_maker_and_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = cast.administrator.client()
    page = admin.post("/user-import/", upload(workbook([HEADER, TOWN]))).content.decode()
    [token] = re.findall(r'name="plan" value="([^"]+)"', page)
    other = make_player("second", "管二", Role.ADMINISTRATOR, Tier.COUNTY, cast.world.county.path).client()
    for browser, plan_given in ((other, token), (admin, f"{token}x"), (admin, "x")):
        answer = browser.post("/user-import/", {"plan": plan_given})
        assert answer.status_code == 422 and "重新上传" in answer.content.decode()
    monkeypatch.setattr("anlan.accounts.pages.user_import._SECONDS", -1)
    assert admin.post("/user-import/", {"plan": token}).status_code == 422
    assert not User.objects.filter(username="zhangsan").exists()


def test_what_cannot_be_read_is_said_beside_the_field(cast: Cast) -> None:
    admin = cast.administrator.client()
    answer = admin.post("/user-import/", upload(b"PK\x03\x04 broken"))
    assert answer.status_code == 422 and "读不出" in answer.content.decode()
    assert admin.post("/user-import/", {}).status_code == 422
    blank = admin.get("/user-import.xlsx")
    assert blank.content.startswith(b"PK") and "attachment" in blank["Content-Disposition"]
