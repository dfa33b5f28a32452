"""Words and sentences of the accounts."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.roles import Role, Tier

ROLE_NAMES = {
    Role.COUNTY_OFFICER: _("县级工作人员"),
    Role.TOWNSHIP_OFFICER: _("乡镇工作人员"),
    Role.RESETTLEMENT_OFFICER: _("移民专干"),
    Role.LIAISON: _("联络员"),
    Role.BRANCH_SECRETARY: _("党支部书记"),
    Role.LEADER: _("领导"),
    Role.AUDITOR: _("审计员"),
    Role.ADMINISTRATOR: _("系统管理员"),
}
TIER_NAMES = {Tier.COUNTY: _("县级"), Tier.TOWNSHIP: _("乡镇级"), Tier.VILLAGE: _("村级")}

DEVICE_NAMES = {
    "windows": _("Windows 电脑"),
    "mac": _("苹果电脑"),
    "linux": _("Linux 电脑"),
    "android": _("安卓手机"),
    "iphone": _("苹果手机"),
    "ipad": _("苹果平板"),
    "harmony": _("鸿蒙手机"),
    "wechat": _("微信"),
    "edge": _("Edge 浏览器"),
    "360": _("360 浏览器"),
    "firefox": _("火狐浏览器"),
    "chrome": _("Chrome 浏览器"),
    "safari": _("Safari 浏览器"),
}

PROBLEM_SENTENCES = {
    "account.username_format": _("用户名由 2 到 40 个字母、数字、汉字或 . _ @ - 组成。"),
    "account.username_taken": _("用户名“{username}”已有人使用，请换一个。"),
    "account.locked": _("账号已停用，请联系本单位管理员。"),
    "account.own": _("不能对自己的账号进行这项操作，请由另一位管理员办理。"),
    "account.role_path": _("角色的管理范围不对：村级、乡镇级和县级角色要选相应的区域或组织。"),
    "account.not_superior": _("只能为下一级的账号办理。这个账号请找系统管理员。"),
    "account.role_over": _("这个角色到 {day} 已经结束，不能改到更晚。需要时请重新授予。"),
    "account.role_dates": _("角色的结束日期不能早于开始日期。"),
    "sign_in.mismatch": _("用户名或密码不对。"),
    "sign_in.mismatch_left": _("用户名或密码不对，还可以再试 {left} 次。"),
    "sign_in.locked": _("连续输错次数过多，登录已暂停。请在 {until} 以后再试，或请管理员重设密码。"),
    "password.too_short": _("密码至少要 {length} 位。"),
    "password.too_plain": _("密码要包含大写字母、小写字母、数字、其他符号中的至少 {kinds} 种。"),
    "password.has_username": _("密码里不能包含用户名。"),
    "password.common": _("这个密码太常见，容易被猜到，请换一个。"),
    "password.used_before": _("不能使用最近用过的密码。"),
    "password.old_wrong": _("原密码不对。"),
    "password.repeat": _("两次输入的新密码不一样。"),
}
