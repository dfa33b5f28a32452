"""Where a setting comes from: an ``ANLAN_*`` variable first, then ``HOME/anlan.toml``, then the default."""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting a county may change: its name without ``ANLAN_``, its default as text, what it does."""

    name: str
    default: str
    meaning: str


SETTINGS: dict[str, Setting] = {}
SERVED_WITH_CERTIFICATE = "_ANLAN_CERTIFICATE"
"""The variable with which ``serve`` tells its children that it was given a certificate."""


def declare(name: str, default: str, meaning: str) -> str:
    """Declare a setting and return its value as text.

    A setting is read in one place only; declaring it twice is a programming error.
    """
    if name in SETTINGS:
        raise ValueError(f"setting {name} is declared twice")
    SETTINGS[name] = Setting(name, default, meaning)
    return value_of(name)


def declare_choice(name: str, default: str, choices: tuple[str, ...], meaning: str) -> str:
    """Declare a setting that takes one of a few words, and return the one in force; any other is refused.

    ``meaning`` names the words.
    """
    value = declare(name, default, meaning)
    if value not in choices:
        raise ImproperlyConfigured(f"ANLAN_{name} 只能是 {'、'.join(choices)}，不能是“{value}”")
    return value


def value_of(name: str) -> str:
    """The value in force of a declared setting, as text."""
    return found(name)[0]


def found(name: str) -> tuple[str, str]:
    """The value in force of a declared setting, and in Chinese where it comes from."""
    variable = f"ANLAN_{name}"
    if variable in os.environ:
        return os.environ[variable], "环境变量"
    written = _file_values(home()).get(name.lower())
    return (SETTINGS[name].default, "默认") if written is None else (str(written), "anlan.toml")


def home() -> Path:
    """The folder of database, files and keys (``--home``, ``ANLAN_HOME``, default ``./var``)."""
    return Path(os.environ.get("ANLAN_HOME", "var")).resolve()


@cache
def _file_values(folder: Path) -> dict[str, object]:
    path = folder / "anlan.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
