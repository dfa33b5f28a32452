"""The small pieces pages hand to templates: facts, states, actions, what an empty page says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Tone = Literal["done", "attention", "refused", "notice", "quiet"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is called, its value as text (empty shows a dash), where it leads, a note below."""

    label: Text
    value: object = ""
    url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class State:
    """A word with its tone; the icon follows from the tone."""

    word: Text
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True)
class Action:
    """A button or link in the head of a page.

    ``kind`` ``main`` is the one main action of a page; ``post`` sends a POST; ``confirm`` is asked before it.
    """

    label: Text
    url: str
    kind: Literal["main", "plain", "danger", "quiet"] = "plain"
    icon: str = ""
    post: bool = False
    confirm: Text = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What a page without records says: what this is, and what to do first."""

    title: Text
    text: Text = ""
    action: Action | None = None


FIRST_ACTIONS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: its kind above the title, states beside it, up to three facts, actions."""

    title: Text
    eyebrow: Text = ""
    icon: str = ""
    lead: Text = ""
    states: tuple[State, ...] = ()
    facts: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        if len(self.facts) > 3:
            raise ValueError("the head shows the three facts people ask first; the others belong in a panel")
        if sum(action.kind == "main" for action in self.actions) > 1:
            raise ValueError("a page has one main action")

    @property
    def first_actions(self) -> tuple[Action, ...]:
        """The actions always in sight; one more than these alone is not worth a menu."""
        return self.actions if len(self.actions) <= FIRST_ACTIONS + 1 else self.actions[:FIRST_ACTIONS]

    @property
    def more_actions(self) -> tuple[Action, ...]:
        """The actions behind the menu."""
        return self.actions[len(self.first_actions) :]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that leads to its records, with its day and what it is compared to."""

    label: Text
    value: object
    url: str = ""
    on: date | None = None
    note: Text = ""
    unit: Text = ""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of a work list: what to do, why or for whom, how urgent."""

    title: Text
    url: str
    text: Text = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a small table; the first of a row is its heading."""

    text: object
    label: Text = ""
    url: str = ""
    number: bool = False
    first: bool = False

    @property
    def blank(self) -> bool:
        """Whether there is nothing to show."""
        return self.text in (None, "")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a small table."""

    label: Text
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A small table inside a page (a register is a ``Listing``)."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: Text = ""
    stack: bool = True


def table(
    columns: tuple[str | TableColumn, ...],
    rows: list[tuple[object, ...]],
    *,
    caption: Text = "",
    stack: bool = True,
) -> Table:
    """A small table from plain values: each value text, a number, or ``(text, url)``; the first names the
    row.
    """
    heads = tuple(column if isinstance(column, TableColumn) else TableColumn(column) for column in columns)
    return Table(
        heads,
        tuple(tuple(_cell(value, heads[at], at == 0) for at, value in enumerate(row)) for row in rows),
        caption,
        stack,
    )


def _cell(value: object, column: TableColumn, first: bool) -> Cell:
    text, url = value if isinstance(value, tuple) else (value, "")
    return Cell(text, column.label, str(url), column.number, first)
