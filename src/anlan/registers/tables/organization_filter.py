"""The filter of lists by organisation: up the tree and down again, as of the day asked for."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from anlan.kernel.paths import path_ids
from anlan.kernel.permissions import reach_of
from anlan.kernel.unchanged import while_unchanged
from anlan.registers.dimensions.populations import organization_path_on, organizations_within
from anlan.registers.models import OrganizationVersion, PartyOrganization
from anlan.registers.queries.details import open_rows
from anlan.registers.queries.reach import organizations_in_reach
from anlan.web.listing import Choice

_INDENT = "　"


def find_organization(value: str, actor: Any, on: date) -> Choice | None:
    """The organisation with a uid in the actor's reach on the day, by its name of then; it stands for all
    below it.
    """
    try:
        uid = UUID(value)
    except ValueError:
        return None
    return while_unchanged(("organization", uid, reach_of(actor), on), lambda: _find(uid, actor, on))


def _find(uid: UUID, actor: Any, on: date) -> Choice | None:
    row = _versions(actor, on).filter(organization__uid=uid).first()
    return Choice(str(uid), row.name) if row else None


def organization_levels(value: str, actor: Any, on: date) -> list[Choice]:
    """The organisations above the chosen one, itself and those directly below; without one, the topmost of
    the reach, and where that is a single one those below it too.
    """
    key = ("organization levels", value, reach_of(actor), on)
    return while_unchanged(key, lambda: _levels(value, actor, on))


def _levels(value: str, actor: Any, on: date) -> list[Choice]:
    versions = _versions(actor, on)
    if value:
        chosen = versions.filter(organization__uid=value).first()
        line = [] if chosen is None else list(versions.filter(organization__in=path_ids(chosen.path)))
    else:
        reached = organizations_in_reach(actor, on)
        line = list(versions.exclude(parent__in=reached.values("pk")))
        chosen = line[0] if len(line) == 1 else None
    line.sort(key=lambda row: (len(path_ids(row.path)) if value else 0, path_ids(row.path)))
    below = list(versions.filter(parent=chosen.organization_id)) if chosen else []
    below.sort(key=lambda row: path_ids(row.path))
    shown = [(row, at if value else 0) for at, row in enumerate(line)]
    shown += [(row, len(line)) for row in below]
    return [Choice(str(row.organization.uid), _INDENT * depth + row.name) for row, depth in shown]


def organizations_below(uid: str, on: date) -> QuerySet[OrganizationVersion, int]:
    """The ids of the organisation and all that stood below it on the day, wherever it stands today."""
    key = PartyOrganization.objects.values_list("pk", flat=True).get(uid=uid)
    path = organization_path_on(key, on)
    rows = organizations_within("organization", path, on)
    return rows if path else rows.none()


def _versions(actor: Any, on: date) -> QuerySet[OrganizationVersion]:
    """How the organisations in reach were called and under whom they stood on the day."""
    reached = organizations_in_reach(actor, on)
    rows = OrganizationVersion.objects.filter(open_rows(on), organization__in=reached.values("pk"))
    return rows.select_related("organization")
