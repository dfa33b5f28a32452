"""What correcting a record writes into its row, asked in one place for one row and for many."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from anlan.kernel import id_numbers, protection
from anlan.kernel.codes import SEX
from anlan.kernel.names import plain, tidy_name
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import refuse
from anlan.registers.actions.household_rows import require_free_number
from anlan.registers.actions.organization_add import due_after
from anlan.registers.actions.person_rows import give_id_number
from anlan.registers.actions.resettlement_start import term_end
from anlan.registers.actions.unit_rows import phone_columns, require_free_unit
from anlan.registers.derive import name_columns, partial_columns, partial_of
from anlan.registers.models import (
    ContactPoint,
    Household,
    Membership,
    PartyOrganization,
    Person,
    ResettlementRecord,
    Unit,
)
from anlan.registers.parameters import member_min_age
from anlan.registers.rules.editing import EDITABLE, Fact, edit_problems
from anlan.registers.rules.elections import election_problems
from anlan.registers.rules.memberships import MembershipFacts, membership_problems
from anlan.registers.rules.persons import PersonFacts, person_problems
from anlan.registers.rules.resettlement import record_problems
from anlan.registers.rules.units import credit_code_problems, tidy_credit_code, work_problems


def write_facts(record: Model, values: Mapping[str, Any], reason: str, today: date) -> None:
    """Set facts (by the names in ``EDITABLE``) on a row that is not saved yet, with what follows from them.

    Refused: what ``edit_problems`` refuses, and what the record's own rules say of the edited facts; the row
    in memory is not to be saved then.
    """
    model = record._meta.model_name or ""
    facts = EDITABLE.get(model, {})
    wanted = {name: _tidy(facts.get(name), value) for name, value in values.items()}
    before = {name: value_of(record, name) for name in wanted if name in facts}
    refuse(edit_problems(model, wanted, before, reason))
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    for name, value in changed.items():
        _set(record, name, facts[name], value)
    check = _CHECKS.get(type(record))
    if check is not None:
        check(record, changed, today)


def value_of(record: Model, name: str) -> Any:
    """What a record says of one fact of ``EDITABLE``: text, code, day, yes or no, ``PartialDate``, None."""
    fact = EDITABLE[record._meta.model_name or ""][name]
    if fact.kind == "partial":
        return partial_of(record, name)
    value = getattr(record, name)
    if fact.kind in ("id_number", "phone"):
        return protection.open_text(value) if value else ""
    return value


def _tidy(fact: Fact | None, value: Any) -> Any:
    """A value as the register keeps it."""
    if fact is None or not isinstance(value, str):
        return value
    if fact.kind == "name":
        return tidy_name(value)
    if fact.kind == "id_number":
        return id_numbers.check(value).number or value
    if fact.kind == "phone":
        return plain(value).replace("-", "").replace(" ", "")
    return plain(value)


def _set(record: Model, name: str, fact: Fact, value: Any) -> None:
    if fact.kind == "id_number":
        return  # Its own rules come first; see _check_person.
    if fact.kind == "phone":
        for column, content in phone_columns(value).items():
            setattr(record, column, content)
        return
    columns = partial_columns(name, value) if fact.kind == "partial" else {name: value}
    if fact.kind == "name" and isinstance(record, Person):
        columns |= name_columns(value)._asdict()
    for column, content in columns.items():
        setattr(record, column, content)


def _only(problems: list[Problem], changed: Mapping[str, Any]) -> list[Problem]:
    """Problems of the facts that are edited; what was wrong before stays its own matter."""
    return [problem for problem in problems if problem.field in changed]


def _check_person(person: Person, changed: Mapping[str, Any], today: date) -> None:
    number = changed.get("id_number")
    facts = PersonFacts(person.name, number or "", person.sex, partial_of(person, "birth"))
    refuse(_only(person_problems(facts, today=today, died_on=person.died_on), changed))
    if number:
        give_id_number(person, number)
    elif number == "":
        person.id_number = person.id_index = person.id_tail = None
    elif not changed.keys().isdisjoint(("birth", "sex")) and person.id_number:
        _keep_to_number(person)


def _keep_to_number(person: Person) -> None:
    """The id number decides sex and birth; correct the number where they are wrong."""
    number = person.plain_id_number()
    born = PartialDate(id_numbers.birth_date(number), "day")
    if partial_of(person, "birth") != born:
        params = {"said": str(partial_of(person, "birth") or ""), "id": str(born)}
        raise Refused(Problem("birth.mismatch", "birth", params))
    if person.sex != id_numbers.sex(number):
        said = {"said": SEX.name_of(person.sex), "id": SEX.name_of(id_numbers.sex(number))}
        raise Refused(Problem("sex.mismatch", "sex", said))


def _check_household(household: Household, changed: Mapping[str, Any], today: date) -> None:
    require_free_number(household.number, household.area, besides=household)


def _check_organization(organization: PartyOrganization, changed: Mapping[str, Any], today: date) -> None:
    elected = partial_of(organization, "elected")
    if "elected" in changed and "election_due_on" not in changed:
        organization.election_due_on = due_after(organization.kind, organization.area, elected, today)
    problems = election_problems(
        elected_on=elected,
        founded_on=partial_of(organization, "founded"),
        due=organization.election_due_on,
        today=today,
    )
    names = {"founded_on": "founded", "elected_on": "elected", "election_due_on": "election_due_on"}
    refuse([problem for problem in problems if names.get(problem.field) in changed])


def _check_membership(membership: Membership, changed: Mapping[str, Any], today: date) -> None:
    if changed.keys().isdisjoint(("joined", "full_member")):
        return
    facts = MembershipFacts(
        membership.stage,
        membership.standing,
        partial_of(membership, "joined"),
        partial_of(membership, "full_member"),
    )
    problems = membership_problems(
        facts,
        birth=partial_of(membership.person, "birth"),
        today=today,
        min_age=member_min_age(today, membership.organization.area.path),
    )
    refuse(_only(problems, changed))


def _check_record(record: ResettlementRecord, changed: Mapping[str, Any], today: date) -> None:
    if "moved" in changed:
        birth = record.person.birth_date
        refuse(record_problems(moved_on=record.moved_on, birth=birth, today=today))
        record.support_until = term_end(record.programme, record.moved_on)


def _check_unit(unit: Unit, changed: Mapping[str, Any], today: date) -> None:
    unit.credit_code = tidy_credit_code(unit.credit_code)
    if "credit_code" in changed and unit.valid_to is None:
        require_free_unit(unit.name, unit.kind, unit.area, unit.credit_code, besides=unit.pk)
    problems = credit_code_problems(unit.credit_code)
    refuse(problems + work_problems(unit.work_starts_on, unit.work_ends_on))


def _check_contact_point(point: ContactPoint, changed: Mapping[str, Any], today: date) -> None:
    refuse([] if point.name else [Problem("name.missing", "name")])


_CHECKS: dict[type[Model], Callable[[Any, Mapping[str, Any], date], None]] = {
    Person: _check_person,
    Household: _check_household,
    PartyOrganization: _check_organization,
    Membership: _check_membership,
    ResettlementRecord: _check_record,
    Unit: _check_unit,
    ContactPoint: _check_contact_point,
}
