"""Forms of the import pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.problems import Problem
from anlan.sheets.corrections import column_problems, header_of
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import SheetKind, kind_of, kinds
from anlan.web.forms import AnlanForm

LEFT_OUT = "-"
UNDECIDED = "-"
_MOST_ROWS = 1000


class _SeveralFiles(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True


class UploadForm(AnlanForm):
    """Files to be imported. What is in them is looked at by the page, not here."""

    tables = forms.FileField(
        label=gettext_lazy("表格文件"),
        required=False,
        widget=_SeveralFiles(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv,.txt"}),
    )

    def __init__(self, *args: Any, megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tables"].help_text = _(
            "可以一次选几个：.xlsx、.xls、.ods、.csv，合计不超过 %(most)d 兆字节。不用改格式。"
        ) % {"most": megabytes}
        self.fields["tables"].required = True
        widget = self.fields["tables"].widget
        widget.is_required = True
        widget.attrs |= {
            "data-files": True,
            "data-choose": _("选择文件"),
            "data-drop": _("或者把文件拖到这里"),
            "data-most": megabytes * 1_000_000,
            "data-too-large": _("合计超过 %(most)d 兆字节，请分几次上传。") % {"most": megabytes},
        }

    def clean_tables(self) -> Any:
        """Whatever came; the page takes it from the request."""
        return None


class DayForm(AnlanForm):
    """From which day changed facts hold."""

    as_of = forms.DateField(
        label=gettext_lazy("变动从哪一天起有效"),
        required=False,
        help_text=gettext_lazy("不填就用表中写的日期，表中没有写的用今天。"),
    )


class SheetForm(AnlanForm):
    """How one sheet is to be read: its kind, its header, its day, and what each column means."""

    kind = forms.ChoiceField(label=gettext_lazy("这是什么表"))
    header_first = forms.IntegerField(
        label=gettext_lazy("表头从第几行"), required=False, min_value=1, max_value=_MOST_ROWS
    )
    header_last = forms.IntegerField(
        label=gettext_lazy("到第几行"), required=False, min_value=1, max_value=_MOST_ROWS
    )
    as_of = forms.DateField(
        label=gettext_lazy("表中数据的日期"),
        required=False,
        help_text=gettext_lazy("变动从这一天起有效。不填就用表中写的日期，没有写的用今天。"),
    )
    remember = forms.BooleanField(
        label=gettext_lazy("记住：以后表头相同的表都这样读，用命令导入也一样"), required=False
    )

    def __init__(self, *args: Any, columns: Sequence[Mapping[str, str]], known: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = [column["header"] for column in columns]
        self.known = kind_of(known) if known else None
        offered = [(kind.code, str(kind.label)) for kind in kinds()]
        blank = [] if self.known else [("", _("请选择"))]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*blank, *offered, (LEFT_OUT, _("不导入这张表"))]
        for number, column in enumerate(columns if self.known else ()):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=column["header"] or _("第 %(number)d 列") % {"number": number + 1},
                required=False,
                choices=_field_choices(self.known),
                initial=column["field"],
            )
        self.columns: dict[int, str] = {}
        self.header: tuple[int, int] | None = None
        self.problems: list[Problem] = []

    def clean(self) -> dict[str, Any]:
        """Read header and columns; what is wrong with them stands in ``problems``."""
        told = super().clean() or {}
        header = header_of(told.get("header_first"), told.get("header_last"))
        if isinstance(header, Problem):
            self.problems.append(header)
        else:
            self.header = header
        self.columns = {int(name[1:]): told[name] for name in self._column_names if told.get(name)}
        if self.keeps_columns and self.known is not None:
            self.problems += column_problems(self.known, self.columns, self.headers)
        return told

    @property
    def keeps_columns(self) -> bool:
        """Whether the columns are as the person assigned them: the kind is the one they were offered for."""
        return (
            self.known is not None and self.data.get("kind") == self.known.code and "again" not in self.data
        )

    @property
    def column_fields(self) -> list[Any]:
        """The fields of the columns, in order."""
        return [self[name] for name in self._column_names]

    @property
    def _column_names(self) -> list[str]:
        return [name for name in self.fields if name[0] == "c" and name[1:].isdigit()]


def _field_choices(kind: SheetKind | None) -> list[tuple[str, str]]:
    specs = kind.columns if kind else ()
    return [("", _("不使用")), *((spec.field, spec.words[0]) for spec in specs)]


class AnswersForm(AnlanForm):
    """What each ambiguous name means."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=_("“%(name)s”是哪一个") % {"name": question.value},
                choices=[*question.choices, (UNDECIDED, _("先不定，这些行不写入"))],
                widget=forms.RadioSelect,
                initial=question.answer or UNDECIDED,
                help_text=_told_of(question),
            )


def _told_of(question: Question) -> str:
    """How often a name is written, and where, so that whoever answers can look."""
    if not question.lines:
        return ""
    told = _("表中有 %(count)d 行这样写") % {"count": question.lines}
    if not question.examples:
        return _("%(told)s。") % {"told": told}
    more = _("等") if question.lines > len(question.examples) else ""
    return _("%(told)s：%(examples)s%(more)s。") % {
        "told": told,
        "examples": _("；").join(question.examples),
        "more": more,
    }


class RejectForm(AnlanForm):
    """Why an import is sent back."""

    reason = forms.CharField(
        label=gettext_lazy("退回的理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("提交的人会看到，例如：石桥村的户编号整列错位。"),
    )
