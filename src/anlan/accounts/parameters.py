"""The limits of sign-in, as they are shipped. Who signs in is not known before, so they hold everywhere."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.parameters import Parameter, Text

_SOURCE = _("GB/T 22239-2019 身份鉴别（具体数值为常用取值）")


def _limit(
    code: str,
    default: int,
    unit: Text,
    label: Text,
    note: Text = "",
    *,
    least: int = 1,
    most: int | None = None,
) -> Parameter:
    """A whole number that holds in the whole county."""
    return Parameter(
        f"accounts.{code}",
        "integer",
        default,
        unit,
        _SOURCE,
        note,
        label,
        least=least,
        most=most,
        by_area=False,
    )


PARAMETERS = (
    # At least three: with one, the first slip of a finger locks everybody out.
    _limit("lockout_failures", 5, _("次"), _("同一账号连续输错几次后锁定"), least=3),
    _limit(
        "lockout_address_failures",
        50,
        _("次"),
        _("同一网络地址连续输错几次后锁定"),
        _("一个办公室往往共用一个网络地址，不宜太小。"),
        least=10,
    ),
    _limit("lockout_minutes", 10, _("分钟"), _("锁定多久")),
    # No longer than the passwords the program makes itself.
    _limit("password_length", 8, _("位"), _("密码最短长度"), least=6, most=14),
    _limit(
        "password_kinds",
        3,
        _("种"),
        _("密码至少包含几种字符"),
        _("大写字母、小写字母、数字、其他符号，共四种。"),
        most=4,
    ),
    _limit("password_max_days", 90, _("天"), _("密码最长使用天数"), _("0 表示不要求定期更换。"), least=0),
    _limit("password_warn_days", 7, _("天"), _("密码到期前几天提醒"), least=0),
    _limit("password_history", 5, _("个"), _("不能与最近几个密码相同"), least=0),
    _limit("idle_minutes", 60, _("分钟"), _("多久不操作后自动退出"), _("0 表示不因闲置退出。"), least=0),
    Parameter(
        "accounts.form_draft_days",
        "integer",
        14,
        _("天"),
        _("系统默认，可按本县需要调整；个人信息保护法第十九条要求保存期限为最短必要时间"),
        _("填到一半没有保存的表单由系统暂存，到期清除。"),
        _("没写完的表单暂存几天"),
        least=1,
        most=90,
        by_area=False,
    ),
)
