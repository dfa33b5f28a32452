"""The list of Party organisations: kind, place, set-up mode, secretary, members, the next election."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import ORGANIZATION_KIND, SETUP_MODE
from anlan.kernel.permissions import holds
from anlan.registers.dimensions import ORGANIZATION_DIMENSIONS, list_filters
from anlan.registers.dimensions.organizations import DUE_SOON, IN_TERM, NOT_KNOWN, OVERDUE
from anlan.registers.dimensions.populations import organizations_within
from anlan.registers.models import Appointment, PartyOrganization
from anlan.registers.queries.details import (
    election_state,
    member_counts,
    organization_versions,
    place_names,
    secretaries_of,
)
from anlan.registers.queries.finding import organizations_matching
from anlan.registers.queries.posts import led, with_term
from anlan.registers.queries.reach import organizations_in_reach
from anlan.registers.tables.layouts import ORGANIZATION_LAYOUT
from anlan.registers.tables.organization_filter import (
    find_organization,
    organization_levels,
    organizations_below,
)
from anlan.registers.tables.register import RegisterListing, organization_url, partial
from anlan.web.listing import Choice, Column, Filter
from anlan.web.parts import Action, Empty, State

ELECTION_STATES = {
    OVERDUE: State(_("超期未换届"), "refused"),
    DUE_SOON: State(_("临近届满"), "attention"),
    IN_TERM: State(_("届期之内"), "done"),
    NOT_KNOWN: State(_("届期未填"), "quiet"),
}


def _below(queryset: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
    return queryset.filter(pk__in=organizations_below(value, on))


def _by_secretary(queryset: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
    return queryset.filter(led(on)) if value == "with" else queryset.exclude(led(on))


def _holder(post: Appointment) -> str:
    return post.person.name if post.person else post.name


class OrganizationListing(RegisterListing[PartyOrganization]):
    """Party organisations as of any day."""

    code = "organizations"
    permission = "registers.organization_view"
    title = _("党组织")
    icon = "organization"
    unit = _("个")
    ordering = ("path", "pk")
    search_hint = _("名称、曾用名、拼音首字母、书记电话末四位")
    empty = Empty(_("还没有党组织"), _("导入党组织情况统计表以后，这里列出每个组织。"))
    columns = (
        Column(
            "name", _("名称"), value=lambda row: row.shown_name, link=organization_url, sort="pinyin", wide=34
        ),
        Column("kind", _("类别"), value=lambda row: ORGANIZATION_KIND.name_of(row.kind), sort="kind"),
        Column("place", _("所在地"), value=lambda row: row.place, wide=18),
        Column("setup_mode", _("组建方式"), value=lambda row: SETUP_MODE.name_of(row.setup_mode)),
        Column("secretary", _("书记"), value=lambda row: row.secretary),
        Column("members", _("党员数"), value=lambda row: row.members, kind="number"),
        Column("election_due_on", _("届满日期"), kind="day", sort="election_due_on"),
        Column("election", _("换届"), value=lambda row: row.election),
        Column("parent", _("上级党组织"), value=lambda row: row.parent_name, sheet_only=True, wide=34),
        Column(
            "founded_on",
            _("成立时间"),
            kind="day",
            sheet_only=True,
            value=lambda row: partial(row.founded_on, row.founded_precision),
        ),
        Column(
            "elected_on",
            _("上次换届"),
            kind="day",
            sheet_only=True,
            value=lambda row: partial(row.elected_on, row.elected_precision),
        ),
    )
    filters = (
        *list_filters(ORGANIZATION_DIMENSIONS),
        Filter(
            "secretary",
            _("书记"),
            (Choice("with", _("在任")), Choice("without", _("空缺"))),
            apply=_by_secretary,
        ),
        Filter(
            "term",
            _("任职期"),
            (Choice(OVERDUE, _("任期已满")), Choice(DUE_SOON, _("任期快满"))),
            apply=lambda queryset, value, on: queryset.filter(with_term(value, on)),
        ),
        Filter(
            "organization",
            _("上级党组织"),
            apply=_below,
            levels=organization_levels,
            find=find_organization,
        ),
    )
    layout = ORGANIZATION_LAYOUT

    def queryset(self, actor: Any, on: date) -> QuerySet[PartyOrganization]:
        """Organisations of the day in the actor's ranges."""
        return organizations_in_reach(actor, on, self.reads)

    def seen_today(self, queryset: QuerySet[PartyOrganization], actor: Any) -> QuerySet[PartyOrganization]:
        """Organisations in the actor's range today."""
        return queryset.filter(pk__in=PartyOrganization.objects.visible_to(actor).values("pk"))

    def actions(self, actor: Any) -> Sequence[Action]:
        """Adding one, for whoever may."""
        if not holds(actor, "registers.organization_add"):
            return ()
        return (Action(_("新增党组织"), reverse("registers:organization_add"), icon="add"),)

    def in_area(self, queryset: QuerySet[PartyOrganization], area_path: str) -> QuerySet[PartyOrganization]:
        """Those that stood within the area on the day."""
        return queryset.filter(pk__in=organizations_within("area", area_path, self.on))

    def search(self, queryset: QuerySet[PartyOrganization], text: str) -> QuerySet[PartyOrganization]:
        """By name, former name, pinyin, code, a post's phone."""
        return queryset.filter(organizations_matching(text))

    def prefetch(self, queryset: QuerySet[PartyOrganization]) -> QuerySet[PartyOrganization]:
        """With today's area and superior."""
        return queryset.select_related("area", "parent")

    def attach(self, rows: Sequence[PartyOrganization], on: date) -> None:
        """Name, place and superior of the day, members, election; the secretary for whoever may see names."""
        keys = [row.pk for row in rows]
        versions, posts, members = (
            organization_versions(keys, on),
            secretaries_of(keys, on),
            member_counts(keys, on),
        )
        places = place_names([version.area for version in versions.values()])
        names = self.actor is not None and holds(self.actor, "registers.member_view")
        for row in rows:
            version, post = versions.get(row.pk), posts.get(row.pk)
            row.__dict__.update(
                shown_name=version.name if version else row.name,
                place=places.get(version.area_id, "") if version else "",
                shown_area=version.area if version else row.area,
                shown_parent=version.parent if version else row.parent,
                parent_name=version.parent.name if version and version.parent else "",
                secretary=_holder(post) if post and names else "",
                secretary_phone=post.plain_phone() if post and names else "",
                members=members[row.pk],
                election=ELECTION_STATES[election_state(row, on)],
            )
