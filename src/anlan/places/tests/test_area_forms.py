"""The forms of areas: who may, what is shown before, what is refused beside its field, what was done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, World

from anlan.places.models import Area
from anlan.web.tests.typing_forms import look_and_send, rows, send, way_back

YESTERDAY = timezone.localdate() - timedelta(days=1)
VILLAGE = "500299101201"
OTHER = "500299101202"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return cast.county_officer.client()


def typed(**fields: Any) -> dict[str, Any]:
    return {"on": YESTERDAY.isoformat(), **fields}


def test_the_buttons_are_for_whoever_may(cast: Cast, officer: Client) -> None:
    page = officer.get(f"/areas/{VILLAGE}/").content.decode()
    for verb in ("create", "rename", "edit", "move", "merge", "split"):
        assert f"/areas/{VILLAGE}/{verb}/" in page
    assert (
        f"/areas/{VILLAGE}/rename/"
        not in cast.township_officer.client().get(f"/areas/{VILLAGE}/").content.decode()
    )
    county = officer.get("/areas/500299000000/").content.decode()
    assert "/areas/500299000000/create/" in county and "/areas/500299000000/merge/" not in county


def test_an_ended_area_has_no_verbs(world: World, officer: Client) -> None:
    Area.objects.filter(pk=world.east_other_village.pk).update(valid_to=YESTERDAY)
    assert "/rename/" not in officer.get(f"/areas/{OTHER}/").content.decode()
    assert officer.get(f"/areas/{OTHER}/rename/").status_code == 404


def test_created(world: World, officer: Client) -> None:
    page = officer.get(f"/areas/{VILLAGE}/create/")
    assert page.context["form"].initial["on"] == timezone.localdate()
    kinds = [kind for kind, _ in page.context["form"].fields["kind"].choices]
    assert kinds == ["group", "point"]
    data = typed(kind="point", name="石桥居民点", code=f"{VILLAGE}51")
    answer = officer.post(f"/areas/{VILLAGE}/create/", data, follow=True)
    area = Area.objects.get(name="石桥居民点")
    assert (area.parent, area.valid_from) == (world.east_village, YESTERDAY)
    assert "已新增石桥居民点" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"code": "12"}, "code", "应为 12 位数字"),
        ({"code": VILLAGE}, "code", "与级别不符"),
        ({"name": "1组"}, "name", "同一上级下已有"),
        ({"name": ""}, "name", "请填写这一项"),
        ({"on": "2999-01-01"}, "on", "还没有到"),
    ],
)
def test_refused_beside_the_field_and_nothing_lost(
    officer: Client, fields: dict[str, str], field: str, told: str
) -> None:
    data = typed(kind="group", name="2组", code=f"{VILLAGE}02") | fields
    page = officer.post(f"/areas/{VILLAGE}/create/", data)
    assert page.status_code == 422
    assert told in str(page.context["form"].errors[field])
    assert page.context["form"].data["kind"] == "group"


def test_what_was_created_by_mistake_is_taken_back(world: World, officer: Client) -> None:
    data = typed(kind="point", name="石桥居民点", code=f"{VILLAGE}51")
    page = send(officer, f"/areas/{VILLAGE}/create/", data)
    url = way_back(page)
    assert "已撤回：新增区划" in send(officer, url, {"reason": "写错了村"})
    assert not Area.objects.filter(name="石桥居民点").exists()


def test_corrected(world: World, officer: Client) -> None:
    data = {"name": "石桥头村", "code": VILLAGE, "kind": "village", "reason": "漏写一个字"}
    answer = officer.post(f"/areas/{VILLAGE}/edit/", data, follow=True)
    world.east_village.refresh_from_db()
    assert world.east_village.name == "石桥头村"
    assert "已更正" in answer.content.decode()
    page = officer.post(f"/areas/{VILLAGE}/edit/", data)
    assert "没有要改的" in str(page.context["form"].non_field_errors())


def test_renamed_after_it_was_shown(world: World, officer: Client) -> None:
    data = typed(name="石桥社区", code=VILLAGE, kind="community")
    told, done = look_and_send(officer, f"/areas/{VILLAGE}/rename/", data)
    assert told["名称"] == "石桥村 → 石桥社区"
    assert told["移民户"] == "1 户"
    world.east_village.refresh_from_db()
    assert (world.east_village.name, world.east_village.kind) == ("石桥社区", "community")
    assert "石桥社区" in done
    assert officer.get(f"/areas/{VILLAGE}/?on=2021-01-01").context["page"].title == "石桥村"


def test_moved_with_all_below(world: World, officer: Client) -> None:
    data = typed(parent=world.west.code)
    told, done = look_and_send(officer, f"/areas/{OTHER}/move/", data)
    assert told["上级"] == "东河镇 → 西岭乡"
    world.east_other_group.refresh_from_db()
    assert world.east_other_group.path.startswith(world.west.path)
    assert "属于西岭乡" in done


def test_merged_into_this_one(world: World, officer: Client) -> None:
    data = typed(into="keep", document="〔2026〕12号") | rows("others", {"area": OTHER})
    told, done = look_and_send(officer, f"/areas/{VILLAGE}/merge/", data)
    assert told["撤销"] == "柳湾村"
    assert told["重名的下级改称"] == "1组 → 柳湾1组"
    world.east_other_village.refresh_from_db()
    assert world.east_other_village.valid_to == YESTERDAY
    assert Area.objects.get(name="柳湾1组").parent == world.east_village
    assert "合并为石桥村" in done


def test_merged_into_a_new_one(world: World, officer: Client) -> None:
    url, others = f"/areas/{VILLAGE}/merge/", rows("others", {"area": OTHER})
    page = officer.post(url, typed(into="new") | others)
    assert page.status_code == 422 and set(page.context["form"].errors) == {"name", "code"}
    _told, done = look_and_send(officer, url, typed(into="new", name="石柳村", code="500299101203") | others)
    new = Area.objects.get(name="石柳村")
    assert "合并为石柳村" in done
    world.east_household.refresh_from_db()
    assert world.east_household.area.parent == new


def test_split_with_what_goes_where(world: World, officer: Client) -> None:
    group = world.east_group.code
    part = {"name": "新桥村", "code": "500299101209", "children": [group]}
    told, done = look_and_send(officer, f"/areas/{VILLAGE}/split/", typed(ends="keep") | rows("parts", part))
    assert "1 户" in told["新桥村"]
    world.east_person.refresh_from_db()
    assert world.east_person.area is not None
    assert world.east_person.area.parent == Area.objects.get(name="新桥村")
    assert "分出新桥村" in done
    page = officer.post(
        f"/areas/{OTHER}/split/",
        typed(ends="new") | rows("parts", {"name": "甲村", "code": "500299101210"}),
    )
    assert page.status_code == 422
    assert "至少 2 个" in page.content.decode()
    taken = typed(ends="keep") | rows("parts", {"name": "柳湾村", "code": "500299101211"})
    page = officer.post(f"/areas/{VILLAGE}/split/", taken)
    (part,) = page.context["form"].rows["parts"].forms
    assert "同一上级下已有" in str(part.errors["name"])


def test_only_those_who_may(cast: Cast) -> None:
    for player in (cast.township_officer, cast.auditor, cast.administrator):
        for verb in ("create", "edit", "rename", "move", "merge", "split"):
            assert player.client().get(f"/areas/{VILLAGE}/{verb}/").status_code == 404
            assert player.client().post(f"/areas/{VILLAGE}/{verb}/", {}).status_code == 404
