"""Which facts may be corrected in place, and what they may say.

Two kinds of writing: a *change* of the world has a day and a verb of its own (a marriage, a transfer, another
name of a branch) and leaves the former state readable; a *correction* says that what stood here was wrong or
missing, and rewrites it also for the past. Only plain facts are corrected here; what is dated by a verb (the
household, the organisation, the stage, the support) is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from anlan.kernel import codes
from anlan.kernel.code_list import CodeList
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem

FactKind = Literal["name", "text", "code", "partial", "day", "id_number", "phone", "yes_no"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that may be corrected: what it holds, its length or list, whether overwriting needs a reason."""

    kind: FactKind
    length: int = 60
    codes: CodeList | None = None
    reasoned: bool = False


def _code(codes: CodeList) -> Fact:
    return Fact("code", codes=codes)


_SAID = Fact("partial", reasoned=True)

EDITABLE: Mapping[str, Mapping[str, Fact]] = {
    "person": {
        "name": Fact("name", reasoned=True),
        "id_number": Fact("id_number", reasoned=True),
        "sex": Fact("code", codes=codes.SEX, reasoned=True),
        "birth": _SAID,
        "ethnic_group": _code(codes.ETHNIC_GROUP),
        "education": _code(codes.EDUCATION),
        "education_text": Fact("text", 30),
        "marital_status": _code(codes.MARITAL_STATUS),
        "occupation": Fact("text", 60),
        "address": Fact("text", 160),
    },
    "personcontact": {"note": Fact("text", 60), "source": Fact("text", 120)},
    "household": {"number": Fact("text", 32, reasoned=True)},
    "resettlementrecord": {
        "register_number": Fact("text", 32, reasoned=True),
        "from_place": Fact("text", 120),
        "moved": _SAID,
        "mode": _code(codes.RESETTLEMENT_MODE),
    },
    "partyorganization": {
        "code": Fact("text", 32),
        "setup_mode": _code(codes.SETUP_MODE),
        "founded": _SAID,
        "elected": _SAID,
        "election_due_on": Fact("day", reasoned=True),
    },
    "appointment": {"name": Fact("name"), "term_ends_on": Fact("day", reasoned=True)},
    "membership": {
        "standing": _code(codes.STANDING),
        "joined": _SAID,
        "full_member": _SAID,
        "post": Fact("text", 60),
        "is_resettler": Fact("yes_no"),
    },
    "unit": {
        "credit_code": Fact("text", 18, reasoned=True),
        "trade": Fact("text", 60),
        "contact_name": Fact("text", 60),
        "phone": Fact("phone", 20),
        "work_starts_on": Fact("day"),
        "work_ends_on": Fact("day"),
    },
    "contactpoint": {"name": Fact("text", 120, reasoned=True)},
    "floatingspell": {"destination": Fact("text", 120), "since": Fact("partial")},
}
"""By model, then by fact. Facts of kind ``partial`` stand in two columns (day and precision)."""

_TYPES: dict[FactKind, tuple[type, ...]] = {
    "name": (str,),
    "text": (str,),
    "code": (str,),
    "id_number": (str,),
    "phone": (str,),
    "partial": (PartialDate, type(None)),
    "day": (date, type(None)),
    "yes_no": (bool, type(None)),
}


def edit_problems(
    model: str, values: Mapping[str, Any], before: Mapping[str, Any], reason: str
) -> list[Problem]:
    """Whether values may be written over those before (both by fact name).

    Refused: a fact that is not corrected here, a value of another kind, too long or not in the list, a blank
    name, nothing different, and overwriting something said earlier without a reason where one is asked.
    """
    facts = EDITABLE.get(model, {})
    unknown = [name for name in values if name not in facts]
    if unknown:
        return [Problem("edit.field", name, {"field": name}) for name in unknown]
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return [Problem("edit.unchanged")]
    problems = [problem for name, value in changed.items() for problem in _value(facts[name], name, value)]
    overwritten = any(facts[name].reasoned and before[name] not in ("", None) for name in changed)
    if overwritten and not reason.strip():
        problems.append(Problem("value.required", "reason"))
    return problems


def _value(fact: Fact, name: str, value: Any) -> list[Problem]:
    if not isinstance(value, _TYPES[fact.kind]):
        return [Problem("edit.value", name)]
    if fact.kind == "name" and not value:
        return [Problem("name.missing", name)]
    if fact.kind == "code" and fact.codes is not None and value and value not in fact.codes.names:
        return [Problem("edit.value", name)]
    if isinstance(value, str) and fact.kind in ("name", "text") and len(value) > fact.length:
        return [Problem("edit.value", name)]
    return []
