"""What the tests of the design system share: their own addresses, and registries put back after each test."""

import pytest
from pytest_django.fixtures import Settings

from anlan.web import context, navigation, records
from anlan.web.listing import areas
from anlan.web.tests import registers


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "anlan.web.tests.registers"
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(records, "_panels", {})
    monkeypatch.setattr(context, "_hooks", {**context._hooks, "county": lambda: "示例县", "search": ""})
    monkeypatch.setattr(areas, "_resolver", [registers.find_area])
