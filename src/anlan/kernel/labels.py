"""Sentences for the kernel's own problem codes."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "action.actor": _("这项操作不能由当前身份进行:{action}。请用有权限的账号登录。"),
    "action.permission": _("您没有这项权限:{action}。需要时请联系本单位管理员。"),
    "action.out_of_range": _("操作结果超出了您管理的范围,没有保存:{action}。"),
    "parameter.unknown": _("没有这个参数：{code}。"),
    "parameter.type": _("“{label}”的值类型不对。"),
    "calendar.kind": _("请选择：节假日、调休休息或调休上班。"),
    "calendar.work_on_weekday": _("周一至周五本来就上班，不用设为调休上班。"),
    "calendar.last_day": _("这是 {year} 年日历中的最后一天，删去后这一年的期限就无法计算。"),
    "idempotency.other_content": _("这个请求编号已用于另一项内容，请重新提交。"),
    "value.required": _("请填写这一项。"),
    "value.unknown": _("“{value}”不在代码表中,已按原文保留。"),
}
