"""A household imported from a sheet and the same household typed into the form end equal in the registers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from tests.cast import give_role, make_user

from anlan.accounts.roles import Role, Tier
from anlan.places.models import Area
from anlan.registers.tests.form_posts import rows, sent
from anlan.registers.tests.importing import MARCH, run, sentences
from anlan.registers.tests.test_import_as_typed import (
    HEADER,
    MORE,
    Fact,
    _cells,
    households,
    prepared,
    register,
    written,
)

__all__ = ["prepared"]


def by_sheet(folder: Path, everybody: tuple[Fact, ...]) -> None:
    """Everybody on one sheet."""
    lines = [("大榕镇", "水泉村", "0018", *_cells(one)) for one in everybody]
    result = run(folder, [(*HEADER, *MORE), *lines], as_of=MARCH)
    assert result.total("refused") == result.total("warned") == 0, sentences(result)


def by_form(client: Client, everybody: tuple[Fact, ...]) -> None:
    """The same as a browser sends the form."""
    head = everybody[0]
    data = {
        "area": Area.objects.get(name="水泉村").code,
        "number": "0018",
        "on": MARCH.isoformat(),
        "from_place": head.from_place,
        "moved": written(head.moved),
        "mode": head.mode,
        "support_mode": head.support_mode,
        **rows("members", [_row(one) for one in everybody], initial=1),
    }
    sent(client, "/households/new/", data)


def _row(one: Fact) -> dict[str, str]:
    return {
        "name": one.name,
        "relation": one.relation,
        "id_number": one.id_number,
        "phones": one.phone,
        "ethnic_group": one.ethnic_group,
        "education": one.education,
        "marital_status": one.marital_status,
        "occupation": one.occupation,
        "address": one.address,
        "register_number": one.register_number,
    }


def rolled_back(work: Callable[[], None]) -> list[tuple[str, ...]]:
    """What the register holds after some work that is undone again; of a phone, not where it comes from."""
    with transaction.atomic():
        work()
        found = [tuple(value for value in row if not value.startswith("source=")) for row in register()]
        transaction.set_rollback(True)
    return found


@pytest.fixture
def officer(prepared: Path) -> Client:
    """Somebody of the county's office at the screen."""
    user = make_user("clerk", "周县")
    county = Area.objects.filter(parent=None).get()
    give_role(user, Role.COUNTY_OFFICER, Tier.COUNTY, county.path)
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(households)
def test_imported_and_typed_into_the_form_end_equal(prepared: Path, officer: Client, everybody: Any) -> None:
    imported = rolled_back(lambda: by_sheet(prepared, everybody))
    typed = rolled_back(lambda: by_form(officer, everybody))
    assert imported == typed
    assert imported
