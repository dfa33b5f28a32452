"""Fields for what registers hold: dates known in part, code lists, id numbers."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.kernel import id_numbers, partial_dates
from anlan.kernel.code_list import CodeList
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, sentence
from anlan.web.forms import code_input

Text = str | Promise
NOTHING_SAID = _("没有填写")


class PartialDateField(forms.CharField):
    """A day, month or year as people write it (1998, 1998-07, 1998年7月1日) as a ``PartialDate`` or None."""

    default_error_messages = {
        "invalid": _("看不懂这个日期。请写成 1998、1998-07 或 1998-07-01。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("例如 1998、1998-07 或 1998-07-01，知道到哪里写到哪里。"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The date as exactly as it is written; refused when it is none."""
        text = super().to_python(value)
        if not text:
            return None
        known = partial_dates.parse(text, latest=timezone.localdate())
        if known is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="date.unreadable")
        return known

    def prepare_value(self, value: Any) -> Any:
        """A known date as text."""
        return str(value) if isinstance(value, PartialDate) else value

    def run_validators(self, value: Any) -> None:
        """Nothing further: the length of the text says nothing about the date."""


class CodeField(forms.ChoiceField):
    """A value of a code list as its code, "" where nothing is said.

    ``usual`` codes stand first under a heading of their own. ``without`` leaves codes out. ``radio`` shows
    all of them at once: for short lists.
    """

    def __init__(
        self,
        codes: CodeList,
        *,
        usual: Sequence[str] = (),
        without: Collection[str] = (),
        radio: bool = False,
        blank: Text = NOTHING_SAID,
        **kwargs: Any,
    ) -> None:
        rows = [(code, name) for code, name in codes.names.items() if code not in without]
        names = dict(rows)
        choices: list[Any] = rows
        if usual:
            others = [(code, name) for code, name in rows if code not in usual]
            choices = [
                (_("常用"), [(code, names[code]) for code in usual]),
                (_("其他"), others),
            ]
        if not kwargs.get("required", True) or not radio:
            choices = [("", blank), *choices]
        kwargs.setdefault("widget", forms.RadioSelect if radio else forms.Select)
        super().__init__(choices=choices, **kwargs)


class IdNumberField(forms.CharField):
    """A resident id number; gives it in 18 characters, "" where none is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("身份证号码"))
        kwargs.setdefault("widget", code_input())
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> str:
        """The number as the registers keep it; the sentence of what is wrong with it."""
        text = super().to_python(value)
        if not text:
            return ""
        number, code = id_numbers.check(text)
        if code in id_numbers.REFUSING_CODES:
            raise forms.ValidationError(sentence(Problem(code, "id_number")), code=code)
        return number
