"""Secretaries and their deputies, as sheets of organisations name them."""

from datetime import date
from typing import Any

from anlan.kernel import protection
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.organization_directory import KnownOrganization, OrganizationDirectory
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import Appointment
from anlan.registers.rules.posts import begins
from anlan.sheets.lines import NOTHING, SheetTable

POSTS = (
    ("secretary", "secretary_name", "secretary_phone"),
    ("deputy_secretary", "deputy_name", "deputy_phone"),
)
"""Posts a sheet of organisations may name: post, column of the name, column of the phone."""
_PHONE = ("phone", "phone_index", "phone_tail")


class PostPlan:
    """Collects who takes and leaves posts in one batch. Names are kept as text until matched to a person."""

    def __init__(self, book: RowBook, organizations: OrganizationDirectory) -> None:
        self._book = book
        self._rows = book.table(
            Appointment,
            ("organization_id", "post", "name", *_PHONE, "term_ends_on", "valid_from", "valid_to"),
            ("phone_index", "phone_tail"),
        )
        rows = Appointment.objects.filter(valid_to=None, post__in=[post for post, _, _ in POSTS])
        for row in rows.values("id", "organization_id", "post", "name", "phone_index", "valid_from"):
            known = organizations.by_id.get(row["organization_id"])
            if known is not None:
                known.posts.setdefault(row["post"], row)

    def appoint(self, known: KnownOrganization, table: SheetTable, n: int, day: date) -> bool:
        """Bring the posts of an organisation to what a line states; gives whether any differs."""
        changed = False
        for post, name_column, phone_column in POSTS:
            name = table.column(name_column)[n]
            now = known.posts.get(post)
            if name is None:
                continue
            phones = table.column(phone_column)[n] or ()
            if now is not None and day < now["valid_from"] and name != now["name"]:
                since = now["valid_from"].isoformat()
                table.warn(n, name_column, "register.newer", what=str(FACT_WORDS["post"]), day=since)
            elif name is NOTHING:
                changed |= self._vacate(known, post, day)
            elif now is not None and now["name"] == name:
                changed |= self._phone(known, now, phones[0] if phones else None)
            else:
                changed |= self._take(known, post, name, phones[0] if phones else None, day)
        return changed

    def _vacate(self, known: KnownOrganization, post: str, day: date) -> bool:
        now = known.posts.pop(post, None)
        if now is None:
            return False
        ends = {"valid_to": iso(day)}
        self._book.update(("organization", known.id), Appointment, now["id"], {"valid_to": None}, ends)
        return True

    def _phone(self, known: KnownOrganization, now: dict[str, Any], phone: str | None) -> bool:
        """Another phone of the one who holds the post already."""
        if phone is None or _bytes(now["phone_index"]) == protection.index_of(phone):
            return False
        stored = Appointment.objects.filter(pk=now["id"]).values(*_PHONE).first() or dict.fromkeys(_PHONE)
        old = {name: _bytes(value) for name, value in stored.items()}
        new = dict(zip(_PHONE, _sealed(phone), strict=True))
        self._book.update(("organization", known.id), Appointment, now["id"], old, new)
        now["phone_index"] = new["phone_index"]
        return True

    def _take(self, known: KnownOrganization, post: str, name: str, phone: str | None, day: date) -> bool:
        """Somebody else takes the post: the holder's row ends there."""
        self._vacate(known, post, day)
        starts = begins(known.facts["elected_on"], day) if known.is_new else day
        due = known.facts["election_due_on"]
        term = iso(due) if due is not None and due > starts else None
        own_id, noted = self._rows.add(known.id, post, name, *_sealed(phone), term, iso(starts), None)
        self._book.note(("organization", known.id), noted)
        index = protection.index_of(phone) if phone else None
        known.posts[post] = {"id": own_id, "name": name, "phone_index": index, "valid_from": starts}
        return True


def _sealed(phone: str | None) -> tuple[bytes | None, bytes | None, bytes | None]:
    if not phone:
        return None, None, None
    tail = protection.tail_index_of(protection.tail_of(phone))
    return protection.seal(phone), protection.index_of(phone), tail


def _bytes(value: Any) -> bytes | None:
    return bytes(value) if value else None
