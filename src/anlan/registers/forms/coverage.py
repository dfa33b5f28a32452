"""The forms of units, contact points and what covers them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import SETUP_MODE
from anlan.registers.actions.contact_point_add import ContactPointFacts
from anlan.registers.actions.contact_point_rows import DutyFacts
from anlan.registers.rules.coverage import OFFICER_DUTY
from anlan.registers.rules.units import CONTACT_TIER, MOST_PEOPLE, UNIT_KIND, Headcount, UnitFacts
from anlan.web.fields import CodeField
from anlan.web.forms import ActorForm, code_input, phone_input
from anlan.web.pickers import PickerField


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, **options)


def _phone() -> forms.CharField:
    return forms.CharField(label=_("电话"), max_length=20, required=False, widget=phone_input())


class UnitForm(ActorForm):
    """A unit to be covered."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = CodeField(UNIT_KIND, label=_("类别"))
    area = PickerField("area", label=_("所在地"))
    trade = forms.CharField(
        label=_("产业或行业"),
        max_length=60,
        required=False,
        help_text=_("例如柑橘、建筑劳务。同一产业的单位可以合建党支部。"),
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=24, required=False, widget=code_input()
    )
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    phone = _phone()
    work_starts_on = _day(_("开工日期"), required=False, help_text=_("工程填写。"))
    work_ends_on = _day(_("计划完工日期"), required=False)
    on = _day(_("从哪天起"))

    def facts(self) -> UnitFacts:
        """What was stated, for the action."""
        return UnitFacts(**{name: self.cleaned_data[name] for name in UnitFacts._fields})


class UnitRenameForm(ActorForm):
    """Another name or kind."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = CodeField(UNIT_KIND, label=_("类别"))
    on = _day(_("从哪天起"))


class UnitMoveForm(ActorForm):
    """Another place."""

    area = PickerField("area", label=_("新的所在地"))
    on = _day(_("从哪天起"))


class HeadcountForm(ActorForm):
    """How many work there; a blank field says that it is not known."""

    resettlers = forms.IntegerField(label=_("移民从业人数"), max_value=MOST_PEOPLE, required=False)
    members = forms.IntegerField(label=_("党员人数"), max_value=MOST_PEOPLE, required=False)
    full_members = forms.IntegerField(
        label=_("其中正式党员"),
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("组建党支部按正式党员人数算。"),
    )
    on = _day(_("从哪天起"))

    def count(self) -> Headcount:
        """What was stated, for the action."""
        return Headcount(**{name: self.cleaned_data[name] for name in Headcount._fields})


class EndForm(ActorForm):
    """The day from which something is no more."""

    on = _day(_("从哪天起"))


class UnitEndForm(EndForm):
    """The end of a unit, with the paper that says so."""

    document = forms.CharField(label=_("依据"), max_length=120, required=False)


class CoverForm(ActorForm):
    """The organisation that covers something."""

    organization = PickerField("organization", label=_("覆盖党组织"))
    setup_mode = CodeField(SETUP_MODE, label=_("组建方式"))
    on = _day(_("从哪天起"))


class OfficerForm(ActorForm):
    """Who is responsible for something."""

    duty = CodeField(OFFICER_DUTY, label=_("职责"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = _phone()
    on = _day(_("从哪天起"))


class DutyForm(ActorForm):
    """Where a contact point is, who is there, when it is open."""

    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    officer_name = forms.CharField(label=_("负责人"), max_length=60, required=False)
    phone = _phone()
    opening = forms.CharField(
        label=_("开放时间"), max_length=120, required=False, help_text=_("例如周一至周五 9:00 至 17:00。")
    )
    on = _day(_("从哪天起"))

    def duty(self) -> DutyFacts:
        """What was stated, for the action."""
        return DutyFacts(**{name: self.cleaned_data[name] for name in DutyFacts._fields})


class ContactPointForm(DutyForm):
    """A new contact point."""

    name = forms.CharField(label=_("名称"), max_length=120)
    tier = CodeField(CONTACT_TIER, label=_("层级"))
    area = PickerField("area", label=_("所在地"))
    field_order = ("name", "tier", "area", "place", "officer_name", "phone", "opening", "on")

    def facts(self) -> ContactPointFacts:
        """What was stated, for the action."""
        return ContactPointFacts(self.cleaned_data["name"], self.cleaned_data["tier"], self.duty())
