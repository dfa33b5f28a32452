"""A Party organisation that is dissolved."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close, locked, refuse, require_day
from anlan.registers.actions.grant_rows import end_grants
from anlan.registers.actions.organization_rows import open_version, require_open
from anlan.registers.models import PartyOrganization
from anlan.registers.rules.organizations import end_problems


@action("registers.organization_end", label=_("撤销党组织"), on="organization")
def organization_end(
    change: Change, *, organization: PartyOrganization, on: date, document: str = ""
) -> PartyOrganization:
    """End an organisation from ``on`` (exclusive), with its posts, its covers and the roles given over it.

    Refused while organisations stand under it or anybody (also applicants) belongs to it, on a day to come or
    before its present name and place began.
    """
    organization = locked(organization)
    require_open(organization)
    version = open_version(organization)
    refuse(
        end_problems(
            name=organization.name,
            children=organization.children.filter(valid_to=None).count(),
            members=organization.memberships.filter(valid_to=None).count(),
        )
    )
    require_day(change, on, version.valid_from)
    change.facts |= {"on": on.isoformat(), "document": document}
    for appointment in organization.appointments.filter(valid_to=None):
        close(change, appointment, on)
    for cover in organization.covers.filter(valid_to=None):
        close(change, cover, on)
    close(change, version, on)
    close(change, organization, on)
    end_grants(change, "organization", organization.path, on)
    return organization
