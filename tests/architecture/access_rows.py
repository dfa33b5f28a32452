"""The rows of the access table: who is answered what, in the order of ``WHO``."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cast import World

WHO = (
    "county_officer",
    "township_officer",
    "colleague",
    "neighbour",
    "liaison",
    "member",
    "auditor",
    "administrator",
    "leader",
    "household",
    "anonymous",
)
"""The cast in the order of the rows, with a leader of the county; the last two have no account."""

Statuses = tuple[int, ...]


def row(
    county: int,
    east: int,
    west: int,
    liaison: int,
    member: int,
    auditor: int,
    admin: int,
    leader: int,
    unknown: int,
) -> Statuses:
    """Statuses by role and side; a household and somebody unknown are answered alike."""
    return (county, east, east, west, liaison, member, auditor, admin, leader, unknown, unknown)


#                    county east west liaison member auditor admin leader unknown
OPEN = row(200, 200, 200, 200, 200, 200, 200, 200, 200)
SIGNED_IN = row(200, 200, 200, 200, 200, 200, 200, 200, 302)
READERS = row(200, 200, 200, 200, 200, 200, 404, 404, 302)
FIGURES = row(200, 200, 200, 200, 200, 200, 404, 200, 302)
EAST = row(200, 200, 404, 200, 200, 200, 404, 404, 302)
WEST = row(200, 404, 200, 404, 404, 200, 404, 404, 302)
OFFICERS_ONLY = row(200, 200, 200, 404, 404, 404, 404, 404, 302)
EAST_OFFICERS = row(200, 200, 404, 404, 404, 404, 404, 404, 302)
WEST_OFFICERS = row(200, 404, 200, 404, 404, 404, 404, 404, 302)
EAST_KEEPERS = row(200, 200, 404, 404, 200, 404, 404, 404, 302)
EAST_HOME = row(200, 200, 404, 200, 404, 200, 404, 404, 302)
EAST_BRANCH = row(200, 200, 404, 200, 200, 200, 404, 200, 302)
WEST_BRANCH = row(200, 404, 200, 404, 404, 200, 404, 200, 302)
EAST_VILLAGE = row(200, 200, 404, 200, 404, 200, 200, 200, 302)
WEST_VILLAGE = row(200, 404, 200, 404, 404, 200, 200, 200, 302)
WHOLE_COUNTY = row(200, 404, 404, 404, 404, 200, 200, 200, 302)
NOWHERE = row(404, 404, 404, 404, 404, 404, 404, 404, 302)
POST_ONLY = row(405, 405, 405, 405, 405, 405, 405, 405, 405)
ADMINISTRATORS = row(404, 404, 404, 404, 404, 404, 200, 404, 302)
ADMINISTRATORS_POST = row(404, 404, 404, 404, 404, 404, 405, 404, 302)
COUNTY_SETTERS = row(200, 404, 404, 404, 404, 404, 200, 404, 302)
COUNTY_SETTERS_POST = row(405, 404, 404, 404, 404, 404, 405, 404, 302)
EAST_ACCOUNT = row(200, 200, 404, 404, 404, 200, 200, 404, 302)
WEST_ACCOUNT = row(200, 404, 200, 404, 404, 200, 200, 404, 302)
COUNTY_ACCOUNT = row(200, 404, 404, 404, 404, 200, 200, 404, 302)
IMPORTERS = row(200, 200, 200, 404, 404, 404, 404, 404, 302)
IMPORTS = row(200, 200, 200, 404, 404, 200, 404, 404, 302)
EAST_BATCH = row(200, 200, 404, 404, 404, 200, 404, 404, 302)
EAST_IMPORTERS = row(200, 200, 404, 404, 404, 404, 404, 404, 302)
EAST_BATCH_MOVED = row(303, 303, 404, 404, 404, 303, 404, 404, 302)
SIGNED_IN_POST = row(405, 405, 405, 405, 405, 405, 405, 405, 302)
OWN_DRAFT = (404, 200, 404, 404, 404, 404, 404, 404, 404, 302, 302)
OWN_DRAFT_MOVED = (404, 303, 404, 404, 404, 404, 404, 404, 404, 302, 302)
ACCOUNTS = row(200, 200, 200, 404, 404, 200, 200, 404, 302)


def api(statuses: Statuses) -> Statuses:
    """The same for the API: it answers 401 to somebody unknown."""
    return tuple(401 if status == 302 else status for status in statuses)


@dataclass(frozen=True)
class Case:
    """One address of a name in the small county, and what each of the cast is answered."""

    address: Callable[[World], str]
    statuses: Statuses


def at(address: str, statuses: Statuses) -> Case:
    """An address that is the same in every county."""
    return Case(lambda world: address, statuses)
