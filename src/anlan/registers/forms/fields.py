"""Fields of the registers that several forms ask alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import RELATION, SUPPORT_MODE
from anlan.kernel.problems import sentence
from anlan.registers.models import SupportProgramme
from anlan.registers.models.person import PHONE
from anlan.registers.rules.persons import ContactFacts, contact_problems
from anlan.web.fields import CodeField
from anlan.web.forms import phone_input

USUAL_RELATIONS = ("02", "10", "20", "30", "38", "28", "41", "42", "51", "52")
USUAL_EDUCATIONS = ("90", "80", "70", "60", "40", "30", "20")
_SPLIT = str.maketrans("、,，;；/\n\t\u3000", " " * 9)


def split_numbers(text: str) -> list[str]:
    """Several numbers in one field, as people part them (``、``, commas, spaces)."""
    return text.translate(_SPLIT).split()


class PhonesField(forms.CharField):
    """One or more phone numbers; gives ``ContactFacts``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("电话"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("有几个号码的，用顿号隔开。"))
        super().__init__(max_length=200, widget=phone_input(), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The numbers; refused with the sentence of the rules when one cannot be a phone."""
        found = [ContactFacts(PHONE, number) for number in split_numbers(super().to_python(value) or "")]
        for one in found:
            for problem in contact_problems(one):
                raise forms.ValidationError(sentence(problem), code=problem.code)
        return found

    def run_validators(self, value: Any) -> None:
        """Nothing further: what is given back is no text."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether any number was written: nothing stands here at first."""
        return bool(split_numbers(data or ""))


def relation_field(*, head: bool = True, **kwargs: Any) -> CodeField:
    """The relation to the head; without the head where there is one already."""
    kwargs.setdefault("label", _("与户主关系"))
    usual: Sequence[str] = USUAL_RELATIONS if head else USUAL_RELATIONS[1:]
    without = ("01",) if head else ("01", "02")
    kwargs.setdefault("blank", _("请选择"))
    return CodeField(RELATION, usual=usual, without=without, **kwargs)


def support_mode_field(**kwargs: Any) -> CodeField:
    """How somebody is supported, "" for not at all."""
    return CodeField(
        SUPPORT_MODE, label=_("扶持方式"), radio=True, required=False, blank=_("没有扶持"), **kwargs
    )


class ProgrammeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A support programme; none chosen means the one that holds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("扶持项目"))
        kwargs.setdefault("help_text", _("不选则按搬迁时间和登记日期确定。"))
        kwargs.setdefault("required", False)
        rows = SupportProgramme.objects.order_by("-valid_from")
        super().__init__(queryset=rows, empty_label=_("自动确定"), **kwargs)
