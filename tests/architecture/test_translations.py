"""The English interface is complete: every text has its translation, which takes what the text gives."""

import re

import polib
import pytest

from anlan.config.catalogue import CATALOGUE, english, messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%d|\{\w*\}|\{\{ \w+ \}\}|\{% .+? %\}|&[CPN]")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_the_source_is_read() -> None:
    """The reader finds what is known to be there: in code, beside formatted strings, in templates."""
    found = messages()
    assert ("", "请填写这一项。") in found and ("", "跳到正文") in found and ("", "适用于") in found
    assert found["", "还剩 %(count)d 天"] and not found["", "跳到正文"] and len(found) > 1000


def test_every_text_has_an_english_one(catalogue: polib.POFile) -> None:
    said = {(one.msgctxt or "", one.msgid) for one in catalogue if all(english(one)) and not one.fuzzy}
    missing = [text for context, text in messages() if (context, text) not in said]
    assert not missing, "bring the catalogue up to date (docs/howto/translate.md):\n" + "\n".join(missing)


def test_no_translation_is_left_over(catalogue: polib.POFile) -> None:
    known = messages()
    assert not [one.msgid for one in catalogue if (one.msgctxt or "", one.msgid) not in known]
    assert not catalogue.obsolete_entries()


def test_a_translation_takes_what_the_text_gives(catalogue: polib.POFile) -> None:
    wrong = [
        f"{one.msgid} -> {text}"
        for one in catalogue
        for text in english(one)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(one.msgid))
    ]
    assert not wrong, "\n".join(wrong)
