"""The living style page: every component with made-up content, for builders and browser checks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from anlan.kernel.partial_dates import MONTH, PartialDate
from anlan.web import charts, parts
from anlan.web.context import Crumb
from anlan.web.forms import AnlanForm, phone_input
from anlan.web.icons import ICONS
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.listing.paging import Page
from anlan.web.listing.shown import Shown
from anlan.web.records import CHART, ShownPanel, TimelineItem, facts_panel, table_panel, timeline_panel

_DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class SampleRow:
    """A made-up row of the sample list."""

    pk: int
    name: str
    place: str
    number: str
    count: int
    since: PartialDate
    state: parts.State


_STATES = (
    parts.State("已办结", "done"),
    parts.State("还剩 2 天", "attention"),
    parts.State("已超期", "refused"),
    parts.State("办理中", "notice"),
    parts.State("未开始", "quiet"),
)
_NAMES = ("张三", "李四", "欧阳小明", "王五", "赵六", "钱七", "孙八", "周九")


class SampleListing(Listing[Any]):
    """A list of made-up rows."""

    code = "sample"
    title = "示例清单"
    lead = "清单页的样子：筛选、查找、排序、翻页、导出、打印。"
    icon = "people"
    unit = "项"
    dated = True
    search_hint = "姓名、拼音首字母、证件末四位"
    columns = (
        Column("name", "姓名", link=lambda row: f"#row-{row.pk}", sort="name"),
        Column("place", "所在地", sort="place"),
        Column("number", "号码", kind="code", protected=True),
        Column("count", "数量", kind="number", sort="count"),
        Column("since", "起始", kind="day", sort="since"),
        Column("state", "状态"),
    )
    filters = (
        Filter(
            "kind",
            "类别",
            (Choice("a", "甲类", 1204), Choice("b", "乙类", 87), Choice("c", "丙类", 9)),
            "kind",
        ),
        Filter("place", "所在地", tuple(Choice(str(n), f"第{n}处") for n in range(1, 13)), lookup="place"),
    )

    def actions(self, actor: Any) -> tuple[parts.Action, ...]:
        return parts.Action("登记一项", "#", "main", "add"), parts.Action("导入", "#", icon="import")


class SampleForm(AnlanForm):
    """A form with one field of each sort."""

    name = forms.CharField(label="姓名", help_text="与证件上一致，例如：欧阳小明。")
    phone = forms.CharField(label="电话", widget=phone_input(), required=False, help_text="有急事时联系。")
    day = forms.DateField(label="日期")
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("a", "甲类"), ("b", "乙类")])
    way = forms.ChoiceField(label="方式", choices=[("1", "上门"), ("2", "电话")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="已当面核对", required=False)
    text = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who are signed in (and while developing)."""
    if not settings.DEBUG and getattr(getattr(request, "actor", None), "kind", "") != "person":
        raise Http404
    form = SampleForm({"name": "", "day": "2026-13-01", "kind": "", "way": "1"})
    context = {
        "crumbs": [Crumb("示例县", "#"), Crumb("示例镇", "#"), Crumb("示例村")],
        "head": _head(),
        "figures": _figures(),
        "panels": _panels(),
        "side": _side(),
        "drawings": _charts(),
        "listing": _listing(request),
        "states": _STATES,
        "form": form,
        "empty_form": SampleForm(),
        "icons": list(ICONS),
        "empty": parts.Empty(
            "还没有登记",
            "这里放每一次登记。先登记第一项，之后都在这里查到。",
            parts.Action("登记一项", "#", "main", "add"),
        ),
        "today": timezone.localdate(),
    }
    return render(request, "web/style.html", context)


def _head() -> parts.Head:
    return parts.Head(
        "欧阳小明一户",
        "记录",
        "household",
        "一个记录页的开头：是什么、三件最常问的事、能办什么。",
        (_STATES[3], _STATES[1]),
        (
            parts.Fact("住在", "示例镇示例村三组 12 号", "#"),
            parts.Fact("人口", "5 人", note="其中外出 2 人"),
            parts.Fact("负责人", "王五", "#", note="13****6712"),
        ),
        (parts.Action("登记诉求", "#", "main", "add"), parts.Action("修改", "#", icon="edit")),
    )


def _figures() -> list[parts.Figure]:
    return [
        parts.Figure("人口", 68426, "#", _DAY, unit="人"),
        parts.Figure("户数", 18803, "#", _DAY, unit="户"),
        parts.Figure("今年办结", "92.4%", "#", _DAY, note="去年同期 88.1%"),
        parts.Figure("少数情形", "少于5", "", _DAY),
    ]


def _panels() -> list[ShownPanel]:
    table = parts.table(
        ("姓名", "关系", "出生", parts.TableColumn("收入（元）", number=True)),
        [
            (("欧阳小明", "#"), "户主", "1968年7月", "12,600"),
            (("李四", "#"), "配偶", "1970年2月3日", "9,000"),
            (("欧阳华", "#"), "长子", "1995年", ""),
        ],
    )
    facts = [
        parts.Fact("登记号", "0012-0345"),
        parts.Fact("迁入日期", "2002年9月", note="只记到月"),
        parts.Fact("方式", "集中安置"),
        parts.Fact("联系电话", "139****6712"),
        parts.Fact("备注"),
    ]
    items = [
        TimelineItem(date(2026, 6, 12), "登记一项事务", "屋顶漏雨，申请维修。", "#", "王五", "attention"),
        TimelineItem(date(2025, 11, 3), "办结", "道路已硬化，当面核实。", "#", "赵六", "done"),
        TimelineItem(PartialDate(date(2002, 9, 1), MONTH), "迁入", who="县局"),
    ]
    return [
        facts_panel("sample-facts", "基本情况", facts),
        table_panel("sample-table", "成员", table, more_url="#"),
        timeline_panel("sample-timeline", "经过", items),
    ]


def _side() -> list[ShownPanel]:
    items = [
        parts.WorkItem("回访：屋顶维修", "#", "欧阳小明", _STATES[1]),
        parts.WorkItem("核对电话", "#", "超过一年没有核对", _STATES[4]),
    ]
    related = [parts.Fact("所属组织", "示例组织", "#"), parts.Fact("同组", "23 户", "#")]
    return [
        ShownPanel("sample-next", "接下来", "web/panels/work.html", {"items": items}, "side", flush=True),
        facts_panel("sample-related", "相关", related, place="side"),
    ]


def _charts() -> list[ShownPanel]:
    bands = ("0–14", "15–29", "30–44", "45–59", "60–74", "75+")
    men, women = (5100, 6800, 9400, 8700, 4300, 1200), (4700, 6500, 8900, 8800, 4900, 1900)

    def series(label: str, values: tuple[int, ...], labels: tuple[str, ...] = bands) -> charts.Series:
        pairs = zip(labels, values, strict=True)
        return charts.Series(label, charts.marks([(name, value, "#") for name, value in pairs]))

    years = ("2020", "2021", "2022", "2023", "2024", "2025")
    towns = ("甲镇", "乙镇", "丙乡", "丁街道")
    drawn = (
        charts.bar(
            charts.ChartData("六十岁以上占比最高的是四个年龄组中的第三个", (series("人数", men),), "人", _DAY)
        ),
        charts.stacked(
            charts.ChartData(
                "甲镇的事最多，一半已办结",
                (
                    series("已办结", (320, 190, 88, 40), towns),
                    series("办理中", (210, 130, 60, 22), towns),
                    series("已超期", (35, 12, 4, 1), towns),
                ),
                "件",
                _DAY,
            )
        ),
        charts.share(
            charts.ChartData(
                "半数是集中安置",
                (series("户", (9400, 5200, 2100, 900), ("集中", "后靠", "分散", "自主")),),
                "户",
                _DAY,
            )
        ),
        charts.pyramid(
            charts.ChartData("三十到六十岁的人最多", (series("男", men), series("女", women)), "人", _DAY)
        ),
        charts.line(
            charts.ChartData(
                "外出的人六年里多了一倍", (series("人数", (210, 260, 300, 330, 390, 431), years),), "人", _DAY
            )
        ),
    )
    return [
        ShownPanel(
            f"chart-{one.kind}",
            {"bar": "条形", "stacked": "分段条形", "share": "占比", "pyramid": "年龄塔", "line": "折线"}[
                one.kind
            ],
            CHART,
            {"chart": one},
            "main",
            flush=False,
        )
        for one in drawn
    ]


def _listing(request: HttpRequest) -> Shown:
    listing = SampleListing()
    rows = [
        SampleRow(
            at,
            name,
            f"示例镇第{at + 1}村民组",
            "500299********00" + str(10 + at),
            1234 * at,
            PartialDate(date(1990 + at, 7, 1), MONTH),
            _STATES[at % len(_STATES)],
        )
        for at, name in enumerate(_NAMES)
    ]
    page: Page[Any] = Page(rows, 2, 8, 68426, exact=True)
    actor = getattr(request, "actor", None)
    return Shown(listing, request, actor, listing.ask(request, actor), page)
