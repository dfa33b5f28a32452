"""Sheets of Party organisations: one line an organisation, with its secretary."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import database_uuid
from anlan.kernel.changes import Change
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.registers.derive import name_columns
from anlan.registers.imports.agreement import differing
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import Reach, areas_of, organizations_of, require_fresh, require_permission
from anlan.registers.imports.columns import ORGANIZATION_COLUMNS
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.registers.imports.organization_directory import FACTS, KnownOrganization, key_of, loose_key
from anlan.registers.imports.person_plan import coded, dated, text
from anlan.registers.imports.post_plan import PostPlan
from anlan.registers.imports.restating import plain_value, plain_values
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import OrganizationVersion, PartyOrganization
from anlan.registers.parameters import election_due
from anlan.registers.rules.elections import election_problems
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

VERSION_FACTS = ("name", "kind", "parent_id", "area_id")
BLANK = dict.fromkeys(FACTS) | dict.fromkeys(
    ("name", "code", "kind", "setup_mode", "founded_precision", "elected_precision"), ""
)


class _Organizations:
    """Works out what the sheets of organisations in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.organizations = organizations_of(context)
        self.reach = Reach(context, "registers.organization_add")
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
        self.posts = PostPlan(self.book, self.organizations)

    def plan(self) -> Plan:
        """The plan of all tables; each after the organisation above it, whatever the order of lines."""
        require_permission(self.context, "registers.organization_add", str(ORGANIZATIONS.label))
        for plan, n in in_order(self.plans):
            self._line(plan, n)
        return Plan(tables=self.plans, write=self._write, prepare=self._prepare, confirm=self._confirm)

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
        stated = self._stated(table, n)
        known = self._known(stated, column("short_name")[n], parent, place)
        own = known or parent
        if not self.reach.is_all and (own is None or not self.reach.holds(own, self.areas)):
            self._refuse_outside(table, n, known)
            plan.outcomes.update({} if known is None else {n: UNCHANGED})
            return
        written = column("area")[n]
        if known is None or (written and written is not NOTHING):
            stated["area_id"] = place.id
        if known is None:
            known = self._add(stated, parent, day)
            outcome = ADDED
        else:
            self._tell_parent(table, n, known, parent)
            outcome = CHANGED if self._change(known, stated, table, n, day) else UNCHANGED
        if column("short_name")[n]:
            self.organizations.name(known.id, column("short_name")[n])
        self._check(table, n)
        if self.posts.appoint(known, table, n, day) and outcome == UNCHANGED:
            outcome = CHANGED
        plan.outcomes[n] = outcome
        if outcome != UNCHANGED:
            plan.count("organization", outcome)

    def _refuse_outside(self, table: SheetTable, n: int, known: KnownOrganization | None) -> None:
        """Organisations outside the actor's range: those above it stand in every list, unchanged."""
        name = str(table.column("name")[n])
        if known is not None:
            table.warn(n, "name", "organization.out_of_reach", value=name)
            return
        says = "organization.out_of_reach"
        table.refuse(n, "name", "reference.unknown", value=name, what="党组织", says=says)

    def _parent(self, name: Any) -> KnownOrganization | Problem | None:
        if not name or name is NOTHING:
            return None
        return self.organizations.find(name)

    def _area(self, table: SheetTable, n: int, parent: KnownOrganization | Problem | None) -> Place | Problem:
        """Where it lies: what the line says (within the parent's area first), else where the parent does."""
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
        return self.areas.county() or Problem(
            "reference.unknown", "area", {"value": "", "what": "地区", "says": "reference.missing"}
        )

    def _stated(self, table: SheetTable, n: int) -> dict[str, Any]:
        """What the line states, by column; where it lies and under whom apart."""
        column = table.column
        stated: dict[str, Any] = {"name": key_of(column("name")[n])}
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
        """The organisation a line is about: by code, else by name (present, former) and place."""
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
        own_id = next(self.rows.ids)
        path = child_path(parent.path if parent else "", own_id)
        facts = {**BLANK, **stated, "parent_id": parent.id if parent else None}
        facts["election_due_on"] = facts["election_due_on"] or self._due(facts, day)
        begins = min(facts["founded_on"] or day, day)
        noted = self.rows.add_with_id(
            own_id,
            database_uuid(new_uid()),
            path,
            *name_columns(facts["name"]),
            *(plain_value(facts[name]) for name in FACTS),
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
        precision = facts["elected_precision"] or DAY
        return election_due(
            facts["kind"], area.kind, facts["elected_on"], on=day, path=area.path, precision=precision
        )

    def _tell_parent(
        self, table: SheetTable, n: int, known: KnownOrganization, parent: KnownOrganization | None
    ) -> None:
        """A line that names no parent states nothing about it; another one is an action of its own."""
        if parent is not None and known.facts["parent_id"] != parent.id:
            above = self.organizations.by_id.get(known.facts["parent_id"] or 0)
            table.warn(n, "parent", "organization.parent_differs", known=above.name if above else "无")

    def _change(
        self, known: KnownOrganization, stated: dict[str, Any], table: SheetTable, n: int, day: date
    ) -> bool:
        new = differing(known.facts, stated)
        turned = {name: new[name] for name in VERSION_FACTS if name in new}
        if turned and not self._turn(known, known.facts | new, set(turned), day):
            version = self._open_version(known)
            newer = version.valid_from.isoformat() if version else ""
            table.warn(n, "name", "register.newer", what=str(FACT_WORDS["name"]), day=newer)
            new = {name: value for name, value in new.items() if name not in turned}
        if not new:
            return False
        if "elected_on" in new and "election_due_on" not in stated:
            due = self._due(known.facts | new, day)
            if due != known.facts["election_due_on"]:
                new["election_due_on"] = due
        old = {name: known.facts[name] for name in new}
        known.facts.update(new)
        if "name" in new:
            for values, name in ((old, old["name"]), (new, new["name"])):
                values.update(name_columns(name)._asdict())
            self.organizations.name(known.id, known.name)
        record = ("organization", known.id)
        self.book.update(record, PartyOrganization, known.id, plain_values(old), plain_values(new))
        return True

    def _open_version(self, known: KnownOrganization) -> OrganizationVersion | None:
        return OrganizationVersion.objects.filter(organization_id=known.id, valid_to=None).first()

    def _turn(self, known: KnownOrganization, facts: dict[str, Any], names: set[str], day: date) -> bool:
        """Another name, kind or place from a day on: the version before it ends there.

        False where the register knows one of a later day.
        """
        version = self._open_version(known)
        record = ("organization", known.id)
        if version is None or known.is_new:
            return True
        if day < version.valid_from:
            return False
        if day == version.valid_from:
            old = {name: getattr(version, name) for name in names}
            new = {name: facts[name] for name in names}
            self.book.update(record, OrganizationVersion, version.pk, old, new)
            return True
        ends = {"valid_to": iso(day)}
        self.book.update(record, OrganizationVersion, version.pk, {"valid_to": None}, ends)
        self._version(known.id, facts, known.path, day)
        return True

    def _check(self, table: SheetTable, n: int) -> None:
        """Days that cannot be, as in the form, where they refuse; a sheet is told."""
        column = table.column
        founded, elected = (_partial(column(name)[n]) for name in ("founded_on", "elected_on"))
        due = _partial(column("election_due_on")[n])
        for problem in election_problems(
            elected_on=elected, founded_on=founded, due=due.date if due else None, today=self.context.today
        ):
            table.warn(n, problem.field, problem.code, **problem.params)

    def _prepare(self) -> None:
        self.book.seal({})

    def _write(self, change: Change) -> None:
        self._confirm()
        self.book.write(change)

    def _confirm(self) -> None:
        require_fresh(self.context, self.book.records())


def in_order(plans: Sequence[TablePlan]) -> Iterator[tuple[TablePlan, int]]:
    """The lines of all sheets, each after that of the organisation it names as its parent.

    Two that stand under each other come as they are: the first finds no parent.
    """
    waiting = [(plan, n) for plan in plans for n in plan.table.live_lines()]
    while waiting:
        names = {_name(plan, n) for plan, n in waiting}
        ready: list[tuple[TablePlan, int]] = []
        later: list[tuple[TablePlan, int]] = []
        for one in waiting:
            parent = _parent_name(*one)
            (later if parent in names and parent != _name(*one) else ready).append(one)
        yield from ready or later
        waiting = later if ready else []


def _name(plan: TablePlan, n: int) -> str:
    return loose_key(plan.table.column("name")[n])


def _parent_name(plan: TablePlan, n: int) -> str:
    return loose_key(plan.table.column("parent")[n] or "")


def _partial(value: Any) -> PartialDate | None:
    return value if isinstance(value, PartialDate) else None


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
    checks=(clip_long_texts,),
)
