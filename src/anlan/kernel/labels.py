"""Limits and sentences of the kernel itself."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.parameters import Parameter

_OWN = _("系统自定")

PARAMETERS = (
    Parameter(
        "kernel.idempotency_days",
        "integer",
        90,
        _("天"),
        _OWN,
        _("离线设备在这段时间内重新发送，同一件事只办一次。"),
        label=_("请求编号保留多久"),
        least=1,
        by_area=False,
    ),
    Parameter(
        "kernel.job_days",
        "integer",
        90,
        _("天"),
        _OWN,
        label=_("后台任务的结果保留多久"),
        least=1,
        by_area=False,
    ),
)

PROBLEM_SENTENCES = {
    "disk.full": _("服务器的磁盘满了，没有保存。请管理员清理后再试；已经写入的数据没有受影响。"),
    "action.actor": _("这项操作不能由当前身份进行:{action}。请用有权限的账号登录。"),
    "action.permission": _("您没有这项权限:{action}。需要时请联系本单位管理员。"),
    "action.out_of_range": _("操作结果超出了您管理的范围,没有保存:{action}。"),
    "parameter.unknown": _("没有这个参数：{code}。"),
    "parameter.type": _("“{label}”要填{wanted}。"),
    "parameter.too_small": _("“{label}”不能小于 {least}。"),
    "parameter.too_large": _("“{label}”不能大于 {most}。"),
    "parameter.choice": _("“{label}”里没有“{value}”这一项，请从列出的项目中选。"),
    "parameter.not_by_area": _("“{label}”全县统一，不能为一个乡镇或村单独规定。"),
    "parameter.nothing_to_end": _("这里没有自己的规定，用不着结束。"),
    "parameter.in_force": _("这个值从 {day} 起已经生效，不能撤回。请填写新的值，或者更正这一天的值。"),
    "parameter.shipped": _("这是系统自带的默认值，不能撤回。请填写本县的值和生效日期。"),
    "calendar.kind": _("请选择：节假日、调休休息或调休上班。"),
    "calendar.work_on_weekday": _("周一至周五本来就上班，不用设为调休上班。"),
    "calendar.last_day": _("这是 {year} 年日历中的最后一天，删去后这一年的期限就无法计算。"),
    "calendar.order": _("结束日期不能早于开始日期。"),
    "calendar.too_long": _("一次最多改 {days} 天，请核对开始和结束日期。"),
    "calendar.year_known": _("{year} 年的日历已经录入，请直接修改其中的日子。"),
    "calendar.year_range": _("只能按现行办法录入 {first} 年到 {last} 年。"),
    "calendar.year_missing": _("{year} 年的日历还没有录入。"),
    "calendar.year_confirmed": _("{year} 年已经没有暂定的日子。"),
    "idempotency.key": _("请求编号应为 1 到 80 个字符。"),
    "idempotency.other_content": _("这个请求编号已用于另一项内容，请重新提交。"),
    "value.invalid": _("{told}"),
    "value.required": _("请填写这一项。"),
    "value.unknown": _("“{value}”不在代码表中,已按原文保留。"),
}
