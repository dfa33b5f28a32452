"""What was asked for and answered about a batch: by options of the command, or step by step on the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from anlan.sheets.answers import Answers


@dataclass(frozen=True, slots=True)
class Correction:
    """How one sheet is to be read. ``kind`` None: as recognised; "": left out.

    ``header`` is its first and last row, from 0, inclusive (last before first: there is none).
    ``columns`` are fields by column, from 0; None keeps what was recognised, as does None elsewhere.
    """

    kind: str | None = None
    header: tuple[int, int] | None = None
    columns: Mapping[int, str] | None = None
    as_of: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "kind": self.kind,
            "header": list(self.header) if self.header else None,
            "columns": None if self.columns is None else {str(c): name for c, name in self.columns.items()},
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Correction":
        """What ``as_json`` gave."""
        columns, header = told.get("columns"), told.get("header")
        return cls(
            told.get("kind"),
            (header[0], header[1]) if header else None,
            None if columns is None else {int(c): name for c, name in columns.items()},
            _day(told.get("as_of")),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A name that is ambiguous: in which register, how often it is written, and what it may mean.

    ``choices`` are (key, words); ``answer`` is the key chosen, "" before. ``examples`` are some of its lines,
    for whoever answers; they name people and are not kept with the answer.
    """

    register: str
    value: str
    choices: tuple[tuple[str, str], ...]
    lines: int = 0
    answer: str = ""
    examples: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """What is read in the name's place: of an area its full name, where only one bears it, else the key
        chosen.
        """
        words = dict(self.choices).get(self.answer, "")
        alike = sum(1 for _key, other in self.choices if other == words)
        return words if self.register == "areas" and alike == 1 else self.answer

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "register": self.register,
            "value": self.value,
            "choices": [list(choice) for choice in self.choices],
            "lines": self.lines,
            "answer": self.answer,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Question":
        """What ``as_json`` gave."""
        choices = tuple((key, words) for key, words in told["choices"])
        examples = tuple(told.get("examples", ()))
        return cls(told["register"], told["value"], choices, told["lines"], told["answer"], examples)


@dataclass(frozen=True, slots=True)
class Instructions:
    """Everything asked for. ``skip`` names files whose own problems stop nothing; ``corrections`` are by file
    number and sheet name; ``answered`` are the questions answered so far, ``answers`` those of a file.
    """

    kind: str | None = None
    as_of: date | None = None
    skip: frozenset[str] = frozenset()
    answers: Answers = field(default_factory=dict)
    answered: tuple[Question, ...] = ()
    corrections: Mapping[tuple[int, str], Correction] = field(default_factory=dict)

    @property
    def all_answers(self) -> Answers:
        """What each ambiguous name means, by register: those of the file and those given on the page."""
        found = {register: dict(entries) for register, entries in self.answers.items()}
        for question in self.answered:
            if question.answer:
                found.setdefault(question.register, {})[question.value] = question.meaning
        return found

    @property
    def full_names(self) -> dict[str, str]:
        """How an ambiguous name that was answered is written so that it is not ambiguous again."""
        found = {value: meant for entries in self.answers.values() for value, meant in entries.items()}
        return found | {one.value: one.meaning for one in self.answered if one.answer}

    def corrected(self, number: int, sheet: str, correction: Correction) -> "Instructions":
        """The same with one sheet corrected."""
        return replace(self, corrections={**self.corrections, (number, sheet): correction})

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it: names of columns, areas and organisations, nothing personal."""
        return {
            "kind": self.kind,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "skip": sorted(self.skip),
            "answers": {register: dict(entries) for register, entries in self.answers.items()},
            "answered": [question.as_json() for question in self.answered],
            "corrections": [
                {"file": number, "sheet": sheet, **correction.as_json()}
                for (number, sheet), correction in self.corrections.items()
            ],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Instructions":
        """What ``as_json`` gave; {} is nothing asked for."""
        return cls(
            told.get("kind"),
            _day(told.get("as_of")),
            frozenset(told.get("skip", ())),
            told.get("answers", {}),
            tuple(map(Question.from_json, told.get("answered", ()))),
            {(one["file"], one["sheet"]): Correction.from_json(one) for one in told.get("corrections", ())},
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
