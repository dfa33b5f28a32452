"""Whoever reads a list of another day opens its records of that day too."""

import re

import pytest
from tests.cast import Cast

from anlan.registers.tests import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/persons/", "/households/", "/members/", "/organizations/", "/areas/"])
def test_rows_lead_to_the_day_asked_for(cast: Cast, address: str) -> None:
    made = people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    assert made.head is not None
    people.member(made.head, cast.world.east_branch)
    client = cast.county_officer.client()
    for asked, kept in (("", ""), ("?on=2025-06-30", "?on=2025-06-30")):
        page = client.get(address + asked).content.decode()
        rows = re.findall(r'<a href="([^"]+)" data-row>', page)
        assert rows
        assert all(row.endswith(kept) and ("?" in row) == bool(kept) for row in rows)
        record = client.get(rows[0])
        assert record.status_code == 200
        assert 'name="on"' in record.content.decode()
