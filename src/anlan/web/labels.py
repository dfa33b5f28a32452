"""Sentences for the problem codes of the doors."""

from django.utils.translation import gettext_lazy as _

PROBLEM_SENTENCES = {
    "record.not_found": _("没有这条记录，或者不在您的管辖范围内。"),
    "query.unknown": _("{fault}"),
    "request.invalid": _("看不懂请求里的“{field}”。日期写成 2026-06-30 的样子。"),
    "form.sent_before": _("这张表刚才已经保存过。要另外登记一项，请再保存一次。"),
}
