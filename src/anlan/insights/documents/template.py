"""The default template of the research report, made by code so that no binary lies in the repository.

Page and letters follow official papers (GB/T 9704: A4, margins, fonts, sizes, spacing). Fonts are
named, not embedded; where a machine lacks one, the table of fonts names a common one instead.
"""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

# Name of the style: font, size, centred, bold, indent in letters, exact line spacing, keep with next.
_STYLES = (
    ("报告标题", "方正小标宋简体", 22, True, 0, 34, False),
    ("报告副题", "楷体_GB2312", 16, True, 0, 28, False),
    ("一级标题", "黑体", 16, False, 2, 28, True),
    ("二级标题", "楷体_GB2312", 16, False, 2, 28, True),
    ("报告正文", "仿宋_GB2312", 16, False, 2, 28, False),
    ("图表标题", "黑体", 10.5, True, 0, 22, False),
    ("表标题", "黑体", 10.5, True, 0, 22, True),
    ("图", "宋体", 10.5, True, 0, 0, True),
    ("附注", "宋体", 9, False, 0, 14, False),
)
_ALTERNATIVES = {"方正小标宋简体": "宋体", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体"}


def default_template() -> bytes:
    """The template as a .docx file."""
    document = Document()
    _page(document)
    for style in _STYLES:
        _style(document, *style)
    _fonts(document)
    for style_name, text in _lines():
        document.add_paragraph(text, style=style_name)
    _lay_across(document)
    for style_name, text in _appendix():
        document.add_paragraph(text, style=style_name)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "{{ county }}", ""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _lines() -> list[tuple[str, str]]:
    """Paragraph by paragraph: the style and the text with what docxtpl puts into it."""
    return [
        ("报告标题", "{{ county }}" + _("移民党建工作调研报告")),
        ("报告副题", _("（{{ year }}年度）")),
        ("报告正文", _("本报告由登记数据生成，数字截至{{ day }}。{% if running %}本年度尚未结束。{% endif %}")
         + _("数字后〔〕内的编号对应附录，附录写明每个数字怎样统计、名单在哪里、统计到哪一天。")
         + "{{ balance }}"),
        ("一级标题", _("一、基本情况")),
        *_section("organizations", _("（一）移民党组织情况")),
        *_section("members", _("（二）移民党员队伍情况")),
        *_section("residents", _("（三）移民人口情况")),
        ("二级标题", _("（四）各乡镇、村（社区）情况")),
        ("报告正文", "{{ areas.text }}"),
        ("表标题", "{{ areas.table_caption }}"),
        ("报告正文", "{{p areas.table }}"),
        ("一级标题", _("二、主要做法")),
        *_findings("practices", _("登记数据中没有可以写进本部分的内容。")),
        ("报告正文", _("诉求、走访、会议、资金项目、培训等工作还没有登记在系统里，本部分暂不叙述。")),
        ("一级标题", _("三、存在的主要问题")),
        *_findings("problems", _("从登记数据中没有发现需要列出的问题。")),
        ("报告正文", _("以上只列登记数据能够说明的问题。走访、问卷反映的问题还没有登记在系统里，暂不叙述。")),
        ("一级标题", _("四、对策和建议")),
        *_findings("advice", _("没有与上述问题对应的建议。")),
        ("报告正文", _("以上只针对登记数据反映的问题。其他建议由调研组研究后补充。")),
        ("报告副题", "{{ made_on }}"),
    ]  # fmt: skip


def _appendix() -> list[tuple[str, str]]:
    explained = _("占比均为该数除以同一总体的总数。名单地址接在本县系统的网址之后，登录后可以打开。")
    rows = _("分区域各行的数，名单地址中 area 后换成该行的区划代码。")
    return [
        ("一级标题", _("附录　数字来源")),
        ("附注", "{%p for rule in counted %}"),
        ("附注", "{{ rule }}"),
        ("附注", "{%p endfor %}"),
        ("附注", explained + rows),
        ("附注", "{{p notes }}"),
    ]


def _section(name: str, title: str) -> list[tuple[str, str]]:
    return [
        ("二级标题", title),
        ("报告正文", "{{ " + name + ".text }}"),
        ("表标题", "{{ " + name + ".table_caption }}"),
        ("报告正文", "{{p " + name + ".table }}"),
        ("图", "{%p for exhibit in " + name + ".charts %}"),
        ("图", "{{ exhibit.chart }}"),
        ("图表标题", "{{ exhibit.chart_caption }}"),
        ("附注", "{%p if exhibit.text %}"),
        ("附注", _("注：") + "{{ exhibit.text }}"),
        ("附注", "{%p endif %}"),
        ("图", "{%p endfor %}"),
    ]


def _findings(name: str, nothing: str) -> list[tuple[str, str]]:
    return [
        ("报告正文", "{%p for item in " + name + " %}"),
        ("二级标题", "（{{ item.number }}）{{ item.title }}"),
        ("报告正文", "{{ item.text }}"),
        ("报告正文", "{%p else %}"),
        ("报告正文", nothing),
        ("报告正文", "{%p endfor %}"),
    ]


def _lay_across(document: Any) -> None:
    """The appendix is wide: its pages lie across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    section.left_margin, section.right_margin = Cm(2.2), Cm(2.2)
    section.footer_distance = Cm(1.4)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.5)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("text", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run(text if kind == "text" else "")
        run.font.size = Pt(14)
        _font(run._r.get_or_add_rPr(), "宋体")
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "code":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def _style(
    document: Any, name: str, font: str, size: float, centred: bool, indent: int, spacing: float, keep: bool
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(size)
    _font(style.element.get_or_add_rPr(), font)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.space_before = layout.space_after = Pt(0)
    layout.keep_with_next = keep
    if indent:
        layout.first_line_indent = Pt(size * indent)
    if spacing:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


def _fonts(document: Any) -> None:
    """Name a common font for each that a machine may lack."""
    part = document.part.part_related_by(RT.FONT_TABLE)
    named = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{other}"/></w:font>'
        for font, other in _ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{named}</w:fonts>".encode())
