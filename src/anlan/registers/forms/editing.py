"""Correcting the facts of a record: one field for each that may be corrected (``rules.editing``)."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anlan.kernel.protection import mask_id_number
from anlan.registers.actions.edit_rows import value_of
from anlan.registers.history_words import TABLES
from anlan.registers.rules.editing import EDITABLE, Fact
from anlan.web.fields import CodeField, IdNumberField, PartialDateField
from anlan.web.formats import write_masked
from anlan.web.forms import ActorForm, phone_input

_MASKED = ("id_number", "phone")
"""Asked anew and never shown whole."""
_YES_NO = {True: "yes", False: "no"}


class RecordEditForm(ActorForm):
    """The facts of one record, as they stand; an id number is asked anew and never shown whole."""

    def __init__(self, *args: Any, record: Model, names: Collection[str] = (), **kwargs: Any) -> None:
        self.record = record
        self.facts: Mapping[str, Fact] = {
            name: fact
            for name, fact in EDITABLE[record._meta.model_name or ""].items()
            if not names or name in names
        }
        now = {
            name: _shown(fact, value_of(record, name))
            for name, fact in self.facts.items()
            if fact.kind not in _MASKED
        }
        kwargs["initial"] = {**now, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name, fact in self.facts.items():
            self.fields[name] = _field(fact, _label(record, name), self._help(name, fact))
        reasoned = any(fact.reasoned for fact in self.facts.values())
        self.fields["reason"] = forms.CharField(
            label=_("为什么更正"),
            max_length=400,
            required=False,
            help_text=_("改动已经写明的姓名、号码、日期等要写原因，例如：与身份证核对。补填空白不用写。")
            if reasoned
            else _("会记入修改记录。"),
        )

    def _help(self, name: str, fact: Fact) -> str:
        if fact.kind not in _MASKED:
            return ""
        number = value_of(self.record, name)
        if not number:
            return _now("现在没有登记。")
        shown = write_masked(number, "phone") if fact.kind == "phone" else mask_id_number(number)
        return _now("现登记 %(number)s，不更正就不用填。") % {"number": shown}

    def values(self) -> dict[str, Any]:
        """The facts to correct: those that differ, an id number where one is written."""
        given = {}
        for name, fact in self.facts.items():
            value = self.cleaned_data[name]
            if fact.kind in _MASKED:
                if value:
                    given[name] = value
            elif _plain(value) != _plain(value_of(self.record, name)):
                given[name] = value
        return given


def _shown(fact: Fact, value: Any) -> Any:
    return _YES_NO.get(value, "") if fact.kind == "yes_no" else value


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _label(record: Model, name: str) -> Any:
    words = TABLES[record._meta.db_table].fields
    column = next(one for one in (name, f"{name}_on", f"{name}_date") if one in words)
    return words[column].label


def _field(fact: Fact, label: Any, help_text: str) -> forms.Field:
    asked: dict[str, Any] = {"label": label, "required": fact.kind == "name"}
    if fact.kind == "code" and fact.codes is not None:
        return CodeField(fact.codes, **asked)
    if fact.kind == "partial":
        return PartialDateField(**asked)
    if fact.kind == "id_number":
        return IdNumberField(help_text=help_text, **asked)
    if fact.kind == "phone":
        return forms.CharField(max_length=fact.length, widget=phone_input(), help_text=help_text, **asked)
    if fact.kind == "day":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **asked)
    if fact.kind == "yes_no":
        choices = [("", _("没有填写")), ("yes", _("是")), ("no", _("否"))]
        return forms.TypedChoiceField(
            choices=choices, coerce={"yes": True, "no": False}.get, empty_value=None, **asked
        )
    return forms.CharField(max_length=fact.length, **asked)
