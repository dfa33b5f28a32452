"""Sentences for the problem codes of the doors."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "record.not_found": _("没有这条记录，或者不在您的管辖范围内。"),
    "query.unknown": _("{fault}"),
    "export.reason_missing": _("请写明为什么要导出。"),
    "export.reason_own": _("选了“其他”，请把理由写在下面。"),
    "export.full_refused": _("您没有导出完整证件号码的权限。"),
    "view.name_long": _("名称最多 {most} 个字。"),
    "view.holds_number": _("查找框里有证件号码或电话，不能存成视图。请先去掉。"),
    "view.name_taken": _("您在这个清单里已有同名的视图，请换一个名称。"),
    "view.no_office": _("您还没有角色，不能共享。"),
    "request.invalid": _("看不懂请求里的“{field}”。日期写成 2026-06-30 的样子。"),
    "form.sent_before": _("这张表刚才已经保存过。要另外登记一项，请再保存一次。"),
}
