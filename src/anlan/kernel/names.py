"""Chinese names and texts: one spelling to compare by, pinyin and tokens to search by."""

import unicodedata
from functools import cache
from operator import add

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal

_DOTS = str.maketrans(dict.fromkeys("•・‧∙●.．。", "·"))
# Surnames read otherwise than the characters' usual sound; only at the start of a name.
_SURNAME_SOUNDS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "覃": "qin",
    "盖": "ge", "朴": "piao", "冼": "xian", "缪": "miao", "翟": "zhai", "尉": "yu", "乐": "yue", "召": "shao",
    "秘": "bi", "洗": "xian", "种": "chong", "员": "yun", "贠": "yun", "郇": "xun", "谌": "chen",
    "逄": "pang",
    "华": "hua", "葛": "ge", "宁": "ning", "燕": "yan", "盛": "sheng", "车": "che", "石": "shi", "折": "she",
}  # fmt: skip


def plain(text: str) -> str:
    """A text in one width, without spaces at its ends and with single spaces inside."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def tidy_name(text: str) -> str:
    """A person's name as it is kept: one width, one kind of middle dot, no spaces between characters.

    ``"张 三"`` and ``"张　三"`` are 张三; a name in Latin letters keeps single spaces.
    """
    name = plain(text).translate(_DOTS).strip("·")
    # Once more, because a mark that stood alone joins the letter before it when the space between them goes.
    return name if name.isascii() else unicodedata.normalize("NFKC", name.replace(" ", ""))


@cache
def _sound(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if not "\u3400" <= character <= "\U0003ffff" or character == "·":
        return ""
    return to_normal(pinyin(character, style=Style.NORMAL)[0][0]).replace("ü", "v")


def sounds(name: str) -> list[str]:
    """The pinyin of each character, without tones; surnames by their own sound; dots and spaces left out."""
    syllables = [_sound(character) for character in name]
    if name and name[0] in _SURNAME_SOUNDS:
        syllables[0] = _SURNAME_SOUNDS[name[0]]
    return [syllable for syllable in syllables if syllable]


def pinyin_of(name: str) -> tuple[str, str]:
    """(full pinyin without spaces, initials), both lower case: ``("hezhongxiao", "hzx")``."""
    syllables = sounds(name)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def search_tokens(text: str) -> str:
    """Characters and bigrams separated by spaces, the stored column the full-text index is built on."""
    # Most names are Chinese characters alone; a county has 70,000, so they do not take the long way.
    if not (text.isalpha() and unicodedata.is_normalized("NFKC", text) and not text.isascii()):
        text = "".join(c for c in plain(text).lower() if c.isalnum())
    return " ".join([*text, *map(add, text, text[1:])])
