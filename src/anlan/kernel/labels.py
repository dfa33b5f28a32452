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
    ),
    Parameter("kernel.job_days", "integer", 90, _("天"), _OWN, label=_("后台任务的结果保留多久")),
)

PROBLEM_SENTENCES = {
    "action.actor": _("这项操作不能由当前身份进行:{action}。请用有权限的账号登录。"),
    "action.permission": _("您没有这项权限:{action}。需要时请联系本单位管理员。"),
    "action.out_of_range": _("操作结果超出了您管理的范围,没有保存:{action}。"),
    "parameter.unknown": _("没有这个参数：{code}。"),
    "parameter.type": _("“{label}”的值类型不对。"),
    "calendar.kind": _("请选择：节假日、调休休息或调休上班。"),
    "calendar.work_on_weekday": _("周一至周五本来就上班，不用设为调休上班。"),
    "calendar.last_day": _("这是 {year} 年日历中的最后一天，删去后这一年的期限就无法计算。"),
    "idempotency.key": _("请求编号应为 1 到 80 个字符。"),
    "idempotency.other_content": _("这个请求编号已用于另一项内容，请重新提交。"),
    "value.invalid": _("{told}"),
    "value.required": _("请填写这一项。"),
    "value.unknown": _("“{value}”不在代码表中,已按原文保留。"),
}
