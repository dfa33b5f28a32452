"""The roles of product.md's users, and the tiers they work at. What a role may do stands in each app's
policy.
"""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for. One person may hold several, each within its own range and dates."""

    COUNTY_OFFICER = "county_officer"
    TOWNSHIP_OFFICER = "township_officer"
    RESETTLEMENT_OFFICER = "resettlement_officer"
    LIAISON = "liaison"
    BRANCH_SECRETARY = "branch_secretary"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Tier(StrEnum):
    """The three tiers, from the top down."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


OFFICERS = (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.RESETTLEMENT_OFFICER)
READERS = (*OFFICERS, Role.LIAISON, Role.BRANCH_SECRETARY, Role.AUDITOR)
EVERYONE = tuple(Role)
