"""Which version of Anlan this is."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def program_version() -> str:
    """The version, as in ``0.1.0``: of the installed package, else of the checkout."""
    try:
        return version("anlan")
    except PackageNotFoundError:
        # A checkout that was never installed as a package.
        with (Path(__file__).parents[3] / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
