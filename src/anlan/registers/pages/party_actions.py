"""The buttons on the pages of organisations and members, for whoever may."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import held
from anlan.registers.models import FloatingSpell, Membership, PartyOrganization
from anlan.registers.queries.lookups import open_posts_of
from anlan.registers.rules.memberships import MEMBERS, MOVES, Stage
from anlan.registers.rules.organizations import PARENTS
from anlan.web.parts import Action

_ORGANIZATION = tuple(
    f"registers.{verb}"
    for verb in (
        "membership_start",
        "appointment_start",
        "appointment_end",
        "appointment_match",
        "election_record",
        "record_edit",
        "organization_add",
        "organization_rename",
        "organization_move",
        "organization_end",
    )
)
_MEMBER = tuple(
    f"registers.{verb}"
    for verb in (
        "record_edit",
        "membership_stage",
        "membership_transfer",
        "floating_start",
        "floating_end",
        "membership_end",
    )
)


def organization_actions(actor: PersonActor, organization: PartyOrganization) -> tuple[Action, ...]:
    """What may be done with an organisation of today."""
    may = held(actor, _ORGANIZATION, organization)
    if organization.valid_to is not None or not may:
        return ()
    posts = open_posts_of(organization)
    has_kinds_below = any(organization.kind in above for above in PARENTS.values())
    start = f"{reverse('registers:membership_start')}?{urlencode({'organization': str(organization.uid)})}"
    below = f"{reverse('registers:organization_add')}?{urlencode({'parent': str(organization.uid)})}"
    edit = reverse("registers:organization_edit", args=[organization.uid])
    offered = (
        ("membership_start", _("登记党员"), "member", True, start),
        ("appointment_start", _("任职"), "add", True, ""),
        ("appointment_end", _("免职"), "remove", bool(posts), ""),
        ("appointment_match", _("对应到人"), "person", any(row.person_id is None for row in posts), ""),
        ("election_record", _("登记换届"), "check", True, ""),
        ("organization_add", _("新增下级组织"), "organization", has_kinds_below, below),
        ("record_edit", _("更正"), "edit", True, edit),
        ("organization_rename", _("变更名称"), "edit", True, ""),
        ("organization_move", _("调整隶属"), "right", True, ""),
        ("organization_end", _("撤销"), "close", True, ""),
    )
    return tuple(
        Action(label, url or reverse(f"registers:{verb}", args=[organization.uid]), icon=icon)
        for verb, label, icon, fits, url in offered
        if fits and f"registers.{verb}" in may
    )


def member_actions(actor: PersonActor, row: Membership, spell: FloatingSpell | None) -> tuple[Action, ...]:
    """What may be done with a membership in force."""
    may = held(actor, _MEMBER, row)
    if row.valid_to is not None or not may:
        return ()
    goes_on = row.stage in MOVES and bool(MOVES[Stage(row.stage)])
    is_member = row.stage in MEMBERS
    offered = (
        ("record_edit", "membership_edit", _("更正"), "edit", True),
        ("membership_stage", "", _("变更类别"), "up", goes_on),
        ("membership_transfer", "", _("转接组织关系"), "right", True),
        ("floating_start", "", _("登记流动"), "visit", is_member and spell is None),
        ("record_edit", "floating_edit", _("更正流动登记"), "edit", spell is not None),
        ("floating_end", "", _("流动返回"), "home", spell is not None),
        ("membership_end", "", _("减少"), "close", True),
    )
    return tuple(
        Action(label, reverse(f"registers:{name or verb}", args=[row.uid]), icon=icon)
        for verb, name, label, icon, fits in offered
        if fits and f"registers.{verb}" in may
    )
