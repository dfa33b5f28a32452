"""The history panel on the registers' pages: who, when, what changed in words, masked."""

from datetime import date

import pytest
from tests.cast import SYSTEM, Cast

from anlan.kernel.changes import tracked_models
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.history_words import TABLES
from anlan.registers.models import Person
from anlan.registers.records import person_salts
from anlan.registers.rules.persons import ContactFacts
from anlan.registers.tests import people
from anlan.web.history import Story, registered_tables, stories

pytestmark = pytest.mark.django_db
KEYS = frozenset(
    {"id", "uid", "path", "salt", "person_id", "household_id", "organization_id", "programme_id"}
    | {"unit_id", "contact_point_id"}
)
SEARCH = frozenset({"pinyin", "initials", "tokens"})
ENDINGS = ("_index", "_tail", "_precision")
"""Columns without words: keys, the columns of search, and what only stands beside a value."""


@pytest.fixture
def somebody(cast: Cast) -> Person:
    """A person of the east without a history."""
    return people.person("何中小", cast.world.east_group, 1)


def lines(story: Story) -> dict[str, tuple[str, str]]:
    return {str(one.label): (one.before, one.after) for row in story.rows for one in row.changes}


def test_a_correction_is_told_with_both_sides_who_and_why(cast: Cast, somebody: Person) -> None:
    actor = cast.township_officer.person
    record_edit(
        actor, record=somebody, values={"name": "何忠小", "marital_status": "20"}, reason="核对户口簿"
    )
    story = stories("person", somebody.pk)[0]
    assert (str(story.title), story.who, story.reason) == ("更正登记内容", "郑东", "核对户口簿")
    assert lines(story) == {"姓名": ("何中小", "何忠小"), "婚姻状况": ("", "已婚")}


def test_a_month_is_told_as_a_month_on_both_sides(cast: Cast, somebody: Person) -> None:
    Person.objects.filter(pk=somebody.pk).update(id_number=None, id_index=None, id_tail=None)
    actor = cast.township_officer.person
    month = PartialDate(date(1970, 6, 1), "month")
    record_edit(actor, record=Person.objects.get(pk=somebody.pk), values={"birth": month}, reason="无身份证")
    assert lines(stories("person", somebody.pk)[0])["出生日期"][1] == "1970年6月"
    later = PartialDate(date(1971, 7, 1), "month")
    record_edit(actor, record=Person.objects.get(pk=somebody.pk), values={"birth": later}, reason="无身份证")
    assert lines(stories("person", somebody.pk)[0])["出生日期"] == ("1970年6月", "1971年7月")


def test_protected_values_are_masked_in_the_history(cast: Cast, somebody: Person) -> None:
    facts = ContactFacts("phone", "13942366712", source="来电登记")
    contact_add(cast.township_officer.person, person=somebody, contact=facts, on=date(2026, 1, 5))
    told = lines(stories("person", somebody.pk)[0])
    assert told["号码"] == ("", "139****6712") and told["种类"] == ("", "电话")
    page = cast.township_officer.client().get(f"/persons/{somebody.uid}/").content.decode()
    assert "新增联系方式" in page and "来电登记" in page and "13942366712" not in page


def test_the_system_and_the_shell_are_named_as_such(cast: Cast, somebody: Person) -> None:
    record_edit(SYSTEM, record=somebody, values={"occupation": "务农"}, reason="自动核对")
    assert stories("person", somebody.pk)[0].who == "系统"


def test_an_erased_person_keeps_entries_without_content(cast: Cast, somebody: Person) -> None:
    record_edit(cast.township_officer.person, record=somebody, values={"name": "何忠小"}, reason="核对")
    Person.objects.filter(pk=somebody.pk).update(salt=None)
    assert person_salts([somebody.pk]) == {}
    story = stories("person", somebody.pk)[0]
    assert story.erased and not story.rows
    page = cast.township_officer.client().get(f"/persons/{somebody.uid}/").content.decode()
    assert "内容已按规定删除" in page


def test_a_refused_change_leaves_no_history(cast: Cast, somebody: Person) -> None:
    with pytest.raises(Refused) as refused:
        record_edit(cast.township_officer.person, record=somebody, values={"name": ""}, reason="误")
    assert all(isinstance(problem, Problem) for problem in refused.value.problems)
    assert stories("person", somebody.pk) == []


def test_the_history_costs_the_same_however_long_it_is(
    cast: Cast, somebody: Person, django_assert_num_queries: object
) -> None:
    for number in range(8):
        record_edit(
            cast.township_officer.person,
            record=Person.objects.get(pk=somebody.pk),
            values={"occupation": f"工作{number}"},
            reason="改",
        )
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(stories("person", somebody.pk)) == 8


def test_every_tracked_column_of_the_registers_has_words_or_a_reason_to_have_none() -> None:
    models = [model for model in tracked_models() if model.__module__.startswith("anlan.registers")]
    assert models
    missing = []
    for model in models:
        table = model._meta.db_table  # type: ignore[attr-defined]
        if table in ("registers_supportprogramme", "registers_supportamount"):
            continue
        known = registered_tables()[table].fields
        columns = [field.attname for field in model._meta.concrete_fields]  # type: ignore[attr-defined]
        silent = {name for name in columns if name in KEYS | SEARCH or name.endswith(ENDINGS)}
        missing += [f"{table}.{name}" for name in columns if name not in known and name not in silent]
    assert not missing
    assert set(TABLES) <= set(registered_tables())
