"""Sheets of Party organisations, read beside the register."""

from collections.abc import Mapping, Sequence
from typing import Any

from anlan.kernel.actors import Actor
from anlan.registers.imports.agreement import differing
from anlan.registers.imports.organization_directory import FACTS, key_of
from anlan.registers.imports.person_plan import coded, dated
from anlan.registers.models import Appointment, PartyOrganization
from anlan.registers.previews.choices import question_of
from anlan.registers.previews.words import ORGANIZATION_WORDS, in_words
from anlan.registers.tables.register import organization_url
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import NOTHING, RowProblem, SheetTable
from anlan.sheets.readers import CellChange, RegisterReader

_POSTS = (("secretary", "secretary_name"), ("deputy_secretary", "deputy_name"))


class OrganizationReader(RegisterReader):
    """Organisations by name; of namesakes nothing is told, because only the plan knows which is meant."""

    def keys(self, table: SheetTable) -> Sequence[str]:
        """The name as it is compared."""
        return [key_of(name) if name else "" for name in table.column("name")]

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """Facts and posts that differ."""
        keys = self.keys(table)
        known = _by_name(PartyOrganization.objects.filter(name__in={keys[line] for line in lines}))
        codes = {row.code: row for row in PartyOrganization.objects.exclude(code="").filter(valid_to=None)}
        holders = _holders(known.values())
        found: dict[int, Sequence[CellChange]] = {}
        for line in lines:
            row = codes.get(table.column("code")[line] or "") or known.get(keys[line])
            if row is None:
                continue
            facts = {name: getattr(row, name) for name in FACTS}
            new = differing(facts, _stated(table, line))
            found[line] = [
                *in_words(ORGANIZATION_WORDS, facts, new),
                *_post_changes(table, line, holders.get(row.pk, {})),
            ]
        return found

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the organisations the actor may see, where the name is that of one only."""
        rows = PartyOrganization.objects.visible_to(actor).filter(name__in=[key for key in keys if key])
        return {name: organization_url(row) for name, row in _by_name(rows).items()}

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous parent or place puts."""
        return question_of(table, problem, context)


def _by_name(rows: Any) -> dict[str, PartyOrganization]:
    found: dict[str, PartyOrganization] = {}
    several: set[str] = set()
    for row in rows.filter(valid_to=None):
        if row.name in found:
            several.add(row.name)
        found[row.name] = row
    return {name: row for name, row in found.items() if name not in several}


def _holders(rows: Any) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    posts = Appointment.objects.filter(organization__in=list(rows), valid_to=None).select_related("person")
    for post in posts:
        name = post.person.name if post.person else post.name
        found.setdefault(post.organization_id, {}).setdefault(post.post, name)
    return found


def _stated(table: SheetTable, line: int) -> dict[str, Any]:
    """What a line states of an organisation, as the plan takes it."""
    column = table.column
    stated: dict[str, Any] = {"name": key_of(column("name")[line])}
    code = column("code")[line]
    if code and code is not NOTHING:
        stated["code"] = code
    for name in ("kind", "setup_mode"):
        value = coded(column(name)[line])
        if value:
            stated[name] = value
    for name in ("founded", "elected"):
        stated |= dated(f"{name}_on", f"{name}_precision", column(f"{name}_on")[line])
    due = column("election_due_on")[line]
    if due and due is not NOTHING:
        stated["election_due_on"] = due.date
    return stated


def _post_changes(table: SheetTable, line: int, holders: Mapping[str, str]) -> list[CellChange]:
    found = []
    for post, field in _POSTS:
        value = table.column(field)[line]
        names = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        said = "、".join(names)
        if said and said != holders.get(post, ""):
            found.append(CellChange(field, holders.get(post, ""), said))
    return found
