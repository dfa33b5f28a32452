"""Break-downs as charts: the page draws them, the report makes Word charts of the same data."""

from collections.abc import Mapping

from anlan.insights.queries.breakdowns import UNITS, Population
from anlan.insights.queries.statistics import BreakdownTable, Figure, Statistics
from anlan.web import charts
from anlan.web.charts import Chart, ChartData, Mark, Series

DRAWN: Mapping[Population, tuple[str, ...]] = {
    "organizations": ("setup_mode", "election"),
    "members": ("sex", "minority", "age_band", "education_level", "joined_band", "floating"),
    "residents": ("age_band", "education_level", "resettlement_mode"),
    "households": (),
}
"""The dimensions worth a chart, on the page and in the report; the others say enough as tables."""


def is_drawn(table: BreakdownTable) -> bool:
    """Whether the break-down has a chart beside its table."""
    return table.breakdown.dimension.code in DRAWN[table.breakdown.population]


def chart_data(statistics: Statistics, table: BreakdownTable) -> ChartData:
    """What a break-down's chart shows; hidden groups are drawn without length."""
    series = Series(table.breakdown.title, tuple(_mark(row) for row in table.rows))
    return ChartData(
        table.breakdown.title,
        (series,),
        unit=UNITS[table.breakdown.population],
        on=statistics.day,
        note=table.breakdown.note,
        label_heading=table.breakdown.dimension.title,
    )


def chart(statistics: Statistics, table: BreakdownTable) -> Chart | None:
    """The chart of a break-down, None where there is nothing to draw.

    A share of more parts than can be told apart is drawn as bars.
    """
    if not any(row.count for row in table.rows):
        return None
    data = chart_data(statistics, table)
    kind = "share" if table.breakdown.chart == "share" and len(table.rows) <= charts.TONES else "bar"
    return charts.share(data) if kind == "share" else charts.bar(data)


def _mark(figure: Figure) -> Mark:
    if figure.count is None:
        return Mark(figure.label, 0, shown=figure.text)
    return Mark(figure.label, figure.count, figure.url)
