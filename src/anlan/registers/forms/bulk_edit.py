"""The form of a bulk correction: the new value, by the kind of the fact, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.registers.rules.bulk_editing import BulkFact
from anlan.registers.rules.editing import Fact
from anlan.web.fields import CodeField, PartialDateField
from anlan.web.forms import AnlanForm

_YES_NO = (("", gettext_lazy("没有填写")), ("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))


class BulkFactForm(AnlanForm):
    """Which fact is to be corrected."""

    fact = forms.ChoiceField(label=gettext_lazy("改哪一项"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, facts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"] = forms.ChoiceField(
            label=_("改哪一项"),
            choices=facts,
            widget=forms.RadioSelect,
            help_text=_("只列出许多人可以相同的内容。姓名、证件、住址等请逐个更正。"),
        )


class BulkValueForm(AnlanForm):
    """The new value, or that the fact is to be emptied, and the reason, which the history keeps."""

    value = forms.CharField(required=False)
    clear = forms.BooleanField(required=False, label=gettext_lazy("清空这一项"))
    reason = forms.CharField(
        label=gettext_lazy("为什么改"),
        max_length=200,
        help_text=gettext_lazy("写进每条记录的修改记录，例如：2026 年人口核查结果。"),
    )

    def __init__(self, *args: Any, fact: BulkFact, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = value_field(fact.fact)
        field.label, field.required = _("%(fact)s改成") % {"fact": label}, False
        self.fields["value"] = field

    def clean(self) -> dict[str, Any]:
        """Either a value or the wish to empty the fact."""
        data = super().clean() or {}
        given, clear = data.get("value") not in (None, ""), bool(data.get("clear"))
        if "value" in data and given == clear:
            told = _("新的内容和清空只能选一样。") if given else _("请填写新的内容，或者选择清空。")
            self.add_error("value", forms.ValidationError(told, code="value.required"))
        return data


def value_field(fact: Fact) -> forms.Field:
    """The field a fact's value is typed into."""
    if fact.codes is not None:
        return CodeField(fact.codes, required=False)
    if fact.kind == "partial":
        return PartialDateField(required=False)
    if fact.kind == "day":
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    if fact.kind == "yes_no":
        return forms.TypedChoiceField(
            choices=_YES_NO, coerce=lambda given: given == "yes", empty_value=None, widget=forms.RadioSelect
        )
    return forms.CharField(max_length=fact.length)
