"""What waits in the registers and in imports, on the work lists of those whose duty it is."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.queries import front
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.registers.dimensions.organizations import DUE_SOON, OVERDUE
from anlan.registers.models import PartyOrganization
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
        WorkKind("own-imports", gettext_lazy("没有办完的导入"), own_imports, 40),
        WorkKind("households-without-head", gettext_lazy("还没有户主的户"), households_without_head, 50),
    )


def elections_overdue(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations whose term has run out."""
    return _elections(actor, today, OVERDUE)


def elections_due(actor: PersonActor, today: date) -> Waiting | None:
    """Organisations whose term runs out within the time of reminding."""
    return _elections(actor, today, DUE_SOON)


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
