"""One fact of many records at once: the rules of a single correction for each, all or none, and back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import SYSTEM, Cast, World

from anlan.kernel import record
from anlan.kernel.actors import Actor
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound, Refused
from anlan.kernel.uids import new_uid
from anlan.registers.actions.bulk_edit import bulk_edit
from anlan.registers.actions.bulk_edit_rows import BulkOrder, BulkPlan, make_plan, targets_of
from anlan.registers.actions.bulk_edit_undo import undo
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.models import (
    BulkEdit,
    Household,
    Membership,
    PartyOrganization,
    Person,
    ResettlementRecord,
)
from anlan.registers.rules.bulk_editing import BULK, BulkFact, as_json, bulk_fact, from_json
from anlan.registers.rules.editing import EDITABLE
from anlan.registers.tests import people
from anlan.registers.tests.refusals import last_entry, refused

TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
LISTS = {
    "persons": Person,
    "households": Household,
    "members": Membership,
    "organizations": PartyOrganization,
}

MODELS: dict[str, type[Model]] = {
    "person": Person,
    "resettlementrecord": ResettlementRecord,
    "membership": Membership,
    "partyorganization": PartyOrganization,
}


def order(register: str, code: str, value: Any, reason: str = "按 2026 年核查结果") -> BulkOrder:
    fact = bulk_fact(register, code)
    assert fact is not None
    return BulkOrder(register, fact, value, reason)


def plan_of(asked: BulkOrder, actor: Actor = SYSTEM, listed: QuerySet[Any] | None = None) -> BulkPlan:
    rows = LISTS[asked.register]._default_manager.all() if listed is None else listed
    return make_plan(actor, asked, rows, TODAY)


def write(asked: BulkOrder, actor: Actor = SYSTEM, listed: QuerySet[Any] | None = None) -> BulkEdit:
    plan = plan_of(asked, actor, listed)
    plan.prepare()
    return bulk_edit(actor, uid=new_uid(), plan=plan, digest=plan.digest, words="东河镇", moment=NOW)


@pytest.fixture
def families(world: World) -> World:
    """Two families in the east, one in the west, with what was verified about their resettlement."""
    people.household("E10", world.east_group, ["何中小", "余礼刚", "何英"], 1)
    people.household("E11", world.east_other_group, ["张三"], 11)
    people.household("W10", world.west_group, ["何西"], 21)
    return world


def test_one_fact_of_all_persons(families: World) -> None:
    Person.objects.filter(name="张三").update(occupation="务农")
    bulk = write(order("persons", "person.occupation", " 务农 "))
    assert (bulk.changed, bulk.unchanged, bulk.refused, bulk.left_out) == (6, 1, 0, 0)
    assert set(Person.objects.values_list("occupation", flat=True)) == {"务农"}
    entry = last_entry()
    assert (entry.action, entry.reason) == ("registers.bulk_edit", "按 2026 年核查结果")
    someone = Person.objects.get(name="何英")
    ((_table, _id, before, after),) = record.history("person", someone.pk)[0].rows or ()
    assert (before, after) == ({"occupation": ""}, {"occupation": "务农"})


def test_words_kept_beside_a_code_go_with_it(families: World) -> None:
    Person.objects.filter(name="张三").update(education="60", education_text="高中/中专")
    write(order("persons", "person.education", "60"))
    assert Person.objects.get(name="张三").education_text == ""


def test_a_household_stands_for_its_persons(families: World) -> None:
    listed = Household.objects.filter(number__in=["E10", "E0001"])
    bulk = write(order("households", "resettlementrecord.from_place", "清江镇"), listed=listed)
    # The head of E0001 has no resettlement record.
    assert (bulk.changed, bulk.left_out) == (3, 1)
    moved = ResettlementRecord.objects.filter(from_place="清江镇")
    assert set(moved.values_list("person__name", flat=True)) == {"何中小", "余礼刚", "何英"}


def test_what_has_a_reason_needs_one(families: World) -> None:
    asked = order("persons", "resettlementrecord.moved", PartialDate(date(2005, 1, 1), "month"), reason="")
    plan = plan_of(asked)
    assert plan.refused == 5 and plan.changed == 0
    assert {problem.field for _, problems in plan.refusals for problem in problems} == {"reason"}


def test_rows_against_the_rules_are_left_and_named(world: World) -> None:
    PartyOrganization.objects.filter(pk=world.east_branch.pk).update(
        founded_on=date(2025, 5, 1), founded_precision="day"
    )
    asked = order("organizations", "partyorganization.elected", PartialDate(date(2024, 3, 1), "month"))
    bulk = write(asked)
    assert (bulk.changed, bulk.refused) == (5, 1)
    world.east_branch.refresh_from_db()
    assert world.east_branch.elected_on is None
    ((pk, (problem,)),) = plan_of(asked).refusals
    assert (pk, problem.code) == (world.east_branch.pk, "election.before_founding")


def test_an_election_moves_the_next_one(world: World) -> None:
    write(order("organizations", "partyorganization.elected", PartialDate(date(2024, 3, 1), "month")))
    world.east_branch.refresh_from_db()
    assert world.east_branch.election_due_on == date(2029, 3, 31)


def test_only_what_lies_in_the_range(families: World, cast: Cast) -> None:
    officer = cast.township_officer.person
    bulk = write(order("persons", "person.occupation", "务农"), officer)
    assert (bulk.changed, bulk.left_out) == (5, 2)
    assert Person.objects.get(name="何西").occupation == ""
    assert bulk.path == families.east.path


def test_a_plan_is_its_makers_own(families: World, cast: Cast) -> None:
    plan = plan_of(order("persons", "person.occupation", "务农"), cast.county_officer.person)
    plan.prepare()
    with pytest.raises(NotFound):
        bulk_edit(
            cast.township_officer.person, uid=new_uid(), plan=plan, digest=plan.digest, words="", moment=NOW
        )


def test_nothing_new_is_nothing(families: World) -> None:
    asked = order("persons", "person.occupation", "")
    assert refused(lambda: write(asked)) == ["bulk.nothing"]


def test_a_change_since_it_was_looked_at(families: World) -> None:
    asked = order("persons", "person.occupation", "务农")
    looked_at = plan_of(asked).digest
    record_edit(SYSTEM, record=Person.objects.get(name="何英"), values={"occupation": "教师"})
    plan = plan_of(asked)
    plan.prepare()
    act = lambda: bulk_edit(SYSTEM, uid=new_uid(), plan=plan, digest=looked_at, words="", moment=NOW)  # noqa: E731
    assert refused(act) == ["bulk.stale"]
    assert Person.objects.get(name="何英").occupation == "教师"


def test_a_change_since_the_plan_was_made(families: World) -> None:
    plan = plan_of(order("persons", "person.occupation", "务农"))
    plan.prepare()
    record_edit(SYSTEM, record=Person.objects.get(name="何英"), values={"occupation": "教师"})
    act = lambda: bulk_edit(SYSTEM, uid=new_uid(), plan=plan, digest=plan.digest, words="", moment=NOW)  # noqa: E731
    assert refused(act) == ["bulk.stale"]
    assert set(Person.objects.values_list("occupation", flat=True)) == {"", "教师"}


def test_taken_back_whole(families: World) -> None:
    Person.objects.filter(name="张三").update(occupation="木匠")
    before = set(Person.objects.values_list("pk", "occupation"))
    bulk = write(order("persons", "person.occupation", "务农"))
    undo(SYSTEM, bulk)
    assert set(Person.objects.values_list("pk", "occupation")) == before
    bulk.refresh_from_db()
    assert bulk.state == "undone"
    assert last_entry().action == "registers.bulk_edit_undo"
    assert refused(lambda: undo(SYSTEM, bulk)) == ["bulk.undone"]


def test_later_changes_stand_in_the_way(families: World) -> None:
    bulk = write(order("persons", "person.occupation", "务农"))
    record_edit(SYSTEM, record=Person.objects.get(name="何英"), values={"address": "新街1号"})
    assert refused(lambda: undo(SYSTEM, bulk)) == ["bulk.later_changes"]


def test_what_was_taken_back_stands_in_nobodys_way(families: World) -> None:
    first = write(order("persons", "person.occupation", "务农"))
    undo(SYSTEM, write(order("persons", "person.occupation", "务工")))
    undo(SYSTEM, first)
    assert set(Person.objects.values_list("occupation", flat=True)) == {""}


def test_as_many_queries_for_many_as_for_few(families: World) -> None:
    def count() -> int:
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            transaction.atomic(),
        ):
            write(order("members", "membership.post", "委员"))
            transaction.set_rollback(True)
        return len(queries)

    few = count()
    for serial in range(100, 130):
        someone = people.person(f"党员{serial}", families.east_group, serial)
        people.member(someone, families.east_branch)
    assert count() == few


def test_everything_offered_may_be_corrected_one_by_one() -> None:
    for facts in BULK.values():
        for fact in facts:
            assert fact.name in EDITABLE[fact.model]
            assert set(fact.also) <= set(EDITABLE[fact.model])


_DAYS = st.dates(date(1950, 1, 1), date(2035, 1, 1))
_PARTIAL = st.none() | st.builds(lambda day: PartialDate(day.replace(day=1), "month"), _DAYS)


def values_of(fact: BulkFact) -> st.SearchStrategy[Any]:
    """Values of a fact, good and bad."""
    held = fact.fact
    if held.kind == "code":
        assert held.codes is not None
        return st.sampled_from(["", "nonsense", *list(held.codes.names)[:4]])
    return {
        "partial": _PARTIAL,
        "day": st.none() | _DAYS,
        "yes_no": st.sampled_from([True, False, None]),
        "text": st.sampled_from(["", "务农", " 教 师 ", "长" * 200]),
    }[held.kind]


def one_of_all() -> st.SearchStrategy[BulkOrder]:
    """Any fact of any list with any value, with and without a reason."""
    asked = [(register, fact) for register, facts in BULK.items() for fact in facts]
    return st.sampled_from(asked).flatmap(
        lambda one: st.builds(
            BulkOrder, st.just(one[0]), st.just(one[1]), values_of(one[1]), st.sampled_from(["", "核查"])
        )
    )


def stored(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def rolled_back(work: Any, model: type[Model]) -> list[dict[str, Any]]:
    with transaction.atomic():
        work()
        found = stored(model)
        transaction.set_rollback(True)
    return found


def one_by_one(asked: BulkOrder) -> Iterator[str]:
    """Correct each record by itself; gives what is refused."""
    rows = targets_of(SYSTEM, asked, LISTS[asked.register]._default_manager.all(), TODAY)
    for row in MODELS[asked.fact.model]._default_manager.filter(pk__in=rows.values("pk")):
        try:
            record_edit(SYSTEM, record=row, values=asked.fact.values(asked.value), reason=asked.reason)
        except Refused as problems:
            yield from (problem.code for problem in problems.problems if problem.code != "edit.unchanged")


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=one_of_all())
def test_many_at_once_end_as_one_by_one(families: World, asked: BulkOrder) -> None:
    model = MODELS[asked.fact.model]
    told: list[str] = []
    singly = rolled_back(lambda: told.extend(one_by_one(asked)), model)
    plan = plan_of(asked)
    plan.prepare()

    def together() -> None:
        if plan.changed:
            bulk_edit(SYSTEM, uid=new_uid(), plan=plan, digest=plan.digest, words="", moment=NOW)

    assert rolled_back(together, model) == singly
    assert sorted(problem.code for _, problems in plan.refusals for problem in problems) == sorted(told)
    assert from_json(asked.fact.fact, as_json(asked.value)) == asked.value
