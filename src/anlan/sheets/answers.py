"""Answers to what was ambiguous: a file a person writes after reading the problems of a first run.

Sections are registers, entries map what the sheet says to what is meant: its full path, code or identifier.

    [organizations]
    "龙泉村移民党支部" = "锦溪镇/龙泉村移民党支部"

    [areas]
    "龙泉村" = "500299009201"

JSON of the same shape is read too.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from anlan.kernel.problems import Problem, Refused
from anlan.sheets.lines import SheetTable

Answers = Mapping[str, Mapping[str, str]]
AMBIGUOUS = "reference.ambiguous"


def read_answers(path: Path) -> Answers:
    """The answers in a TOML or JSON file; refused with sheets.answers_format."""
    try:
        text = path.read_text("utf-8-sig")
        content: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise _refused(path, str(error)) from error
    if not isinstance(content, dict) or not all(isinstance(section, dict) for section in content.values()):
        raise _refused(path, "{register: {name: meaning}}")
    if not all(isinstance(meaning, str) for section in content.values() for meaning in section.values()):
        raise _refused(path, "{register: {name: meaning}}")
    return content


def _refused(path: Path, detail: str) -> Refused:
    return Refused(Problem("sheets.answers_format", params={"file": path.name, "detail": detail}))


def settle(tables: Sequence[SheetTable], answers: Answers) -> bool:
    """Let lines that a plan refused for an ambiguous name say what was answered; gives whether any does now.

    Only those: what the line itself or the register decides needs no answer, and the same name may mean
    something else there. The batch is to be planned anew.
    """
    settled = False
    for table in tables:
        for problem in table.problems:
            if problem.code != AMBIGUOUS:
                continue
            value = str(problem.params.get("value", ""))
            meant = next((entries[value] for entries in answers.values() if value in entries), None)
            if meant is not None and meant != value:
                _say(table, problem.line, value, meant)
                settled = True
    return settled


def _say(table: SheetTable, line: int, value: str, meant: str) -> None:
    named = [cells for cells in table.columns.values() if cells[line] == value]
    if not named:
        # A village inside a longer text (大榕镇水泉村3组): the column of its own goes before that.
        named = [table.columns.setdefault("village", [None] * len(table))]
    for cells in named:
        cells[line] = meant


def for_plans(answers: Answers) -> Answers:
    """What plans are told: identifiers mean themselves, so that a cell may hold one."""
    uids = {meant: meant for meant in answers.get("organizations", {}).values() if _is_uid(meant)}
    return {"organizations": uids} if uids else {}


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
