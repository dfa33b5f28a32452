"""Names, id numbers and phones of people who do not exist."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import FEMALE, MALE, Resident
from anlan.demo.county.placenames import COUNTY_CODE
from anlan.kernel import id_numbers

FORMER_REGIONS = ("512399", "512899", "513199")
"""Regions of abolished prefectures in which no county ever had these digits: old looking, and nobody's."""
PHONE_PREFIXES = ("161", "163", "164", "168", "169")
"""Prefixes that are given to no carrier, so that no number rings anywhere."""

_SURNAMES = (
    "王李张刘陈杨黄周吴徐孙马朱胡林郭何高罗郑梁谢唐许冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛雷龙陶贺顾毛郝龚邵覃武钱戴向冉牟文余谯简代游幸隆"
)
_COMMON = "王李张刘陈杨黄周吴徐彭罗田冉向何谭余蒋唐"
_OLD_MEN = "国建光明德华永志成文兴荣贵福林海清云安全富祥生正元友万世昌顺发忠孝礼义仁寿康平"
_OLD_WOMEN = "秀英桂芳兰珍玉莲凤素淑琼碧群菊香翠梅云华清容贞惠蓉芬先明会德"
_MIDDLE_MEN = "勇强军刚伟涛波杰峰斌辉超鹏飞磊健林江海东平川洪亮兵松华建永小晓"
_MIDDLE_WOMEN = "丽敏静娟艳霞燕玲红萍芳琴梅英莉蓉洁琼娜婷雪莲小晓春秋"
_YOUNG_MEN = "浩宇轩泽睿博子俊杰豪梓晨天佑铭皓文嘉一凡承思远煜然景屹川航"
_YOUNG_WOMEN = "雨欣涵诗梓萱怡佳思琪梦瑶语桐可馨悦一诺子若汐心妍依晨芷溪月"
_POOLS = {
    MALE: ((1965, _OLD_MEN), (1995, _MIDDLE_MEN), (9999, _YOUNG_MEN)),
    FEMALE: ((1965, _OLD_WOMEN), (1995, _MIDDLE_WOMEN), (9999, _YOUNG_WOMEN)),
}
_SCHOOLING: tuple[tuple[int, Sequence[str], Sequence[int]], ...] = (
    (1945, ("90", "81", "71", "61", "31"), (35, 80, 95, 99, 100)),
    (1960, ("90", "81", "71", "61", "31"), (10, 55, 90, 98, 100)),
    (1975, ("90", "81", "71", "61", "41", "31"), (3, 31, 81, 94, 97, 100)),
    (1985, ("81", "71", "61", "41", "31", "21"), (12, 67, 82, 88, 96, 100)),
    (1995, ("81", "71", "61", "41", "31", "21"), (4, 46, 66, 76, 91, 100)),
    (9999, ("71", "61", "41", "31", "21", "14"), (22, 44, 58, 82, 99, 100)),
)
_IN_SCHOOL = ((6, ""), (12, "80"), (15, "70"), (18, "60"))
_ETHNIC = (("01", 0.77), ("15", 0.18), ("06", 0.04), ("03", 0.005), ("12", 0.005))


class Identities:
    """Makes people up, each with an id number of their own."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._orders: dict[tuple[str, date, str], int] = {}
        self._phones: set[str] = set()

    def person(self, sex: str, born: date, *, surname: str = "", ethnic_group: str = "") -> Resident:
        """Somebody of this sex born on this day; name, schooling and the rest as people of those years."""
        rng = self._rng
        region = COUNTY_CODE
        if born.year < 1985 and rng.random() < 0.12:
            region = rng.choice(FORMER_REGIONS)
        old_number = born < date(1983, 10, 1) and rng.random() < 0.015
        return Resident(
            name=(surname or self.surname()) + self._given_name(sex, born),
            sex=sex,
            born=born,
            id_number=self.id_number(region, born, sex),
            ethnic_group=ethnic_group or self.ethnic_group(),
            education=self._schooling(born),
            old_number=old_number,
        )

    def surname(self) -> str:
        """A surname, the frequent ones more often."""
        return self._rng.choice(_COMMON if self._rng.random() < 0.45 else _SURNAMES)

    def ethnic_group(self) -> str:
        """A code of GB/T 3304."""
        draw = self._rng.random()
        for code, share in _ETHNIC:
            draw -= share
            if draw < 0:
                return code
        return _ETHNIC[0][0]

    def id_number(self, region: str, born: date, sex: str) -> str:
        """A number nobody else here has; its order is odd for men, even for women."""
        key = (region, born, sex)
        order = self._orders.get(key)
        if order is None:
            order = self._rng.randrange(1 if sex == MALE else 2, 200, 2)
        self._orders[key] = order + 2
        return id_numbers.complete(f"{region}{born:%Y%m%d}{order:03d}")

    def phone(self) -> str:
        """A mobile number nobody has."""
        while True:
            number = f"{self._rng.choice(PHONE_PREFIXES)}{self._rng.randrange(10**8):08d}"
            if number not in self._phones:
                self._phones.add(number)
                return number

    def _given_name(self, sex: str, born: date) -> str:
        pool = next(pool for until, pool in _POOLS[sex] if born.year < until)
        first = self._rng.choice(pool)
        return first if self._rng.random() < 0.14 else first + self._rng.choice(pool)

    def _schooling(self, born: date) -> str:
        """The schooling somebody of these years ends with."""
        draw = self._rng.randrange(100)
        _, codes, steps = next(row for row in _SCHOOLING if born.year < row[0])
        return next(code for code, step in zip(codes, steps, strict=True) if draw < step)


def schooling_on(resident: Resident, day: date) -> str:
    """The schooling on a day: what a child attends, else what it was in the end; "" before school."""
    age = resident.age_on(day)
    return next((code for until, code in _IN_SCHOOL if age < until), resident.education)


def any_day(rng: Random, first: date, last: date) -> date:
    """A day between two, both inclusive."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))
