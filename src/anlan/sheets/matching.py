"""Which column means what: by the words of its header and by what its cells hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from anlan.kernel import id_numbers
from anlan.kernel.partial_dates import parse
from anlan.sheets.kinds import ColumnSpec, SheetKind
from anlan.sheets.values import Cell, ValueType, is_blank
from anlan.sheets.values.dates import looks_like_date
from anlan.sheets.words import Vocabulary, is_running_number

SAMPLE = 60
"""Lines looked at to judge what a column holds."""

_TAKEN_FROM = 0.25
"""A column means nothing we know below this score."""
CONTENT_ALONE = 0.35
_SURE_CONTENT = 0.8
SURE = 0.5
"""Below this score a column was guessed from its cells or from a word only like the header's."""
_MISFIT = 0.25
_MISFIT_FACTOR = 0.3


@dataclass(slots=True)
class Sample:
    """A few lines of a sheet, column by column, with what was found out about them."""

    columns: list[list[Cell]]
    latest: date
    block: list[list[Cell]] = field(default_factory=list)
    """The first lines as they follow each other."""
    _fits: dict[tuple[int, int], float] = field(default_factory=dict)
    _births: dict[int, float | None] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], width: int, latest: date) -> "Sample":
        """A sample spread evenly over ``rows``."""
        step = max(1, len(rows) // (2 * SAMPLE))
        spread = rows if len(rows) <= 4 * SAMPLE else rows[::step]
        filled = [row for row in spread if any(not is_blank(cell) for cell in row)]
        step = max(1, len(filled) // SAMPLE)
        chosen = filled[::step][: SAMPLE + 1]
        block = [row for row in rows[: 3 * SAMPLE] if any(not is_blank(cell) for cell in row)][: 2 * SAMPLE]
        return cls(_columns(chosen, width), latest, _columns(block, width))

    def filled(self, column: int) -> list[Cell]:
        """The cells of a column that are not blank."""
        return [cell for cell in self.columns[column] if not is_blank(cell)]

    def fit(self, column: int, value: ValueType) -> float | None:
        """The share of a column's cells that look like a value type; None where that cannot be said."""
        if value.fits is None:
            return None
        key = (column, id(value))
        if key not in self._fits:
            cells = self.filled(column)
            self._fits[key] = sum(map(bool, map(value.fits, cells))) / len(cells) if cells else -1.0
        share = self._fits[key]
        return share if share >= 0 else None

    def births(self, column: int, id_column: int) -> float | None:
        """The share of a date column's cells that are the days of birth in the id numbers beside them."""
        if column not in self._births:
            compared = agreed = 0
            for cell, identity in zip(self.columns[column], self.columns[id_column], strict=True):
                known = id_numbers.check(identity).number
                said = parse(cell, latest=self.latest) if known and not is_blank(cell) else None
                if said:
                    compared += 1
                    agreed += said.agrees(id_numbers.birth_date(known))
            self._births[column] = agreed / compared if compared else None
        return self._births[column]


def _columns(rows: Sequence[Sequence[Cell]], width: int) -> list[list[Cell]]:
    return [[row[c] if c < len(row) else "" for row in rows] for c in range(width)]


@dataclass(slots=True)
class Match:
    """A kind's reading of a sheet: which field each column is, how sure, and how well the kind fits as a
    whole.
    """

    kind: SheetKind
    fields: dict[int, ColumnSpec] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    more: dict[int, ColumnSpec] = field(default_factory=dict)
    """Further columns of fields that may have several."""
    titled: bool = False
    sample: Sample | None = None

    @property
    def found(self) -> set[str]:
        """The fields found."""
        return {spec.field for spec in self.fields.values()}

    @property
    def missing(self) -> list[str]:
        """The fields without which the kind cannot be read."""
        return [name for name in self.kind.needs if name not in self.found]

    @property
    def telling(self) -> int:
        """How many columns were found that only this kind has."""
        return sum(1 for column, spec in self.fields.items() if spec.telling and self._believed(column, spec))

    def _believed(self, column: int, spec: ColumnSpec) -> bool:
        if self.scores[column] < SURE and not spec.value.specific:
            return False
        share = self.sample.fit(column, spec.value) if self.sample else None
        return share is None or share >= _MISFIT

    @property
    def recognised(self) -> bool:
        """Whether the sheet is of this kind."""
        return not self.missing and (self.titled or self.telling >= self.kind.min_telling)

    @property
    def nearly(self) -> bool:
        """Whether the sheet seems meant as this kind, but lacks a column."""
        some_needed = 0 < len(self.missing) < len(self.kind.needs)
        return some_needed and len(self.found) >= 3 and (self.titled or self.telling >= 2)

    @property
    def weight(self) -> float:
        """How well the kind fits, to choose between kinds."""
        return sum(min(1.0, s) for s in self.scores.values()) + 2 * self.telling + (3 if self.titled else 0)


Settle = Callable[[Match, Sequence[Mapping[str, float]], Sequence[int]], None]


def match(
    kind: SheetKind,
    vocabulary: Vocabulary,
    headers: Sequence[tuple[str, ...]],
    sample: Sample,
    titled: bool,
    settle: Settle,
) -> Match:
    """Give each field at most one column and each column at most one field, the surest pairs first;
    ``settle`` does the rest.
    """
    words = [vocabulary.scores(tuple(parts)) for parts in headers]
    free = [c for c, parts in enumerate(headers) if not is_running_number(parts)]
    found = Match(kind, titled=titled, sample=sample)
    _assign(found, _pairs(kind, words, free, sample, None))
    id_column = next((c for c, spec in found.fields.items() if spec.value.code == "id_number"), None)
    if id_column is not None:
        found.fields.clear()
        found.scores.clear()
        _assign(found, _pairs(kind, words, free, sample, id_column))
    settle(found, words, free)
    _assign_dates_in_order(found, words, free)
    _let_stand_in(found)
    _take_more(found, words, free)
    return found


Pair = tuple[float, int, ColumnSpec]


def _pairs(
    kind: SheetKind,
    words: Sequence[Mapping[str, float]],
    free: Sequence[int],
    sample: Sample,
    id_column: int | None,
) -> list[Pair]:
    pairs = []
    for column in free:
        by_word = words[column]
        for spec in kind.columns:
            score = _score(by_word.get(spec.field, 0.0), sample.fit(column, spec.value), spec, bool(by_word))
            if id_column is not None and spec.value.code == "date" and column != id_column:
                score = _with_births(score, spec, sample.births(column, id_column))
            if score >= _TAKEN_FROM:
                pairs.append((score, column, spec))
    return pairs


def _score(word: float, share: float | None, spec: ColumnSpec, has_words: bool) -> float:
    if word == 0.0:
        alone = spec.by_content and spec.value.specific and spec.value.code not in ("date",)
        if share is None or not alone or share < _SURE_CONTENT:
            return 0.0
        return CONTENT_ALONE * share - (0.05 if has_words else 0.0)
    if share is None:
        return word
    if spec.value.firm and share < _MISFIT:
        return word * _MISFIT_FACTOR
    return word + 0.15 * share


def _with_births(score: float, spec: ColumnSpec, share: float | None) -> float:
    """A date column that repeats the days of birth in the id numbers is the day of birth; one that never
    does is not.
    """
    if share is None:
        return score
    if spec.field == "birth_date":
        if share >= 0.7:
            return max(score, CONTENT_ALONE) + 0.4
        return score * _MISFIT_FACTOR if share < 0.2 else score
    return score * _MISFIT_FACTOR if share >= 0.8 else score


def _assign(found: Match, pairs: list[Pair]) -> None:
    taken: set[str] = set()
    for score, column, spec in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if column not in found.fields and spec.field not in taken:
            found.fields[column] = spec
            found.scores[column] = score
            taken.add(spec.field)


def _assign_dates_in_order(found: Match, words: Sequence[Mapping[str, float]], free: Sequence[int]) -> None:
    """Date columns whose headers say nothing: two that follow each other in time are a pair such as joined,
    full.
    """
    sample = found.sample
    if sample is None:
        return
    mute = [
        c
        for c in free
        if c not in found.fields and not words[c] and (cells := sample.filled(c)) and _mostly_dates(cells)
    ]
    for spec in found.kind.columns:
        first = found.kind.spec(spec.after) if spec.after else None
        if first is None or len(mute) < 2 or {spec.field, first.field} & found.found:
            continue
        one, other = mute[0], mute[1]
        if _earlier(sample, other, one):
            one, other = other, one
        found.fields |= {one: first, other: spec}
        found.scores |= {one: CONTENT_ALONE, other: CONTENT_ALONE}
        mute = mute[2:]
    single = [
        s for s in found.kind.columns if s.telling and s.value.code == "date" and s.field not in found.found
    ]
    if len(mute) == 1 and len(single) == 1:
        found.fields[mute[0]] = single[0]
        found.scores[mute[0]] = CONTENT_ALONE


def _mostly_dates(cells: Sequence[Cell]) -> bool:
    return sum(1 for cell in cells if looks_like_date(cell)) >= _SURE_CONTENT * len(cells)


def _earlier(sample: Sample, one: int, other: int) -> bool:
    """Whether the dates of one column mostly lie before those of the other."""
    before = after = 0
    for a, b in zip(sample.columns[one], sample.columns[other], strict=True):
        first, second = parse(a, latest=sample.latest), parse(b, latest=sample.latest)
        if first and second:
            before += first.date < second.date
            after += first.date > second.date
    return before > after


def _let_stand_in(found: Match) -> None:
    """Where a needed column is absent, let the one that can serve for it do so (the head's name in a list
    of heads).
    """
    for missing in found.missing:
        other = found.kind.stand_ins.get(missing)
        column = next((c for c, spec in found.fields.items() if spec.field == other), None)
        spec = found.kind.spec(missing)
        if column is not None and spec is not None:
            found.fields[column] = spec


def _take_more(found: Match, words: Sequence[Mapping[str, float]], free: Sequence[int]) -> None:
    """Let further columns with a header of the same meaning join a field that may have several."""
    for spec in found.kind.columns:
        if not spec.many or spec.field not in found.found:
            continue
        for column in free:
            if column not in found.fields and words[column].get(spec.field, 0.0) >= _SURE_CONTENT:
                found.more[column] = spec
