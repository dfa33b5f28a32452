"""The forms of areas: added, corrected, renamed, moved, merged, split."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import AREA_KIND
from anlan.places.models import Area
from anlan.places.rules import PARENTS, VILLAGES, AreaKind
from anlan.web.forms import ActorForm, AnlanForm, Part, code_input
from anlan.web.pickers import PickerField
from anlan.web.rows import Rows

_CODE_WHY = _("县、乡镇、村和社区用统计用区划代码 12 位；组和居民点用所在村的 12 位代码加顺序号。")
KEEP, NEW = "keep", "new"


def _day(label: Any, why: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=why)


def _code(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=_("区划代码"), max_length=18, widget=code_input(), help_text=_CODE_WHY, **more
    )


def _name(**more: Any) -> forms.CharField:
    return forms.CharField(label=_("名称"), max_length=60, **more)


def _document() -> forms.CharField:
    return forms.CharField(
        label=_("批文"),
        max_length=120,
        required=False,
        help_text=_("文件名称和文号，例如：县政府关于合并水泉村、石桥村的批复（〔2026〕12号）。"),
    )


def _kinds(kinds: Iterable[AreaKind]) -> list[tuple[str, str]]:
    return [(kind.value, AREA_KIND.name_of(kind.value)) for kind in AreaKind if kind in set(kinds)]


class AreaCreateForm(AnlanForm):
    """A new area below another one."""

    kind = forms.ChoiceField(label=_("级别"), widget=forms.RadioSelect)
    name = _name()
    code = _code()
    on = _day(_("设立日期"), _("从这一天起有这个区划。"))

    def __init__(self, *args: Any, parent: AreaKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind, above in PARENTS.items() if parent in above]
        cast(forms.ChoiceField, self.fields["kind"]).choices = _kinds(kinds)

    def facts(self) -> dict[str, Any]:
        """The keywords of ``area_create`` besides the parent."""
        data = self.cleaned_data
        return {**data, "kind": AreaKind(data["kind"])}


class _StatedForm(AnlanForm):
    """What an area is called, by its code; its kind where it may be another one."""

    name = _name()
    code = _code()
    kind = forms.ChoiceField(label=_("级别"), widget=forms.RadioSelect, choices=_kinds(VILLAGES))

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        stated = {"name": area.name, "code": area.code, "kind": area.kind}
        kwargs["initial"] = stated | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if AreaKind(area.kind) not in VILLAGES:
            del self.fields["kind"]

    def facts(self) -> dict[str, Any]:
        """The keywords of the action besides the area."""
        data = dict(self.cleaned_data)
        if "kind" in data:
            data["kind"] = AreaKind(data["kind"])
        return data


class AreaEditForm(_StatedForm):
    """What was entered wrongly."""

    reason = forms.CharField(
        label=_("为什么更正"), max_length=200, help_text=_("写进修改记录，例如：录入时写错一个字。")
    )


class AreaRenameForm(_StatedForm):
    """Another name, code or kind from a day on."""

    on = _day(_("从哪天起"), _("文件规定的日期，不能是将来的日子。"))


class AreaMoveForm(ActorForm):
    """Another area above."""

    parent = PickerField("area", label=_("调整到哪里"))
    on = _day(_("从哪天起"), _("文件规定的日期，不能是将来的日子。"))


class OtherAreaForm(ActorForm):
    """One more area of a merger."""

    area = PickerField("area", label=_("区划"))


class AreaMergeForm(ActorForm):
    """Other areas into this one, or all of them into a new one."""

    into = forms.ChoiceField(label=_("合并以后"), widget=forms.RadioSelect)
    name = _name(required=False)
    code = _code(required=False)
    document = _document()
    on = _day(_("从哪天起"), _("文件规定的日期，不能是将来的日子。"))
    row_kinds = {
        "others": Rows(OtherAreaForm, _("与哪些区划合并"), _("区划"), _("再加一个区划"), most=20),
    }
    layout = (
        Part(rows="others"),
        Part(_("合并以后"), ("into", "name", "code")),
        Part("", ("document", "on")),
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["into"]).choices = [
            (KEEP, _("都并入%(name)s，沿用它的名称和代码") % {"name": area.name}),
            (NEW, _("设立新的区划，原来的都撤销")),
        ]
        for name in ("name", "code"):
            self.fields[name].label = _("新区划的名称") if name == "name" else _("新区划的代码")
        self._area = area

    def clean(self) -> dict[str, Any]:
        """A new area needs its name and code."""
        data = super().clean() or {}
        for name in ("name", "code"):
            if data.get("into") == NEW and not data.get(name):
                self.add_error(name, forms.ValidationError(_("请填写这一项。"), code="value.required"))
        return data

    def facts(self) -> dict[str, Any]:
        """The keywords of ``area_merge``."""
        data = self.cleaned_data
        others = [row.cleaned_data["area"] for row in self.rows["others"].given]
        facts: dict[str, Any] = {"document": data["document"], "on": data["on"]}
        if data["into"] == KEEP:
            return {**facts, "areas": others, "into": self._area}
        return {**facts, "areas": [self._area, *others], "name": data["name"], "code": data["code"]}


class SplitPartForm(AnlanForm):
    """One new area of a split: its name and code, and what goes into it."""

    name = _name()
    code = _code()
    children = forms.MultipleChoiceField(
        label=_("划入的下级区划"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, children: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if children:
            cast(forms.MultipleChoiceField, self.fields["children"]).choices = children
        else:
            del self.fields["children"]


class AreaSplitForm(AnlanForm):
    """One area into several."""

    ends = forms.ChoiceField(
        label=_("原来的区划"),
        widget=forms.RadioSelect,
        choices=[(KEEP, _("保留，只分出一部分")), (NEW, _("撤销，全部分到新区划"))],
    )
    rest = forms.IntegerField(
        label=_("直接住在原区划的户归第几个新区划"),
        required=False,
        min_value=1,
        help_text=_("原区划撤销时填写。不在任何下级区划里的户、人和组织归到这一个。"),
    )
    document = _document()
    on = _day(_("从哪天起"), _("文件规定的日期，不能是将来的日子。"))
    row_kinds = {
        "parts": Rows(SplitPartForm, _("分出的新区划"), _("新区划"), _("再加一个新区划"), most=10),
    }
    layout = (Part("", ("ends",)), Part(rows="parts"), Part("", ("rest", "document", "on")))

    def __init__(self, *args: Any, children: list[tuple[str, str]], **kwargs: Any) -> None:
        self._children = children
        super().__init__(*args, **kwargs)

    def build_rows(self, name: str, kind: Rows, **kwargs: Any) -> None:
        """Each part offers what can go into it."""
        super().build_rows(name, kind, children=self._children, **kwargs)
