"""Sheets of members: one line a membership."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import database_uuid
from anlan.kernel.changes import Change, RowMade
from anlan.kernel.codes_party import STANDING
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.registers.imports import absence
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import (
    Reach,
    areas_of,
    organizations_of,
    people_of,
    require_fresh,
    require_nobody_added,
    require_permission,
)
from anlan.registers.imports.columns import MEMBER_COLUMNS
from anlan.registers.imports.floating_plan import FloatingPlan
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.registers.imports.member_lines import (
    FULL,
    NORMAL,
    PROBATIONARY,
    is_full,
    place_of,
    stage_of,
    stated_membership,
)
from anlan.registers.imports.organization_directory import KnownOrganization
from anlan.registers.imports.people import Known, OpenRow, chunks, index_of
from anlan.registers.imports.person_plan import PHONE, PersonPlan, stated_facts
from anlan.registers.imports.restating import Restated, close_row, restate
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import Appointment, Membership
from anlan.registers.parameters import member_min_age
from anlan.registers.rules.memberships import STANDINGS_IN_FORCE, MembershipFacts, membership_problems
from anlan.sheets.checks import check_against_id_number
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

MEMBERSHIP_BLANK = {
    "organization_id": None,
    "stage": "",
    "standing": "",
    "joined_on": None,
    "joined_precision": "",
    "full_member_on": None,
    "full_member_precision": "",
    "post": "",
    "is_resettler": None,
    "end_reason": "",
}


class _MembershipRows:
    """New memberships: like any table, with a public identifier in front."""

    def __init__(self, book: RowBook) -> None:
        self.model = Membership
        self._table = book.table(
            Membership, ("uid", "person_id", *MEMBERSHIP_BLANK, "valid_from", "valid_to"), ("uid",)
        )

    def add(self, *values: Any) -> tuple[int, RowMade]:
        """A new row; gives its id and how the record of changes notes it."""
        return self._table.add(database_uuid(new_uid()), *values)


class _Members:
    """Works out what the sheets of members in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.people = people_of(context)
        self.organizations = organizations_of(context)
        self.reach = Reach(context, "registers.membership_start")
        self.book = RowBook(lines=sum(map(len, tables)))
        self.persons = PersonPlan(self.book, self.people)
        self.memberships = _MembershipRows(self.book)
        self.floating = FloatingPlan(self.book, self.people)
        self.plans = [TablePlan(table) for table in tables]
        self.listed: set[int] = set()
        self.branches: set[int] = set()
        self.transferred: dict[int, tuple[int, date]] = {}

    def plan(self) -> Plan:
        """The plan of all tables."""
        require_permission(self.context, "registers.membership_start", str(MEMBERS.label))
        for plan in self.plans:
            table = plan.table
            ids = table.column("id_number")
            indexes = {n: index_of(ids[n]) for n in table.live_lines()}
            self.people.load(list(indexes.values()), ("membership", "floating"))
            for n, index in indexes.items():
                self._line(plan, n, index, ids[n])
        self._end_posts()
        return Plan(
            tables=self.plans,
            write=self._write,
            prepare=self._prepare,
            confirm=self._confirm,
            absent=absence.absent_members(self.branches, self.listed),
        )

    def _line(self, plan: TablePlan, n: int, index: bytes, id_number: str) -> None:
        table = plan.table
        day = self.context.day_of(table)
        known = self.people.get(index)
        place = place_of(self.areas, table, n)
        branch = self._branch(table, n, index, place)
        if isinstance(branch, Problem):
            table.refuse(n, "branch", branch.code, **branch.params)
            return
        if known is not None and self._is_elsewhere(known):
            params = {"value": table.column("name")[n], "what": "人员", "says": "person.elsewhere"}
            table.refuse(n, "id_number", "reference.unknown", **params)
            return
        self.branches.add(branch.id)
        if known is not None and known.facts["died_on"]:
            table.warn(n, "id_number", "register.dead", day=known.facts["died_on"].isoformat())
            plan.outcomes[n] = UNCHANGED
            self.listed.add(known.id)
            return
        columns = ("name", "ethnic_group", "education", "marital_status", "occupation", "address")
        facts = stated_facts(*(table.column(name)[n] for name in columns))
        changed = False
        if known is None:
            facts["area_id"] = place.id if place else None
            known = self.persons.add(index, id_number, facts)
            plan.count("person", "added")
        elif self.persons.change(known, facts):
            changed = True
            plan.count("person", "changed")
        self.listed.add(known.id)
        is_new = known.membership is None
        belongs = self._belong(table, n, known, branch, day)
        changed |= belongs
        if known.membership is not None:
            changed |= self.floating.state(table, n, known, day)
        changed |= self.persons.state_contacts(known, PHONE, table.column("phone")[n], table.file[:120], day)
        self._check(table, n, known, branch)
        if belongs:
            plan.count("membership", "added" if is_new else "changed")
        plan.outcomes[n] = ADDED if is_new and belongs else CHANGED if changed else UNCHANGED

    def _is_elsewhere(self, known: Known) -> bool:
        """Whether somebody lies outside the actor's ranges, or belongs to an organisation there."""
        if known.id in self.people.elsewhere:
            return True
        if known.membership is None:
            return False
        own = self.organizations.by_id.get(known.membership.facts["organization_id"])
        return not self.reach.is_all and (own is None or not self.reach.holds(own, self.areas))

    def _branch(
        self, table: SheetTable, n: int, index: bytes, place: Place | None
    ) -> KnownOrganization | Problem:
        name = table.column("branch")[n]
        if not name or name is NOTHING:
            missing = {"value": "", "what": "党组织", "says": "reference.missing"}
            return Problem("reference.unknown", "branch", missing)
        found = self.organizations.find(name, areas=tuple(self._evidence(table, index, place)))
        if isinstance(found, KnownOrganization) and not self.reach.holds(found, self.areas):
            return Problem("reference.unknown", "branch", {"value": name, "what": "党组织"})
        return found

    def _evidence(self, table: SheetTable, index: bytes, place: Place | None) -> Iterator[Place]:
        """Where the branch should lie: the line's own place, that of the person, the sheet's title."""
        if place:
            yield self.areas.village_of(place.id) or place
        known = self.people.get(index)
        registered = known.facts["area_id"] if known else None
        for area_id in (registered, self.people.said.get(index)):
            village = self.areas.village_of(area_id) if area_id else None
            if village:
                yield village
                if village.parent_id in self.areas.by_id:
                    yield self.areas.by_id[village.parent_id]
        around = table.evidence
        if around.township or around.village:
            found = self.areas.find(around.township or None, around.village or None)
            if isinstance(found, Place):
                yield found

    def _belong(self, table: SheetTable, n: int, known: Known, branch: KnownOrganization, day: date) -> bool:
        """Bring the membership to what a line states; gives whether any differs."""
        open_row = known.membership
        stated = stated_membership(table, n, open_row)
        standing = stated.get("standing", "")
        if standing in STANDING.names and standing not in STANDINGS_IN_FORCE:
            return self._end(table, n, known, day, standing)
        before = open_row.facts["organization_id"] if open_row else None
        stated["organization_id"] = branch.id
        if open_row is None:
            stated = {
                "standing": NORMAL,
                **stated,
                "stage": stated.get("stage") or stage_of(table, stated, day),
            }
        elif "stage" not in stated and open_row.facts["stage"] == PROBATIONARY and is_full(stated, day):
            stated["stage"] = FULL
        ended = self.people.ended.get(("membership", known.id))
        known.membership, done = restate(
            self.book,
            self.memberships,
            known,
            open_row,
            stated,
            MEMBERSHIP_BLANK,
            day,
            ended=ended,
            reason=_reason(open_row, stated),
        )
        if done is Restated.NEWER:
            since = open_row.valid_from if open_row else ended
            params = {"what": str(FACT_WORDS["membership"]), "day": since.isoformat() if since else ""}
            table.warn(n, "branch", "register.newer", **params)
        elif done is Restated.CHANGED:
            self.book.note(("organization", branch.id))
            if before is not None and before != branch.id:
                self.book.note(("organization", before))
                self.transferred[known.id] = before, day
        return done is Restated.CHANGED

    def _end(self, table: SheetTable, n: int, known: Known, day: date, standing: str) -> bool:
        """A line that says that somebody is a member no more ends the membership there is, and makes none."""
        row = known.membership
        if row is None or row.is_new or day < row.valid_from:
            table.warn(n, "standing", "membership.over", standing=STANDING.name_of(standing))
            return False
        close_row(self.book, Membership, known, row.id, day, standing)
        self.book.note(("organization", row.facts["organization_id"]))
        self.floating.end(known, day)
        self.transferred[known.id] = row.facts["organization_id"], day
        known.membership = None
        return True

    def _end_posts(self) -> None:
        """Posts in an organisation end when their holder leaves it, as in ``membership_transfer``."""
        for chunk in chunks(list(self.transferred)):
            posts = Appointment.objects.filter(person_id__in=chunk, valid_to=None)
            for own_id, person_id, organization_id, since in posts.values_list(
                "pk", "person_id", "organization_id", "valid_from"
            ):
                left, day = self.transferred[person_id]
                if organization_id == left:
                    ends = {"valid_to": iso(max(day, since))}
                    record = ("organization", left)
                    self.book.update(record, Appointment, own_id, {"valid_to": None}, ends)

    def _check(self, table: SheetTable, n: int, known: Known, branch: KnownOrganization) -> None:
        """Days that cannot be, as in the form, where they refuse; a sheet is told."""
        joined, full = (_partial(table.column(name)[n]) for name in ("joined_on", "full_member_on"))
        if joined is None and full is None:
            return
        area = self.areas.by_id.get(branch.facts["area_id"])
        day = known.facts["birth_date"]
        problems = membership_problems(
            MembershipFacts(FULL, NORMAL, joined, full),
            birth=PartialDate(day, known.facts["birth_precision"] or DAY) if day else None,
            today=self.context.today,
            min_age=self._min_age(area.path if area else ""),
        )
        for problem in problems:
            table.warn(n, _COLUMN_OF[problem.field], problem.code, **problem.params)

    def _min_age(self, path: str) -> int:
        ages: dict[str, int] = self.context.store.setdefault("registers.min_age", {})
        if path not in ages:
            ages[path] = member_min_age(self.context.today, path)
        return ages[path]

    def _prepare(self) -> None:
        self.persons.seal(self.people.salts())

    def _write(self, change: Change) -> None:
        self._confirm()
        self.book.write(change)

    def _confirm(self) -> None:
        require_fresh(self.context, self.book.records())
        require_nobody_added(self.context, self.people)


def _reason(open_row: OpenRow | None, stated: dict[str, Any]) -> str:
    """Why the open row ends, in the words of the actions."""
    if open_row is None:
        return ""
    if stated["organization_id"] != open_row.facts["organization_id"]:
        return "transfer"
    return "stage" if stated.get("stage", open_row.facts["stage"]) != open_row.facts["stage"] else ""


def _partial(value: Any) -> PartialDate | None:
    return value if isinstance(value, PartialDate) else None


_COLUMN_OF = {"joined": "joined_on", "full_member": "full_member_on"}


def plan_members(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of members change; nothing is written before ``Plan.write``."""
    return _Members(tables, context).plan()


MEMBERS = SheetKind(
    code="members",
    label=_("党员"),
    order=40,
    columns=MEMBER_COLUMNS,
    needs=("name", "id_number"),
    identity=("id_number",),
    plan=plan_members,
    title_words=("党员花名册", "党员名册", "党员信息", "党员登记", "党员名单", "党员基本信息"),
    checks=(check_against_id_number, clip_long_texts),
)
