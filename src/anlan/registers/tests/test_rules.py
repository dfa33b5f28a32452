"""The registers' rules alone: facts in, problems out."""

import ast
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel import id_numbers
from anlan.kernel.codes import MEMBERSHIP_STAGE, ORGANIZATION_KIND, STANDING, SUPPORT_MODE
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, sentences
from anlan.registers import labels
from anlan.registers.rules import elections, memberships, organizations, resettlement
from anlan.registers.rules.editing import EDITABLE, edit_problems
from anlan.registers.rules.households import join_problems, member_problems
from anlan.registers.rules.memberships import MembershipFacts, Stage, membership_problems, years_old
from anlan.registers.rules.persons import PersonFacts, person_problems
from anlan.registers.rules.posts import POST, SINGLE, WITHOUT_TERM
from anlan.registers.rules.resettlement import (
    SUPPORT_MOVES,
    Reasons,
    SupportMove,
    SupportState,
    next_period,
    record_problems,
    support_problems,
    support_until,
)

TODAY = date(2026, 6, 30)
NUMBER = id_numbers.complete("50029919850306121")
REASONS = Reasons(suspend=("prison",), stop=("death", "hired"))


def codes(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.level) for problem in problems]


def test_the_tables_speak_the_code_lists() -> None:
    assert {stage.value for stage in Stage} == set(MEMBERSHIP_STAGE.names)
    assert set(memberships.STANDINGS_IN_FORCE) < set(STANDING.names)
    assert set(organizations.PARENTS) == set(ORGANIZATION_KIND.names)
    assert set(resettlement.SUPPORT_MODES) == set(SUPPORT_MODE.names)
    assert set(POST.names) >= SINGLE | WITHOUT_TERM
    assert set(labels.SUPPORT_REASON_WORDS) == set(resettlement.REASONS)
    assert set(labels.SUPPORT_MOVE_WORDS) == {move.value for move in SupportMove}
    assert set(labels.SUPPORT_STATE_WORDS) == {state.value for state in SupportState}
    assert set(labels.MEMBERSHIP_END_WORDS) == set(memberships.END_REASONS)


def test_warnings_do_not_refuse() -> None:
    facts = PersonFacts("曾小满", NUMBER, sex="2", birth=PartialDate(date(1980, 1, 1), "year"))
    assert codes(person_problems(facts, today=TODAY)) == [
        ("sex.mismatch", "warning"),
        ("birth.mismatch", "warning"),
    ]
    old = PersonFacts("曾小满", "500299850306121")
    assert codes(person_problems(old, today=TODAY)) == [("id_number.fifteen_digits", "warning")]


def test_a_month_agrees_with_any_of_its_days() -> None:
    facts = PersonFacts("曾小满", NUMBER, birth=PartialDate(date(1985, 3, 1), "month"))
    assert person_problems(facts, today=TODAY) == []


def test_death_needs_a_birth_before_it() -> None:
    facts = PersonFacts("曾小满", birth=PartialDate(date(1985, 1, 1), "year"))
    dead = person_problems(facts, today=TODAY, died_on=date(1984, 12, 31))
    assert codes(dead) == [("death.before_birth", "refused")]
    assert person_problems(facts, today=TODAY, died_on=date(1985, 1, 1)) == []


def test_one_head() -> None:
    assert member_problems(["02", "12"]) == []
    assert member_problems(["01"]) == []
    assert codes(join_problems("02", has_head=False, same_household=False)) == []


@pytest.mark.parametrize(
    ("on", "months", "first"),
    [
        (date(2024, 5, 20), 3, date(2024, 7, 1)),
        (date(2024, 6, 30), 3, date(2024, 7, 1)),
        (date(2024, 7, 1), 3, date(2024, 10, 1)),
        (date(2024, 11, 5), 3, date(2025, 1, 1)),
        (date(2024, 5, 20), 12, date(2025, 1, 1)),
        (date(2024, 12, 31), 1, date(2025, 1, 1)),
        (date(2024, 5, 20), 0, date(2024, 5, 20)),
    ],
)
def test_payment_periods(on: date, months: int, first: date) -> None:
    assert next_period(on, months) == first


def test_no_periods_of_five_months() -> None:
    with pytest.raises(ValueError, match="5 months"):
        next_period(TODAY, 5)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_a_period_begins_after_the_day_and_within_its_length(on: date, months: int) -> None:
    first = next_period(on, months)
    assert first.day == 1
    assert (first.month - 1) % months == 0
    assert timedelta(0) < first - on <= timedelta(days=31 * months)


@pytest.mark.parametrize("state", list(SupportState))
@pytest.mark.parametrize("move", list(SupportMove))
def test_support_moves(state: SupportState, move: SupportMove) -> None:
    reason = "prison" if move is SupportMove.SUSPEND else "hired"
    problems = support_problems(state, move, reason=reason, mode="cash", reasons=REASONS)
    assert (problems == []) == (move in SUPPORT_MOVES[state])


def test_the_end_of_support() -> None:
    begins, ends = date(2006, 7, 1), date(2026, 7, 1)
    assert support_until(date(1998, 7, 1), begins, ends) == ends
    assert support_until(None, begins, ends) == ends
    assert support_until(date(2009, 9, 1), begins, ends) == date(2029, 9, 1)
    assert support_until(date(2008, 2, 29), begins, date(2025, 7, 1)) == date(2027, 3, 1)
    assert support_until(date(2009, 9, 1), begins, None) is None


def test_moved_before_birth_is_only_a_warning() -> None:
    problems = record_problems(moved_on=date(1998, 7, 1), birth=date(2001, 1, 1), today=TODAY)
    assert codes(problems) == [("moved.before_birth", "warning")]


@pytest.mark.parametrize(
    ("kind", "area", "parameter"),
    [
        ("branch", "village", elections.TERM_VILLAGE),
        ("committee", "community", elections.TERM_VILLAGE),
        ("general_branch", "township", elections.TERM_BRANCH),
        ("working_committee", "county", elections.TERM_COMMITTEE),
        ("group", "village", ""),
        ("联合会", "village", ""),
    ],
)
def test_terms(kind: str, area: str, parameter: str) -> None:
    assert elections.term_parameter(kind, area) == parameter


def test_election_due() -> None:
    assert elections.due_on(date(2021, 3, 15), 5) == date(2026, 3, 15)
    assert elections.due_on(date(2020, 2, 29), 3) == date(2023, 2, 28)
    assert elections.due_on(date(2021, 3, 1), 5, "month") == date(2026, 3, 31)
    assert elections.due_on(date(2021, 1, 1), 3, "year") == date(2024, 12, 31)


def test_eighteen_at_joining_where_it_is_certain() -> None:
    birth = PartialDate(date(2000, 6, 15), "day")

    def problems(joined: PartialDate) -> list[tuple[str, str]]:
        facts = MembershipFacts("probationary", joined=joined)
        return codes(membership_problems(facts, birth=birth, today=TODAY, min_age=18))

    assert problems(PartialDate(date(2018, 6, 14), "day")) == [("membership.too_young", "refused")]
    assert problems(PartialDate(date(2018, 6, 15), "day")) == []
    assert problems(PartialDate(date(2018, 6, 1), "month")) == []
    assert problems(PartialDate(date(2017, 1, 1), "year")) == [("membership.too_young", "refused")]


@given(st.dates(date(1900, 1, 1), TODAY), st.dates(date(1900, 1, 1), TODAY))
def test_years_never_understate(born: date, day: date) -> None:
    exact = years_old(PartialDate(born, "day"), PartialDate(day, "day"))
    rough = years_old(PartialDate(born.replace(day=1), "month"), PartialDate(day.replace(day=1), "month"))
    assert rough >= exact


def test_corrections() -> None:
    before = {"name": "何忠孝", "occupation": ""}
    assert edit_problems("person", {"occupation": "种柑橘"}, before, "") == []
    assert codes(edit_problems("person", {"name": "何中孝"}, before, "")) == [("value.required", "refused")]
    assert edit_problems("person", {"name": "何中孝"}, before, "录入有误") == []
    assert codes(edit_problems("area", {"name": "x"}, {}, "")) == [("edit.field", "refused")]


def test_every_editable_fact_is_a_column() -> None:
    for model, facts in EDITABLE.items():
        columns = {field.name for field in apps.get_app_config("registers").models[model]._meta.get_fields()}
        for name, fact in facts.items():
            expected = {f"{name}_precision"} if fact.kind == "partial" else {name}
            assert expected <= columns, (model, name)


def _codes_spoken(folder: Path) -> set[str]:
    """The codes of every ``Problem("…")`` written in the Python files below a folder."""
    calls = (
        node
        for path in folder.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
    )
    first = (call.args[0] for call in calls if call.args)
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("app", ["registers", "places"])
def test_every_problem_has_a_sentence(app: str) -> None:
    spoken = _codes_spoken(Path(apps.get_app_config(app).path))
    assert "name.missing" in spoken
    assert spoken - set(sentences()) == set()


def test_every_sentence_is_spoken() -> None:
    spoken = _codes_spoken(Path(apps.get_app_config("registers").path))
    assert set(labels.PROBLEM_SENTENCES) - spoken == set()
