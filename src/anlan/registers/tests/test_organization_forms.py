"""The forms of Party organisations and their posts: shown before, refused beside the field, told after."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, World

from anlan.registers.models import Appointment, PartyOrganization
from anlan.registers.tests import people
from anlan.web.tests.typing_forms import all_errors, look_and_send, refused_fields, rows, send, way_back

YESTERDAY = timezone.localdate() - timedelta(days=1)
ADD = "/organizations/new/"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return cast.county_officer.client()


@pytest.fixture
def township(cast: Cast) -> Client:
    return cast.township_officer.client()


def typed(**fields: Any) -> dict[str, Any]:
    return {"on": YESTERDAY.isoformat(), **fields}


def new_branch(world: World, *posts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    stated = {
        "parent": str(world.east_committee.uid),
        "area": world.east_village.code,
        "name": "石桥村脐橙产业党支部",
        "kind": "branch",
        "setup_mode": "trade",
        "founded": "2020",
        "elected": "2024-03",
    }
    return typed(**(stated | fields)) | rows("posts", *posts)


def page_of(organization: PartyOrganization, verb: str = "") -> str:
    return f"/organizations/{organization.uid}/{verb}"


def test_the_buttons_are_for_whoever_may(world: World, officer: Client, cast: Cast) -> None:
    page = officer.get(page_of(world.east_branch)).content.decode()
    for verb in ("rename/", "move/", "end/", "election/", "posts/start/"):
        assert page_of(world.east_branch, verb) in page
    assert "posts/end/" not in page and "posts/match/" not in page
    assert "/organizations/new/?parent=" in page
    township = cast.township_officer.client().get(page_of(world.east_branch)).content.decode()
    assert page_of(world.east_branch, "rename/") in township
    assert page_of(world.east_branch, "end/") not in township
    assert "rename/" not in cast.liaison.client().get(page_of(world.east_branch)).content.decode()
    assert "rename/" not in officer.get(f"{page_of(world.east_branch)}?on=2021-01-01").content.decode()


def test_the_list_offers_to_add_one(officer: Client, cast: Cast) -> None:
    assert f'href="{ADD}"' in officer.get("/organizations/").content.decode()
    assert f'href="{ADD}"' not in cast.auditor.client().get("/organizations/").content.decode()


def test_begun_from_its_parent(world: World, township: Client) -> None:
    page = township.get(f"{ADD}?parent={world.east_committee.uid}")
    assert page.context["form"].initial["area"] == world.east.code
    assert "中共东河镇委员会" in page.content.decode()
    assert township.get(f"{ADD}?parent={world.west_committee.uid}").status_code == 404
    assert township.get(f"{ADD}?parent=x").status_code == 404


def test_added_with_its_posts_on_one_form(world: World, township: Client) -> None:
    secretary = people.person("何书记", world.east_group, 41)
    posts = (
        {"post": "secretary", "person": str(secretary.uid)},
        {"post": "publicity", "name": "余礼刚", "phone": "13983000009"},
    )
    told, page = look_and_send(township, ADD, new_branch(world, *posts))
    assert told["届满日期"] == "2029年3月31日"
    assert told["任职"].startswith("书记 何书记，任期届满 2029年3月31日")
    branch = PartyOrganization.objects.get(name="石桥村脐橙产业党支部")
    assert branch.election_due_on == date(2029, 3, 31)
    assert [(row.post, row.person_id, row.name) for row in branch.appointments.order_by("pk")] == [
        ("secretary", secretary.pk, "何书记"),
        ("publicity", None, "余礼刚"),
    ]
    assert {row.valid_from for row in branch.appointments.all()} == {date(2024, 3, 1)}
    assert "已新增石桥村脐橙产业党支部" in page


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"name": ""}, "name", "请填写"),
        ({"name": "石桥村党支部"}, "name", "同一上级下已有"),
        ({"kind": "group"}, "parent", "上级不对"),
        ({"elected": "2019"}, "elected", "换届日期早于成立日期"),
        ({"election_due_on": "2020-01-01"}, "election_due_on", "下次换届日期要在上次换届"),
        ({"founded": "不知道"}, "founded", "看不懂"),
        ({"on": "2999-01-01"}, "on", "还没有到"),
        ({"area": ""}, "area", "请填写"),
    ],
)
def test_refused_beside_the_field(
    world: World, township: Client, fields: dict[str, str], field: str, told: str
) -> None:
    assert told in refused_fields(township, ADD, new_branch(world, **fields))[field]


def test_a_refused_post_stands_in_its_row(world: World, township: Client) -> None:
    posts = ({"post": "secretary", "name": "何一"}, {"post": "secretary", "name": "何二"})
    page = township.post(ADD, new_branch(world, *posts))
    assert page.status_code == 422
    first, second = page.context["form"].rows["posts"].forms
    assert not first.errors and "请先办理免职" in str(second.errors["post"])
    assert second.data["posts-1-name"] == "何二"
    page = township.post(ADD, new_branch(world, {"post": "secretary", "name": "", "phone": "1"}))
    assert "请从名册里选人" in str(all_errors(page))
    page = township.post(ADD, new_branch(world, {"post": "secretary", "name": "何一", "phone": "12"}))
    assert "phone" in page.context["form"].rows["posts"].forms[0].errors


def test_outside_the_range_nothing_is_found(world: World, township: Client) -> None:
    data = new_branch(world, parent=str(world.west_committee.uid))
    assert "请重新选择" in refused_fields(township, ADD, data)["parent"]
    data = new_branch(world, {"post": "secretary", "person": str(world.west_person.uid)})
    assert "请重新选择" in str(all_errors(township.post(ADD, data)))


def test_renamed(world: World, township: Client) -> None:
    url = page_of(world.east_branch, "rename/")
    told, page = look_and_send(township, url, typed(name="石桥村党总支", kind="general_branch"))
    assert told == {"名称": "石桥村党支部 → 石桥村党总支", "类别": "党支部 → 党总支"}
    assert "名称为石桥村党总支" in page
    old = township.get(f"{page_of(world.east_branch)}?on=2021-01-01")
    assert old.context["page"].title == "石桥村党支部"
    refused = refused_fields(township, url, typed(name="柳湾村党支部", kind="general_branch"))
    assert "同一上级下已有" in refused["name"]


def test_moved_to_another_parent_and_place(world: World, officer: Client) -> None:
    url = page_of(world.east_branch, "move/")
    data = typed(parent=str(world.west_committee.uid), area=world.west_village.code)
    told, page = look_and_send(officer, url, data)
    assert told["上级党组织"] == "中共东河镇委员会 → 中共西岭乡委员会"
    assert told["所在地"].endswith("西岭乡石桥村")
    assert told["一起过去的下级党组织"] == "0 个"
    world.east_branch.refresh_from_db()
    assert world.east_branch.path.startswith(world.west_committee.path)
    assert "已调整" in page
    assert "请选择新的上级" in refused_fields(officer, url, typed())["parent"]


def test_what_stands_in_the_way_of_its_end_is_said_first(world: World, officer: Client) -> None:
    url = page_of(world.east_branch, "end/")
    page = officer.get(url).content.decode()
    assert "要先转出" in page and f"/members/?organization={world.east_branch.uid}" in page
    told = refused_fields(officer, url, typed())
    assert "还有 1 名党员" in told["__all__"]


def test_ended(world: World, officer: Client) -> None:
    page = send(officer, page_of(world.east_other_branch, "end/"), typed(document="〔2026〕3号"))
    world.east_other_branch.refresh_from_db()
    assert world.east_other_branch.valid_to == YESTERDAY
    assert "起撤销" in page and "已撤销" in page
    assert officer.get(page_of(world.east_other_branch, "rename/")).status_code == 404


def test_an_election_shows_the_next_one_before(world: World, township: Client) -> None:
    url = page_of(world.east_branch, "election/")
    told, page = look_and_send(township, url, {"on": "2024-03-08"})
    assert told["届满日期"] == "没有 → 2029年3月8日"
    assert "届满日期为2029年3月8日" in page
    refused = refused_fields(township, url, {"on": "2024-04-01", "due_on": "2024-01-01"})
    assert "下次换届日期要在上次换届" in refused["due_on"]
    assert "要在它之后" in refused_fields(township, url, {"on": "2023-01-01"})["on"]


def test_corrected(world: World, township: Client) -> None:
    url = page_of(world.east_branch, "edit/")
    page = send(township, url, {"setup_mode": "joint", "elected": "2024-03", "founded": "2010"})
    world.east_branch.refresh_from_db()
    assert (world.east_branch.setup_mode, world.east_branch.election_due_on) == ("joint", date(2029, 3, 31))
    assert "已更正" in page and "撤回" in page
    told = {"setup_mode": "joint", "elected": "2009", "founded": "2010"}
    assert "请填写" in refused_fields(township, url, told)["reason"]
    refused = refused_fields(township, url, told | {"reason": "写错"})
    assert "换届日期早于成立日期" in refused["elected"]


def test_taken_back_from_the_page_it_led_to(world: World, officer: Client) -> None:
    data = typed(name="石桥村党总支", kind="general_branch")
    _told, page = look_and_send(officer, page_of(world.east_branch, "rename/"), data)
    url = way_back(page)
    page = send(officer, url, {"reason": "看错文件"})
    world.east_branch.refresh_from_db()
    assert world.east_branch.name == "石桥村党支部"
    assert "已撤回：变更党组织名称" in page


def test_the_name_of_a_post_is_corrected_and_then_matched(world: World, township: Client) -> None:
    row = Appointment.objects.create(
        organization=world.east_branch, post="secretary", name="何中孝", valid_from=date(2024, 1, 1)
    )
    url = page_of(world.east_branch, f"posts/{row.pk}/edit/")
    assert url in township.get(page_of(world.east_branch)).content.decode()
    send(township, url, {"name": "何忠孝"})
    row.refresh_from_db()
    assert row.name == "何忠孝"


def test_a_post_given_and_ended(world: World, township: Client) -> None:
    url = page_of(world.east_branch, "posts/start/")
    page = send(township, url, typed(post="secretary", person=str(world.east_person.uid)))
    assert "书记 何忠孝从" in page and "posts/end/" in page
    held = refused_fields(township, url, typed(post="secretary", name="余礼刚"))
    assert "请先办理免职" in held["post"]
    late = typed(post="publicity", name="余礼刚", term_ends_on="2000-01-01")
    assert "任期届满" in refused_fields(township, url, late)["term_ends_on"]
    row = Appointment.objects.get()
    url = page_of(world.east_branch, "posts/end/")
    early = {"appointment": str(row.pk), "on": "2000-01-01"}
    assert "要在它之后" in refused_fields(township, url, early)["on"]
    page = send(township, url, {"appointment": str(row.pk), "on": timezone.localdate().isoformat()})
    assert "起免职" in page
    assert township.get(url).status_code == 404


def test_a_post_kept_under_a_name_is_matched(world: World, township: Client) -> None:
    rows_before = Appointment.objects.create(
        organization=world.east_branch, post="secretary", name="何忠孝", valid_from=date(2024, 1, 1)
    )
    url = page_of(world.east_branch, "posts/match/")
    assert "何忠孝" in township.get(url).content.decode()
    other = people.person("余礼刚", world.east_group, 51)
    data = {"appointment": str(rows_before.pk), "person": str(other.uid)}
    assert "登记的姓名是“何忠孝”" in refused_fields(township, url, data)["person"]
    page = send(township, url, data | {"person": str(world.east_person.uid)})
    rows_before.refresh_from_db()
    assert rows_before.person == world.east_person
    assert "已对应到名册里的人" in page and f"/persons/{world.east_person.uid}/" in page
    assert township.get(url).status_code == 404
