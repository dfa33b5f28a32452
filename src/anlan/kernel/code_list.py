"""A code list: codes, their names, and the words sheets use instead."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

_IGNORED = re.compile(r"[\s'’‘()()\[\]【】、,。.·\-—_/]+")


def _plain(word: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", word))


class Coded(NamedTuple):
    """A value from a code list: ``code`` ("" when the list does not know the word) and the text worth
    keeping.
    """

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """One list. ``names`` gives the name of each code; ``source`` the text the list comes from."""

    code: str
    source: str
    names: Mapping[str, str]
    broad: bool = False
    """Whether a code ending in 0 means any of those with the same first digit (20 子, 22 长子)."""
    _by_word: Mapping[str, str] = field(repr=False, default_factory=dict)
    _two_codes: frozenset[str] = field(repr=False, default=frozenset())
    _known: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def read(self, word: str) -> "Coded | None":
        """The word as code and, where the code says less than the word (高中/中专), its text; None if
        unknown.
        """
        code = self.code_of(word)
        if code is None:
            return None
        return Coded(code, word.strip() if _plain(word) in self._two_codes else "")

    def agree(self, one: str, other: str) -> bool:
        """Whether two codes can be said of the same fact: equal, or one of them the broad form of the
        other.
        """
        if one == other:
            return True
        return self.broad and one[:1] == other[:1] and (one[1:] == "0" or other[1:] == "0")

    def code_of(self, word: str) -> str | None:
        """The code a word, name or code stands for; None when the list does not know it."""
        try:
            return self._known[word]
        except KeyError:
            found = self._by_word.get(_plain(word))
            if len(self._known) < 4096:
                self._known[word] = found
            return found

    def name_of(self, code: str) -> str:
        """The name of a code; what is no code (a text kept as it was) is given back unchanged."""
        return self.names.get(code, code)


def code_list(
    code: str,
    source: str,
    rows: Iterable[tuple[str, ...]],
    *,
    broad: bool = False,
    two_codes: Iterable[str] = (),
) -> CodeList:
    """Build a list from rows of (code, name, synonym, synonym …).

    ``two_codes`` are synonyms that name two codes at once: they count as theirs, and their text is kept.
    """
    names: dict[str, str] = {}
    by_word: dict[str, str] = {}
    for number, name, *synonyms in rows:
        names[number] = name
        for word in (number, name, *synonyms):
            plain = _plain(word)
            if by_word.setdefault(plain, number) != number:
                raise ValueError(f"{code}: {word} stands for {by_word[plain]} and {number}")
    kept = frozenset(_plain(word) for word in two_codes)
    return CodeList(code, source, MappingProxyType(names), broad, MappingProxyType(by_word), kept)
