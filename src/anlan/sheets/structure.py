"""Columns that only show by how their values run down the lines: household, head, group, parent.

Used where headers say nothing. A household's column changes where the next head (户主) stands.
"""

from collections.abc import Mapping, Sequence

from anlan.kernel.codes import HEADS, RELATION
from anlan.places.naming import group_name
from anlan.sheets.kinds import SheetKind
from anlan.sheets.matching import CONTENT_ALONE, Match, Sample
from anlan.sheets.values import Cell, is_blank, text_of
from anlan.sheets.values.texts import looks_like_name

_FEWEST_HEADS = 3
_ALIKE = 0.8


def settle_by_structure(found: Match, words: Sequence[Mapping[str, float]], free: Sequence[int]) -> None:
    """Give mute columns the household's fields and the group, and set right a name taken for the head's."""
    sample, kind = found.sample, found.kind
    if sample is None:
        return
    _settle_parent(found, sample, words)
    if kind.spec("head_name") is None:
        return
    mute = [c for c in free if not words[c] and (c not in found.fields or found.fields[c].field == "name")]
    heads = _heads(found, sample)
    if len(heads) >= _FEWEST_HEADS:
        by_household = [c for c in mute if _alike(_starts(sample.block[c]), heads)]
        _settle_names(found, sample, mute, by_household)
        for column in by_household:
            if column not in found.fields and _is_code(sample.block[column]):
                _give(found, kind, column, "household_number")
    for column in mute:
        if column not in found.fields and _is_group(sample.filled(column)):
            _give(found, kind, column, "group")


def _settle_parent(found: Match, sample: Sample, words: Sequence[Mapping[str, float]]) -> None:
    """Of two mute columns of organisations, the one with fewer different values is that of the parents."""
    by_field = {spec.field: column for column, spec in found.fields.items()}
    name, parent = by_field.get("name"), by_field.get("parent")
    if name is None or parent is None or words[name] or words[parent]:
        return
    if len(set(map(text_of, sample.filled(parent)))) > len(set(map(text_of, sample.filled(name)))):
        found.fields[name], found.fields[parent] = found.fields[parent], found.fields[name]


def _give(found: Match, kind: SheetKind, column: int, name: str) -> None:
    spec = kind.spec(name)
    if spec is not None and name not in found.found:
        found.fields[column] = spec
        found.scores[column] = CONTENT_ALONE


def _heads(found: Match, sample: Sample) -> set[int]:
    column = next((c for c, spec in found.fields.items() if spec.field == "relation"), None)
    if column is None:
        return set()
    return {
        line for line, cell in enumerate(sample.block[column]) if RELATION.code_of(text_of(cell)) in HEADS
    }


def _starts(cells: Sequence[Cell]) -> set[int]:
    """The lines where a column's value is new: not blank, and not what stood there last."""
    starts, current = set(), ""
    for line, cell in enumerate(cells):
        text = text_of(cell)
        if text and text != current:
            starts.add(line)
            current = text
    return starts


def _alike(starts: set[int], heads: set[int]) -> bool:
    return len(starts & heads) >= _ALIKE * len(starts | heads)


def _settle_names(found: Match, sample: Sample, mute: Sequence[int], by_household: Sequence[int]) -> None:
    names = [c for c in mute if _are_names(sample.filled(c))]
    head = next((c for c in names if c in by_household), None)
    own = next((c for c in names if c not in by_household), None)
    if head is None or own is None:
        return
    if head in found.fields:
        del found.fields[head], found.scores[head]
        _give(found, found.kind, own, "name")
    _give(found, found.kind, head, "head_name")


def _are_names(cells: Sequence[Cell]) -> bool:
    return bool(cells) and sum(map(looks_like_name, cells)) >= _ALIKE * len(cells)


def _is_code(cells: Sequence[Cell]) -> bool:
    texts = [text_of(cell) for cell in cells if not is_blank(cell)]
    return bool(texts) and all(text.isascii() and text.replace("-", "").isalnum() for text in texts)


def _is_group(cells: Sequence[Cell]) -> bool:
    texts = [text_of(cell) for cell in cells]
    named = sum(1 for text in texts if text.endswith(("组", "社")))
    return named >= 0.2 * len(texts) > 0 and all(len(t) <= 8 and group_name(t).endswith("组") for t in texts)
