"""Tables in Word with their own lines and letters, so that they look the same in any template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

Align = Literal["left", "center", "right"]
_LINE = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
_SIDES = (("top", 8), ("left", 4), ("bottom", 8), ("right", 4), ("insideH", 4), ("insideV", 4))
_TWIPS_PER_CM = 567


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the header over ``across`` columns and ``down`` rows."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table that puts itself into the document where a template names it: ``{{p exhibit.table }}``.

    ``widths`` in centimetres. ``head`` has one or two rows; in the second stand the cells below those of the
    first that go over one row only. The header is repeated on every page and no row is torn. With ``groups``
    a first cell left empty belongs to the one above it.
    """

    widths: tuple[float, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[Align, ...]
    size: float = 9
    groups: bool = False

    def __html__(self) -> str:
        """The table's XML."""
        whole = sum(map(_twips, self.widths))
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in self.widths)
        borders = "".join(_LINE.format(side=side, size=size) for side, size in _SIDES)
        lines = [*self._head_rows(), *(self._row(row) for row in self.rows)]
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    __str__ = __html__

    def _head_rows(self) -> list[str]:
        first = self.head[0]
        rows = [self._head_row([(cell, _merge(cell, start=True)) for cell in first])]
        if len(self.head) > 1:
            below = iter(self.head[1])
            cells: list[tuple[HeadCell, str]] = []
            for cell in first:
                if cell.down > 1:
                    cells.append((HeadCell("", cell.across), "<w:vMerge/>"))
                else:
                    cells += [(next(below), "") for _column in range(cell.across)]
            rows.append(self._head_row(cells))
        return rows

    def _head_row(self, cells: Sequence[tuple[HeadCell, str]]) -> str:
        at, shown = 0, []
        for cell, merge in cells:
            width = sum(self.widths[at : at + cell.across])
            at += cell.across
            span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
            shown.append(self._cell(cell.text, width, "center", span + merge, bold=True))
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(shown)}</w:tr>"

    def _row(self, row: Sequence[str]) -> str:
        cells = [
            self._cell(text, width, align)
            for text, width, align in zip(row, self.widths, self.aligns, strict=True)
        ]
        if self.groups:
            merge = '<w:vMerge w:val="restart"/>' if row[0] else "<w:vMerge/>"
            cells[0] = self._cell(row[0], self.widths[0], self.aligns[0], merge)
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, text: str, width: float, align: Align, merge: str = "", *, bold: bool = False) -> str:
        font = "黑体" if bold else "宋体"
        size = round(self.size * 2)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{merge}'
            '<w:vAlign w:val="center"/></w:tcPr>'
            '<w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{align}"/></w:pPr>'
            f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )


def _merge(cell: HeadCell, *, start: bool) -> str:
    return '<w:vMerge w:val="restart"/>' if start and cell.down > 1 else ""


def _twips(centimetres: float) -> int:
    return round(centimetres * _TWIPS_PER_CM)
