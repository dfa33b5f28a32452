"""From rows of cells to lines of a kind: header, columns, and which rows count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from anlan.sheets import layout, rows
from anlan.sheets.fingerprints import fingerprint
from anlan.sheets.kinds import SheetKind
from anlan.sheets.layout import Header
from anlan.sheets.lines import Evidence
from anlan.sheets.matching import Match, Sample, match
from anlan.sheets.reading import RawSheet
from anlan.sheets.structure import settle_by_structure
from anlan.sheets.surroundings import evidence_of, over, place_of, title_of
from anlan.sheets.unfolding import unfold
from anlan.sheets.values import Cell, is_blank
from anlan.sheets.values.figures import looks_like_area_code, looks_like_id_number
from anlan.sheets.values.places import looks_like_organization
from anlan.sheets.words import REASON_HEADER, Vocabulary, is_running_number, normal

_LOOKED_AT_FIRST, _LOOKED_AT_LAST = 8, 15
_HEADER_WORD = 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sheet is to be read, because a person said so: this time, or of its layout.

    ``kind`` None leaves the sheet out. ``columns`` are fields by column, from 0 (None: recognised as usual);
    ``header`` the first and last row of the header, from 0, inclusive (None: found as usual).
    """

    kind: SheetKind | None
    columns: Mapping[int, str] | None = None
    header: tuple[int, int] | None = None


RECOGNISED, REMEMBERED, CORRECTED = "recognised", "remembered", "corrected"


@dataclass(slots=True)
class Recognised:
    """A sheet with what was found in it.

    ``match`` is None for a sheet of no kind (instructions, code lists, summaries, empty); with a match that
    lacks a needed column, ``match.missing`` says which. ``lines`` are the indexes of the rows that count;
    ``left_out`` of those that are no lines and not blank. ``sections`` are headings between lines: (row
    index, what it says). ``by`` says who decided: we recognised it, its layout was remembered, or a person
    corrected it.
    """

    sheet: RawSheet
    match: Match | None = None
    header: Header = field(default_factory=lambda: Header(0, -1))
    title: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    as_of: date | None = None
    lines: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    sections: list[tuple[int, Evidence]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    by: str = RECOGNISED

    @property
    def kind(self) -> SheetKind | None:
        """The kind the sheet can be read as."""
        return self.match.kind if self.match and self.match.recognised else None


class Recogniser:
    """Recognises sheets as one of some kinds; ``layouts`` are remembered readings by fingerprint."""

    def __init__(
        self, kinds: Sequence[SheetKind], latest: date, layouts: Mapping[str, Reading] | None = None
    ) -> None:
        self._kinds = list(kinds)
        self._latest = latest
        self._layouts = layouts or {}
        self._by_hand = {
            print_: last - first
            for print_, reading in self._layouts.items()
            if reading.header
            for first, last in [reading.header]
        }
        self._vocabularies = {kind.code: Vocabulary(kind.columns) for kind in self._kinds}
        self._known: dict[str, bool] = {}

    def recognise(self, sheet: RawSheet, forced: bool = False, said: Reading | None = None) -> Recognised:
        """Find the kind, header and lines of a sheet. ``forced``: the kind was named by the person; ``said``:
        how they want it read, which goes before what is remembered of its layout.
        """
        found = Recognised(sheet)
        if said is not None:
            found.by = CORRECTED
        header = self._header(sheet, said)
        if header is None:
            found.seen = _first_texts(sheet)
            return found
        sheet, header = unfold(sheet, header)
        found.sheet, found.header = sheet, header
        above = layout.lines_above(sheet, found.header.first)
        found.title = title_of(above)
        found.evidence, found.as_of = evidence_of(sheet.name, above)
        found.seen = ["/".join(parts) for parts in found.header.columns if parts][:30] or _first_texts(sheet)
        reading = said
        if reading is None and (remembered := self._remembered(header.columns)):
            reading, found.by = remembered, REMEMBERED
        found.match = (
            self._best_match(found, sheet, forced)
            if reading is None
            else self._as_said(found, sheet, reading)
        )
        if found.match and found.match.recognised:
            self._sort_rows(found)
        return found

    def _header(self, sheet: RawSheet, said: Reading | None) -> Header | None:
        """The header: where a person says it is, where a remembered one stands, or where it is found."""
        if said is not None and said.header is not None:
            return _header_at(sheet, *said.header)
        remembered = self._remembered_header(sheet) if self._by_hand and said is None else None
        if remembered is not None:
            return remembered
        header = layout.find_header(sheet, self._is_known)
        first = header.last + 1 if header else self._first_line_by_content(sheet)
        if first is None:
            return None
        return header or layout.header_above(sheet, first, self._is_known)

    def _remembered(self, columns: Sequence[tuple[str, ...]]) -> Reading | None:
        """The remembered reading of a header; of a returned sheet that of the sheet it came from, with what
        it has besides.
        """
        found = self._layouts.get(fingerprint(columns))
        if found is not None or not self._layouts or (REASON_HEADER,) not in columns:
            return found
        for width in range(list(columns).index((REASON_HEADER,)), 0, -1):
            reading = self._layouts.get(fingerprint(columns[:width]))
            if reading is not None and reading.kind is not None and reading.columns is not None:
                by_word = {spec.words[0]: spec.field for spec in reading.kind.columns}
                texts = {column: "/".join(columns[column]) for column in range(width, len(columns))}
                beside = {column: by_word[text] for column, text in texts.items() if text in by_word}
                return replace(reading, columns={**reading.columns, **beside})
        return None

    def _remembered_header(self, sheet: RawSheet) -> Header | None:
        """A header that had to be shown to us once, wherever it stands in this sheet."""
        heights = set(self._by_hand.values())
        for first in range(min(layout.SEARCHED_ROWS, len(sheet.rows))):
            for height in heights:
                if first + height < len(sheet.rows):
                    header = _header_at(sheet, first, first + height)
                    if self._by_hand.get(fingerprint(header.columns)) == height:
                        return header
        return None

    def _as_said(self, found: Recognised, sheet: RawSheet, reading: Reading) -> Match | None:
        """The match a person asked for; None where they leave the sheet out."""
        kind = reading.kind
        if kind is None:
            return None
        if reading.columns is None:
            return self._match(found, sheet, [kind], forced=True)[0]
        width = max((len(row) for row in sheet.rows), default=0)
        found.header.columns += [()] * (width - len(found.header.columns))
        match = Match(kind, titled=True)
        for column, name in sorted(reading.columns.items()):
            spec = kind.spec(name)
            if spec is None or column >= len(found.header.columns):
                continue
            where = match.more if name in match.found else match.fields
            where[column] = spec
            match.scores[column] = 1.0
        for missing in match.missing:
            stand_in = kind.stand_ins.get(missing)
            spec = kind.spec(missing)
            served = [c for c, one in match.fields.items() if one.field == stand_in]
            if served and spec is not None:
                match.fields[served[0]] = spec
        return match

    def _is_known(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = any(
                max(vocabulary.scores((text,)).values(), default=0.0) >= _HEADER_WORD
                for vocabulary in self._vocabularies.values()
            )
        return self._known[text]

    def _first_line_by_content(self, sheet: RawSheet) -> int | None:
        """Without a header in known words: the first of the rows with an id number, a code or an
        organisation.
        """
        for tells in (looks_like_id_number, looks_like_area_code, looks_like_organization):
            telling = [n for n, row in enumerate(sheet.rows[:200]) if any(map(tells, row))]
            if len(telling) >= 2 or (telling and len(sheet.rows) <= 5):
                return telling[0]
        return None

    def _best_match(self, found: Recognised, sheet: RawSheet, forced: bool) -> Match | None:
        matches = self._match(found, sheet, self._kinds, forced)
        recognised = [one for one in matches if one.recognised] or [one for one in matches if one.nearly]
        return max(recognised, key=lambda one: one.weight, default=None)

    def _match(
        self, found: Recognised, sheet: RawSheet, kinds: Sequence[SheetKind], forced: bool
    ) -> list[Match]:
        below = sheet.rows[found.header.last + 1 :]
        width = max((len(row) for row in sheet.rows), default=0)
        headers = found.header.columns + [()] * (width - len(found.header.columns))
        found.header.columns = headers
        sample = Sample.of(below, width, self._latest)
        above = " ".join(layout.lines_above(sheet, found.header.first))
        about = normal(f"{above} {sheet.name} {sheet.file}")
        return [
            match(
                kind,
                self._vocabularies[kind.code],
                headers,
                sample,
                self._titled(kind, about) or forced,
                settle_by_structure,
            )
            for kind in kinds
        ]

    @staticmethod
    def _titled(kind: SheetKind, about: str) -> bool:
        return any(word in about for word in kind.title_words)

    def _sort_rows(self, found: Recognised) -> None:
        reader = _reader(found)
        start = found.header.last + 1
        sheet_rows = found.sheet.rows
        sure = _surely_lines(sheet_rows, start, reader)
        for number in range(start, len(sheet_rows)):
            if number in sure:
                found.lines.append(number)
                continue
            sort = reader.sort_of(sheet_rows[number], number - start)
            if sort == rows.LINE:
                found.lines.append(number)
            elif sort != rows.BLANK:
                found.left_out.append(number)
                if sort == rows.SECTION:
                    found.sections.append((number, _section(sheet_rows[number])))


def _header_at(sheet: RawSheet, first: int, last: int) -> Header:
    last = min(last, len(sheet.rows) - 1)
    return Header(first, last, layout.join_header(sheet, first, last))


def _first_texts(sheet: RawSheet) -> list[str]:
    """What a sheet without a header begins with, to be told."""
    return [text for row in sheet.rows[:5] for text in map(str, row) if text.strip()][:20]


def _reader(found: Recognised) -> rows.Reader:
    if found.match is None:
        raise ValueError("a sheet of no kind has no lines")
    fields = {spec.field: column for column, spec in found.match.fields.items()}
    own = frozenset(
        column
        for column, spec in found.match.fields.items()
        if spec.scope == "line"
        and spec.field != "remark"
        and not is_running_number(found.header.columns[column])
    )
    key = frozenset(column for name, column in fields.items() if name in found.match.kind.needs)
    ids = [c for c, spec in found.match.fields.items() if spec.value.code == "id_number"]
    return rows.Reader(found.header.columns, own, key, ids[0] if ids else -1, fields.get("name", -1))


def _surely_lines(sheet_rows: Sequence[Sequence[Cell]], start: int, reader: rows.Reader) -> set[int]:
    """Rows that need no closer look: an id number of the right shape and a name, away from top and bottom."""
    identity, name = reader.id_column, reader.name_column
    if identity < 0 or name < 0:
        return set()
    first, last = start + _LOOKED_AT_FIRST, len(sheet_rows) - _LOOKED_AT_LAST
    found = set()
    for number in range(first, last):
        row = sheet_rows[number]
        cell = row[identity]
        if isinstance(cell, str):
            shaped = len(cell) >= 15
        else:
            shaped = isinstance(cell, float | int) and cell >= 1e14
        if shaped and row[name]:
            found.add(number)
    return found


def _section(row: Sequence[Cell]) -> Evidence:
    return place_of(next(str(cell) for cell in row if not is_blank(cell)))


def evidence_by_line(found: Recognised) -> list[Evidence] | None:
    """For sheets with headings between their lines: the evidence of each line; None where the sheet has
    none.
    """
    told = [(number, said) for number, said in found.sections if said != Evidence()]
    if not told:
        return None
    by_line = []
    current, position = found.evidence, 0
    for number in found.lines:
        while position < len(told) and told[position][0] < number:
            current = over(told[position][1], found.evidence)
            position += 1
        by_line.append(current)
    return by_line
