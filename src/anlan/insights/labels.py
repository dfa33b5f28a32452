"""Words and sentences of statistics and reports, and the limits they ask for."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.parameters import Parameter

SMALL_GROUP = "insights.small_group_minimum"

PROBLEM_SENTENCES = {
    "statistics.level_unknown": _("{day} 还没有“{asked}”这个区划或组织，或者它已经撤销。请换一个日期。"),
    "statistics.county_missing": _("{day} 还没有登记县级区划，没有可以统计的内容。请核对日期。"),
    "statistics.day_unreadable": _("看不懂日期“{asked}”，请写成 2026-06-30 这样的样子。"),
    "report.year_future": _("{year} 年还没有到，没有可以写进报告的情况。"),
    "report.year_unknown": _("{year} 不像一个年份，请写成 2026 这样的四位数字。"),
    "template.unreadable": _("“{file}”不是能读的 Word 文档（.docx）。请用 Word 打开后另存为 .docx 再试。"),
    "template.unknown_variable": _(
        "报告模板里写了没有的内容：{name}。可用的内容见 docs/howto/replace-the-report-template.md。"
    ),
    "template.syntax": _("报告模板里的写法有误：{detail}。请对照 anlan report template 写出的默认模板改正。"),
    "template.forbidden": _("报告模板里写了不允许的内容：{detail}。模板只能取用报告的内容。"),
}

PARAMETERS = (
    Parameter(
        SMALL_GROUP,
        "integer",
        5,
        unit=_("人"),
        source=_("本系统默认：少于 5 人的小组不向无权查看个人信息的人显示"),
        label=_("统计中不显示的小组人数下限"),
        by_area=False,
    ),
)
