"""Areas by sheet: any order of lines, new names from a day on, what cannot be."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from anlan.kernel import record
from anlan.kernel.problems import Refused
from anlan.places.models import Area, AreaVersion
from anlan.registers.tests.importing import (
    AREAS,
    JUNE,
    MARCH,
    MAY,
    START,
    edited,
    outcome,
    run,
    sentences,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert outcome(run(tmp_path, [AREAS[0], *AREAS[:0:-1]])) == (7, 0, 0)
    return tmp_path


def test_areas_stand_under_each_other_whatever_the_order(folder: Path) -> None:
    village = Area.objects.get(code="500299001201")
    assert village.path.startswith(Area.objects.get(name="大榕镇").path) and village.kind == "village"
    assert AreaVersion.objects.filter(valid_from=START).count() == 7 and record.verify() == []
    assert outcome(run(folder, AREAS, as_of=MAY)) == (0, 0, 7)


def test_a_new_name_holds_from_its_day(folder: Path) -> None:
    renamed = edited(AREAS, {(3, "名称"): "清泉社区", (3, "级别"): "社区"})
    assert outcome(run(folder, renamed, as_of=MAY)) == (0, 1, 6)
    village = Area.objects.get(code="500299001201")
    assert (village.name, village.kind) == ("清泉社区", "community")
    before, after = village.versions.order_by("valid_from")
    assert (before.name, before.valid_to, after.valid_from) == ("水泉村", MAY, MAY)
    older = run(folder, AREAS, as_of=MARCH)
    assert outcome(older) == (0, 0, 7) and told(older) == {"register.newer": 1}


def test_a_list_without_a_day_says_that_areas_are_not_since_when(folder: Path) -> None:
    added = [AREAS[0], ["500299001203", "新村", "500299001000", "村"]]
    run(folder, added, as_of=None)
    assert Area.objects.get(name="新村").valid_from == START


def test_what_has_ended_is_told(folder: Path) -> None:
    Area.objects.filter(code="500299002202").update(valid_to=START + timedelta(days=30))
    again = run(folder, AREAS, as_of=JUNE)
    assert told(again) == {"register.ended": 1} and outcome(again) == (0, 0, 7)
    assert Area.objects.filter(code="500299002202").count() == 1


def test_what_cannot_be_is_refused_with_its_reason(folder: Path) -> None:
    rows = [
        AREAS[0],
        ["500299009201", "无上级村", "500299009000", "村"],
        ["50029900120", "少一位", "500299001000", "村"],
        ["500233000000", "另一县", "", "县"],
    ]
    result = run(folder, rows)
    assert told(result) == {"reference.unknown": 3} and result.batch is None
    assert "12 位" in "".join(sentences(result)) and "只管理一个县" in "".join(sentences(result))


def test_the_day_given_may_not_be_to_come(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        run(folder, AREAS, as_of=date(2999, 1, 1))
    assert [problem.code for problem in refused.value.problems] == ["date.future"]
