"""From a plan without faults to accounts, with the first passwords that are shown once and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anlan.accounts.actions.passwords import first_hash
from anlan.accounts.actions.user_create import make_password
from anlan.accounts.actions.user_import import NewAccount, user_import
from anlan.accounts.imports.planning import PlannedAccount
from anlan.accounts.labels import ROLE_NAMES
from anlan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person gets on paper."""

    name: str
    unit: str
    role: str
    place: str
    first_day: date | None
    username: str
    password: str


def open_accounts(actor: Actor, planned: Sequence[PlannedAccount]) -> list[Slip]:
    """Open the accounts of a plan and give the slips; nothing of the passwords is left but their hashes.

    Raises ``Refused`` when something has come in between, and then nothing is opened.
    """
    slips, accounts = [], []
    for one in planned:
        if one.role is None or one.place is None or one.valid_from is None or one.refused:
            raise ValueError(f"row {one.row} is not ready")
        password = make_password()
        place, role = one.place, str(ROLE_NAMES[one.role])
        slips.append(Slip(one.name, one.unit, role, place.name, one.valid_from, one.username, password))
        accounts.append(
            NewAccount(
                one.username,
                one.name,
                one.unit,
                one.role,
                place.tier,
                place.tree,
                place.path,
                one.valid_from,
                one.valid_to,
                first_hash(password),
            )
        )
    user_import(actor, accounts=accounts)
    return slips
