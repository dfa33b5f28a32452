"""The forms of what happens in a life: a death, a marriage, a move; and of taking it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.registers.forms.fields import relation_field
from anlan.registers.forms.households import HeirForm
from anlan.web.forms import ActorForm
from anlan.web.pickers import PickerField


class DeathForm(HeirForm):
    """A death, and who follows as head."""

    died_on = forms.DateField(label=_("去世日期"))


class MarriageForm(HeirForm):
    """A marriage, and the household moved into."""

    on = forms.DateField(label=_("结婚日期"))
    spouse = PickerField(
        "person",
        label=_("配偶"),
        required=False,
        help_text=_("配偶在册的，写姓名或证件末四位；不在册的不填。"),
    )
    household = PickerField(
        "household",
        label=_("迁入哪一户"),
        required=False,
        help_text=_("不填则迁入配偶所在的户；配偶也没填的，留在原来的户。"),
    )
    relation = relation_field(head=False, label=_("与那一户户主的关系"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``marriage_record`` besides the person."""
        names = ("on", "spouse", "household", "relation")
        return {**{name: self.cleaned_data[name] for name in names}, **self.heir()}


class PersonMoveForm(HeirForm):
    """Into another household, or to an area without one."""

    on = forms.DateField(label=_("从哪天起"))
    household = PickerField("household", label=_("迁入哪一户"), required=False)
    relation = relation_field(head=False, label=_("与那一户户主的关系"), required=False)
    area = PickerField("home", label=_("单独居住在哪里"), required=False, help_text=_("不入任何一户的才填。"))

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``person_move`` besides the person."""
        names = ("on", "household", "relation", "area")
        return {**{name: self.cleaned_data[name] for name in names}, **self.heir()}


class WithdrawForm(ActorForm):
    """Why a change is taken back."""

    reason = forms.CharField(
        label=_("为什么撤回"),
        max_length=400,
        help_text=_("例如：登记错了人。会记入修改记录。"),
    )
