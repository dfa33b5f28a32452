"""Charts: every mark a link, the numbers in a table, nothing told that is hidden."""

import re
from decimal import Decimal

import pytest

from anlan.web import charts
from anlan.web.charts import ChartData, Mark, Series
from anlan.web.figures import hide_small, write_count
from anlan.web.templatetags.anlan_web import chart as draw_tag

MARKS = tuple(Mark(f"{n}0岁", n * 100, f"/people/?age={n}") for n in range(1, 5))
ONE = ChartData("人数", (Series("人", MARKS),), "人")
TWO = ChartData("人数", (Series("男", MARKS), Series("女", MARKS)), "人")


@pytest.mark.parametrize(
    ("kind", "data"),
    [("bar", ONE), ("share", ONE), ("line", ONE), ("stacked", TWO), ("pyramid", TWO)],
)
def test_every_mark_leads_to_its_records_and_stands_in_the_table(kind: charts.Kind, data: ChartData) -> None:
    html = draw_tag(charts.draw(kind, data))
    drawing, table = html.split("<details>")
    for mark in MARKS:
        assert drawing.count(f'href="{mark.url}"') >= len(data.series)
        assert table.count(f'href="{mark.url}"') == len(data.series)
        assert str(mark.label) in table and mark.text in table
    assert "<caption>人数</caption>" in table and 'scope="row"' in table and 'scope="col"' in table
    assert "style=" not in html
    assert len(html) < 12_000


@pytest.mark.parametrize("kind", ["stacked", "pyramid"])
def test_links_without_words_have_a_name(kind: charts.Kind) -> None:
    html = draw_tag(charts.draw(kind, TWO))
    links = re.findall(r"<a [^>]*>(?=<rect)", html)
    assert len(links) == 8 and all("aria-label=" in link for link in links)
    assert 'aria-label="女 10岁 100"' in html


def test_bars_are_measured_against_the_longest() -> None:
    widths = [row.strips[0].width for row in charts.bar(ONE).rows]
    assert widths == ["25.00%", "50.00%", "75.00%", "100.00%"]


def test_stacked_rows_add_up() -> None:
    row = charts.stacked(TWO).rows[-1]
    assert [(strip.x, strip.width) for strip in row.strips] == [("0.00%", "50.00%"), ("50.00%", "50.00%")]
    assert row.text == "800"
    assert charts.stacked(TWO).table.rows[-1][-1].text == "800"


def test_shares_are_told_with_their_part_of_the_whole() -> None:
    keys = charts.share(ONE).keys
    assert [key.share for key in keys] == ["10.0%", "20.0%", "30.0%", "40.0%"]


def test_the_pyramid_stands_on_the_young_and_grows_from_the_middle() -> None:
    rows = charts.pyramid(TWO).rows
    assert [row.label for row in rows] == ["40岁", "30岁", "20岁", "10岁"]
    assert rows[-1].left is not None and (rows[-1].left.x, rows[-1].left.width) == ("75.00%", "25.00%")


def test_a_line_starts_at_zero_and_ends_with_its_value() -> None:
    chart = charts.line(ONE)
    assert len(chart.lines[0].stretches) == 3
    assert all(point.named for point in chart.lines[0].points)
    two = charts.line(TWO)
    assert [point.named for point in two.lines[0].points] == [False, False, False, True]
    assert [tick.text for tick in two.upwards] == ["0", "250", "500"]


def test_nothing_to_draw_is_said() -> None:
    nothing = ChartData("人数", (Series("人", (Mark("甲", 0),)),))
    for kind in ("bar", "share", "line"):
        assert "还没有可以画的数" in draw_tag(charts.draw(kind, nothing))


def test_a_hidden_number_is_nowhere() -> None:
    hidden = ChartData(
        "人数", (Series("男", (Mark("甲", 0, shown="少于5"),)), Series("女", (Mark("甲", 7),)))
    )
    html = draw_tag(charts.stacked(hidden))
    assert "少于5" in html
    assert charts.stacked(hidden).table.rows[0][-1].text == "—"


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Mark("甲", Decimal(-1))
    with pytest.raises(ValueError, match="same labels"):
        ChartData("人数", (Series("男", MARKS), Series("女", MARKS[:2])))
    with pytest.raises(ValueError, match="needs a series"):
        ChartData("人数", ())
    with pytest.raises(ValueError, match="up to 6"):
        charts.share(ChartData("人数", (Series("人", tuple(Mark(str(n), n) for n in range(7))),)))


def test_words_in_a_chart_are_escaped() -> None:
    html = draw_tag(charts.bar(ChartData("<b>", (Series("人", (Mark("<i>", 1, "/?a=1&b=2"),)),))))
    assert "<b>" not in html and "<i>" not in html and "a=1&amp;b=2" in html


def test_small_groups() -> None:
    assert [write_count(count, 5) for count in (0, 1, 4, 5)] == [0, "少于5", "少于5", 5]
    assert hide_small({"a": 3, "b": 9, "c": 20}, 5) == {"a": "少于5", "b": "—", "c": 20}
    assert hide_small({"a": 3, "b": 9, "c": 20}, 5, total_shown=False) == {"a": "少于5", "b": 9, "c": 20}
    assert hide_small({"a": 3, "b": 2, "c": 20}, 5) == {"a": "少于5", "b": "少于5", "c": 20}
    assert hide_small({"a": 0, "b": 9}, 5) == {"a": 0, "b": 9}
