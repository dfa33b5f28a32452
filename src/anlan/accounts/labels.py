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
    "account_sheet.unreadable": _("这个文件读不出。请上传 .xlsx、.xls、.ods 或 .csv 表格，没有密码。"),
    "account_sheet.header": _("没有找到表头。表头里要有“姓名”“角色”“管理范围”，可以下载空白表来填。"),
    "account_sheet.column": _("表头里缺少“{column}”一列。"),
    "account_sheet.empty": _("表头下面没有要建的账号。"),
    "account_sheet.too_long": _("一次最多建 {most} 个账号，请分成几个表。"),
    "account_sheet.role": _("没有角色“{value}”，可以是：{known}。"),
    "account_sheet.tier": _("没有级别“{value}”，可以是：县级、乡镇级、村级。"),
    "account_sheet.tier_differs": _("级别写的是{stated}，管理范围“{place}”却是{found}。请改成一致。"),
    "account_sheet.role_place": _("{role}的管理范围应当是{tier}，“{place}”是{found}。"),
    "account_sheet.place": _("没有找到“{value}”。请写全名，例如：东河镇石桥村，或者写 12 位区划代码。"),
    "account_sheet.place_many": _("“{value}”有几处：{places}。请写上乡镇名称或区划代码。"),
    "account_sheet.organization": _("没有找到党组织“{value}”。党支部书记的管理范围要写党组织的全称。"),
    "account_sheet.day": _("看不懂日期“{value}”，请写成 2026-06-30 的样子。"),
    "account_sheet.username": _("这个姓名写不出拼音，请填写用户名。"),
    "account_sheet.username_twice": _("用户名“{username}”在表里第 {rows} 行也有。"),
    "account_sheet.twice": _("与第 {rows} 行的姓名、角色和管理范围都一样，请留一行。"),
    "account_sheet.stale": _("这次核对已经过了一小时，或者不是您核对的。请重新上传。"),
    "account_sheet.namesake": _("已有同名的账号 {username}（{unit}）。是同一个人就不用再建。"),
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
