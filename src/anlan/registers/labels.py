"""Words and sentences of the registers."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "reference.unknown": _("没有找到“{value}”。请核对名称,或先导入这个{what}。"),
    "reference.ambiguous": _(
        "“{value}”有 {count} 个,无法判断是哪一个:{choices}。请在表中写明上级,或用答案文件指定。"
    ),
}
