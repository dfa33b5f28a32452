"""Whatever is refused or noted is said in a sentence, and the sentence is given what it needs."""

import string
from collections.abc import Mapping

import pytest
from django.utils import translation

from anlan.config.reference.raised import CODE, Raised, levels, raised
from anlan.kernel.problems import sentences


def placeholders(text: str) -> set[str]:
    """The names in braces of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def lacking(places: tuple[Raised, ...], known: Mapping[str, object]) -> list[str]:
    """Where a sentence is not given all it needs; a code without a sentence needs nothing."""
    found = []
    for one in places:
        needed = placeholders(str(known.get(one.code, "")))
        if one.given is not None and not needed <= one.given:
            found.append(f"{one.place} {one.code} lacks {', '.join(sorted(needed - one.given))}")
    return found


def test_the_source_is_read() -> None:
    """The reader of the source finds what is known to be there: forms, imports, arguments, levels."""
    found = {(one.code, one.level) for one in raised()}
    assert ("action.permission", "refused") in found
    assert ("id_number.checksum", "refused") in found
    assert ("id_number.fifteen_digits", "warning") in found
    assert ("value.unknown", "warning") in found
    assert ("row.duplicate", "duplicate") in found
    assert ("row.conflict", "refused") in found
    assert ("reference.unknown", "refused") in found
    assert not [one for one in found if one[1] not in {"refused", "warning", "duplicate"}]


def test_every_code_raised_has_a_sentence() -> None:
    known = sentences()
    nameless = [f"{one.place} {one.code}" for one in raised() if one.code not in known]
    assert not nameless, "register these in PROBLEM_SENTENCES of the app's labels.py:\n" + "\n".join(nameless)
    assert not [code for code in levels() if not CODE.fullmatch(code)]


def test_every_sentence_is_given_what_it_needs() -> None:
    found = lacking(raised(), sentences())
    assert not found, "these sentences would have gaps:\n" + "\n".join(found)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sentence_can_be_filled_in(language: str) -> None:
    with translation.override(language):
        for code, text in sentences().items():
            names = placeholders(str(text))
            assert str(text).format_map(dict.fromkeys(names, "x")), code


def test_a_gap_is_found() -> None:
    place = Raised("a.b", "refused", frozenset({"day"}), "x.py:1")
    assert lacking((place,), {"a.b": "{day} {name}"}) == ["x.py:1 a.b lacks name"]
    assert lacking((place,), {"a.b": "{day}"}) == []
