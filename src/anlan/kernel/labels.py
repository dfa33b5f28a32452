"""Sentences for the kernel's own problem codes."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "action.actor": _("这项操作不能由当前身份进行:{action}。请用有权限的账号登录。"),
    "action.permission": _("您没有这项权限:{action}。需要时请联系本单位管理员。"),
    "action.out_of_range": _("操作结果超出了您管理的范围,没有保存:{action}。"),
    "parameter.unknown": _("没有这个参数：{code}。"),
    "parameter.type": _("“{label}”的值类型不对。"),
    "value.required": _("请填写这一项。"),
    "value.unknown": _("“{value}”不在代码表中,已按原文保留。"),
}
