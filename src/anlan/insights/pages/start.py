"""The start page: who you are here, the figures of your range, what waits, what was imported last."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.labels import ROLE_NAMES
from anlan.accounts.roles import Role
from anlan.insights.queries import front
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Figure, Head, TableColumn, table
from anlan.web.records import TABLE, ShownPanel
from anlan.web.work import work_panels

KIND_WORDS: dict[str, str | Promise] = {
    "areas": gettext_lazy("行政区划"),
    "organizations": gettext_lazy("党组织"),
    "residents": gettext_lazy("移民人口"),
    "members": gettext_lazy("党员"),
    "units": gettext_lazy("单位"),
    "contact_points": gettext_lazy("移民群众联系点"),
}


@reader()
def start(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """What the person signed in has in front of them today."""
    today = timezone.localdate()
    empty = front.is_empty()
    counted = () if empty else front.counts(actor, today)
    context = {
        "head": _head(actor, today),
        "empty": empty,
        "may_import": holds(actor, "sheets.import_write"),
        "figures": [Figure(one.label, one.value, one.url, unit=one.unit) for one in counted],
        "names_hidden": bool(counted) and not holds(actor, "registers.person_view"),
        "today": today,
        "work": work_panels(actor, today),
        "panels": [] if empty else _imports(actor),
    }
    return render(request, "insights/start.html", context)


def _head(actor: PersonActor, today: date) -> Head:
    roles = _("、").join(dict.fromkeys(str(ROLE_NAMES[Role(grant.role)]) for grant in actor.grants))
    places = _("、").join(front.reach_names(actor))
    lead = _("%(roles)s · 管辖范围：%(places)s") % {"roles": roles, "places": places} if places else roles
    if not actor.grants:
        lead = _("您的账号眼下没有角色。请联系本单位管理员。")
    return Head(_("%(name)s，您好") % {"name": actor.label}, formats.write_day(today), "today", lead)


def _imports(actor: PersonActor) -> list[ShownPanel]:
    batches = front.latest_imports(actor)
    lines: list[tuple[object, ...]] = [
        (
            formats.write_day(batch.made_on),
            _("、").join(file.name for file in batch.files.all()),
            _("、").join(str(KIND_WORDS.get(kind, kind)) for kind in batch.kinds),
            batch.actor_label,
            _("已撤回") if batch.state == "undone" else _("已写入"),
        )
        for batch in batches
    ]
    heads: tuple[str | TableColumn, ...] = (_("日期"), _("文件"), _("内容"), _("导入人"), _("状态"))
    return (
        [ShownPanel("imports", _("最近的导入"), TABLE, {"table": table(heads, lines)}, "main", True)]
        if lines
        else []
    )
