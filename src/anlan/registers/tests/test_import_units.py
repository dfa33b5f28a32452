"""Sheets of units and contact points: recognised, written with what covers them, dated, taken back."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.cast import make_player

from anlan.accounts.roles import Role, Tier
from anlan.kernel import record
from anlan.places.models import Area
from anlan.registers.models import ContactPoint, Cover, OfficerCover, Unit, UnitHeadcount
from anlan.registers.tests.importing import (
    CLERK,
    MAY,
    START,
    county,
    edited,
    outcome,
    run,
    sentences,
    sheet_of,
    told,
)
from anlan.registers.tests.units import CREDIT_CODE, PHONE
from anlan.sheets.actions.import_undo import undo
from anlan.sheets.models import ImportBatch

pytestmark = pytest.mark.django_db

UNITS = (
    (
        *("序号", "单位名称", "单位类别", "统一社会信用代码", "所在乡镇", "所在村", "主导产业"),
        *("联系人", "联系电话", "移民从业人数", "党员人数", "正式党员人数"),
        *("覆盖党组织", "组建方式", "联络员", "联络员电话", "开工时间", "计划完工时间"),
    ),
    (
        *("1", "水泉柑橘专业合作社", "合作社", CREDIT_CODE, "大榕镇", "水泉村", "柑橘"),
        *("何忠孝", "13983000001", "46", "5", "4"),
        *("水泉村党支部", "产业支部合建", "陈石", PHONE, "", ""),
    ),
    (
        *("2", "大榕建筑行业协会", "行业协会", "", "大榕镇", "", "建筑"),
        *("", "", "", "", "", "", "", "", "", "", ""),
    ),
    (
        *("3", "水泉至龙山公路", "重大工程", "", "大榕镇", "龙山村", ""),
        *("", "", "30", "2", "2", "", "", "", "", "2025.3", "2026.12"),
    ),
)
CONTACT_POINTS = (
    ("联系点名称", "层级", "乡镇", "村", "地点", "负责人", "联系电话", "开放时间"),
    ("水泉村移民群众联系点", "村级", "大榕镇", "水泉村", "便民服务中心", "陈石", PHONE, "周一至周五"),
    ("大榕镇移民群众联系点", "乡镇级", "大榕镇", "", "镇政府一楼", "李桥", "", "工作日"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def unit(name: str = "水泉柑橘专业合作社") -> Unit:
    return Unit.objects.get(name=name)


def test_a_sheet_of_units_is_recognised_and_written(folder: Path) -> None:
    result = run(folder, UNITS)
    assert sheet_of(result).kind == "units"
    assert outcome(result) == (3, 0, 0), sentences(result)
    one = unit()
    assert (one.kind, one.credit_code, one.area.name) == ("cooperative", CREDIT_CODE, "水泉村")
    assert (one.trade, one.contact_name, one.plain_phone()) == ("柑橘", "何忠孝", "13983000001")
    count = UnitHeadcount.objects.get(unit=one)
    assert (count.resettlers, count.members, count.full_members) == (46, 5, 4)
    cover, officer = Cover.objects.get(unit=one), OfficerCover.objects.get(unit=one)
    assert (cover.organization.name, cover.setup_mode) == ("水泉村党支部", "trade")
    assert (officer.duty, officer.name, officer.plain_phone()) == ("liaison", "陈石", PHONE)
    assert unit("大榕建筑行业协会").area.name == "大榕镇"
    road = unit("水泉至龙山公路")
    assert (road.kind, str(road.work_starts_on), str(road.work_ends_on)) == (
        "project",
        "2025-03-01",
        "2026-12-31",
    )
    assert record.verify() == []


def test_the_same_sheet_again_says_nothing_new(folder: Path) -> None:
    run(folder, UNITS)
    assert outcome(run(folder, UNITS, as_of=MAY)) == (0, 0, 3)


def test_what_differs_holds_from_the_day_of_the_sheet(folder: Path) -> None:
    run(folder, UNITS)
    changes = {
        (1, "单位名称"): "水泉果业合作社",
        (1, "移民从业人数"): "50",
        (1, "覆盖党组织"): "龙山村移民党支部",
        (1, "联络员"): "无",
        (3, "移民从业人数"): "28",
    }
    result = run(folder, edited(UNITS, changes), as_of=MAY)
    assert outcome(result) == (0, 2, 1), sentences(result)
    one = unit("水泉果业合作社")
    assert [(row.name, row.valid_to) for row in one.versions.all()] == [
        ("水泉柑橘专业合作社", MAY),
        ("水泉果业合作社", None),
    ]
    assert [(row.resettlers, row.full_members, row.valid_to) for row in one.headcounts.all()] == [
        (46, 4, MAY),
        (50, 4, None),
    ]
    assert OfficerCover.objects.get().valid_to == MAY
    # Two branches bear the name; the one in the unit's own township is meant.
    covers = [(row.organization.parent, row.valid_to) for row in one.covers.order_by("valid_from")]
    assert [(parent.name if parent else "", ends) for parent, ends in covers] == [
        ("中共大榕镇委员会", MAY),
        ("中共大榕镇委员会", None),
    ]
    assert record.verify() == []


def test_a_later_register_stands(folder: Path) -> None:
    run(folder, UNITS, as_of=MAY)
    earlier = edited(
        UNITS, {(1, "单位名称"): "旧名合作社", (1, "移民从业人数"): "10", (1, "覆盖党组织"): "无"}
    )
    result = run(folder, earlier, as_of=START)
    assert told(result)["register.newer"] == 3, sentences(result)
    assert unit().headcounts.get().resettlers == 46


def test_what_cannot_be_is_told_and_left_out(folder: Path) -> None:
    changes = {
        (1, "统一社会信用代码"): "91110000600037341M",
        (1, "覆盖党组织"): "没有这个党支部",
        (1, "正式党员人数"): "9",
        (3, "计划完工时间"): "2024.1",
        (2, "所在乡镇"): "没有这个镇",
    }
    result = run(folder, edited(UNITS, changes))
    assert told(result) == {
        "credit_code.checksum": 1,
        "cover.unknown": 1,
        "headcount.full_members": 1,
        "unit.work_ends_before": 1,
        "reference.unknown": 1,
    }, sentences(result)
    assert outcome(result) == (2, 0, 0)
    assert (
        unit().credit_code == ""
        and not Cover.objects.exists()
        and not UnitHeadcount.objects.filter(unit=unit())
    )


def test_a_batch_is_taken_back_whole(folder: Path) -> None:
    before = _register()
    result = run(folder, UNITS, CONTACT_POINTS)
    assert _register() != before
    undo(CLERK, ImportBatch.objects.get(uid=str(result.batch)))
    assert _register() == before and record.verify() == []


def _register() -> dict[str, list[tuple[Any, ...]]]:
    models = apps.get_app_config("registers").get_models()
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def test_a_sheet_of_contact_points(folder: Path) -> None:
    result = run(folder, CONTACT_POINTS)
    assert sheet_of(result).kind == "contact_points"
    assert outcome(result) == (2, 0, 0), sentences(result)
    point = ContactPoint.objects.get(name="水泉村移民群众联系点")
    duty = point.duties.get()
    assert (point.tier, point.area.name, duty.place, duty.officer_name) == (
        "village",
        "水泉村",
        "便民服务中心",
        "陈石",
    )
    assert (duty.plain_phone(), duty.opening) == (PHONE, "周一至周五")
    assert outcome(run(folder, CONTACT_POINTS, as_of=MAY)) == (0, 0, 2)
    assert outcome(run(folder, edited(CONTACT_POINTS, {(1, "负责人"): "何英"}), as_of=MAY)) == (0, 1, 1)
    assert [(row.officer_name, row.valid_to) for row in point.duties.all()] == [("陈石", MAY), ("何英", None)]


def test_nobody_writes_units_of_another_township(folder: Path) -> None:
    own = Area.objects.get(name="锦溪镇")
    officer = make_player("jinxi", "锦溪", Role.TOWNSHIP_OFFICER, Tier.TOWNSHIP, own.path)
    result = run(folder, UNITS, actor=officer.person)
    assert outcome(result) == (0, 0, 0) and told(result)["reference.unknown"] == 3, sentences(result)
    assert not Unit.objects.exists()
