"""The limits of sign-in, as they are shipped."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.parameters import Parameter

_SOURCE = _("GB/T 22239-2019 身份鉴别（具体数值为常用取值）")

PARAMETERS = (
    Parameter(
        "accounts.lockout_failures", "integer", 5, _("次"), _SOURCE, label=_("同一账号连续输错几次后锁定")
    ),
    Parameter(
        "accounts.lockout_address_failures",
        "integer",
        50,
        _("次"),
        _SOURCE,
        _("一个办公室往往共用一个网络地址，不宜太小。"),
        label=_("同一网络地址连续输错几次后锁定"),
    ),
    Parameter("accounts.lockout_minutes", "integer", 10, _("分钟"), _SOURCE, label=_("锁定多久")),
    Parameter("accounts.password_length", "integer", 8, _("位"), _SOURCE, label=_("密码最短长度")),
    Parameter(
        "accounts.password_kinds",
        "integer",
        3,
        _("种"),
        _SOURCE,
        _("大写字母、小写字母、数字、其他符号，共四种。"),
        label=_("密码至少包含几种字符"),
    ),
    Parameter(
        "accounts.password_max_days",
        "integer",
        90,
        _("天"),
        _SOURCE,
        _("0 表示不要求定期更换。"),
        label=_("密码最长使用天数"),
    ),
    Parameter("accounts.password_warn_days", "integer", 7, _("天"), _SOURCE, label=_("密码到期前几天提醒")),
    Parameter(
        "accounts.password_history",
        "integer",
        5,
        _("个"),
        _SOURCE,
        label=_("不能与最近几个密码相同"),
    ),
    Parameter(
        "accounts.idle_minutes",
        "integer",
        60,
        _("分钟"),
        _SOURCE,
        _("0 表示不因闲置退出。"),
        label=_("多久不操作后自动退出"),
    ),
)
