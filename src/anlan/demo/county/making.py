"""Making the county: the same seed and size give the same county, to the last phone number."""

from random import Random

from anlan.demo.county.facts import County, Household, Resident, Village
from anlan.demo.county.households import HouseholdMaker
from anlan.demo.county.identities import Identities
from anlan.demo.county.lives import Lives
from anlan.demo.county.members import make_members
from anlan.demo.county.organizations import make_organizations
from anlan.demo.county.placenames import COUNTY_CODE, COUNTY_NAME
from anlan.demo.county.places import make_places
from anlan.demo.county.scale import PERSONS, scale_of
from anlan.demo.county.units import make_contact_points, make_officers, make_units

SEED = 1


def make_county(persons: int = PERSONS, seed: int = SEED) -> County:
    """The county with ``persons`` living residents on its last day.

    Fewer than ``scale.FEWEST_PERSONS`` are refused (``ValueError``). Nothing but the two numbers decides
    what comes out, not even the day on which it is made.
    """
    scale = scale_of(persons)
    townships = make_places(_stream(seed, "places"), scale)
    villages: list[Village] = [village for one in townships for village in one.villages]
    identities = Identities(_stream(seed, "identities"))
    rng = _stream(seed, "households")
    maker = HouseholdMaker(rng, identities, villages)
    households: list[Household] = maker.make(scale)
    lives = Lives(_stream(seed, "lives"), identities, maker, households, scale)
    lives.tell(villages)
    organizations = make_organizations(_stream(seed, "organizations"), identities, townships, scale)
    members = make_members(
        _stream(seed, "members"), identities, lives.households, lives.dead, organizations, scale
    )
    units = make_units(_stream(seed, "units"), identities, townships, organizations)
    residents: list[Resident] = [one for household in lives.households for one in household.members]
    return County(
        code=COUNTY_CODE,
        name=COUNTY_NAME,
        seed=seed,
        townships=townships,
        villages=villages,
        households=lives.households,
        residents=residents,
        dead=lives.dead,
        history=lives.history,
        organizations=organizations,
        members=members,
        units=units,
        contact_points=make_contact_points(_stream(seed, "contact points"), identities, townships),
        officers=make_officers(_stream(seed, "officers"), identities, villages),
    )


def _stream(seed: int, part: str) -> Random:
    """Each part draws from a stream of its own, so that a change in one leaves the others as they are."""
    return Random(f"{seed}:{part}")
