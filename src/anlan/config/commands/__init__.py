"""The commands of ``anlan``, one module each.

A module states ``NAME`` (what is typed) and ``SUMMARY`` (one Chinese line for the help), declares its
arguments in ``add_arguments(parser)`` and does its work in ``run(arguments) -> int``, which gives the exit
code. What it imports of the apps it imports inside ``run``, so that ``--help`` stays quick and works on a
broken installation.

``NEEDS = "database"`` (the default) means: called with Django set up and every migration applied; ``"apps"``:
with Django set up; ``"nothing"``: called as it is. ``PASSES_ON = True``: arguments it does not know are no
mistake but stand in ``arguments.rest``. ``ALONE = True``: it wants the home to itself and takes the lock for
that; other commands that need Django share the home with everybody.
"""

import argparse
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the command line."""

    name: str
    summary: str
    needs: str
    passes_on: bool
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    alone: bool = False


def _command(module: ModuleType) -> Command:
    return Command(
        name=module.NAME,
        summary=getattr(module, "SUMMARY", ""),
        needs=getattr(module, "NEEDS", "database"),
        passes_on=getattr(module, "PASSES_ON", False),
        add_arguments=module.add_arguments,
        run=module.run,
        alone=getattr(module, "ALONE", False),
    )


def all_commands() -> dict[str, Command]:
    """Every command there is, by name, in the order of the names."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    commands = [_command(module) for module in modules]
    return {command.name: command for command in sorted(commands, key=lambda command: command.name)}
