"""Parameters: dated, scoped, loud when missing, seen by every process."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from anlan.kernel import parameters, record
from anlan.kernel.actors import SystemActor
from anlan.kernel.models import ChangeEntry, ParameterValue, Stamp
from anlan.kernel.parameter_actions import load_defaults, parameter_set, parameter_withdraw
from anlan.kernel.parameters import BEGINNING, Parameter, ParameterMissing
from anlan.kernel.problems import NotFound, Refused
from anlan.kernel.stamps import one_look

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
DAY = date(2026, 6, 30)
CODE = "test.limit_days"


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "_declared", dict(parameters._declared))
    parameters.declare(
        Parameter(CODE, "integer", 15, "天", "信访工作条例", label="受理期限"),
        Parameter("test.rate", "decimal", "0.35", valid_from=date(2020, 1, 1)),
        Parameter("test.open", "yes_no", True),
        Parameter("test.steps", "list", ["a", "b"]),
        Parameter("test.sentence", "text", "您好"),
        Parameter("test.table", "json", {"a": [1, 2]}),
        Parameter("test.kinds", "list", ["a"], choices={"a": "甲", "b": "乙"}),
        Parameter("test.county", "integer", 3, least=2, most=9, by_area=False),
    )
    load_defaults()


def put(value: Any, valid_from: date, path: str = "", code: str = CODE) -> ParameterValue:
    return parameter_set(
        SYSTEM, code=code, value=value, valid_from=valid_from, path=path, source="县政府文件"
    )


def on(day: date, path: str = "") -> int:
    return parameters.integer(CODE, on=day, path=path)


def test_the_shipped_default_holds_from_its_day() -> None:
    assert on(DAY) == 15 and on(BEGINNING) == 15
    assert parameters.decimal("test.rate", on=DAY) == Decimal("0.35")
    assert parameters.yes("test.open", on=DAY) is True
    assert parameters.value("test.steps", on=DAY) == ["a", "b"]
    assert parameters.text("test.sentence", on=DAY) == "您好"
    assert parameters.value("test.table", on=DAY) == {"a": [1, 2]}


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(ParameterMissing, match="not declared"):
        parameters.value("test.nobody", on=DAY)
    with pytest.raises(ParameterMissing, match="no value"):
        parameters.value("test.rate", on=date(2019, 12, 31))
    ParameterValue.objects.filter(code=CODE).delete()
    Stamp.objects.all().delete()
    with pytest.raises(ParameterMissing):
        on(DAY)


def test_the_latest_day_not_after_wins() -> None:
    put(20, date(2026, 1, 1))
    put(10, date(2026, 7, 1))
    assert [on(date(2025, 12, 31)), on(date(2026, 1, 1)), on(DAY), on(date(2026, 7, 1))] == [15, 20, 20, 10]


def test_the_nearest_area_wins_over_a_later_day_of_a_wider_one() -> None:
    put(5, date(2024, 1, 1), "1.2.")
    put(7, date(2026, 1, 1))
    put(3, date(2026, 3, 1), "1.2.9.")
    assert [on(DAY, ""), on(DAY, "1."), on(DAY, "1.2."), on(DAY, "1.2.8."), on(DAY, "1.2.9.")] == [
        7,
        7,
        5,
        5,
        3,
    ]
    assert on(DAY, "1.22.") == 7
    assert on(date(2026, 2, 1), "1.2.9.") == 5


def test_an_own_rule_can_end() -> None:
    put(5, date(2024, 1, 1), "1.2.")
    put(None, date(2026, 1, 1), "1.2.")
    assert on(date(2025, 6, 1), "1.2.") == 5 and on(DAY, "1.2.") == 15


def test_the_same_day_again_replaces() -> None:
    first, second = put(5, DAY), put(6, DAY)
    assert first.pk == second.pk and on(DAY) == 6


@pytest.mark.parametrize(
    ("code", "value"),
    [(CODE, "many"), (CODE, True), (CODE, 1.5), ("test.rate", "x"), ("test.rate", "NaN"), ("test.open", 1),
     ("test.steps", "ab"), ("test.sentence", 3)],
)  # fmt: skip
def test_another_type_is_refused(code: str, value: Any) -> None:
    with pytest.raises(Refused, match=r"parameter.type"):
        put(value, DAY, code=code)


@pytest.mark.parametrize(
    ("typed", "kept"), [("2:05", "02:05"), (" 23：59 ", "23:59"), ("", ""), ("24:00", None), (230, None)]
)
def test_a_time_of_day_is_kept_in_one_way(typed: Any, kept: str | None) -> None:
    clock = parameters.Parameter("test.clock", "clock", "")
    if kept is None:
        with pytest.raises(Refused, match=r"parameter.type"):
            parameters.stored(clock, typed)
    else:
        assert parameters.stored(clock, typed) == kept


def test_numbers_typed_as_text_are_taken() -> None:
    put("21", DAY)
    put("0.50", DAY, code="test.rate")
    assert on(DAY) == 21 and parameters.decimal("test.rate", on=DAY) == Decimal("0.50")


def test_unknown_codes_and_a_missing_source_are_refused() -> None:
    with pytest.raises(Refused, match=r"parameter.unknown"):
        put(1, DAY, code="test.nobody")
    with pytest.raises(Refused, match=r"value.required"):
        parameter_set(SYSTEM, code=CODE, value=1, valid_from=DAY, source=" ")
    with pytest.raises(Refused, match=r"value.required"):
        put(None, DAY)


def test_an_officer_sets_within_the_range_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    county = cast.county_officer.person
    parameter_set(county, code=CODE, value=8, valid_from=DAY, source="县发〔2026〕1号")
    parameter_set(
        county, code=CODE, value=9, valid_from=DAY, path=cast.world.east.path, source="县发〔2026〕1号"
    )
    assert on(DAY) == 8 and on(DAY, cast.world.east_village.path) == 9
    with pytest.raises(Refused, match=r"action.permission"):
        parameter_set(cast.township_officer.person, code=CODE, value=1, valid_from=DAY, source="x")


def test_loading_again_changes_nothing_and_keeps_what_the_county_set() -> None:
    put(99, BEGINNING)
    entries = ChangeEntry.objects.count()
    assert load_defaults() == 0 and on(DAY) == 99
    assert ChangeEntry.objects.count() == entries


def test_a_new_default_of_the_program_replaces_the_shipped_one() -> None:
    parameters._declared[CODE] = Parameter(CODE, "integer", 12, "天", "信访工作条例")
    assert load_defaults() == 1 and on(DAY) == 12


def test_a_change_is_recorded_with_before_and_after() -> None:
    put(5, DAY)
    put(6, DAY)
    rows = record.history("parameter", parameters.record_number(CODE), 1)[0].rows
    assert rows is not None and list(rows[0][2:]) == [{"value": 5}, {"value": 6}]


def test_what_another_process_set_is_seen_and_what_was_rolled_back_forgotten() -> None:
    assert on(DAY) == 15
    with transaction.atomic():
        put(5, DAY)
        assert on(DAY) == 5
        transaction.set_rollback(True)
    assert on(DAY) == 15
    # As another process does it: the row and the stamp, past this process's memory.
    ParameterValue.objects.filter(code=CODE).update(value=44)
    assert on(DAY) == 15
    Stamp.objects.filter(name=parameters.STAMP).update(value=1)
    assert on(DAY) == 44


def test_within_one_look_the_stamp_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    on(DAY)
    with django_assert_num_queries(1), one_look():
        for _ in range(50):
            on(DAY)
    with one_look():
        on(DAY)
        put(6, DAY)
        assert on(DAY) == 6


def test_a_default_must_be_of_its_type() -> None:
    with pytest.raises(Refused):
        parameters.declare(Parameter("test.wrong", "integer", "many"))
    with pytest.raises(ValueError, match="declared twice"):
        parameters.declare(Parameter(CODE, "integer", 1))


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        (CODE, -1, "parameter.too_small"),
        ("test.county", 1, "parameter.too_small"),
        ("test.county", "10", "parameter.too_large"),
        ("test.kinds", ["a", "c"], "parameter.choice"),
    ],
)
def test_bounds_and_choices_hold(code: str, value: Any, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        put(value, DAY, code=code)
    put(["b", "a"], DAY, code="test.kinds")
    assert parameters.value("test.kinds", on=DAY) == ["b", "a"]


def test_what_holds_everywhere_is_not_set_for_one_area() -> None:
    with pytest.raises(Refused, match=r"parameter.not_by_area"):
        put(4, DAY, "1.2.", "test.county")
    put(4, DAY, "1.", "test.county")
    assert parameters.integer("test.county", on=DAY) == 4


def test_an_area_without_a_rule_of_its_own_has_none_to_end() -> None:
    with pytest.raises(Refused, match=r"parameter.nothing_to_end"):
        put(None, DAY, "1.2.")


def test_what_does_not_hold_yet_is_taken_back_and_stays_in_the_record() -> None:
    row = put(7, date(2999, 1, 1))
    parameter_withdraw(SYSTEM, value=row, reason="文件日期写错")
    assert on(date(2999, 1, 2)) == 15
    items = record.history("parameter", parameters.record_number(CODE))
    assert [item.entry.action for item in items][:2] == ["kernel.parameter_withdraw", "kernel.parameter_set"]
    assert items[0].rows is not None and items[0].rows[0][3] is None
    with pytest.raises(NotFound):
        parameter_withdraw(SYSTEM, value=row)


def test_what_holds_or_was_shipped_is_not_taken_back() -> None:
    with pytest.raises(Refused, match=r"parameter.in_force"):
        parameter_withdraw(SYSTEM, value=put(7, date(2026, 1, 1)))
    shipped = ParameterValue.objects.get(code="test.rate")
    ParameterValue.objects.filter(pk=shipped.pk).update(valid_from=date(2999, 1, 1))
    with pytest.raises(Refused, match=r"parameter.shipped"):
        parameter_withdraw(SYSTEM, value=shipped)
