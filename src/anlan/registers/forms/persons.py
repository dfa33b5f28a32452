"""The forms of one person: added, corrected, reached."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import EDUCATION, ETHNIC_GROUP, MARITAL_STATUS, SEX
from anlan.kernel.problems import Problem
from anlan.registers.forms.fields import USUAL_EDUCATIONS, PhonesField, relation_field
from anlan.registers.history_words import CONTACT_WORDS
from anlan.registers.models import Household
from anlan.registers.models.person import PHONE
from anlan.registers.rules.persons import ContactFacts, PersonFacts, person_problems
from anlan.web.fields import CodeField, IdNumberField, PartialDateField
from anlan.web.forms import ActorForm, Part, phone_input
from anlan.web.pickers import PickerField

BASICS = ("name", "id_number", "phones")
DETAILS = (
    "sex",
    "birth",
    "ethnic_group",
    "education",
    "marital_status",
    "occupation",
    "address",
)


class PersonFields(ActorForm):
    """What is stated about a person."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = IdNumberField(required=False, help_text=_("填了身份证号码，性别和出生日期不用再填。"))
    phones = PhonesField()
    sex = CodeField(
        SEX, label=_("性别"), without=("0", "9"), required=False, help_text=_("没有身份证号码时填。")
    )
    birth = PartialDateField(label=_("出生日期"), required=False)
    ethnic_group = CodeField(ETHNIC_GROUP, usual=("01", "15"), label=_("民族"), required=False)
    education = CodeField(EDUCATION, usual=USUAL_EDUCATIONS, label=_("文化程度"), required=False)
    marital_status = CodeField(MARITAL_STATUS, label=_("婚姻状况"), required=False)
    occupation = forms.CharField(label=_("职业"), max_length=60, required=False)
    address = forms.CharField(label=_("住址"), max_length=160, required=False)

    def facts(self) -> PersonFacts:
        """What was stated, for the action."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "id_number", *DETAILS)}
        return PersonFacts(**plain)

    def odd(self, today: date) -> list[Problem]:
        """What the rules find of what was stated; it was not refused."""
        return person_problems(self.facts(), today=today)

    @property
    def contacts(self) -> list[ContactFacts]:
        """The phones."""
        return list(self.cleaned_data["phones"])


class PersonForm(PersonFields):
    """Somebody new: living in an area, or belonging to a household from a day on."""

    area = PickerField("home", label=_("住在哪里"), required=False)
    household = PickerField(
        "household",
        label=_("归入哪一户"),
        required=False,
        help_text=_("不归入任何一户的不填，上面写住处。刚出生的孩子请在户的页面登记出生。"),
    )
    relation = relation_field(head=False, required=False)
    on = forms.DateField(label=_("从哪天起"), help_text=_("从这一天起登记在册。"))
    layout = (
        Part(_("是谁"), (*BASICS, *DETAILS)),
        Part(_("住在哪里"), ("area", "household", "relation", "on")),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a household with a relation, or a place; only what is not refused already."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data["household"] is not None and not data["relation"]:
            self.add_error("relation", forms.ValidationError(_("请选择与户主的关系。"), "value.required"))
        if data["household"] is None and data["area"] is None:
            self.add_error("area", forms.ValidationError(_("请填写住处，或选择一户。"), "value.required"))
        return data


class BirthForm(PersonFields):
    """A child born into a household."""

    relation = relation_field(head=False)
    layout = (Part(_("孩子"), ("name", "relation", "id_number", "birth", "sex", "ethnic_group", "phones")),)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("education", "marital_status", "occupation", "address"):
            del self.fields[name]
        self.household = household
        self.fields["birth"].help_text = _("没有身份证号码时填到日，例如 2026-03-01。")

    def facts(self) -> PersonFacts:
        """What was stated, for the action."""
        names = ("name", "id_number", "sex", "birth", "ethnic_group")
        return PersonFacts(**{name: self.cleaned_data[name] for name in names})


class ContactForm(ActorForm):
    """A phone or account of a person."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=list(CONTACT_WORDS.items()), widget=forms.RadioSelect, initial=PHONE
    )
    value = forms.CharField(label=_("号码"), max_length=40, widget=phone_input())
    note = forms.CharField(
        label=_("说明"), max_length=60, required=False, help_text=_("例如：儿子的手机；农村商业银行。")
    )
    source = forms.CharField(label=_("来源"), max_length=120, required=False, help_text=_("例如：入户登记。"))
    on = forms.DateField(label=_("从哪天起"))

    def contact(self) -> ContactFacts:
        """The phone or account."""
        return ContactFacts(**{name: self.cleaned_data[name] for name in ("kind", "value", "note", "source")})


class ContactEndForm(ActorForm):
    """From which day a phone or account is no longer theirs."""

    on = forms.DateField(label=_("从哪天起不用"))
