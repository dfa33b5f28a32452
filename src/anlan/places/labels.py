"""Words and sentences of the places."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "name.missing": _("没有填写名称或姓名。"),
    "area.code_format": _("区划代码“{code}”应为 12 位数字(组、居民点另加顺序号)。"),
    "area.parent_kind": _("“{name}”的上级不对:乡镇在县下,村、社区在乡镇下,组在村下。"),
}
