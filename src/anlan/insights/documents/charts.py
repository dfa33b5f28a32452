"""Charts in Word that stay charts: editable, with their numbers in an embedded workbook, text as text.

The chart's XML comes from XlsxWriter, which writes the same DrawingML for a spreadsheet; Word wants the
numbers beside it as an embedded workbook. No picture is made, so no font can be missing from it.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from anlan.web.charts import ChartData

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU_PER_CM = 360_000
_WIDTH_CM = 14.5
_ROW_CM, _FRAME_CM, _SHARE_CM = 0.62, 1.3, 6.0
# Dark, light, dark again: neighbours stay apart in grey print.
_COLORS = ("#0B4B57", "#D9A441", "#9C3B2E", "#A9CFC9", "#6F7F8F", "#EADFC8")
_ALL_FLAGS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_FLAGS = re.compile(r"<c:dLbls>(.*?)</c:dLbls>", re.DOTALL)
_FLAG = re.compile(r'<c:show\w+ val="\d"/>')
_SEPARATOR = re.compile(r"<c:separator>.*?</c:separator>")
_FONT = {"name": "宋体", "size": 9}
_FONTS_OF_ALL = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="宋体"/>'
    '<a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


@dataclass(frozen=True, slots=True)
class WordChart:
    """A chart that puts itself into the document where a template names it: ``{{ exhibit.chart }}``.

    ``kind`` is ``bar`` or ``share``. ``holder`` has the document's template (docxtpl) while it is rendered.
    """

    data: ChartData
    kind: str
    holder: Any

    def __html__(self) -> str:
        """The drawing, between the runs around the place; adds the parts to the document."""
        part = self.holder.current_rendering_part
        relation = add_chart(part, self.data, self.kind)
        number = sum(1 for one in part.rels.values() if one.reltype == RT.CHART)
        drawing = _drawing(relation, str(self.data.title), number, *self._size())
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'

    __str__ = __html__

    def _size(self) -> tuple[int, int]:
        rows = len(self.data.series[0].marks)
        height = _SHARE_CM if self.kind == "share" else _FRAME_CM + _ROW_CM * max(rows, 3)
        return int(_WIDTH_CM * _EMU_PER_CM), int(height * _EMU_PER_CM)


def add_chart(part: Any, data: ChartData, kind: str) -> str:
    """Add a chart and its workbook to a document part; gives the id of the relation to it."""
    package = part.package
    chart = Part(package.next_partname("/word/charts/chart%d.xml"), CHART_TYPE, b"", package)
    relation: str = part.relate_to(chart, RT.CHART)
    name = package.next_partname("/word/embeddings/chart%d.xlsx")
    workbook = Part(PackURI(str(name)), WORKBOOK_TYPE, _workbook(data, ""), package)
    data_relation = chart.relate_to(workbook, RT.PACKAGE)
    chart._blob = _for_word(_chart_xml(data, kind), data_relation)
    return relation


def _workbook(data: ChartData, kind: str) -> bytes:
    """The numbers as a workbook; with a chart of this kind unless it is ""."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("数据")
    sheet.set_column(0, 0, 26)
    sheet.write_string(0, 0, str(data.label_heading))
    rows = len(data.series[0].marks)
    for at, series in enumerate(data.series, 1):
        sheet.write_string(0, at, str(data.unit or series.label))
        for row, mark in enumerate(series.marks, 1):
            sheet.write_string(row, 0, str(mark.label))
            sheet.write_number(row, at, float(mark.value))
    if kind:
        sheet.insert_chart("D2", _chart(book, data, rows, kind))
    book.close()
    return target.getvalue()


def _chart(book: Any, data: ChartData, rows: int, kind: str) -> Any:
    chart = book.add_chart({"type": "pie" if kind == "share" else "bar"})
    for at, _series in enumerate(data.series, 1):
        labels: dict[str, Any] = {"value": True, "font": _FONT}
        fill: dict[str, Any] = {"fill": {"color": _COLORS[at - 1]}, "gap": 45}
        if kind != "share":
            labels["num_format"] = "#,##0"
        else:
            # Without a format: it would be that of the percentages too.
            labels |= {"percentage": True, "category": True, "separator": " ", "position": "outside_end"}
            points = [{"fill": {"color": _COLORS[n % len(_COLORS)]}} for n in range(rows)]
            fill = {"points": points}
        chart.add_series(
            {
                "name": ["数据", 0, at],
                "categories": ["数据", 1, 0, rows, 0],
                "values": ["数据", 1, at, rows, at],
                "data_labels": labels,
                **fill,
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    if kind != "share":
        # A bar chart lies on its side: for XlsxWriter y is the axis of the words, x that of the numbers.
        line = {"color": "#6B665C"}
        chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": line, "major_tick_mark": "none"})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return chart


def _chart_xml(data: ChartData, kind: str) -> str:
    with ZipFile(BytesIO(_workbook(data, kind))) as package:
        return package.read("xl/charts/chart1.xml").decode()


def _for_word(xml: str, data_relation: str) -> bytes:
    """What differs in Word: the language, fonts for Chinese, where the numbers are, no page set-up."""
    xml = _FLAGS.sub(_all_flags, xml)
    start, end = xml.index("<c:printSettings>"), xml.index("</c:chartSpace>")
    frame = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    source = f'<c:externalData r:id={quoteattr(data_relation)}><c:autoUpdate val="0"/></c:externalData>'
    whole = xml[:start] + frame + _FONTS_OF_ALL + source + xml[end:]
    whole = whole.replace('<c:lang val="en-US"/>', '<c:lang val="zh-CN"/><c:roundedCorners val="0"/>', 1)
    whole = whole.replace(
        '<a:latin typeface="宋体"/></a:defRPr>',
        '<a:latin typeface="宋体"/><a:ea typeface="宋体"/></a:defRPr>',
    )
    return whole.encode()


def _all_flags(labels: re.Match[str]) -> str:
    """What labels show and what not: Word takes what is left out as shown."""
    inner = labels[1]
    separator = _SEPARATOR.search(inner)
    rest = _SEPARATOR.sub("", _FLAG.sub("", inner))
    flags = "".join(f'<c:{flag} val="{int(f"<c:{flag} " in inner)}"/>' for flag in _ALL_FLAGS)
    return f"<c:dLbls>{rest}{flags}{separator[0] if separator else ''}</c:dLbls>"


def _drawing(relation: str, title: str, number: int, width: int, height: int) -> str:
    namespace = "http://schemas.openxmlformats.org/drawingml/2006"
    name = quoteattr(escape(title))
    return (
        "<w:drawing>"
        f'<wp:inline xmlns:wp="{namespace}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{9000 + number}" name="图表 {number}" descr={name}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{namespace}/main"><a:graphicData uri="{namespace}/chart">'
        f'<c:chart xmlns:c="{namespace}/chart" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
