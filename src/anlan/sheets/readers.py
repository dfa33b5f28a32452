"""What a register can tell about a sheet's lines: the engine knows no register, so a higher part registers
it.

A kind without a reader is imported just the same; its preview then has no old values, no links and no names
of those who are absent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anlan.kernel.actors import Actor
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import RowProblem, SheetTable


@dataclass(frozen=True, slots=True)
class CellChange:
    """What one cell changes: its field, and the words before and after ("" for nothing)."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One record of the register that is on none of the lists: its key (as in ``keys``), its name, where it
    belongs.
    """

    key: str
    name: str
    place: str


class RegisterReader:
    """Reads a register for the sheets of one kind. All texts are as people may see them: protected values
    masked.
    """

    def keys(self, table: SheetTable) -> Sequence[str]:
        """What identifies the record each line speaks of, "" where that is not known."""
        return [""] * len(table)

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """What lines change, compared with the register as it is stored; asked after planning."""
        return {}

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the records with these keys that the actor may see."""
        return {}

    def absent(self, tables: Sequence[SheetTable], context: ImportContext) -> Sequence[Missing]:
        """Who stands in the register but on none of these lists; asked after planning."""
        return ()

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous name puts, with what it may mean."""
        return None


_readers: dict[str, RegisterReader] = {}
_NOTHING = RegisterReader()


def register_reader(kind: str, reader: RegisterReader) -> None:
    """Say who reads the register of a kind (called in ``AppConfig.ready``)."""
    if kind in _readers:
        raise ValueError(f"reader of {kind} is registered twice")
    _readers[kind] = reader


def reader_of(kind: str) -> RegisterReader:
    """The reader of a kind; one that tells nothing where none is registered."""
    return _readers.get(kind, _NOTHING)
