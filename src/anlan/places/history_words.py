"""How the columns of the places are called in the history of an area."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import AREA_KIND
from anlan.places.models import Area
from anlan.places.rules import SuccessionKind
from anlan.web.history import (
    TableWords,
    choice,
    coded,
    day,
    history_panel,
    reference,
    register_names,
    register_words,
    text,
)
from anlan.web.records import register_panel

SUCCESSION_WORDS = {SuccessionKind.MERGE.value: _("合并"), SuccessionKind.SPLIT.value: _("分设")}

TABLES = {
    "places_area": TableWords(
        _("行政区划"),
        {
            "code": text(_("区划代码")),
            "name": text(_("名称")),
            "kind": coded(_("级别"), AREA_KIND),
            "parent_id": reference(_("上级"), "area"),
            "valid_from": day(_("设立日期")),
            "valid_to": day(_("撤销日期")),
        },
    ),
    "places_areaversion": TableWords(
        _("历史名称"),
        {
            "code": text(_("区划代码")),
            "name": text(_("名称")),
            "kind": coded(_("级别"), AREA_KIND),
            "parent_id": reference(_("上级"), "area"),
            "valid_from": day(_("起")),
            "valid_to": day(_("止")),
        },
    ),
    "places_areasuccession": TableWords(
        _("沿革"),
        {
            "kind": choice(_("方式"), SUCCESSION_WORDS),
            "before_id": reference(_("原区划"), "area"),
            "after_id": reference(_("现区划"), "area"),
            "happened_on": day(_("日期")),
            "document": text(_("批文")),
        },
    ),
}


def area_names(keys: Iterable[int]) -> dict[int, str]:
    """The names of areas of today, by key."""
    return dict(Area.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def register() -> None:
    """Tell the history how areas are called, and put it on their pages."""
    register_words(TABLES)
    register_names("area", area_names)
    register_panel("area", history_panel("area"))
