"""The record of changes in words: who did what when, and what each field was before and after.

Apps register the words of their tables at start-up; a table or field without words is not shown. Protected
values are written masked: the history of a record shows no more than the record's own page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.actions import actions
from anlan.kernel.code_list import CodeList
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.kernel.permissions import holds
from anlan.kernel.protection import open_text
from anlan.kernel.record import HistoryItem, history
from anlan.web import formats
from anlan.web.records import Panel

Text = str | Promise
Row = Mapping[str, Any]
Names = Mapping[str, Mapping[int, str]]
NamesOf = Callable[[Iterable[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """How one column is called and written. ``write`` gets the value and the row as known then.

    ``refers_to`` names the kind of record the column points at, so that its name is looked up instead.
    ``personal`` is told only to whoever may see people by name; see ``register_personal_permission``.
    """

    label: Text
    write: Callable[[Any, Row], str]
    refers_to: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class TableWords:
    """How the rows of a table are called in the history, and the words of its columns in the order shown."""

    label: Text
    fields: Mapping[str, FieldWords]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row: its words before and after, "" where there was or is nothing."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowStory:
    """What happened to one row: the row's word, what was done to it, its fields."""

    label: Text
    verb: str
    changes: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of the record of changes in words. ``erased``: its content was destroyed by right."""

    at: datetime
    title: Text
    who: str
    reason: str
    rows: Sequence[RowStory] = field(default_factory=tuple)
    erased: bool = False


_BY = {"system": gettext_lazy("系统"), "cli": gettext_lazy("服务器命令（%(name)s）")}
_tables: dict[str, TableWords] = {}
_names_of: dict[str, NamesOf] = {}
_personal_permissions: set[str] = set()


def register_words(tables: Mapping[str, TableWords]) -> None:
    """Add the words of tables by their database name (called in ``AppConfig.ready``)."""
    for name, words in tables.items():
        if name in _tables:
            raise ValueError(f"words of {name} are registered twice")
        _tables[name] = words


def register_names(kind: str, names_of: NamesOf) -> None:
    """Say how records of a kind are called: keys in, names by key out, one query for all of them."""
    _names_of[kind] = names_of


def register_personal_permission(permission: str) -> None:
    """Name a permission without which ``personal`` fields are not told."""
    _personal_permissions.add(permission)


def personal(words: FieldWords) -> FieldWords:
    """The same field, told only to whoever may see people by name."""
    return replace(words, personal=True)


def registered_tables() -> Mapping[str, TableWords]:
    """All words by table, for the completeness test."""
    return _tables


def text(label: Text) -> FieldWords:
    """A field written as it is."""
    return FieldWords(label, lambda value, row: str(value))


def coded(label: Text, codes: CodeList) -> FieldWords:
    """A field holding a code of a list, written by its name."""
    return FieldWords(label, lambda value, row: codes.name_of(str(value)))


def choice(label: Text, words: Mapping[str, Text]) -> FieldWords:
    """A field holding one of a few values of our own."""
    return FieldWords(label, lambda value, row: str(words.get(str(value), value)))


def yes_no(label: Text) -> FieldWords:
    """A field holding yes or no."""
    return FieldWords(label, lambda value, row: _("是") if value else _("否"))


def day(label: Text, precision: str = "") -> FieldWords:
    """A day; ``precision`` names the column that says how exactly it is known."""

    def write(value: Any, row: Row) -> str:
        known = date.fromisoformat(str(value)[:10])
        return formats.write_day(PartialDate(known, row.get(precision) or DAY))

    return FieldWords(label, write)


def sealed(label: Text, kind: str) -> FieldWords:
    """A protected value, written masked; ``kind`` as in ``formats.write_masked``, "" takes the row's own."""

    def write(value: Any, row: Row) -> str:
        return formats.write_masked(
            open_text(bytes.fromhex(str(value))), kind or str(row.get("kind", "phone"))
        )

    return FieldWords(label, write)


def reference(label: Text, kind: str) -> FieldWords:
    """A field pointing at a record of a kind, written by that record's name of today."""
    return FieldWords(label, lambda value, row: str(value), kind)


def history_panel(kind: str) -> Panel:
    """The last panel of a kind of record: its history in words."""
    return Panel(
        code="history",
        title=gettext_lazy("修改记录"),
        template="web/panels/history.html",
        context=lambda actor, record, on: {"stories": stories(kind, record.pk, named=_sees_names(actor))},
        order=900,
    )


def _sees_names(actor: Any) -> bool:
    return all(holds(actor, permission) for permission in _personal_permissions)


def stories(kind: str, object_id: int, limit: int = 30, *, named: bool = True) -> list[Story]:
    """What happened to one record, the latest first: at most ``limit`` entries, a fixed number of queries.

    ``named`` False leaves out what fields say of people by name.
    """
    items = history(kind, object_id, limit)
    names = _look_up(items)
    known: dict[tuple[str, int], dict[str, Any]] = {}
    told = [_story(item, known, names, named=named) for item in reversed(items)]
    return told[::-1]


def field_changes(table: str, before: Row | None, after: Row | None) -> Sequence[FieldChange]:
    """What changed in one row of a registered table, in words; what it refers to is not looked up."""
    return _row_story(_tables[table], {}, before, after, {}).changes


def _look_up(items: Sequence[HistoryItem]) -> Names:
    wanted: dict[str, set[int]] = {}
    for item in items:
        for table, _number, before, after in item.rows or ():
            for column, words in _tables[table].fields.items() if table in _tables else ():
                for row in (before, after):
                    if words.refers_to and row and row.get(column):
                        wanted.setdefault(words.refers_to, set()).add(int(row[column]))
    return {kind: _names_of[kind](keys) for kind, keys in wanted.items() if kind in _names_of}


def _story(
    item: HistoryItem, known: dict[tuple[str, int], dict[str, Any]], names: Names, *, named: bool
) -> Story:
    entry = item.entry
    spec = actions().get(entry.action)
    who = _BY.get(entry.actor_kind, "%(name)s") % {"name": entry.actor_label}
    rows = [
        story
        for table, number, before, after in item.rows or ()
        if table in _tables
        for story in [
            _row_story(
                _told_words(_tables[table], named),
                known.setdefault((table, number), {}),
                before,
                after,
                names,
            )
        ]
        if story.changes or story.verb
    ]
    return Story(entry.at, spec.label if spec else _("修改"), who, entry.reason, rows, item.rows is None)


def _told_words(words: TableWords, named: bool) -> TableWords:
    if named:
        return words
    fields = {column: one for column, one in words.fields.items() if not one.personal}
    return TableWords(words.label, fields)


def _row_story(
    words: TableWords, known: dict[str, Any], before: Row | None, after: Row | None, names: Names
) -> RowStory:
    known.update(before or {})
    earlier = dict(known)
    known.update(after or {})
    changes = []
    for column, one in words.fields.items():
        old, new = (row.get(column) if row is not None else None for row in (before, after))
        change = FieldChange(one.label, _write(one, old, earlier, names), _write(one, new, known, names))
        if change.before != change.after:
            changes.append(change)
    verb = _("新增") if before is None else _("删除") if after is None else ""
    return RowStory(words.label, verb, changes)


def _write(words: FieldWords, value: Any, row: Row, names: Names) -> str:
    if value is None or value == "":
        return ""
    if words.refers_to:
        return names.get(words.refers_to, {}).get(int(value), _("已不存在的记录"))
    return words.write(value, row)
