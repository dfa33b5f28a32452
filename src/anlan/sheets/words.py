"""Headers as words: one spelling, and how well a header says what a column specification means."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from anlan.sheets.kinds import ColumnSpec

_NOISE = re.compile(r"[\s\u200b\u200c\u200d\ufeff*※★☆●·•'\"“”‘’`]+")
_REQUIRED = re.compile(r"[((\[【]?(?:必填项?|选填项?|可选项?|非必填|可不填|必录)[))\]】]?")
_BRACKETS = re.compile(r"[((\[【<《][^))\]】>》]*[))\]】>》]")
_END = re.compile(r"[::、,。;.]+$")
_ORDINAL = re.compile(r"^(?:\d{1,2}[.、.]|[((]\d{1,2}[))]|[一二三四五六七八九十]{1,2}、)(?=\D)")

RUNNING_NUMBER_WORDS = frozenset(
    {"序号", "编号", "序", "号", "顺序号", "NO", "NO.", "No", "No.", "行号", "序列", "项次", "户次"}
)

REASON_HEADER, ROW_HEADER = "退回原因", "原表行号"
"""What a returned sheet has beside the columns of its source."""

EXACT, PLAIN, LEAF, JOINED = 1.0, 0.93, 0.86, 0.98


@cache
def normal(text: str) -> str:
    """A header in one width, without spaces, marks for required fields, quotes, ordinals and a final
    colon.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    plain = _ORDINAL.sub("", _REQUIRED.sub("", plain))
    return _END.sub("", plain)


@cache
def without_brackets(text: str) -> str:
    """A normal header without what stands in brackets."""
    return _BRACKETS.sub("", text)


def shown(parts: Sequence[str]) -> str:
    """A header as reports name it: the parts of nested cells joined with "/", without spaces inside."""
    return "/".join(
        re.sub(r"\s+", "", part) if not part.isascii() else " ".join(part.split()) for part in parts
    )


class Vocabulary:
    """The header words of one kind's columns."""

    def __init__(self, specs: Iterable[ColumnSpec]) -> None:
        self._specs = list(specs)
        self._words = [(spec, tuple(normal(word) for word in spec.words)) for spec in self._specs]
        self._exact: dict[str, list[ColumnSpec]] = {}
        for spec, words in self._words:
            for word in words:
                self._exact.setdefault(word, []).append(spec)
        self._known: dict[tuple[str, ...], dict[str, float]] = {}

    def scores(self, parts: tuple[str, ...]) -> dict[str, float]:
        """How well the header made of nested ``parts`` says each field: field → 0 (exclusive) to 1."""
        found = self._known.get(parts)
        if found is None:
            found = self._known[parts] = self._score(parts)
        return found

    def _score(self, parts: tuple[str, ...]) -> dict[str, float]:
        words = [normal(part) for part in parts if normal(part)]
        best: dict[str, float] = {}
        if not words:
            return best
        for start in range(len(words)):
            factor = 1.0 if start == 0 else LEAF
            path = words[start:]
            self._take(best, "/".join(path), factor)
            if len(path) > 1:
                self._take(best, "".join(path), factor * JOINED)
        if len(words) > 1:
            self._take(best, words[0], 0.5)
        return best

    def _take(self, best: dict[str, float], word: str, factor: float) -> None:
        for candidate, grade in ((word, EXACT), (without_brackets(word), PLAIN)):
            for spec in self._exact.get(candidate, ()):
                best[spec.field] = max(best.get(spec.field, 0.0), grade * factor)
        for spec, words in self._words:
            if best.get(spec.field, 0.0) < LEAF * factor:
                near = max((_nearness(without_brackets(word), other) for other in words), default=0.0)
                if near:
                    best[spec.field] = max(best.get(spec.field, 0.0), near * factor)


@cache
def _nearness(header: str, word: str) -> float:
    """How near a header is to a word that is part of it, or of which it is part; the last part weighs
    most.
    """
    if len(word) < 2 or len(header) < 2:
        return 0.0
    if word in header:
        share = len(word) / len(header)
        return 0.45 + 0.35 * share + (0.05 if header.endswith(word) else 0.0) if share >= 0.4 else 0.0
    if header in word:
        share = len(header) / len(word)
        return 0.35 + 0.3 * share if share >= 0.5 else 0.0
    return 0.0


def is_running_number(parts: Sequence[str]) -> bool:
    """Whether a header is that of the running number."""
    return bool(parts) and normal(parts[-1]) in RUNNING_NUMBER_WORDS
