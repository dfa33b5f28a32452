"""What the tests of this part share."""

from pathlib import Path

import pytest

from anlan.config.tests.homes import copy_of, make_county


@pytest.fixture(scope="session")
def made_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a small county with kept files, made once; only to be looked at."""
    return make_county(tmp_path_factory.mktemp("county") / "home")


@pytest.fixture
def county_home(made_county: Path, tmp_path: Path) -> Path:
    """The home of a small county with kept files, this test's own."""
    return copy_of(made_county, tmp_path / "home")
