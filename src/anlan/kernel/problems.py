"""What is wrong with a request to change something, as a stable code and a translated sentence.

Plain Python, because rules speak it: a sentence is any object whose ``str`` is the text (a lazy translation).
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["refused", "warning", "duplicate"]
_sentences: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``code`` is stable and scripted against; ``field`` names the input it belongs to ("" for the whole);
    ``params`` fill the sentence. Doors turn it into a form error, an API 422, or a row of an import.
    """

    code: str
    field: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    level: Level = "refused"


class Refused(Exception):
    """Raised by rules and actions; carries at least one problem. Nothing has been written."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems: Sequence[Problem] = problems


class NotFound(Exception):
    """What was asked for does not exist, or lies outside the actor's range: the two are not told apart."""


def register_sentences(sentences: Mapping[str, object]) -> None:
    """Add an app's sentences by code. A code has one sentence; a second is a programming error."""
    for code, text in sentences.items():
        if code in _sentences and _sentences[code] is not text:
            raise ValueError(f"problem code {code} has a sentence already")
        _sentences[code] = text


def sentences() -> Mapping[str, object]:
    """All known codes with their sentences, for the reference pages and the completeness test."""
    return _sentences


def sentence(problem: Problem) -> str:
    """The sentence a person reads, in the language in force. An unknown code is shown as itself."""
    template = str(_sentences.get(problem.code, problem.code))
    return template.format_map(_Blank(problem.params))


class _Blank(dict[str, object]):
    """A missing parameter leaves a gap instead of hiding the whole sentence behind an error."""

    def __missing__(self, key: str) -> str:
        return "…"
