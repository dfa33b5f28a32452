"""Forms in our design: label above, why we ask below, the error beside the field and in a summary on top."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _


class Renderer(DjangoTemplates):
    """Renders forms and fields with our templates."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class AnlanForm(forms.Form):
    """Base of every form.

    ``label_suffix`` is none, required fields carry no mark (optional ones say so). ``help_text`` says why we
    ask or gives an example. ``{{ form }}`` renders the error summary and all fields; ``{{
    field.as_field_group }}`` one.
    """

    default_renderer = Renderer
    required_css_class = ""
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _give_keyboard(field)
            if field.error_messages.get("required") == str(forms.Field.default_error_messages["required"]):
                field.error_messages["required"] = _("请填写这一项。")


class AnlanModelForm(forms.ModelForm):  # type: ignore[type-arg]
    """The same for a model's fields. It only reads and checks; an action writes."""

    default_renderer = Renderer
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _give_keyboard(field)


def _give_keyboard(field: forms.Field) -> None:
    """The one right keyboard on a phone."""
    attrs = field.widget.attrs
    if isinstance(field, forms.DateField) and isinstance(field.widget, forms.DateInput):
        field.widget.input_type = "date"
        field.widget.format = "%Y-%m-%d"
    elif isinstance(field, forms.IntegerField) and type(field) is forms.IntegerField:
        attrs.setdefault("inputmode", "numeric")
    elif isinstance(field, forms.DecimalField | forms.FloatField):
        attrs.setdefault("inputmode", "decimal")


def phone_input() -> forms.TextInput:
    """A field for a phone number: digits on the keyboard, no spelling help."""
    return forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "spellcheck": "false"})


def code_input() -> forms.TextInput:
    """A field for an id number or code: no capital letters or spelling help forced on it."""
    attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.TextInput(attrs=attrs)


def search_input() -> forms.TextInput:
    """A field to search with."""
    return forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"})
