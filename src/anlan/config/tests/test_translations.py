"""Translations are compiled in Python."""

import gettext
from pathlib import Path

from anlan.config.translations import compile_all

SOURCE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "户"
msgstr "household"

msgctxt "区划"
msgid "组"
msgstr "villagers' group"

msgid "没有译文"
msgstr ""
"""


def test_what_is_compiled_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE, "utf-8")
    assert compile_all(tmp_path) == [folder / "django.mo"]
    english = gettext.translation("django", str(tmp_path), ["en"])
    assert english.gettext("户") == "household"
    assert english.pgettext("区划", "组") == "villagers' group"
    assert english.gettext("没有译文") == "没有译文"


def test_nothing_to_compile_is_no_mistake(tmp_path: Path) -> None:
    assert compile_all(tmp_path) == []
