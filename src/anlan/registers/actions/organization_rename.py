"""Another name or kind of a Party organisation from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.organization_rows import require_free_name, require_open, restate
from anlan.registers.models import PartyOrganization
from anlan.registers.rules.organizations import organization_problems, parent_problems


@action("registers.organization_rename", label=_("变更党组织名称"), on="organization")
def organization_rename(
    change: Change, *, organization: PartyOrganization, on: date, name: str = "", kind: str = ""
) -> PartyOrganization:
    """Give an organisation another name or kind (a branch that becomes a general branch) from ``on``.

    Refused: nothing different, a name borne under the same parent, a kind that fits neither the parent nor
    those below, an ended organisation, a day to come or before the present name began.
    """
    organization = locked(organization)
    require_open(organization)
    name, kind = plain(name).replace(" ", "") or organization.name, kind or organization.kind
    if (name, kind) == (organization.name, organization.kind):
        raise Refused(Problem("organization.unchanged"))
    parent = organization.parent
    if kind != organization.kind:
        refuse(organization_problems(name=name, kind=kind, parent_kind=parent.kind if parent else None))
        below = organization.children.filter(valid_to=None).order_by("kind")
        for child_kind in below.values_list("kind", flat=True).distinct():
            refuse(parent_problems(child_kind, kind))
    require_free_name(name, parent, besides=organization.pk)
    require_day(change, on)
    restate(change, organization, on, name=name, kind=kind)
    return organization
