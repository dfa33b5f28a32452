"""Kinds of sheets: which columns they have, how they are recognised, who plans what their lines change.

The engine knows no register. A higher part declares a ``SheetKind`` and registers it when it starts; see
docs/howto/add-a-sheet-kind.md.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.utils.functional import Promise

from anlan.kernel.actors import Actor
from anlan.sheets.lines import RowProblem, SheetTable
from anlan.sheets.values import ValueType

if TYPE_CHECKING:
    from anlan.kernel.actors import Actor
    from anlan.kernel.changes import Change

Scope = Literal["line", "household", "place"]
Outcome = Literal["added", "changed", "unchanged", "refused", "duplicate"]

ADDED: Outcome = "added"
CHANGED: Outcome = "changed"
UNCHANGED: Outcome = "unchanged"


def words(text: str) -> tuple[str, ...]:
    """Header words from a text in which spaces separate them."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column a kind knows.

    ``words`` are the headers people give it; nested headers join with "/" (书记/姓名). ``missing_code``
    refuses a line whose cell is blank. ``telling`` columns distinguish the kind from others. ``scope`` says
    how blanks are read: "line" never filled; "household" written once for a household; "place" written once
    for a block of lines. ``default_from`` names the ``Evidence`` (township, village, group, organization)
    that stands in when the column is absent or blank. ``compare`` is False for what may differ between two
    lines of one person (phones, remarks). ``after`` names a date field this one follows in time, for
    headers in unknown words. ``by_content`` False: never recognised by its cells alone, because other
    columns hold the same kind of cells. ``imported`` False: the column is recognised and told, and its
    values are not used. ``many``: several columns may hold it (mobile and landline); their values are taken
    together.
    """

    field: str
    words: tuple[str, ...]
    value: ValueType
    missing_code: str = ""
    telling: bool = False
    scope: Scope = "line"
    default_from: str = ""
    compare: bool = True
    after: str = ""
    by_content: bool = True
    imported: bool = True
    many: bool = False


@dataclass(slots=True)
class ImportContext:
    """What every plan of a batch is told. ``store`` is shared: later kinds see there what earlier ones will
    add.

    ``actor`` is who imports: plans look at nothing outside the actor's range. ``as_of`` is the day given on
    the command line, None when it was not; ``day_of(table)`` is the one that holds. ``answers`` maps a
    register's name to what was ambiguous and what it means. ``tables`` are all sheets of the batch by kind,
    so that a plan may look at what another kind says of the same thing.
    """

    today: date
    actor: "Actor"
    as_of: date | None = None
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[SheetTable]] = field(default_factory=dict)
    store: dict[str, Any] = field(default_factory=dict)

    def day_of(self, table: SheetTable) -> date:
        """The day from which the facts of a sheet hold: asked for, else from its unit line, else today.

        A unit line that names a day to come is a slip of the pen: a register says what is.
        """
        return self.as_of or min(table.as_of or self.today, self.today)


@dataclass(slots=True)
class TablePlan:
    """What one sheet will do: an outcome for every line that is neither refused nor repeated.

    ``outcomes`` maps a line to added, changed or unchanged. Lines the plan refuses go through
    ``table.refuse``. ``written`` counts per register what that adds and changes: ``{"person": {"added": 3,
    "changed": 1}}``.
    """

    table: SheetTable
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    written: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, register: str, what: str, number: int = 1) -> None:
        """Add to ``written``."""
        self.written.setdefault(register, Counter())[what] += number


def _nothing() -> None:
    """Plans whose rows are ready have nothing left to do before the transaction, nor to ask after it."""


@dataclass(slots=True)
class Plan:
    """What all sheets of one kind will do, worked out without writing.

    ``prepare`` is called right before the transaction, for what needs no lock (sealing payloads); not in a
    dry run. ``write`` is called inside the one transaction of the batch and raises ``StalePlan`` when the
    register has changed since; ``confirm`` asks the same again when everything is written and nobody else can
    write any more. ``absent`` counts, per register, what stands there and is in none of these
    full lists. ``notes`` are lists for the report by name, without personal data.
    """

    tables: list[TablePlan]
    write: "Callable[[Change], None]"
    prepare: Callable[[], None] = _nothing
    confirm: Callable[[], None] = _nothing
    absent: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether every line says what the register has."""
        return not any(one.written or {*one.outcomes.values()} - {UNCHANGED} for one in self.tables)


class StalePlan(Exception):
    """The register changed between planning and writing; the engine plans anew."""


Planner = Callable[[Sequence[SheetTable], ImportContext], Plan]
Check = Callable[[SheetTable], None]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet.

    ``order`` says what is imported before what. ``needs`` are the fields without which a sheet cannot be
    read as this kind; ``stand_ins`` says which column may serve for one of them. It is recognised when they
    are found together with ``min_telling`` telling columns, or with one of ``title_words`` in the title, the
    sheet's or the file's name. ``identity`` names the fields that tell whether two lines speak of the same
    thing. ``checks`` run on every table after reading.
    """

    code: str
    label: str | Promise
    order: int
    columns: tuple[ColumnSpec, ...]
    needs: tuple[str, ...]
    identity: tuple[str, ...]
    plan: Planner
    title_words: tuple[str, ...] = ()
    min_telling: int = 1
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def spec(self, name: str) -> ColumnSpec | None:
        """The column of a field."""
        return next((spec for spec in self.columns if spec.field == name), None)


_kinds: dict[str, SheetKind] = {}


def register_kind(kind: SheetKind) -> None:
    """Make a kind known. A code has one kind; a second is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"sheet kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def kinds() -> list[SheetKind]:
    """All kinds, in the order in which they are imported."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_of(code: str) -> SheetKind | None:
    """The kind of a code."""
    return _kinds.get(code)


__all__ = [
    "ADDED",
    "CHANGED",
    "UNCHANGED",
    "ColumnSpec",
    "ImportContext",
    "Outcome",
    "Plan",
    "RowProblem",
    "SheetKind",
    "StalePlan",
    "TablePlan",
    "kind_of",
    "kinds",
    "register_kind",
    "words",
]
