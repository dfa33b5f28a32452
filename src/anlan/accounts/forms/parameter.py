"""The form that sets a parameter: its value field is made from the parameter's type."""

import json
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.parameter_words import write_value
from anlan.accounts.reach import area_choices
from anlan.kernel.actors import Actor
from anlan.kernel.parameter_actions import SET, place_path
from anlan.kernel.parameters import Parameter
from anlan.kernel.permissions import ranges_for
from anlan.web.forms import AnlanForm

YES, NO = "yes", "no"
OWN, FOLLOW = "own", "follow"
COUNTY = "county"
"""The whole county as a choice: its empty path would be no answer."""


class LinesField(forms.CharField):
    """A list, one entry a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The entries without blank lines."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """The entries as lines."""
        return "\n".join(value) if isinstance(value, list) else value


class JsonField(forms.CharField):
    """A table, as JSON."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The table; a sentence when it is none."""
        try:
            return json.loads(super().to_python(value) or "null")
        except json.JSONDecodeError as error:
            told = _("第 %(line)d 行写得不对，请照原来的样子改。") % {"line": error.lineno}
            raise forms.ValidationError(told, code="parameter.type") from error

    def prepare_value(self, value: Any) -> Any:
        """The table, readable."""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def value_field(parameter: Parameter) -> forms.Field:
    """The field a parameter's value is typed into. What it lets through the action still checks."""
    choices = [(value, word) for value, word in parameter.choices.items()]
    if parameter.type == "yes_no":
        return forms.TypedChoiceField(
            choices=[(YES, gettext_lazy("是")), (NO, gettext_lazy("否"))],
            coerce=lambda given: given == YES,
            widget=forms.RadioSelect,
        )
    if parameter.type == "list":
        if choices:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        return LinesField(help_text=gettext_lazy("每行写一项。"))
    if choices:
        return forms.ChoiceField(choices=choices)
    if parameter.type == "json":
        return JsonField()
    # Numbers stay text here, so that the sentence about them is the action's.
    keyboard = {"integer": "numeric", "decimal": "decimal"}.get(parameter.type, "text")
    widget = forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"})
    return forms.CharField(max_length=1_000, widget=widget, help_text=_bounds(parameter))


def _bounds(parameter: Parameter) -> str:
    if parameter.type not in ("integer", "decimal"):
        return ""
    told = _("填%(kind)s。") % {"kind": _("整数") if parameter.type == "integer" else _("数字，可带小数")}
    if parameter.unit:
        told = _("单位：%(unit)s。") % {"unit": parameter.unit} + told
    if parameter.least is not None and parameter.most is not None:
        told += _("最小 %(least)s，最大 %(most)s。") % {"least": parameter.least, "most": parameter.most}
    elif parameter.least:
        told += _("最小 %(least)s。") % {"least": parameter.least}
    return told


def typed(parameter: Parameter, content: Any) -> Any:
    """A stored value as its field shows it."""
    if parameter.type == "yes_no":
        return YES if content else NO
    return content


class ParameterForm(AnlanForm):
    """Where, what, from when, by which text."""

    path = forms.ChoiceField(label=gettext_lazy("适用范围"))
    rule = forms.ChoiceField(
        label=gettext_lazy("怎样规定"),
        choices=[
            (OWN, gettext_lazy("规定一个值")),
            (FOLLOW, gettext_lazy("不再单独规定，按上一级的规定")),
        ],
        widget=forms.RadioSelect,
        initial=OWN,
        help_text=gettext_lazy("乡镇或村原来有自己的规定、现在取消的，选第二项。"),
    )
    value = forms.Field(label=gettext_lazy("新的值"), required=False)
    valid_from = forms.DateField(
        label=gettext_lazy("从哪天起"), help_text=gettext_lazy("文件规定的施行日期，可以是将来的日子。")
    )
    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=240,
        help_text=gettext_lazy(
            "文件名称和文号，例如：安平县人民政府办公室关于……的通知（安政办〔2026〕12号）。"
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, parameter: Parameter, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameter = parameter
        field = value_field(parameter)
        follows = bool(self.data) and self.data.get(self.add_prefix("rule")) == FOLLOW
        field.label = _("新的值")
        field.required = parameter.type not in ("list", "clock") and not follows
        field.error_messages["required"] = _("请填写这一项。")
        if parameter.note:
            field.help_text = f"{field.help_text}{parameter.note}"
        self.fields["value"] = field
        choices = [(path or COUNTY, name) for path, name in settable_places(parameter, actor)]
        cast(forms.ChoiceField, self.fields["path"]).choices = choices
        if not any(path != COUNTY for path, _name in choices):
            # Only one place: nothing to choose, and nothing wider to follow.
            del self.fields["rule"]
        self.order_fields(["path", "rule", "value", "valid_from", "source", "note"])

    def clean_path(self) -> str:
        """The path of the place, "" for the whole county."""
        path = str(self.cleaned_data["path"])
        return "" if path == COUNTY else path

    def clean(self) -> dict[str, Any]:
        """Leave the value out where the area follows the wider one."""
        data = super().clean() or {}
        if data.get("rule", OWN) == FOLLOW:
            data["value"] = None
        return data

    def arguments(self) -> dict[str, Any]:
        """The keywords of ``parameter_set`` besides the code."""
        data = self.cleaned_data
        return {name: data[name] for name in ("path", "value", "valid_from", "source", "note")}

    def again(self) -> list[tuple[str, str]]:
        """What was typed, as hidden fields of the page that shows the effect."""
        return [(name, value) for name in self.fields for value in self._typed(name)]

    def _typed(self, name: str) -> list[str]:
        data = cast(Any, self.data)
        return [str(value) for value in data.getlist(name)]

    def new_value(self) -> str:
        """The value in words."""
        return write_value(self.parameter, self.cleaned_data["value"])


def settable_places(parameter: Parameter, actor: Actor) -> list[tuple[str, str]]:
    """The places for which an actor may set a parameter: the whole county as "", areas with their indent."""
    whole = any(reach.tree == "area" and reach.is_whole for reach in ranges_for(actor, SET))
    places = [("", _("全县"))] if whole else []
    if parameter.by_area:
        places += [(path, name) for path, name in area_choices(actor, SET) if place_path(path)]
    return places
