"""The doors of the verbs of areas: what each asks, what would follow, what was done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import AREA_KIND
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.places.actions.area_create import area_create
from anlan.places.actions.area_edit import area_edit
from anlan.places.actions.area_merge import area_merge
from anlan.places.actions.area_move import area_move
from anlan.places.actions.area_rename import area_rename
from anlan.places.actions.area_split import SplitPart, area_split
from anlan.places.forms.areas import (
    KEEP,
    NEW,
    AreaCreateForm,
    AreaEditForm,
    AreaMergeForm,
    AreaMoveForm,
    AreaRenameForm,
    AreaSplitForm,
)
from anlan.places.models import Area
from anlan.places.pages.frame import area_crumbs
from anlan.places.pages.lying import lying_facts
from anlan.places.pages.taking_back import area_undo
from anlan.places.queries import area_by_code, full_names
from anlan.places.rules import PARENTS, AreaKind
from anlan.places.tables import area_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form, tried
from anlan.web.parts import Action, Fact

_ICON = "area"


def area_actions(actor: Any, area: Area) -> list[Action]:
    """The buttons on the page of an area of today, for whoever may."""
    if area.valid_to is not None:
        return []
    kind = AreaKind(area.kind)
    below = any(kind in above for above in PARENTS.values())
    offered = (
        ("area_create", _("新增下级区划"), "add", below),
        ("area_rename", _("变更名称"), "edit", True),
        ("area_edit", _("更正"), "edit", True),
        ("area_move", _("调整隶属"), "organization", kind is not AreaKind.COUNTY),
        ("area_merge", _("合并"), "link", kind is not AreaKind.COUNTY),
        ("area_split", _("拆分"), "copy", kind is not AreaKind.COUNTY),
    )
    return [
        Action(label, reverse(f"places:{verb}", args=[area.code]), icon=icon)
        for verb, label, icon, fits in offered
        if fits and holds(actor, f"places.{verb}", area)
    ]


def _area(actor: PersonActor, code: str, permission: str) -> Area:
    """The area of today a verb is for; outside the actor's range there is none."""
    area = area_by_code(actor, code, timezone.localdate())
    if area.valid_to is not None or not holds(actor, permission, area):
        raise NotFound(f"area {code}")
    return area


def _page(
    actor: PersonActor, area: Area, title: str, button: str, follows: Sequence[str], **more: Any
) -> FormPage:
    crumbs = area_crumbs(actor, area, timezone.localdate(), last=title)
    return FormPage(
        title=title,
        button=button,
        back=area_url(area.code),
        eyebrow=full_names([area])[area.pk],
        icon=_ICON,
        follows=follows,
        crumbs=crumbs,
        **more,
    )


def _done(actor: PersonActor, area: Area, message: str) -> Done:
    return Done(message, area_url(area.code), area_undo(actor, area))


def _today() -> dict[str, date]:
    return {"on": timezone.localdate()}


@reader("places.area_create")
def create(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Add an area below this one."""
    parent = _area(actor, code, "places.area_create")
    if not any(AreaKind(parent.kind) in above for above in PARENTS.values()):
        raise NotFound(f"area {code}")
    title = _("在%(name)s下新增区划") % {"name": parent.name}
    page = _page(actor, parent, title, _("新增区划"), [_("新区划从设立日期起出现在清单和统计里。")])

    def make(data: QueryDict | None) -> AreaCreateForm:
        return AreaCreateForm(data, parent=AreaKind(parent.kind), initial=_today())

    def write(form: AreaCreateForm) -> Done:
        area = area_create(actor, parent=parent, **form.facts())
        words = {"name": area.name, "day": formats.write_day(area.valid_from)}
        return _done(actor, area, _("已新增%(name)s，从%(day)s起有效。") % words)

    return answer_form(request, actor, page, make, write)


@reader("places.area_edit")
def edit(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Correct what was entered wrongly."""
    area = _area(actor, code, "places.area_edit")
    page = _page(
        actor,
        area,
        _("更正%(name)s") % {"name": area.name},
        _("更正"),
        [_("以前日期的清单也按更正后的内容显示。名称真的改了，请用“变更名称”。")],
    )

    def make(data: QueryDict | None) -> AreaEditForm:
        return AreaEditForm(data, area=area)

    def write(form: AreaEditForm) -> Done:
        after = area_edit(actor, area=area, **form.facts())
        return _done(actor, after, _("已更正。"))

    return answer_form(request, actor, page, make, write)


@reader("places.area_rename")
def rename(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Give the area another name, code or kind from a day on."""
    area = _area(actor, code, "places.area_rename")
    page = _page(
        actor,
        area,
        _("变更%(name)s的名称") % {"name": area.name},
        _("变更名称"),
        [_("从这一天起用新名称；以前日期的清单和统计仍用原来的名称。"), _("用原来的名称也能查到它。")],
    )

    def make(data: QueryDict | None) -> AreaRenameForm:
        return AreaRenameForm(data, area=area, initial=_today())

    def read(after: Area) -> list[Fact]:
        return [*_stated(area, after), *lying_facts([area])]

    def write(form: AreaRenameForm) -> Done:
        after = area_rename(actor, area=area, **form.facts())
        words = {"day": formats.write_day(form.cleaned_data["on"]), "name": after.name}
        return _done(actor, after, _("从%(day)s起名称为%(name)s。") % words)

    return answer_form(
        request,
        actor,
        page,
        make,
        write,
        preview=lambda form: tried(lambda: area_rename(actor, area=area, **form.facts()), read),
    )


def _stated(before: Area, after: Area) -> list[Fact]:
    """What is called otherwise, from → to."""
    changes = (
        (_("名称"), before.name, after.name),
        (_("区划代码"), before.code, after.code),
        (_("级别"), AREA_KIND.name_of(before.kind), AREA_KIND.name_of(after.kind)),
    )
    return [Fact(label, f"{old} → {new}") for label, old, new in changes if old != new]


@reader("places.area_move")
def move(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Put the area with all below it under another one."""
    area = _movable(actor, code, "places.area_move")
    page = _page(
        actor,
        area,
        _("调整%(name)s的隶属") % {"name": area.name},
        _("调整隶属"),
        [
            _("下级区划、住在这里的户和人、设在这里的党组织一起过去。"),
            _("管辖这里的账号权限和参数跟着走；以前日期的清单仍按原来的隶属。"),
        ],
    )

    def make(data: QueryDict | None) -> AreaMoveForm:
        return AreaMoveForm(data, actor=actor, initial=_today())

    def moved(form: AreaMoveForm) -> Area:
        return area_move(actor, area=area, **form.cleaned_data)

    def preview(form: AreaMoveForm) -> Sequence[Fact]:
        above = full_names([area.parent, form.cleaned_data["parent"]]) if area.parent else {}
        words = " → ".join(above.values())
        return tried(lambda: moved(form), lambda after: [Fact(_("上级"), words), *lying_facts([after])])

    def write(form: AreaMoveForm) -> Done:
        after = moved(form)
        day = formats.write_day(form.cleaned_data["on"])
        told = _("从%(day)s起属于%(name)s。做错了，再调整回原来的上级。")
        return Done(told % {"day": day, "name": form.cleaned_data["parent"].name}, area_url(after.code))

    return answer_form(request, actor, page, make, write, preview=preview)


def _movable(actor: PersonActor, code: str, permission: str) -> Area:
    area = _area(actor, code, permission)
    if area.parent is None:
        raise NotFound(f"area {code}")
    return area


@reader("places.area_merge")
def merge(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Merge the area with others, into itself or into a new one."""
    area = _movable(actor, code, "places.area_merge")
    page = _page(
        actor,
        area,
        _("把%(name)s与别的区划合并") % {"name": area.name},
        _("合并"),
        [
            _("撤销的区划里的户、人、党组织和下级区划，从这一天起归到合并后的区划。"),
            _("管辖撤销区划的账号，改为管辖合并后的区划；只为它设的参数到此为止。"),
            _("以前日期的清单和统计不变。合并不能简单撤回，请核对后再办。"),
        ],
        wide=True,
    )

    def make(data: QueryDict | None) -> AreaMergeForm:
        return AreaMergeForm(data, actor=actor, area=area, initial={**_today(), "into": KEEP})

    def merged(form: AreaMergeForm) -> Area:
        return area_merge(actor, **form.facts())

    def preview(form: AreaMergeForm) -> Sequence[Fact]:
        ended = form.facts()["areas"]
        lying, before = lying_facts(ended), _child_names(ended)
        return tried(
            lambda: merged(form),
            lambda after: [
                Fact(_("撤销"), _("、").join(one.name for one in ended)),
                Fact(_("合并后"), _("%(name)s（%(code)s）") % {"name": after.name, "code": after.code}),
                *lying,
                *_renamed(before),
            ],
        )

    def write(form: AreaMergeForm) -> Done:
        after = merged(form)
        words = {"day": formats.write_day(form.cleaned_data["on"]), "name": after.name}
        told = _("从%(day)s起合并为%(name)s。做错了，可以用“拆分”重新分开。") % words
        return Done(told, area_url(after.code))

    return answer_form(request, actor, page, make, write, preview=preview)


def _child_names(areas: Sequence[Area]) -> dict[int, str]:
    below = Area.objects.filter(parent__in=[area.pk for area in areas], valid_to=None)
    return dict(below.order_by("code").values_list("pk", "name"))


def _renamed(before: dict[int, str]) -> list[Fact]:
    """The areas below whose names were taken, and how they are called then."""
    after = dict(Area.objects.filter(pk__in=before).values_list("pk", "name"))
    changed = [f"{name} → {after[pk]}" for pk, name in before.items() if after[pk] != name]
    return [Fact(_("重名的下级改称"), _("、").join(changed))] if changed else []


@reader("places.area_split")
def split(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """Split the area into several."""
    area = _movable(actor, code, "places.area_split")
    children = {one.code: one for one in area.children.filter(valid_to=None).order_by("code")}
    page = _page(
        actor,
        area,
        _("拆分%(name)s") % {"name": area.name},
        _("拆分"),
        [
            _("划入新区划的下级区划，连同里面的户、人和党组织一起过去。"),
            _("原区划撤销时，管辖它的账号改为管辖全部新区划。"),
            _("以前日期的清单和统计不变。拆分不能简单撤回，请核对后再办。"),
        ],
        wide=True,
    )

    def make(data: QueryDict | None) -> AreaSplitForm:
        choices = [(one.code, one.name) for one in children.values()]
        return AreaSplitForm(data, children=choices, initial={**_today(), "ends": KEEP})

    def done(form: AreaSplitForm) -> list[Area]:
        return area_split(actor, area=area, **_split_facts(form, children))

    def preview(form: AreaSplitForm) -> Sequence[Fact]:
        ends = form.cleaned_data["ends"] == NEW
        kept = Fact(_("原区划"), _("撤销") if ends else _("保留"))
        return tried(lambda: done(form), lambda new: [kept, *_parts_in_words(new)])

    def write(form: AreaSplitForm) -> Done:
        new = done(form)
        words = {
            "day": formats.write_day(form.cleaned_data["on"]),
            "names": _("、").join(one.name for one in new),
        }
        told = _("从%(day)s起分出%(names)s。做错了，可以用“合并”并回去。") % words
        return Done(told, area_url(new[0].code))

    return answer_form(request, actor, page, make, write, preview=preview)


def _split_facts(form: AreaSplitForm, children: dict[str, Area]) -> dict[str, Any]:
    data = form.cleaned_data
    given = [row.cleaned_data for row in form.rows["parts"].given]
    return {
        "parts": [
            SplitPart(one["code"], one["name"], [children[code] for code in one.get("children", ())])
            for one in given
        ],
        "ends": data["ends"] == NEW,
        "rest": (data["rest"] or 1) - 1,
        "document": data["document"],
        "on": data["on"],
    }


def _parts_in_words(new: Sequence[Area]) -> list[Fact]:
    """Each new area with what lies in it then."""
    return [Fact(area.name, _("、").join(str(fact.value) for fact in lying_facts([area]))) for area in new]
