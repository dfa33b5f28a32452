"""What a row below the header is: a line, or a total, signature, note, example, instruction, repeated
header …
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anlan.kernel.id_numbers import check
from anlan.sheets.lines import Evidence
from anlan.sheets.surroundings import place_of
from anlan.sheets.values import Cell, is_blank, text_of
from anlan.sheets.words import normal

LINE = "line"
BLANK = "blank"
TOTAL = "total"
SIGNATURE = "signature"
NOTE = "note"
EXAMPLE = "example"
INSTRUCTION = "instruction"
HEADER = "header"
SECTION = "section"
UNUSED = "unused"

_TOTAL = re.compile(
    r"(?:本页|全村|全镇|全乡|全组|全县|全支部|本组|本村|本户)?(?:合计|总计|小计|共计|累计|总数|计|总人数|总户数)"
    r"(?:[::((].*|\d.*|.*[户人名个]\)?)?"
)
_COUNTED = re.compile(r".{0,12}共?计?\s*\d+\s*(?:户|人|名|个).{0,20}|共\s*\d+.{0,20}")
_SIGNATURE = re.compile(
    r"(?:填表|制表|审核|复核|经办|负责|填报|核对|统计|采集|登记|调查|校对|分管|主管|签发|录入|联系)(?:人|领导|单位|日期|时间)?"
    r"(?:\(?签[字名章]\)?|\(?盖章\)?)?\s*[::]|签[字名章]\)?\s*[::]|盖章|单位负责人|填报日期|填表日期|年\s*月\s*日\s*$|日期\s*[::]"
)
_NOTE = re.compile(
    r"^\s*(?:[注备]\s*[::注]|备注\s*[::]|说明\s*[::]|填表说明|填报说明|补充资料|附注|附\s*[::]|※|注释|温馨提示|提示\s*[::]|"
    r"以下空白|此[页行]以下|以上|本表|[((]?\d[))、.]\s*[\u4e00-\u9fff].{12,})"
)
_EXAMPLE = re.compile(
    r"^[((\[【]?(?:示例|样例|范例|举例|例如?|填写示例|填写样例|模板|样表|例子|示范)\d*[))\]】::]?"
)
_MARKED_EXAMPLE = re.compile(r"[((\[【]?(?:示例|样例|范例|填写示例)\d*[))\]】::]")
_EXAMPLE_NAMES = frozenset(
    {"张三", "李四", "王五", "赵六", "某某", "张某", "张某某", "李某", "李某某", "XXX", "xxx", "×××", "XX"}
)
_INSTRUCTION = re.compile(
    r"必填|选填|可选|可不填|非必填|下拉|格式|文本格式|填写|请|自动|如[::]|例如|18位|十八位|11位|位数|YYYY|yyyy|不超过|选择|数字|字符|长度"
)
_IS_NO_NAME = re.compile(r"[\d::]|表$|表[((]|^[^·]{8,}$")
"""A text standing alone in its row that names nobody: a title printed again, a page's number, a heading."""
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[((][一二三四五六七八九十]+[))])")
_NUMBER_LABEL = re.compile(r"[((]?(\d{1,2})[))]?|[①-⑳]|[甲乙丙丁戊]|[一二三四五六七八九十]{1,2}")


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to tell rows apart: the header's texts by column, and where the telling columns stand.

    ``own`` are the columns of facts about the line itself (no place, household or running number, no remark);
    ``key`` those of the fields the kind needs; ``id_column`` and ``name_column`` are -1 where there is none.
    """

    headers: Sequence[tuple[str, ...]]
    own: frozenset[int]
    key: frozenset[int]
    id_column: int = -1
    name_column: int = -1

    def sort_of(self, row: Sequence[Cell], position: int) -> str:
        """What a row is; ``position`` counts rows from the header, 0 for the first below it."""
        cells = {c: cell for c, cell in enumerate(row) if not is_blank(cell)}
        if not cells:
            return BLANK
        texts = {c: text_of(cell) for c, cell in cells.items()}
        has_id = self._has_id(cells)
        if not has_id:
            other = self._beside_the_lines(cells, texts, position)
            if other:
                return other
        elif self._is_example(texts, position, has_id):
            return EXAMPLE
        if len(cells) == 1 and not has_id:
            alone = next(iter(texts.values()))
            names_nobody = _IS_NO_NAME.search(alone) or place_of(alone) != Evidence()
            if _HEADING.match(alone) or (self.id_column >= 0 and names_nobody):
                return SECTION
        filled = self.own & cells.keys()
        if self.key & filled or len(filled) >= 2:
            return LINE
        return SECTION if len(cells) == 1 else UNUSED

    def _has_id(self, cells: Mapping[int, Cell]) -> bool:
        cell = cells.get(self.id_column)
        return cell is not None and bool(check(cell).number)

    def _beside_the_lines(self, cells: Mapping[int, Cell], texts: Mapping[int, str], position: int) -> str:
        ordered = [texts[c] for c in sorted(texts)]
        if self._is_header(texts):
            return HEADER
        if _is_numbering(ordered):
            return HEADER
        if _is_total(ordered):
            return TOTAL
        if len(ordered) <= 8 and any(_SIGNATURE.search(text) for text in ordered) and not self._many(cells):
            return SIGNATURE
        if _NOTE.match(ordered[0]) and len(ordered) <= 3:
            return NOTE
        if position < 6 and self._is_instruction(ordered):
            return INSTRUCTION
        return EXAMPLE if self._is_example(texts, position, False) else ""

    def _many(self, cells: Mapping[int, Cell]) -> bool:
        return len(self.own & cells.keys()) > 4

    def _is_header(self, texts: Mapping[int, str]) -> bool:
        same = sum(
            1
            for c, text in texts.items()
            if c < len(self.headers) and normal(text) in {normal(part) for part in self.headers[c]} - {""}
        )
        return same >= 2 and same >= len(texts) / 2

    def _is_instruction(self, ordered: Sequence[str]) -> bool:
        hits = sum(1 for text in ordered if _INSTRUCTION.search(text))
        return len(ordered) >= 2 and hits >= max(2, len(ordered) / 2)

    def _is_example(self, texts: Mapping[int, str], position: int, has_id: bool) -> bool:
        if any(_EXAMPLE.match(text) for c, text in texts.items() if c != self.name_column or not has_id):
            return True
        if _MARKED_EXAMPLE.match(texts.get(self.name_column, "")):
            return True
        return (
            position < 4
            and not has_id
            and self.id_column >= 0
            and texts.get(self.name_column) in _EXAMPLE_NAMES
        )


def _is_numbering(ordered: Sequence[str]) -> bool:
    """The row of column numbers some forms have under the header: 1 2 3 …, (1) (2) …, 甲 乙 1 2."""
    if len(ordered) < 4 or not all(_NUMBER_LABEL.fullmatch(text) for text in ordered):
        return False
    numbers = [int(hit[1]) for text in ordered if (hit := _NUMBER_LABEL.fullmatch(text)) and hit[1]]
    return all(b - a == 1 for a, b in pairwise(numbers))


def _is_total(ordered: Sequence[str]) -> bool:
    for text in ordered[:4]:
        plain = text.replace(" ", "")
        if _TOTAL.fullmatch(plain):
            return True
        if len(ordered) <= 4 and _COUNTED.fullmatch(plain):
            return True
    return False
