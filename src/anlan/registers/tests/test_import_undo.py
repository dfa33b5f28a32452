"""Taking imports back: whole, with history and search; and what stands in the way."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from anlan.kernel import record
from anlan.kernel.problems import Refused
from anlan.places.models import Area
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.person_add import person_add
from anlan.registers.models import Household, Person
from anlan.registers.queries.finding import persons_matching
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.tests.importing import (
    AREAS,
    CLERK,
    DAUGHTER,
    HEAD,
    JUNE,
    MAY,
    ORGANIZATIONS,
    OTHER,
    RESIDENTS,
    SON,
    START,
    WIFE,
    county,
    edited,
    household,
    outcome,
    person,
    run,
)
from anlan.sheets.actions.import_undo import undo
from anlan.sheets.models import BatchState, ImportBatch
from anlan.sheets.results import ImportResult

pytestmark = pytest.mark.django_db
MEMBERS = [
    ["姓名", "身份证号", "所在党支部", "入党时间", "是否流动", "外出地点"],
    ["冉强", SON, "水泉村党支部", "2010.7", "是", "广东"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def register() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of places and registers, by table."""
    found = {}
    for label in ("places", "registers"):
        for model in apps.get_app_config(label).get_models():
            rows = model._default_manager.order_by("pk").values_list()
            found[model._meta.db_table] = [tuple(map(_plain, row)) for row in rows]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def take_back(result: ImportResult) -> None:
    """Take back what a result wrote; the record stays whole."""
    batch = ImportBatch.objects.get(uid=str(result.batch))
    assert undo(CLERK, batch).state == BatchState.UNDONE
    assert record.verify() == []


def in_the_way(result: ImportResult) -> str:
    """Which changes stand in the way of taking a result back."""
    before = register()
    with pytest.raises(Refused) as refused:
        undo(CLERK, ImportBatch.objects.get(uid=str(result.batch)))
    (problem,) = refused.value.problems
    assert problem.code == "sheets.later_changes" and register() == before
    return str(problem.params["entries"])


def test_a_first_import_is_taken_back_whole(tmp_path: Path) -> None:
    run(tmp_path, AREAS)
    before = register()
    result = run(tmp_path, ORGANIZATIONS, RESIDENTS, MEMBERS)
    head = person(HEAD).pk
    assert Person.objects.filter(persons_matching("冉红军")).exists()
    take_back(result)
    assert register() == before and not Person.objects.filter(persons_matching("冉红军")).exists()
    (gone, came) = record.history("person", head)
    assert gone.entry.action == "sheets.import_undo" and came.rows and gone.rows
    assert {row[0] for row in came.rows} == {row[0] for row in gone.rows}
    again = run(tmp_path, ORGANIZATIONS, RESIDENTS, MEMBERS)
    assert outcome(again, 1) == (4, 0, 0) and Person.objects.filter(persons_matching("冉红军")).count() == 1


@pytest.mark.sqlite_only
def test_the_index_of_names_holds_nothing_of_what_went(tmp_path: Path) -> None:
    run(tmp_path, AREAS)
    take_back(run(tmp_path, RESIDENTS))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registers_person_fts(registers_person_fts, rank) VALUES ('integrity-check', 1)"
        )
        cursor.execute(
            "SELECT count(*) FROM registers_person_fts WHERE registers_person_fts MATCH '\"冉红\"'"
        )
        assert cursor.fetchone() == (0,)


def test_a_second_import_is_taken_back_to_what_stood_before(folder: Path) -> None:
    run(folder, MEMBERS)
    before = register()
    sheet = edited(
        RESIDENTS,
        {
            (1, "姓名"): "冉红君",
            (1, "联系电话"): "/",
            (2, "与户主关系"): "户主",
            (3, "户编号"): "022",
            (4, "村"): "水泉村",
            (4, "户编号"): "001",
            (4, "与户主关系"): "其他",
            (4, "搬迁时间"): "1999.1",
        },
    )
    members = edited(MEMBERS, {(1, "所在党支部"): "大榕镇龙山村移民党支部", (1, "是否流动"): "否"})
    organizations = edited(ORGANIZATIONS, {(1, "书记"): "冉强", (1, "换届时间"): "2026.4"})
    renamed = edited(AREAS, {(6, "名称"): "金桥村"})
    result = run(folder, renamed, organizations, sheet, members, as_of=MAY)
    assert result.total("changed") == 7 and register() != before
    assert Person.objects.filter(persons_matching("冉红君")).exists()
    take_back(result)
    assert register() == before
    assert Person.objects.filter(persons_matching("冉红军")).exists()
    assert not Person.objects.filter(persons_matching("冉红君")).exists()


def test_corrections_on_the_same_day_are_taken_back(folder: Path) -> None:
    before = register()
    sheet = edited(RESIDENTS, {(4, "搬迁时间"): "1999.1", (4, "组"): "5组", (2, "与户主关系"): "其他"})
    take_back(run(folder, sheet, as_of=START))
    assert register() == before


def test_later_changes_of_the_same_records_stand_in_the_way(folder: Path) -> None:
    first = run(folder, edited(RESIDENTS, {(1, "文化程度"): "高中"}), as_of=MAY)
    second = run(folder, edited(RESIDENTS, {(1, "文化程度"): "大专"}), as_of=JUNE)
    assert "clerk" in in_the_way(first)
    take_back(second)
    take_back(first)
    assert person(HEAD).education == "70"
    third = run(folder, edited(RESIDENTS, {(2, "文化程度"): "高中"}), as_of=MAY)
    contact_add(CLERK, person=person(WIFE), contact=ContactFacts("phone", "13983000077"), on=JUNE)
    assert in_the_way(third)


def test_rows_that_point_at_what_would_go_stand_in_the_way(folder: Path) -> None:
    rows = [RESIDENTS[0], ["大榕镇", "水泉村", "9组", "095", "覃玉", "户主", DAUGHTER, "", "", ""]]
    result = run(folder, rows, as_of=MAY)
    group = Area.objects.get(name="9组")
    assert outcome(run(folder, RESIDENTS)) == (0, 0, 4)
    person_add(CLERK, facts=PersonFacts("新来"), area=group, on=date(2026, 6, 1))
    assert "#" in in_the_way(result)
    assert household("095").head == person(DAUGHTER) and Household.objects.count() == 3


def test_what_others_did_elsewhere_does_not(folder: Path) -> None:
    result = run(folder, edited(RESIDENTS, {(4, "文化程度"): "高中"}), as_of=MAY)
    contact_add(CLERK, person=person(WIFE), contact=ContactFacts("phone", "13983000077"), on=JUNE)
    take_back(result)
    assert person(OTHER).education == "80"
