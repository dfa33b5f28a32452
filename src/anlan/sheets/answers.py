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
from anlan.sheets.kinds import kind_of
from anlan.sheets.lines import SheetTable

Answers = Mapping[str, Mapping[str, str]]


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


def take_answers(tables: Sequence[SheetTable], answers: Answers) -> None:
    """Let cells that name an organisation say what was answered: its name under the one above it, which may
    be one that this very batch adds. Identifiers, and all other answers, are for the plans.
    """
    meant = {name: path for name, path in answers.get("organizations", {}).items() if not _is_uid(path)}
    if not meant:
        return
    for table in tables:
        kind = kind_of(table.kind)
        for spec in kind.columns if kind else ():
            if spec.value.code == "organization" and spec.field in table.columns:
                cells = table.columns[spec.field]
                table.columns[spec.field] = [
                    meant.get(cell, cell) if isinstance(cell, str) else cell for cell in cells
                ]


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
