"""What newcomers and newborn are to the head of the household they join."""

from random import Random

from anlan.demo.county.facts import FEMALE, HEAD, MALE, SPOUSE, Household, Resident
from anlan.demo.county.households import (
    DAUGHTER_IN_LAW,
    DAUGHTERS,
    GRANDDAUGHTER,
    GRANDSON,
    SON_IN_LAW,
    SONS,
)

_BOYS = 0.522
_DAUGHTERS_SON, _DAUGHTERS_DAUGHTER = "43", "44"


def relation_of_newcomer(one: Resident) -> str:
    """What the spouse of a child of the head is to the head."""
    return DAUGHTER_IN_LAW if one.relation in SONS else SON_IN_LAW


def relation_of_newborn(rng: Random, household: Household, mother: Resident) -> tuple[str, str]:
    """The sex of a child to be born, and what it will be to the head."""
    sex = MALE if rng.random() < _BOYS else FEMALE
    if mother.relation in (HEAD, SPOUSE):
        order = SONS if sex == MALE else DAUGHTERS
        elder = sum(one.relation in order for one in household.members)
        return sex, order[min(elder, len(order) - 1)]
    if mother.relation == DAUGHTER_IN_LAW:
        return sex, GRANDSON if sex == MALE else GRANDDAUGHTER
    return sex, _DAUGHTERS_SON if sex == MALE else _DAUGHTERS_DAUGHTER
