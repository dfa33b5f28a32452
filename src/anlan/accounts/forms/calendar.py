"""The forms of the working-day calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.models import DayKind
from anlan.web.forms import AnlanForm

PLAIN = "plain"
KIND_WORDS = {
    DayKind.HOLIDAY.value: _("节假日"),
    DayKind.REST.value: _("调休休息"),
    DayKind.WORK.value: _("调休上班"),
}


class CalendarForm(AnlanForm):
    """What one day, or several in a row, are."""

    day = forms.DateField(label=_("从哪天起"))
    until = forms.DateField(label=_("到哪天止"), required=False, help_text=_("含当天；只改一天可不填。"))
    kind = forms.ChoiceField(
        label=_("怎样安排"),
        choices=[*KIND_WORDS.items(), (PLAIN, _("取消特别安排，按平常的周一至周五上班"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("名称"), max_length=40, required=False, help_text=_("例如：春节。取消特别安排时不用填。")
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=240,
        help_text=_("例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）。"),
    )
    provisional = forms.BooleanField(label=_("正式通知还没有发布，先按暂定录入"), required=False)
    reason = forms.CharField(
        label=_("为什么改"),
        max_length=400,
        required=False,
        help_text=_("更正以前录错的日子时写一句，会记入修改记录。"),
    )

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``calendar_set``."""
        data = self.cleaned_data
        kind = None if data["kind"] == PLAIN else data["kind"]
        return {**data, "kind": kind, "provisional": data["provisional"] and kind is not None}


class ConfirmYearForm(AnlanForm):
    """By which notice a year is settled."""

    source = forms.CharField(
        label=_("依据"),
        max_length=240,
        help_text=_("例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）。"),
    )
