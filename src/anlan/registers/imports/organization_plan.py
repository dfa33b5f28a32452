"""Sheets of Party organisations: one line an organisation, with its secretary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel import protection
from anlan.kernel.bulk import database_uuid, reserve_ids
from anlan.kernel.changes import Change
from anlan.kernel.names import pinyin_of, search_tokens
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import areas_of, organizations_of, require_fresh
from anlan.registers.imports.columns import ORGANIZATION_COLUMNS
from anlan.registers.imports.organization_directory import FACTS, KnownOrganization, key_of
from anlan.registers.imports.person_plan import coded, dated, text
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import Appointment, OrganizationVersion, PartyOrganization
from anlan.registers.parameters import election_due
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

VERSION_FACTS = ("name", "kind", "parent_id", "area_id")
BLANK = dict.fromkeys(FACTS) | dict.fromkeys(
    ("name", "code", "kind", "setup_mode", "founded_precision", "elected_precision"), ""
)
POSTS = (
    ("secretary", "secretary_name", "secretary_phone"),
    ("deputy_secretary", "deputy_name", "deputy_phone"),
)
"""Posts a sheet of organisations may name: post, column of the name, column of the phone."""


class _Organizations:
    """Works out what the sheets of organisations in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.organizations = organizations_of(context)
        self.plans = [TablePlan(table) for table in tables]
        self.book = RowBook()
        self.rows = self.book.table(
            PartyOrganization,
            ("uid", "path", "pinyin", "initials", "tokens", *FACTS, "valid_from", "valid_to"),
            ("uid", "pinyin", "initials", "tokens"),
        )
        self.versions = self.book.table(
            OrganizationVersion, ("organization_id", *VERSION_FACTS, "path", "valid_from", "valid_to")
        )
        self.posts = self.book.table(
            Appointment,
            (
                "organization_id",
                "post",
                "name",
                "phone",
                "phone_index",
                "phone_tail",
                "term_ends_on",
                "valid_from",
                "valid_to",
            ),
            ("phone_index", "phone_tail"),
        )
        self._load_posts()

    def _load_posts(self) -> None:
        rows = Appointment.objects.filter(valid_to=None)
        for row in rows.values("id", "organization_id", "post", "name", "phone_index", "valid_from"):
            known = self.organizations.by_id.get(row["organization_id"])
            if known is not None:
                known.posts.setdefault(row["post"], row)

    def plan(self) -> Plan:
        """The plan of all tables; an organisation is planned after the one above it, whatever the order of lines."""
        waiting = [(plan, n) for plan in self.plans for n in plan.table.live_lines()]
        named = {key_of(plan.table.column("name")[n]) for plan, n in waiting}
        while waiting:
            later = []
            for plan, n in waiting:
                parent = plan.table.column("parent")[n]
                if (
                    parent
                    and key_of(parent) in named
                    and key_of(parent) != key_of(plan.table.column("name")[n])
                ):
                    later.append((plan, n))
                else:
                    self._line(plan, n)
            done = {key_of(plan.table.column("name")[n]) for plan, n in waiting} - {
                key_of(plan.table.column("name")[n]) for plan, n in later
            }
            if not done:
                # Two that stand under each other: plan them as they come, the first finds no parent.
                for plan, n in later:
                    self._line(plan, n)
                break
            named -= done
            waiting = later
        return Plan(tables=self.plans, write=self._write, prepare=self._prepare)

    def _line(self, plan: TablePlan, n: int) -> None:
        table = plan.table
        column = table.column
        parent = self._parent(column("parent")[n])
        place = self._area(table, n, parent)
        for problem, name in ((parent, "parent"), (place, "area")):
            if isinstance(problem, Problem):
                table.refuse(n, name, problem.code, **problem.params)
                return
        assert not isinstance(parent, Problem) and isinstance(place, Place)
        day = self.context.day_of(table)
        stated = self._stated(table, n, parent, place)
        known = self._known(stated, column("short_name")[n], parent, place)
        if known is None:
            known = self._add(stated, parent, day)
            outcome = ADDED
        else:
            outcome = CHANGED if self._change(known, stated, parent, day) else UNCHANGED
        posted = self._appoint(known, table, n, day)
        if posted and outcome == UNCHANGED:
            outcome = CHANGED
        plan.outcomes[n] = outcome
        if outcome != UNCHANGED:
            plan.count("organization", outcome)

    def _parent(self, name: Any) -> KnownOrganization | Problem | None:
        if not name or name is NOTHING:
            return None
        return self.organizations.find(name)

    def _area(self, table: SheetTable, n: int, parent: KnownOrganization | Problem | None) -> Place | Problem:
        """Where it lies: what the line says (read within the parent's area first), else where the parent does."""
        written = table.column("area")[n]
        own = self.areas.by_id.get(parent.facts["area_id"]) if isinstance(parent, KnownOrganization) else None
        if written and written is not NOTHING:
            if own is not None:
                near = self.areas.resolve(written, within=own)
                if isinstance(near, Place):
                    return near
            return self.areas.resolve(written)
        if own is not None:
            return own
        top = next((place for place in self.areas.by_id.values() if place.parent_id is None), None)
        return top or Problem("reference.unknown", "area", {"value": "", "what": "地区"})

    def _stated(
        self, table: SheetTable, n: int, parent: KnownOrganization | None, place: Place
    ) -> dict[str, Any]:
        column = table.column
        stated: dict[str, Any] = {"name": key_of(column("name")[n]), "area_id": place.id}
        if parent is not None:
            stated["parent_id"] = parent.id
        if text(column("code")[n]):
            stated["code"] = column("code")[n]
        for name in ("kind", "setup_mode"):
            value = coded(column(name)[n])
            if value:
                stated[name] = value
        stated |= dated("founded_on", "founded_precision", column("founded_on")[n])
        stated |= dated("elected_on", "elected_precision", column("elected_on")[n])
        due = column("election_due_on")[n]
        if due and due is not NOTHING:
            stated["election_due_on"] = due.date
        return stated

    def _known(
        self, stated: dict[str, Any], short_name: Any, parent: KnownOrganization | None, place: Place
    ) -> KnownOrganization | None:
        """The organisation of the register this line is about: by code, else by name (present, former) and place."""
        if stated.get("code"):
            for one in self.organizations.by_id.values():
                if one.facts["code"] == stated["code"]:
                    return one
        for name in (stated["name"], short_name):
            if not name or name is NOTHING:
                continue
            named = self.organizations.exact(name)
            if parent is not None:
                named = [one for one in named if one.facts["parent_id"] in (None, parent.id)]
            here = [one for one in named if one.facts["area_id"] == place.id] or named
            if here:
                return here[0]
        return None

    def _add(self, stated: dict[str, Any], parent: KnownOrganization | None, day: date) -> KnownOrganization:
        own_id = reserve_ids(PartyOrganization, 1)[0]
        path = child_path(parent.path if parent else "", own_id)
        facts = {**BLANK, **stated}
        facts["election_due_on"] = facts["election_due_on"] or self._due(facts, day)
        begins = min(facts["founded_on"] or day, day)
        pinyin, initials = pinyin_of(facts["name"])
        noted = self.rows.add_with_id(
            own_id,
            database_uuid(new_uid()),
            path,
            pinyin,
            initials,
            search_tokens(facts["name"]),
            *(_stored(facts[name]) for name in FACTS),
            iso(begins),
            None,
        )
        self.book.note(("organization", own_id), noted)
        self._version(own_id, facts, path, begins)
        known = KnownOrganization(own_id, path, facts, is_new=True)
        self.organizations.learn(known)
        return known

    def _version(self, own_id: int, facts: dict[str, Any], path: str, day: date) -> None:
        values = [facts[name] for name in VERSION_FACTS]
        _row, noted = self.versions.add(own_id, *values, path, iso(day), None)
        self.book.note(("organization", own_id), noted)

    def _due(self, facts: dict[str, Any], day: date) -> date | None:
        area = self.areas.by_id[facts["area_id"]]
        return election_due(facts["kind"], area.kind, facts["elected_on"], on=day, path=area.path)

    def _change(
        self, known: KnownOrganization, stated: dict[str, Any], parent: KnownOrganization | None, day: date
    ) -> bool:
        new = {name: value for name, value in stated.items() if known.facts[name] != value}
        # A line that names no parent states nothing about it; under another parent is another organisation.
        new.pop("parent_id", None)
        if not new:
            return False
        facts = known.facts | new
        if "elected_on" in new and "election_due_on" not in stated:
            due = self._due(facts, day)
            if due != known.facts["election_due_on"]:
                new["election_due_on"] = due
        old = {name: known.facts[name] for name in new}
        record = ("organization", known.id)
        if "name" in new:
            self._rename(known, facts, old, new, day)
        self.book.update(record, PartyOrganization, known.id, _stored_all(old), _stored_all(new))
        known.facts.update({name: value for name, value in new.items() if name in known.facts})
        self.organizations.name(known.id, known.name)
        return True

    def _rename(
        self,
        known: KnownOrganization,
        facts: dict[str, Any],
        old: dict[str, Any],
        new: dict[str, Any],
        day: date,
    ) -> None:
        """A new name from a day on: the version before it ends there."""
        for values, name in ((old, known.name), (new, facts["name"])):
            values["pinyin"], values["initials"] = pinyin_of(name)
            values["tokens"] = search_tokens(name)
        version = OrganizationVersion.objects.filter(organization_id=known.id, valid_to=None).first()
        record = ("organization", known.id)
        if version is not None and version.valid_from < day:
            self.book.update(
                record, OrganizationVersion, version.pk, {"valid_to": None}, {"valid_to": iso(day)}
            )
            self._version(known.id, facts, known.path, day)
        elif version is not None:
            self.book.update(
                record, OrganizationVersion, version.pk, {"name": version.name}, {"name": facts["name"]}
            )

    def _appoint(self, known: KnownOrganization, table: SheetTable, n: int, day: date) -> bool:
        changed = False
        for post, name_column, phone_column in POSTS:
            name = table.column(name_column)[n]
            if not name or name is NOTHING:
                continue
            phones = table.column(phone_column)[n] or []
            changed |= self._post(known, post, name, phones[0] if phones else None, day)
        return changed

    def _post(self, known: KnownOrganization, post: str, name: str, phone: str | None, day: date) -> bool:
        record = ("organization", known.id)
        index = protection.index_of(phone) if phone else None
        now = known.posts.get(post)
        sealed = protection.seal(phone) if phone else None
        tail = protection.tail_index_of(protection.tail_of(phone)) if phone else None
        if now is not None and now["name"] == name:
            if index is None or (now["phone_index"] and bytes(now["phone_index"]) == index):
                return False
            new = {"phone": sealed, "phone_index": index, "phone_tail": tail}
            stored = Appointment.objects.filter(pk=now["id"]).values(*new).first() or dict.fromkeys(new)
            old = {key: bytes(value) if value else None for key, value in stored.items()}
            self.book.update(record, Appointment, now["id"], old, new)
            return True
        if now is not None and day > now["valid_from"]:
            self.book.update(record, Appointment, now["id"], {"valid_to": None}, {"valid_to": iso(day)})
        begins = min(known.facts["elected_on"] or day, day) if known.is_new else day
        values = (post, name, sealed, index, tail, iso(known.facts["election_due_on"]), iso(begins), None)
        own_id, noted = self.posts.add(known.id, *values)
        self.book.note(record, noted)
        known.posts[post] = {"id": own_id, "name": name, "phone_index": index, "valid_from": begins}
        return True

    def _prepare(self) -> None:
        self.book.seal({})

    def _write(self, change: Change) -> None:
        require_fresh(self.context, self.book.records())
        self.book.write(change)


def _stored(value: Any) -> Any:
    return iso(value) if isinstance(value, date) else value


def _stored_all(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _stored(value) for name, value in values.items()}


def plan_organizations(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of organisations change; nothing is written before ``Plan.write``."""
    return _Organizations(tables, context).plan()


ORGANIZATIONS = SheetKind(
    code="organizations",
    label=_("党组织"),
    order=20,
    columns=ORGANIZATION_COLUMNS,
    needs=("name",),
    identity=("name", "parent"),
    plan=plan_organizations,
    title_words=("党组织情况", "党组织统计", "党组织名册", "党组织一览", "党组织信息"),
)
