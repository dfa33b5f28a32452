"""What an import shows before it is written: old → new, who is absent, what an ambiguous name may mean."""

from pathlib import Path
from typing import Any

import pytest
from tests.cast import give_role, make_user

from anlan.accounts.actors import actor_for
from anlan.accounts.roles import Role, Tier
from anlan.places.models import Area
from anlan.registers.models import Person
from anlan.registers.tests.importing import (
    AREAS,
    CLERK,
    HEAD,
    JUNE,
    MAY,
    ORGANIZATIONS,
    OTHER,
    RESIDENTS,
    START,
    WIFE,
    Row,
    county,
    edited,
    only,
    run,
)
from anlan.sheets.gathering import sources_of_paths
from anlan.sheets.instructions import Instructions, Question
from anlan.sheets.preview_store import Preview, open_preview
from anlan.sheets.previews import find_changes, write_preview
from anlan.sheets.readers import reader_of
from anlan.sheets.running import begin
from anlan.sheets.tests.books import id_number, text

pytestmark = pytest.mark.django_db
MEMBERS: list[Row] = [
    ("姓名", "身份证号", "所在党支部", "入党时间", "转正时间", "党内职务", "流入地"),
    ("谭富文", OTHER, "龙山村移民党支部", "1990.7", "1991.7", "", ""),
    ("冉红军", HEAD, "水泉村党支部", "1985.7", "1986.7", "委员", "广东东莞"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def preview(folder: Path, *sheets: Any, **asked: Any) -> Preview:
    """What a check would keep of sheets as of the end of May."""
    paths = []
    for number, rows in enumerate(sheets, 1):
        path = folder / f"新{number}.csv"
        path.write_bytes(text(rows))
        paths.append(path)
    found = begin(sources_of_paths(paths), Instructions(as_of=MAY, **asked), actor=CLERK, today=JUNE)
    assert not found.result.stopping
    found.plan()
    write_preview(found, folder / "preview", find_changes(found))
    opened = open_preview(folder / "preview")
    assert opened is not None
    return opened


def changes(shown: Preview, sheet: int = 0) -> dict[int, list[list[str]]]:
    """What changes by row."""
    return {row[0]: row[4] for row in shown.rows(f"lines-{sheet}-changed", 1)}


def test_what_a_line_of_residents_changes(folder: Path) -> None:
    rows = edited(
        RESIDENTS,
        {
            (1, "文化程度"): "高中",
            (1, "联系电话"): "13983000009",
            (2, "姓名"): "周芳芳",
            (2, "搬迁时间"): "2002.5",
            (3, "文化程度"): "大专",
            (4, "村"): "水泉村",
            (4, "组"): "3组",
            (4, "户编号"): "009",
        },
    )
    shown = preview(folder, rows)
    assert changes(shown) == {
        2: [["文化程度", "初级中学教育", "普通高级中学教育"], ["联系电话", "", "139****0009"]],
        3: [["姓名", "周芳", "周芳芳"], ["搬迁时间", "2001年5月", "2002年5月"]],
        5: [["户编号", "001", "009"], ["村", "大榕镇龙山村2组", "大榕镇水泉村3组"]],
    }
    assert shown.count("lines-0-unchanged") == 1, "大专 says nothing new of 大学专科毕业"
    assert Person.objects.with_id_number(WIFE).get().name == "周芳"


def test_what_a_line_of_members_changes(folder: Path) -> None:
    run(folder, MEMBERS)
    moved = edited(
        MEMBERS, {(2, "所在党支部"): "龙山村移民党支部", (2, "党内职务"): "无", (2, "流入地"): "浙江温州"}
    )
    shown = preview(folder, moved)
    ((row, told),) = changes(shown).items()
    assert row == 3
    assert ["党内职务", "委员", ""] in told and ["流入地", "广东东莞", "浙江温州"] in told


def test_what_sheets_of_organisations_and_areas_change(folder: Path) -> None:
    organizations = edited(ORGANIZATIONS, {(1, "书记"): "周桂芳", (1, "换届时间"): "2026.4"})
    areas = edited(AREAS, {(3, "名称"): "清泉村"})
    shown = preview(folder, organizations, areas)
    assert ["书记", "何忠孝", "周桂芳"] in changes(shown)[2]
    assert ["换届时间", "2024年3月", "2026年4月"] in changes(shown)[2]
    assert changes(shown, 1) == {4: [["名称", "水泉村", "清泉村"]]}


def test_who_is_absent_is_named_and_counted_alike(folder: Path) -> None:
    run(folder, MEMBERS)
    residents = only(RESIDENTS, *RESIDENTS[0], lines=[1, 2])
    shown = preview(folder, residents, [MEMBERS[0], MEMBERS[2]])
    told = {one["kind"]: (one["count"], one["listed"]) for one in shown.told["absent"]}
    assert told == {"residents": (1, True)}, "of the branch named nobody else is a member"
    assert [row[1:] for row in shown.rows("absent-residents", 1)] == [["冉强", "大榕镇水泉村1组"]]
    counted = run(folder, residents, dry_run=True, as_of=MAY)
    assert counted.absent == {"person": 1}


def test_an_ambiguous_branch_is_asked_about_and_the_answer_holds_where_nothing_else_decides(
    folder: Path,
) -> None:
    stranger = id_number("19700101", 7)
    rows = [*MEMBERS, ("外来人", stranger, "龙山村移民党支部", "1999.7", "2000.7", "", "")]
    shown = preview(folder, rows)
    (question,) = map(Question.from_json, shown.told["questions"])
    assert (question.register, question.value, question.lines) == ("organizations", "龙山村移民党支部", 1)
    words = [word for _key, word in question.choices]
    assert words == [
        "中共大榕镇委员会/龙山村移民党支部（大榕镇龙山村）",
        "中共锦溪镇委员会/龙山村移民党支部（锦溪镇龙山村）",
    ]
    meant = next(key for key, word in question.choices if "锦溪镇" in word)
    result = run(folder, rows, answers={"organizations": {question.value: meant}})
    assert result.total("refused") == 0
    branches = {
        name: Person.objects.with_id_number(number).get().memberships.get().organization.area.parent
        for name, number in (("外来人", stranger), ("谭富文", OTHER))
    }
    assert branches["外来人"] == Area.objects.get(name="锦溪镇")
    assert branches["谭富文"] == Area.objects.get(name="大榕镇"), "registered there: no answer is needed"


@pytest.mark.parametrize("answer", ["锦溪镇/龙山村移民党支部", "中共锦溪镇委员会/龙山村移民党支部"])
def test_answers_are_paths_also_of_what_the_same_batch_adds(tmp_path: Path, answer: str) -> None:
    members = [MEMBERS[0], ("外来人", OTHER, "龙山村移民党支部", "1990.7", "", "", "")]
    sheets = (AREAS, ORGANIZATIONS, members)
    assert run(tmp_path, *sheets, dry_run=True).total("refused") == 1
    result = run(tmp_path, *sheets, answers={"organizations": {"龙山村移民党支部": answer}})
    assert result.total("refused") == 0
    found = Person.objects.with_id_number(OTHER).get().memberships.get().organization
    assert found.area.parent == Area.objects.get(name="锦溪镇")


def test_an_ambiguous_village_is_asked_about(folder: Path) -> None:
    known = only(RESIDENTS, "村", "组", "姓名", "与户主关系", "身份证号", lines=[4])
    rows = edited(known, {(1, "身份证号"): id_number("19930303", 3), (1, "姓名"): "冯新"})
    shown = preview(folder, rows)
    (question,) = map(Question.from_json, shown.told["questions"])
    assert [example.split(" ", 1)[1] for example in question.examples] == ["第 2 行 冯新"]
    assert question.register == "areas"
    assert question.choices == (("500299001202", "大榕镇龙山村"), ("500299002202", "锦溪镇龙山村"))
    result = run(folder, rows, answers={"areas": {"龙山村": "500299001202"}}, as_of=MAY)
    assert result.total("refused") == 0 and result.total("added") == 1


def test_the_register_decides_between_villages_of_one_name(folder: Path) -> None:
    rows = only(RESIDENTS, "村", "组", "姓名", "与户主关系", "身份证号", lines=[4])
    child = ["龙山村", "2组", "谭小", "长子", id_number("20200202", 1)]
    shown = preview(folder, [*rows, child])
    assert shown.told["questions"] == [] and shown.count("lines-0-unchanged") == 1
    assert run(folder, [*rows, child], as_of=MAY).total("added") == 1
    added = Person.objects.with_id_number(child[-1]).get()
    assert added.area and added.area.code.startswith("500299001202"), "the household lives in 大榕镇"


def test_lines_lead_to_the_records_one_may_see(folder: Path) -> None:
    user = make_user("taro", "太榕")
    give_role(user, Role.TOWNSHIP_OFFICER, Tier.TOWNSHIP, Area.objects.get(name="大榕镇").path, since=START)
    clerk = actor_for(user, JUNE)
    jin = actor_for(make_user("jin", "锦"), JUNE)
    for kind, rows in (("residents", RESIDENTS), ("organizations", ORGANIZATIONS), ("areas", AREAS)):
        shown = preview(folder, rows)
        keys = [row[1] for row in shown.rows("lines-0-unchanged", 1)]
        links = reader_of(kind).links(clerk, keys)
        assert links and all(address.startswith("/") for address in links.values()), kind
        assert reader_of(kind).links(jin, keys) == {}
