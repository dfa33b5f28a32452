"""The research report: every table, chart and figure is in it, with its source; templates are safe."""

import re
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from anlan.insights.charts import is_drawn
from anlan.insights.documents.render import research_report
from anlan.insights.documents.template import default_template
from anlan.insights.queries.levels import level_of
from anlan.insights.queries.places import by_area
from anlan.insights.queries.statistics import Statistics
from anlan.insights.tests.world import DAY, county, populated
from anlan.kernel.actors import SystemActor
from anlan.kernel.problems import Refused, sentence
from anlan.registers.models import Membership

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def found_on(day: date = DAY) -> Statistics:
    return Statistics(SYSTEM, level_of(SYSTEM, day), day)


def report(statistics: Statistics, template: Path | None = None) -> bytes:
    return research_report(statistics, 2026, DAY, template)


def words(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def grid(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def charts_of(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as package:
        names = sorted(name for name in package.namelist() if name.startswith("word/charts/chart"))
        return [package.read(name).decode() for name in names]


def test_four_parts_title_and_day() -> None:
    populated()
    text = words(Document(BytesIO(report(found_on()))))
    assert text.startswith("澜山县移民党建工作调研报告\n（2026年度）")
    parts = ["一、基本情况", "二、主要做法", "三、存在的主要问题", "四、对策和建议", "附录　数字来源"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "数字截至2026年6月30日" in text and "本年度尚未结束" in text and "平衡核对通过" in text
    assert "{{" not in text and "{%" not in text


def test_every_figure_is_in_a_table_with_its_note() -> None:
    populated()
    found = found_on()
    document = Document(BytesIO(report(found)))
    organizations, members, residents, areas, notes = (grid(table) for table in document.tables)
    appendix = {row[0]: row for row in notes[1:]}
    assert [row[0] for row in notes[1:]] == [str(number) for number in range(1, len(notes))]
    for name, table in (("organizations", organizations), ("members", members), ("residents", residents)):
        lines = iter(table[1:])
        for breakdown in found.breakdowns_of(name):  # type: ignore[arg-type]
            for figure in breakdown.rows:
                line = next(lines)
                assert line[0] == str(breakdown.breakdown.dimension.title)
                assert line[1:4] == [str(figure.label), figure.text, figure.share_text]
                note = appendix[line[4]]
                assert note[2] == figure.text and note[4] == figure.url and note[5] == "2026-06-30"
                assert str(figure.label) in note[1] and str(figure.label) in note[3]
        assert next(lines, None) is None
    places = by_area(found)
    assert [row[0].strip("　") for row in areas[1:-1]] == ["合计", *(row.name for row in places.rows)]
    assert areas[1][2:] == [figure.text for figure in places.total.figures]
    for row, line in zip(places.rows, areas[2:-1], strict=True):
        assert line[2:] == [figure.text for figure in row.figures]
    assert all(mark in appendix for mark in areas[-1][2:])


def test_every_mark_in_the_text_is_a_note() -> None:
    populated()
    document = Document(BytesIO(report(found_on())))
    numbers = {row[0]: row[2] for row in grid(document.tables[-1])[1:]}
    cited = re.findall(r"([\d,]+)〔(\d+)〕", words(document))
    assert len(cited) > 15
    assert all(numbers[number] == value for value, number in cited)


def test_charts_are_charts_with_their_chinese_words_and_numbers() -> None:
    populated()
    found = found_on()
    content = report(found)
    charts = charts_of(content)
    wanted = [table for table in found.breakdowns if is_drawn(table)]
    assert len(charts) == len(wanted) == 11
    for table in wanted:
        labels = [str(row.label) for row in table.rows]
        hit = [one for one in charts if all(f"<c:v>{label}</c:v>" in one for label in labels)]
        assert hit, table.code
        assert all(f"<c:v>{row.count}</c:v>" in hit[0] for row in table.rows)
    assert all('<a:ea typeface="宋体"/>' in one and "c:externalData" in one for one in charts)
    text = words(Document(BytesIO(content)))
    assert [int(number) for number in re.findall(r"图(\d+)　", text)] == list(range(1, 12))


def test_a_chart_brings_its_numbers_as_a_workbook() -> None:
    populated()
    with ZipFile(BytesIO(report(found_on()))) as package:
        names = [name for name in package.namelist() if name.startswith("word/embeddings/")]
        assert len(names) == 11
        sheet = openpyxl.load_workbook(BytesIO(package.read(names[0]))).active
        assert sheet is not None and sheet.title == "数据" and sheet.max_row > 2


def test_findings_come_from_the_records() -> None:
    world = populated()
    text = words(Document(BytesIO(report(found_on()))))
    assert "部分党组织到期没有换届" in text and "党员外出流动多" in text and "党员登记不全" in text
    assert "没有党组织的村" not in text
    branch = world.organizations["江村支部"]
    branch.versions.update(area=world.areas["小榕乡"])
    Membership.objects.all().delete()
    text = words(Document(BytesIO(report(found_on()))))
    assert re.search(r"没有党组织的村、社区 1〔\d+〕 个：江村。", text)
    assert "党员外出流动多" not in text and "党员年龄偏大" not in text


def test_parts_without_a_system_say_so_and_an_empty_county_has_a_report() -> None:
    county()
    content = report(found_on())
    text = words(Document(BytesIO(content)))
    assert text.count("还没有登记在系统里") == 2
    assert "共有党员 0〔" in text


def save(tmp_path: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    target = tmp_path / "county.docx"
    document.save(str(target))
    return target


def test_the_county_s_own_template(tmp_path: Path) -> None:
    populated()
    template = save(
        tmp_path,
        "{{ county }}{{ year }}年情况",
        "{{p exhibits.members_age_band.table }}",
        "{{ exhibits.members_age_band.chart }}",
        "我们自己写的一段 A&B <话>。",
    )
    content = report(found_on(), template)
    document = Document(BytesIO(content))
    assert document.paragraphs[0].text == "澜山县2026年情况"
    assert "我们自己写的一段 A&B <话>。" in words(document)
    assert grid(document.tables[0])[1][0] == "30岁及以下" and len(charts_of(content)) == 1


def test_the_written_default_template_gives_the_default_report(tmp_path: Path) -> None:
    populated()
    target = tmp_path / "default.docx"
    target.write_bytes(default_template())
    own, shipped = Document(BytesIO(report(found_on(), target))), Document(BytesIO(report(found_on())))
    assert words(own) == words(shipped) and len(own.tables) == len(shipped.tables) == 5


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("{{ country }}", "template.unknown_variable", "country"),
        ("{{ members.heads }}", "template.unknown_variable", "heads"),
        ("{% if nothing_such %}a{% endif %}", "template.unknown_variable", "nothing_such"),
        ("{% for a in nobody %}a{% endfor %}", "template.unknown_variable", "nobody"),
        ("{{ missing.part }}", "template.unknown_variable", "missing"),
        ("{% if %}a{% endif %}", "template.syntax", ""),
        ("{{ county }", "template.syntax", ""),
        ("{{ county() }}", "template.syntax", ""),
        ("{{ 1 / 0 }}", "template.syntax", ""),
        ("{{ county|no_such_filter }}", "template.syntax", "no_such_filter"),
        ("{{ county.__class__.__mro__ }}", "template.forbidden", ""),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "template.forbidden", ""),
        ("{% for n in range(99999999) %}a{% endfor %}", "template.syntax", ""),
    ],
)
def test_a_wrong_template_is_said_in_a_sentence(tmp_path: Path, text: str, code: str, named: str) -> None:
    populated()
    with pytest.raises(Refused) as refused:
        report(found_on(), save(tmp_path, text))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert named in sentence(problem) and "…" not in sentence(problem)


@pytest.mark.parametrize("content", [b"no document", b"PK\x03\x04"])
def test_a_file_that_is_no_template(tmp_path: Path, content: bytes) -> None:
    populated()
    target = tmp_path / "no.docx"
    target.write_bytes(content)
    with pytest.raises(Refused) as refused:
        report(found_on(), target)
    assert refused.value.problems[0].code == "template.unreadable"


def test_the_report_does_not_grow_slow() -> None:
    """At full size it has five seconds; a small county has one."""
    populated()
    start = time.perf_counter()
    report(found_on())
    assert time.perf_counter() - start < 5
