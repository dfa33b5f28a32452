"""``anlan init``: county and administrator, both or neither."""

import argparse

import pytest

from anlan.accounts.models import RoleGrant, User
from anlan.accounts.roles import Role
from anlan.config.commands import init
from anlan.config.refusals import WrongUse
from anlan.kernel.problems import Refused
from anlan.places.models import Area


@pytest.mark.django_db
def test_the_county_has_its_area_and_an_administrator() -> None:
    password = init.create("500299000000", "安澜县", "keeper")
    county = Area.objects.get()
    assert (county.code, county.name, county.valid_from) == ("500299000000", "安澜县", init.COUNTY_SINCE)
    user = User.objects.get(username="keeper")
    assert user.check_password(password)
    assert user.must_change_password
    assert [(grant.role, grant.path) for grant in RoleGrant.objects.filter(user=user)] == [
        (Role.ADMINISTRATOR, "")
    ]


@pytest.mark.django_db
def test_a_second_county_is_refused_and_leaves_no_account() -> None:
    init.create("500299000000", "安澜县", "keeper")
    with pytest.raises(Refused):
        init.create("500298000000", "别县", "other")
    assert not User.objects.filter(username="other").exists()


@pytest.mark.django_db
def test_a_name_for_signing_in_that_cannot_be_used_leaves_no_county() -> None:
    with pytest.raises(Refused):
        init.create("500299000000", "安澜县", "no good name")
    assert not Area.objects.exists()


@pytest.mark.parametrize("code", ["50029", "5002990", "５００２９９x", "abcdef", ""])
def test_a_code_of_another_length_is_wrong_use(code: str) -> None:
    arguments = argparse.Namespace(county=code, name="安澜县", admin="keeper")
    with pytest.raises(WrongUse):
        init.run(arguments)
