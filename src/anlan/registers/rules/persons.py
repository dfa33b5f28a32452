"""Facts of one person."""

from datetime import date
from typing import NamedTuple

from anlan.kernel import id_numbers
from anlan.kernel.codes import SEX
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.kernel.problems import Level, Problem

SEXES = ("", "0", "1", "2", "9")
CONTACT_KINDS = ("phone", "account")
_PHONE_DIGITS = range(7, 13)


class PersonFacts(NamedTuple):
    """What is stated about a person; "" and None state nothing. The id number decides sex and birth."""

    name: str
    id_number: str = ""
    sex: str = ""
    birth: PartialDate | None = None
    ethnic_group: str = ""
    education: str = ""
    education_text: str = ""
    marital_status: str = ""
    occupation: str = ""
    address: str = ""


class ContactFacts(NamedTuple):
    """A phone or bank account; ``note`` says whose or which bank, ``source`` where it comes from."""

    kind: str
    value: str
    note: str = ""
    source: str = ""


def person_problems(facts: PersonFacts, *, today: date, died_on: date | None = None) -> list[Problem]:
    """What is wrong with the facts of one person, all at once.

    Refused: no name, an id number that cannot be one (codes ``id_number.*``), a birth to come, a death before
    birth or to come. Warned: sex or birth other than the id number says, which wins (``sex.mismatch``,
    ``birth.mismatch``), and an old id number, which is converted.
    """
    problems = [] if facts.name else [Problem("name.missing", "name")]
    birth = facts.birth
    if facts.id_number:
        number, code = id_numbers.check(facts.id_number)
        if code:
            problems.append(Problem(code, "id_number", level=_level(code)))
        if number:
            problems += mismatch_problems(number, facts.sex, birth)
            birth = PartialDate(id_numbers.birth_date(number), DAY)
    return problems + life_problems(birth, died_on, today=today)


def _level(code: str) -> Level:
    return "refused" if code in id_numbers.REFUSING_CODES else "warning"


def mismatch_problems(number: str, sex: str, birth: PartialDate | None) -> list[Problem]:
    """Where stated sex or birth differ from a valid id number, compared as precisely as they are given."""
    problems = []
    real = id_numbers.sex(number)
    if sex in ("1", "2") and sex != real:
        said = {"said": SEX.name_of(sex), "id": SEX.name_of(real)}
        problems.append(Problem("sex.mismatch", "sex", said, "warning"))
    born = id_numbers.birth_date(number)
    if birth is not None and not birth.agrees(born):
        params = {"said": str(birth), "id": born.isoformat()}
        problems.append(Problem("birth.mismatch", "birth", params, "warning"))
    return problems


def life_problems(birth: PartialDate | None, died_on: date | None, *, today: date) -> list[Problem]:
    """Whether birth and death are in the future or in the wrong order; only what is certain is refused."""
    problems = []
    if birth is not None and birth.date > today:
        problems.append(Problem("date.future", "birth", {"day": str(birth)}))
    if died_on is not None and died_on > today:
        problems.append(Problem("date.future", "died_on", {"day": died_on.isoformat()}))
    if died_on is not None and birth is not None and died_on < birth.date:
        problems.append(Problem("death.before_birth", "died_on", {"day": str(birth)}))
    return problems


def contact_problems(contact: ContactFacts) -> list[Problem]:
    """Whether a phone or account can be one: digits, a phone 7 to 12 of them (with area code)."""
    digits = contact.value.replace("-", "").replace(" ", "")
    if contact.kind not in CONTACT_KINDS or not digits:
        return [Problem("value.required", "value")]
    if not digits.isdecimal() or (contact.kind == "phone" and len(digits) not in _PHONE_DIGITS):
        return [Problem("contact.format", "value")]
    return []
