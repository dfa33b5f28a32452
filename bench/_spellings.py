"""How people write things into cells: spaces in names, eight styles of dates, codes in other words."""

from datetime import date
from random import Random

Cell = str | int | float | date | None

_NUMERALS = "零一二三四五六七八九十"
_EDUCATION = {
    "80": ("小学", "小学教育"),
    "70": ("初中", "初级中学"),
    "60": ("高中", "普通高中"),
    "90": ("文盲", "不识字"),
    "81": ("小学毕业", "小学"),
    "71": ("初中毕业", "初 中", "初级中学"),
    "61": ("高中毕业", "高中"),
    "41": ("中专", "中等专科"),
    "31": ("大专", "大学专科毕业"),
    "21": ("本科", "大学本科毕业"),
    "14": ("硕士", "硕士研究生"),
}
_RELATIONS = {"02": ("户主",), "10": ("配偶", "妻子"), "22": ("长子",), "32": ("长女",), "38": ("儿媳",)}
_MODES = {
    "within_county": "本县后靠",
    "concentrated": "集中安置",
    "scattered": "分散安置",
    "relatives": "投亲靠友",
    "self_arranged": "自主安置",
    "into_county": "县外迁入",
    "out_of_county": "外迁",
}
_SUPPORT = {"cash": "直补", "project": "项目", "both": "直补加项目"}
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


class Spellings:
    """Writes the same fact in the many ways it is found in sheets; none of them is an error."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def name(self, name: str) -> str:
        """A name, sometimes with the spaces that make two characters as wide as three."""
        draw = self._rng.random()
        if draw < 0.04 and len(name) == 2:
            return f"{name[0]}{self._rng.choice((' ', '　', '  '))}{name[1]}"
        return f"{name} " if draw < 0.07 else name

    def group(self, name: str) -> str:
        """A numbered group as 3组, 三组, 3社 or 3; a named one stays."""
        number = name.removesuffix("组")
        if not number.isdigit() or not 1 <= int(number) <= 10:
            return name
        spelled = _NUMERALS[int(number)]
        return self._rng.choice((name, f"{spelled}组", f"{number}社", number))

    def day(self, day: date, *, month_will_do: bool = False) -> Cell:
        """A day in one of the styles of rules.md 11.6; with ``month_will_do`` sometimes only the month."""
        y, m, d = day.year, day.month, day.day
        draw = self._rng.randrange(10 if month_will_do else 8)
        if draw >= 8:
            return f"{y}.{m:02d}" if draw == 8 else f"{y}年{m}月"
        styles: tuple[Cell, ...] = (
            day.isoformat(),
            f"{y}/{m}/{d}",
            f"{y}.{m}.{d}",
            f"{y}年{m}月{d}日",
            f"{y}{m:02d}{d:02d}",
            day,
            f"{y}.{m:02d}.{d:02d}",
            f"{y}-{m}-{d}",
        )
        return styles[draw]

    def id_number(self, number: str) -> str:
        """An id number with a lower-case x, full-width digits, or a space behind."""
        draw = self._rng.random()
        if draw < 0.004:
            return number.translate(_WIDE)
        if draw < 0.012:
            return f"{number} "
        return number.lower() if draw < 0.3 else number

    def ethnic_group(self, name: str) -> str:
        """汉族 or 汉."""
        return name.removesuffix("族") if self._rng.random() < 0.15 else name

    def education(self, code: str) -> str:
        """Schooling in words; blank before school."""
        return self._rng.choice(_EDUCATION[code]) if code else ""

    def relation(self, code: str, names: dict[str, str]) -> str:
        """A relation to the head in the words of the code list, or others for the frequent ones."""
        return self._rng.choice(_RELATIONS.get(code) or (names[code],))

    def phone(self, number: str) -> Cell:
        """A phone as text, now and then as a number cell or with hyphens."""
        draw = self._rng.random()
        if draw < 0.1:
            return int(number) if number else ""
        return f"{number[:3]}-{number[3:7]}-{number[7:]}" if number and draw < 0.13 else number

    def mode(self, code: str) -> str:
        """How a household was resettled."""
        return _MODES[code]

    def support(self, code: str) -> str:
        """How it is supported."""
        return _SUPPORT[code]
