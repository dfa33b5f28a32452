"""Sheets of members, read beside the register."""

from collections.abc import Mapping, Sequence
from datetime import date

from anlan.kernel.actors import Actor
from anlan.registers.imports.batch import areas_of, organizations_of
from anlan.registers.imports.member_lines import stated_membership
from anlan.registers.imports.organization_directory import KnownOrganization
from anlan.registers.imports.people import Known
from anlan.registers.imports.person_plan import dated, text
from anlan.registers.models import Membership
from anlan.registers.previews.choices import question_of
from anlan.registers.previews.persons import PersonReader, listed_persons, open_changes
from anlan.registers.previews.words import FLOATING_WORDS, MEMBERSHIP_WORDS
from anlan.registers.tables.register import member_url
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import NOTHING, RowProblem, SheetTable
from anlan.sheets.readers import CellChange, Missing


class MemberReader(PersonReader):
    """Persons with their membership and their time away."""

    facts = ("membership", "floating")

    def further_changes(
        self, known: Known, table: SheetTable, line: int, day: date, context: ImportContext
    ) -> Sequence[CellChange]:
        """Branch, stage, dates, posts, and where somebody works away."""
        stated = stated_membership(table, line, known.membership)
        return [
            *_branch_changes(known, table, line, context),
            *open_changes(MEMBERSHIP_WORDS, known.membership, stated, day),
            *_floating_changes(known, table, line, day),
        ]

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the members the actor may see; of persons who are none, the person's."""
        indexes = [bytes.fromhex(key) for key in keys if key]
        rows = Membership.objects.visible_to(actor).filter(person__id_index__in=indexes, valid_to=None)
        members = {
            bytes(row.person.id_index or b"").hex(): member_url(row) for row in rows.select_related("person")
        }
        return {**super().links(actor, keys), **members}

    def absent(self, tables: Sequence[SheetTable], context: ImportContext) -> Sequence[Missing]:
        """Members of the branches the lists speak of who are on none of their lines."""
        branches: set[int] = set()
        for table in tables:
            for line in table.live_lines():
                found = _branch(table, line, None, context)
                if found is not None and not found.is_new:
                    branches.add(found.id)
        listed = listed_persons(tables)
        rows = Membership.objects.filter(organization_id__in=branches, valid_to=None)
        columns = ("person_id", "person__id_index", "person__name", "organization__name")
        return [
            Missing(bytes(index or b"").hex(), name, branch)
            for person_id, index, name, branch in rows.order_by("organization__path", "person__name")
            .values_list(*columns)
            .iterator()
            if person_id not in listed
        ]

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous branch or place puts."""
        return question_of(table, problem, context)


def _branch(
    table: SheetTable, line: int, known: Known | None, context: ImportContext
) -> KnownOrganization | None:
    """The organisation a line names, as its own words and the person's village decide."""
    name = table.column("branch")[line]
    if not name or name is NOTHING:
        return None
    areas = areas_of(context)
    village = areas.village_of(known.facts["area_id"]) if known and known.facts["area_id"] else None
    found = organizations_of(context).find(name, areas=(village,) if village else ())
    return found if isinstance(found, KnownOrganization) else None


def _branch_changes(
    known: Known, table: SheetTable, line: int, context: ImportContext
) -> Sequence[CellChange]:
    branch = _branch(table, line, known, context)
    if branch is None:
        return ()
    before = known.membership.facts["organization_id"] if known.membership else None
    if before == branch.id:
        return ()
    directory = organizations_of(context)
    own = directory.by_id.get(before) if before else None
    return (CellChange("branch", own.name if own else "", branch.name),)


def _floating_changes(known: Known, table: SheetTable, line: int, day: date) -> list[CellChange]:
    floats, to = table.column("is_floating")[line], table.column("floating_to")[line]
    if floats in (False, NOTHING) or (floats is None and to is NOTHING):
        away = known.floating.facts["destination"] or "•" if known.floating else ""
        return [CellChange("floating_to", away, "")] if away else []
    if not (floats is True or to):
        return []
    stated = dated("since", "since_precision", table.column("floating_since")[line])
    if to is not None:
        stated["destination"] = text(to)
    return open_changes(FLOATING_WORDS, known.floating, stated, day)
