"""Forms in our design: label above, why we ask below, the error beside the field and in a summary on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anlan.web.rows import Rows, RowSet

Text = str | Promise


class Renderer(DjangoTemplates):
    """Renders forms and fields with our templates."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long form: a heading, why it is asked, its fields, or rows by their name."""

    title: Text = ""
    fields: tuple[str, ...] = ()
    rows: str = ""
    why: Text = ""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with what it shows."""

    title: Text
    why: Text
    fields: list[BoundField]
    rows: RowSet | None


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary: where it leads, what is wrong."""

    anchor: str
    text: str


class AnlanForm(forms.Form):
    """Base of every form.

    ``label_suffix`` is none, required fields carry no mark (optional ones say so). ``help_text`` says why we
    ask or gives an example. ``{{ form }}`` renders the error summary and all fields; ``{{
    field.as_field_group }}`` one.

    ``row_kinds`` are repeated rows by name (``rows`` has them on the form), ``layout`` the parts of a long
    form; without one all fields come first and the rows after them. In a row the fields of ``more`` are
    folded away until something is said or wrong in them. ``row_title`` stands beside a row's number.
    """

    default_renderer = Renderer
    required_css_class = ""
    error_css_class = "has-error"
    row_kinds: ClassVar[Mapping[str, Rows]] = {}
    layout: ClassVar[Sequence[Part]] = ()
    more: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.rows: dict[str, RowSet] = {}
        for field in self.fields.values():
            _give_keyboard(field)
            if field.error_messages.get("required") == str(forms.Field.default_error_messages["required"]):
                field.error_messages["required"] = _("请填写这一项。")
        for name, kind in self.row_kinds.items():
            self.build_rows(name, kind)

    def build_rows(self, name: str, kind: Rows, **kwargs: Any) -> None:
        """Make rows; their first content is ``initial`` under their name."""
        data = self.data if self.is_bound else None
        self.rows[name] = kind.build(name, data, initial=self.initial.get(name) or (), **kwargs)

    def is_valid(self) -> bool:
        """Whether the fields and all rows are in order; everything is looked at, so that all is told."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def show_unchecked(self) -> "AnlanForm":
        """Show what was typed without judging it: a draft taken up again, a row more or less."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for rows in self.rows.values():
            rows.show_unchecked()
        return self

    @property
    def parts(self) -> list[ShownPart]:
        """The parts as they are shown."""
        layout = self.layout or (
            Part(fields=tuple(field.name for field in self.visible_fields())),
            *(Part(rows=name) for name in self.rows),
        )
        return [
            ShownPart(
                part.title or (self.rows[part.rows].spec.title if part.rows else ""),
                part.why or (self.rows[part.rows].spec.why if part.rows else ""),
                [self[name] for name in part.fields if name in self.fields],
                self.rows.get(part.rows),
            )
            for part in layout
            if part.rows in self.rows or any(name in self.fields for name in part.fields)
        ]

    @property
    def row_title(self) -> Text:
        """What tells a row of this form from others."""
        return ""

    @property
    def first_fields(self) -> list[BoundField]:
        """The fields of a row that are always open."""
        return [field for field in self.visible_fields() if field.name not in self.more]

    @property
    def more_fields(self) -> list[BoundField]:
        """The fields of a row that are folded away."""
        return [field for field in self.visible_fields() if field.name in self.more]

    @property
    def more_open(self) -> bool:
        """Whether the folded fields have something to show."""
        return self.is_bound and any(field.errors or field.value() for field in self.more_fields)

    @property
    def row_errors(self) -> list[SummaryLine]:
        """What is wrong with the rows, for the summary."""
        if not self.is_bound:
            return []
        lines = []
        for rows in self.rows.values():
            lines += [SummaryLine(f"rows-{rows.name}", str(error)) for error in rows.non_form_errors()]
            for at, row in enumerate(rows.forms, 1):
                where = _now("%(one)s%(number)d") % {"one": rows.spec.one, "number": at}
                lines += [
                    SummaryLine(f"rows-{rows.name}", f"{where}：{error}") for error in row.non_field_errors()
                ]
                lines += [
                    SummaryLine(
                        field.id_for_label or field.auto_id,
                        _now("%(where)s，%(label)s：%(error)s")
                        % {"where": where, "label": field.label, "error": error},
                    )
                    for field in row
                    for error in field.errors
                ]
        return lines


class ActorForm(AnlanForm):
    """A form whose choices depend on who fills it in: pickers search within the actor's range."""

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            bind = getattr(field, "bind_actor", None)
            if bind is not None:
                bind(actor)

    def build_rows(self, name: str, kind: Rows, **kwargs: Any) -> None:
        """Rows of such forms know the actor too."""
        more = {"actor": self.actor} if issubclass(kind.row, ActorForm) else {}
        super().build_rows(name, kind, **more, **kwargs)


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
