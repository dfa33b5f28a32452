"""Writing units: their versions, their phone, what ends with them."""

from datetime import date
from typing import Any

from anlan.kernel.changes import Change
from anlan.kernel.names import plain, tidy_name
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, refuse, turn
from anlan.places.models import Area
from anlan.registers.derive import name_columns, sealed_columns
from anlan.registers.models import Unit, UnitVersion
from anlan.registers.rules.persons import ContactFacts, contact_problems
from anlan.registers.rules.units import UnitFacts, tidy_credit_code

_VERSIONED = ("name", "kind", "area_id")


def tidy_unit(facts: UnitFacts) -> UnitFacts:
    """The facts as the register keeps them."""
    return facts._replace(
        name=plain(facts.name).replace(" ", ""),
        credit_code=tidy_credit_code(facts.credit_code),
        trade=plain(facts.trade),
        contact_name=tidy_name(facts.contact_name),
    )


def phone_columns(phone: str) -> dict[str, Any]:
    """A phone as its three columns, all empty for "". Refused: what cannot be one."""
    if not phone.strip():
        return {"phone": None, "phone_index": None, "phone_tail": None}
    refuse(
        [
            Problem(problem.code, "phone", problem.params)
            for problem in contact_problems(ContactFacts("phone", phone))
        ]
    )
    sealed = sealed_columns(phone.replace("-", "").replace(" ", ""))
    return {"phone": sealed.sealed, "phone_index": sealed.whole, "phone_tail": sealed.tail}


def require_open_unit(unit: Unit) -> None:
    """Refuse a unit that exists no more."""
    if unit.valid_to is not None:
        raise Refused(Problem("unit.ended", "unit", {"name": unit.name}))


def require_open_area(area: Area) -> None:
    """Refuse an area that exists no more."""
    if area.valid_to is not None:
        raise Refused(Problem("area.ended", "area", {"name": area.name}))


def require_free_unit(name: str, kind: str, area: Area, credit_code: str, besides: int | None = None) -> None:
    """Refuse a credit code another unit has, or a name another unit of the kind bears in the same area."""
    others = Unit.objects.filter(valid_to=None)
    if besides is not None:
        others = others.exclude(pk=besides)
    if credit_code and others.filter(credit_code=credit_code).exists():
        raise Refused(Problem("unit.credit_code_taken", "credit_code"))
    if others.filter(name=name, kind=kind, area=area).exists():
        raise Refused(Problem("unit.name_taken", "name", {"name": name}))


def insert_unit(change: Change, unit: Unit) -> None:
    """Insert a unit (not stored yet) with its first version."""
    for name, value in _search_columns(unit.name).items():
        setattr(unit, name, value)
    change.create(unit)
    change.create(_version(unit))


def restate_unit(change: Change, unit: Unit, on: date, **facts: Any) -> None:
    """Let another name, kind or area hold from a day on: the version turns, the row follows."""
    version = unit.versions.filter(valid_to=None).select_for_update(of=("self",)).first()
    turn(change, version or _version(unit), on, **facts)
    change.begin(unit)
    for name, value in facts.items():
        setattr(unit, name, value)
    if "name" in facts:
        for name, value in _search_columns(facts["name"]).items():
            setattr(unit, name, value)
    change.save(unit)


def end_covers(change: Change, target: Unit | Area, on: date) -> None:
    """End what covers a unit or an area, organisations and officers, on the day it ends itself."""
    for covers in (target.covers, target.officer_covers):
        for row in covers.filter(valid_to=None):
            close(change, row, on)


def _version(unit: Unit) -> UnitVersion:
    facts = {name: getattr(unit, name) for name in _VERSIONED}
    return UnitVersion(unit=unit, valid_from=unit.valid_from, **facts)


def _search_columns(name: str) -> dict[str, str]:
    found = name_columns(name)
    return {"pinyin": found.pinyin, "initials": found.initials}
