"""Writing Party organisations: the tree, their versions, and who may still be in one."""

from datetime import date
from typing import Any

from anlan.kernel.bulk import reserve_ids
from anlan.kernel.changes import Change
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import turn
from anlan.registers.derive import name_columns
from anlan.registers.models import OrganizationVersion, PartyOrganization

_VERSIONED = ("name", "kind", "parent_id", "path", "area_id")


def require_open(organization: PartyOrganization, field: str = "organization") -> None:
    """Refuse an organisation that exists no more."""
    if organization.valid_to is not None:
        raise Refused(Problem("organization.ended", field, {"name": organization.name}))


def require_free_name(name: str, parent: PartyOrganization | None, besides: int | None = None) -> None:
    """Refuse a name that another organisation under the same parent bears today."""
    others = PartyOrganization.objects.filter(valid_to=None, name=name, parent=parent)
    if any(pk != besides for pk in others.values_list("pk", flat=True)):
        raise Refused(Problem("organization.name_taken", "name", {"name": name}))


def open_version(organization: PartyOrganization) -> OrganizationVersion:
    """The version that holds today; one is made (not stored) for an organisation that never had any."""
    version = organization.versions.filter(valid_to=None).select_for_update(of=("self",)).first()
    facts = {name: getattr(organization, name) for name in _VERSIONED}
    return version or OrganizationVersion(
        organization=organization, valid_from=organization.valid_from, **facts
    )


def insert(change: Change, organization: PartyOrganization) -> None:
    """Insert an organisation (not stored yet) under its parent, with its first version."""
    organization.pk = reserve_ids(PartyOrganization, 1)[0]
    organization.path = child_path(organization.parent.path if organization.parent else "", organization.pk)
    for name, value in name_columns(organization.name)._asdict().items():
        setattr(organization, name, value)
    change.create(organization)
    change.create(open_version(organization))


def restate(change: Change, organization: PartyOrganization, on: date, **facts: Any) -> None:
    """Let another name, kind, parent, path or area hold from a day on: the version turns, the row follows."""
    turn(change, open_version(organization), on, **facts)
    change.begin(organization)
    for name, value in facts.items():
        setattr(organization, name, value)
    if "name" in facts:
        for name, value in name_columns(organization.name)._asdict().items():
            setattr(organization, name, value)
    change.save(organization)


def put_under(
    change: Change, organization: PartyOrganization, parent: PartyOrganization, on: date
) -> tuple[str, str]:
    """Put an organisation with everything below it under another one; gives the old and new path."""
    before, after = organization.path, child_path(parent.path, organization.pk)
    below = PartyOrganization.objects.within(before).filter(valid_to=None).select_for_update(of=("self",))
    for node in list(below.order_by("path")):
        facts: dict[str, Any] = {"path": after + node.path.removeprefix(before)}
        if node.pk == organization.pk:
            facts["parent_id"] = parent.pk
        restate(change, node, on, **facts)
    organization.refresh_from_db()
    return before, after
