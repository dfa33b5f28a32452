"""What waits in the registers and in imports, on the work lists of those whose duty it is."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.queries import front
from anlan.insights.queries.coverage import gaps_of
from anlan.insights.queries.levels import level_of
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Refused
from anlan.registers.dimensions.organizations import DUE_SOON, OVERDUE
from anlan.registers.models import PartyOrganization
from anlan.registers.queries.posts import led, with_term
from anlan.registers.queries.reach import organizations_in_reach
from anlan.registers.tables.register import household_url, organization_url
from anlan.sheets.models import DraftState, ImportDraft
from anlan.web import formats
from anlan.web.parts import State, WorkItem
from anlan.web.work import FEW, Waiting, WorkKind, register_work


def register() -> None:
    """Give the work list its kinds, the most pressing first."""
    register_work(
        WorkKind("imports-to-decide", gettext_lazy("等您审批的导入"), imports_to_decide, 10),
        WorkKind("elections-overdue", gettext_lazy("超期未换届"), elections_overdue, 20),
        WorkKind("elections-due", gettext_lazy("临近换届"), elections_due, 30),
        WorkKind("secretaries-vacant", gettext_lazy("书记空缺"), secretaries_vacant, 32),
        WorkKind("terms-over", gettext_lazy("任期已满"), terms_over, 34),
        WorkKind("terms-due", gettext_lazy("任期快满"), terms_due, 36),
        WorkKind("coverage", gettext_lazy("组织覆盖的缺口"), coverage_gaps, 38),
        WorkKind("own-imports", gettext_lazy("没有办完的导入"), own_imports, 40),
        WorkKind("households-without-head", gettext_lazy("还没有户主的户"), households_without_head, 50),
    )


def elections_overdue(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations whose term has run out."""
    return _elections(actor, today, OVERDUE)


def elections_due(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations whose term runs out within the time of reminding."""
    return _elections(actor, today, DUE_SOON)


def secretaries_vacant(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations nobody leads."""
    return _organizations(actor, today, ~led(today), {"secretary": "without"}, State(_("空缺"), "attention"))


def terms_over(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations in which somebody holds a post beyond its term."""
    held = with_term(OVERDUE, today)
    return _organizations(actor, today, held, {"term": OVERDUE}, State(_("任期已满"), "refused"))


def terms_due(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations in which a term runs out within the time of reminding."""
    held = with_term(DUE_SOON, today)
    return _organizations(actor, today, held, {"term": DUE_SOON}, State(_("任期快满"), "attention"))


def coverage_gaps(actor: PersonActor, today: date) -> Waiting | None:
    """Villages, points and units without an organisation or an officer, counted; each count is a list.

    Only for whoever assigns them, over a range of areas: a branch lacks nothing in what it covers.
    """
    if not holds(actor, "registers.officer_assign"):
        return None
    try:
        level = level_of(actor, today)
    except (NotFound, Refused):
        return None
    if level.tree != "area":
        return None
    state = State(_("有缺"), "attention")
    items = tuple(
        WorkItem(_("%(what)s：%(count)d 个") % {"what": one.label, "count": one.count}, one.url, "", state)
        for one in gaps_of(level, today)
        if one.count
    )
    return Waiting(len(items), items)


def _organizations(
    actor: PersonActor, today: date, condition: Q, query: Mapping[str, str], state: State
) -> Waiting | None:
    if not holds(actor, "registers.organization_view"):
        return None
    rows = organizations_in_reach(actor, today).filter(condition)
    first = rows.order_by("path", "pk")[:FEW]
    items = tuple(WorkItem(one.name, organization_url(one), "", state) for one in first)
    url = f"{reverse('registers:organizations')}?{urlencode(query)}"
    return Waiting(rows.count(), items, url)


def households_without_head(actor: PersonActor, today: date) -> Waiting | None:
    """Households of which nobody is the head."""
    if not holds(actor, "registers.household_view"):
        return None
    total, first = front.households_without_head(actor, today, FEW)
    state = State(_("待补户主"), "attention")
    items = tuple(
        WorkItem(_("户编号 %(number)s") % {"number": one.number}, household_url(one), "", state)
        for one in first
    )
    return Waiting(total, items, front.headless_url())


def imports_to_decide(actor: PersonActor, today: date) -> Waiting | None:
    """Other people's imports that wait for this one's approval."""
    if not holds(actor, "sheets.draft_approve"):
        return None
    drafts = front.drafts_to_decide(actor)
    state = State(_("等待审批"), "attention")
    items = tuple(
        WorkItem(
            _("%(who)s的导入") % {"who": draft.actor_label},
            _draft_url(draft),
            _("%(day)s送审") % {"day": formats.write_day(draft.changed_on)},
            state,
        )
        for draft in drafts
    )
    return Waiting(len(drafts), items)


def own_imports(actor: PersonActor, today: date) -> Waiting | None:
    """One's own imports that were begun or sent back."""
    if not holds(actor, "sheets.import_write"):
        return None
    drafts = front.own_drafts(actor)
    return Waiting(len(drafts), tuple(_own(draft) for draft in drafts))


def _own(draft: ImportDraft) -> WorkItem:
    files = _("、").join(file.name for file in draft.files.all()) or _("还没有文件")
    text = _("%(day)s改动") % {"day": formats.write_day(draft.changed_on)}
    if draft.state == DraftState.REJECTED:
        return WorkItem(files, _draft_url(draft), draft.reason or text, State(_("已退回"), "refused"))
    return WorkItem(files, _draft_url(draft), text, State(_("未写入"), "notice"))


def _draft_url(draft: ImportDraft) -> str:
    return reverse("sheets:batch", args=[draft.uid])


def _elections(actor: PersonActor, today: date, state: str) -> Waiting | None:
    if not holds(actor, "registers.organization_view"):
        return None
    total, first = front.elections(actor, today, state, FEW)
    return Waiting(total, tuple(_election(one, today) for one in first), front.elections_url(state))


def _election(organization: PartyOrganization, today: date) -> WorkItem:
    due = organization.election_due_on
    days = (due - today).days if due else None
    return WorkItem(
        organization.name,
        organization_url(organization),
        _("%(day)s任期届满") % {"day": formats.write_day(due)},
        State(formats.write_days_left(days, working=False), "refused" if days and days < 0 else "attention"),
    )
