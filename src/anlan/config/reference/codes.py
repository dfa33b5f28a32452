"""What is said and set: pages on problem codes, parameters and settings."""

import importlib
from collections.abc import Iterator

from anlan.config import environment
from anlan.config.reference import markdown as md
from anlan.config.reference.raised import levels
from anlan.kernel.parameters import declared
from anlan.kernel.problems import sentences

# Read before the settings are, so that no line of anlan.toml can give them.
READ_FIRST = (
    ("ANLAN_HOME", "./var", "The folder of database, files and keys; `--home DIR` says the same."),
    (
        "DATABASE_URL",
        "",
        "`postgres://USER:PASSWORD@HOST:PORT/NAME` moves the database to PostgreSQL.",
    ),
)
OF_TESTS = (
    ("ANLAN_TEST_POSTGRES_URL", "A PostgreSQL server for the tests, on which databases may be made."),
    ("ANLAN_TEST_CHROMIUM", "The browser the tests use."),
    ("CI", "`true`: whatever could not be had for the tests is a failure."),
)


def problems_page() -> str:
    """All problem codes."""
    known = levels()
    rows = [
        (md.code(code), ", ".join(sorted(known.get(code, ()))), str(text))
        for code, text in sorted(sentences().items())
    ]
    return md.page(
        "Problem codes",
        md.prose(
            "One code for one refusal, whoever asks: a form's error, a problem document of the API, a "
            "line of an import. The code is stable, the sentence is translated; what stands in braces is "
            "filled in. `refused` stops the change or the line, `warning` is told and stops nothing, "
            "`duplicate` counts a line that says again what another said. Without a level: the code comes "
            "from a form."
        ),
        md.table(("code", "level", "sentence"), rows),
    )


def parameters_page() -> str:
    """All parameters."""
    rows = [
        (
            md.code(one.code),
            one.label,
            one.type,
            md.code(_default(one.default)),
            one.unit,
            one.source,
            one.note,
        )
        for one in sorted(declared().values(), key=lambda one: one.code)
    ]
    heads = ("code", "label", "type", "default", "unit", "source", "note")
    return md.page(
        "Parameters",
        md.prose(
            "Limits, rates and rhythms: dated, and per area where an area differs. The default is what an "
            "installation starts with; what holds on a day is what its table says."
        ),
        md.table(heads, rows),
    )


def settings_page() -> str:
    """All settings."""
    return md.page(
        "Settings",
        md.prose(
            "`anlan settings` shows those in force. An environment variable comes first, then the line in "
            "`HOME/anlan.toml` (its name in small letters, without `ANLAN_`), then the default."
        ),
        md.table(("variable", "default", "meaning"), _settings()),
        "## Read before the settings\n",
        md.table(("variable", "default", "meaning"), ((md.code(n), md.code(d), m) for n, d, m in READ_FIRST)),
        "## For the tests\n",
        md.table(("variable", "meaning"), ((md.code(name), meaning) for name, meaning in OF_TESTS)),
    )


def _settings() -> Iterator[tuple[str, str, str]]:
    # Each topic declares its settings when it is read.
    importlib.import_module("anlan.config.settings")
    for setting in sorted(environment.SETTINGS.values(), key=lambda setting: setting.name):
        yield md.code(f"ANLAN_{setting.name}"), md.code(setting.default), setting.meaning


def _default(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
