"""One account for each role of the demonstration, with passwords anybody may know."""

from dataclasses import dataclass
from datetime import date

from anlan.accounts.actions.role_grant import role_grant
from anlan.accounts.actions.user_create import user_create
from anlan.accounts.labels import ROLE_NAMES
from anlan.accounts.models import User
from anlan.accounts.roles import Role, Tier
from anlan.demo.county.facts import County, Village
from anlan.kernel.actors import Actor
from anlan.kernel.paths import Tree
from anlan.places.models import Area
from anlan.registers.models import PartyOrganization

PASSWORD = "Lanzhu-2026"
"""Known to everybody, and printed: the county is made up, and nobody else's home is opened with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A role of the demonstration and who plays it."""

    role: Role
    tier: Tier
    username: str
    display_name: str


PARTS = (
    Part(Role.COUNTY_OFFICER, Tier.COUNTY, "county", "温若川"),
    Part(Role.TOWNSHIP_OFFICER, Tier.TOWNSHIP, "township", "骆知行"),
    Part(Role.RESETTLEMENT_OFFICER, Tier.TOWNSHIP, "resettlement", "岑晓帆"),
    Part(Role.LIAISON, Tier.VILLAGE, "liaison", "闻小舟"),
    Part(Role.BRANCH_SECRETARY, Tier.VILLAGE, "secretary", "阮长青"),
    Part(Role.LEADER, Tier.COUNTY, "leader", "邢望之"),
    Part(Role.AUDITOR, Tier.COUNTY, "auditor", "柯明正"),
    Part(Role.ADMINISTRATOR, Tier.COUNTY, "admin", "管佳"),
)


def make_accounts(actor: Actor, county: County, today: date) -> None:
    """Open the accounts; township and village are those of a village whose name another one bears too."""
    village = next(one for one in county.villages if _has_namesake(one, county.villages))
    areas = {
        Tier.COUNTY: Area.objects.get(code=f"{county.code}000000"),
        Tier.TOWNSHIP: Area.objects.get(code=village.township.code),
        Tier.VILLAGE: Area.objects.get(code=village.code),
    }
    branch = PartyOrganization.objects.get(area=areas[Tier.VILLAGE], valid_to=None)
    for part in PARTS:
        area = areas[part.tier]
        tree: Tree = "area"
        path, unit = area.path, area.name
        if part.role is Role.BRANCH_SECRETARY:
            tree, path, unit = "organization", branch.path, branch.name
        elif part.role is Role.ADMINISTRATOR:
            path = ""
        user, _ = user_create(
            actor,
            username=part.username,
            display_name=part.display_name,
            unit=unit,
            password=PASSWORD,
        )
        role_grant(actor, user=user, role=part.role, tier=part.tier, tree=tree, path=path, valid_from=today)


def _has_namesake(village: Village, villages: list[Village]) -> bool:
    return any(one is not village and one.name == village.name for one in villages)


def accounts() -> list[tuple[str, str, str]]:
    """(role and where it holds, user name, password) of every account of the demonstration there is."""
    units = dict(User.objects.values_list("username", "unit"))
    return [
        (f"{ROLE_NAMES[part.role]}（{units[part.username]}）", part.username, PASSWORD)
        for part in PARTS
        if part.username in units
    ]
