"""Answers to what was ambiguous: a file a person writes after reading the problems of a first run.

Sections are registers, entries map what the sheet says to what is meant: its full path or code.

    [organizations]
    "龙泉村移民党支部" = "锦溪镇/龙泉村移民党支部"

    [areas]
    "龙泉村" = "500299009201"

JSON of the same shape is read too.
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anlan.kernel.problems import Problem, Refused

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
