"""A leader of the county beside the cast: somebody who sees figures and no names."""

import pytest
from django.test import Client
from tests.cast import World, make_player

from anlan.accounts.roles import Role, Tier


@pytest.fixture
def leader(world: World) -> Client:
    """A signed-in leader of the county."""
    return make_player("leader", "韩领", Role.LEADER, Tier.COUNTY, world.county.path).client()
