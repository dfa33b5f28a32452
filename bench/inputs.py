"""A county's spreadsheets as a county office has them, made up, with everything wrong in them counted.

``write_county`` writes the sheets and ``truth.json`` beside them, in the words of the contract: how many
lines, valid persons, households, and lines with each problem. A line has at most one error, so that the
counts are exact whatever is checked first; spellings that are no errors come on top.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Literal

import xlsxwriter
import xlwt

from anlan.demo.county.facts import County, Household, Resident, Township, Village
from anlan.demo.county.identities import schooling_on
from anlan.demo.county.making import make_county
from anlan.demo.county.scale import FEWEST_PERSONS, LAST_DAY
from anlan.kernel.codes import ETHNIC_GROUP, RELATION
from bench._spellings import Cell, Spellings

LINES = 68_443
"""Lines of the sheet of residents at full size: the county's persons and seventeen of them again."""
CSV_LINES = 5_000

HAZARDS: Mapping[str, int] = {
    "birth.mismatch": 71,
    "id_number.checksum": 61,
    "id_number.date": 27,
    "id_number.digits_lost": 41,
    "id_number.fifteen_digits": 96,
    "id_number.format": 9,
    "id_number.missing": 14,
    "name.missing": 22,
    "row.duplicate": 17,
    "row.conflict": 0,
    "sex.mismatch": 92,
}
"""How many lines of ``LINES`` have each problem; fewer lines have fewer, but at least one of each."""

Layout = Literal["flat", "blocks"]
"""``flat``: every line says everything. ``blocks``: place and household stand on a household's first line."""

HEADERS = (
    "序号",
    "乡镇",
    "村(社区)",
    "组",
    "户编号",
    "户主姓名",
    "姓名",
    "与户主关系",
    "性别",
    "民族",
    "出生年月",
    "身份证号码",
    "文化程度",
    "搬迁时间",
    "迁出地",
    "安置方式",
    "扶持方式",
    "联系电话",
)
_OF_HOUSEHOLD = (1, 2, 3, 4, 5, 13, 14, 15, 16)
_NAME, _SEX, _ETHNIC, _BIRTH, _ID = 6, 8, 9, 10, 11
_REFUSING = frozenset(
    {
        "id_number.checksum",
        "id_number.date",
        "id_number.digits_lost",
        "id_number.format",
        "id_number.missing",
        "name.missing",
        "row.conflict",
    }
)


@dataclass(slots=True)
class Sheet:
    """Lines of residents, and the truth about them: problems by line (each line at most one)."""

    rows: list[list[Cell]] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)
    persons: list[Resident] = field(default_factory=list)

    def valid(self, lines: int) -> set[str]:
        """The id numbers of those whose line among the first ``lines`` is not refused."""
        return {
            one.id_number
            for line, one in enumerate(self.persons[:lines])
            if self.problems.get(line, "") not in _REFUSING
        }

    def truth(self, lines: int) -> dict[str, Any]:
        """What is to be found in the first ``lines`` lines."""
        counts = Counter(code for line, code in self.problems.items() if line < lines)
        return {
            "rows": lines,
            "persons_valid": len(self.valid(lines)),
            "households": len({str(row[4]) for row in self.rows[:lines] if row[4]}),
            "problem_counts": dict(sorted(counts.items())),
        }


def write_county(
    folder: Path,
    *,
    lines: int = LINES,
    seed: int = 1,
    hazards: Mapping[str, int] = HAZARDS,
    layout: Layout = "flat",
) -> dict[str, Path]:
    """Write a county's sheets into ``folder`` (made if need be); gives the path of each by its kind.

    Kinds: ``areas``, ``organizations``, ``residents``, ``members`` and ``residents_csv`` (the first lines
    again in GB18030), and ``truth`` for the JSON that says what is in them. ``lines`` are those of the sheet
    of residents, at least ``FEWEST_PERSONS``; ``hazards`` as in ``HAZARDS``, in proportion to ``LINES``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = {code: max(1, round(n * lines / LINES)) for code, n in hazards.items() if n}
    repeats = counts.get("row.duplicate", 0) + counts.get("row.conflict", 0)
    county = make_county(max(FEWEST_PERSONS, lines - repeats), seed)
    rng = Random(f"{seed}:sheets")
    sheet = resident_sheet(county, rng, counts, lines - repeats)
    paths = {
        "areas": folder / "行政区划.xlsx",
        "organizations": folder / "党组织情况统计表.xls",
        "residents": folder / "移民人口登记表.xlsx",
        "residents_csv": folder / "移民人口登记表-GB18030.csv",
        "members": folder / "党员花名册.xlsx",
        "truth": folder / "truth.json",
    }
    _write_areas(paths["areas"], county)
    _write_organizations(paths["organizations"], county)
    _write_residents(paths["residents"], county.name, sheet, layout)
    _write_csv(paths["residents_csv"], sheet, min(CSV_LINES, len(sheet.rows)))
    _write_members(paths["members"], county, Spellings(rng))
    truth = {
        "seed": seed,
        "residents": sheet.truth(len(sheet.rows)),
        "residents_csv": sheet.truth(min(CSV_LINES, len(sheet.rows))),
        "areas": 1 + len(county.townships) + sum(v.successor is None for v in county.villages),
        "organizations": len(county.organizations),
        "members": _truth_of_members(county, sheet.valid(len(sheet.rows))),
    }
    paths["truth"].write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    return paths


def _truth_of_members(county: County, registered: set[str]) -> dict[str, Any]:
    """Counts of members, and of those whose branch bears a name another bears too and nothing decides which:
    not being registered, or in a township where no branch of that name is.
    """
    living = [one for one in county.members if one.resident.died_on is None]
    seats: dict[str, list[Township]] = {}
    for one in county.organizations:
        if isinstance(one.place, Village):
            seats.setdefault(one.name, []).append(one.place.township)
    ambiguous = 0
    for member in living:
        near, home = seats.get(member.organization.name, []), member.resident.household
        is_known = home is not None and member.resident.id_number in registered
        decides = is_known and home is not None and home.village.township in near
        ambiguous += len(near) > 1 and not decides
    return {
        "rows": len(living),
        "floating": sum(one.floating_since is not None for one in living),
        "problem_counts": {"reference.ambiguous": ambiguous} if ambiguous else {},
    }


def resident_sheet(county: County, rng: Random, counts: Mapping[str, int], persons: int) -> Sheet:
    """The sheet of ``persons`` residents, with ``counts`` of each problem; repeated lines come on top."""
    sheet, spellings = Sheet(), Spellings(rng)
    for household in sorted(county.households, key=lambda one: one.number):
        for one in sorted(household.members, key=lambda member: member.relation != "02"):
            if len(sheet.rows) == persons:
                break
            sheet.rows.append(_row(one, household, spellings))
            sheet.persons.append(one)
    free = list(range(len(sheet.rows)))
    rng.shuffle(free)
    for code, count in sorted(counts.items()):
        if code not in ("row.duplicate", "row.conflict"):
            for _ in range(count):
                _spoil(sheet, code, _take(free, sheet, code), rng)
    for code in ("row.duplicate", "row.conflict"):
        for _ in range(counts.get(code, 0)):
            _repeat(sheet, code, free.pop(), spellings)
    for number, row in enumerate(sheet.rows, 1):
        row[0] = number
    return sheet


def _row(one: Resident, household: Household, spellings: Spellings) -> list[Cell]:
    moved_with = one.moved_with or household
    return [
        None,
        household.village.township.name,
        household.village.name,
        spellings.group(household.group),
        household.number,
        household.head.name if household.head else "",
        spellings.name(one.name),
        spellings.relation(one.relation, dict(RELATION.names)),
        "男" if one.sex == "1" else "女",
        spellings.ethnic_group(ETHNIC_GROUP.name_of(one.ethnic_group)),
        spellings.day(one.born, month_will_do=True),
        spellings.id_number(one.id_number),
        spellings.education(schooling_on(one, LAST_DAY)),
        spellings.day(moved_with.moved_on),
        moved_with.from_place,
        spellings.mode(moved_with.mode),
        spellings.support(moved_with.support_mode),
        spellings.phone(one.phone),
    ]


def _take(free: list[int], sheet: Sheet, code: str) -> int:
    """A line nothing is wrong with yet that can have this problem."""
    for place in range(len(free) - 1, -1, -1):
        one = sheet.persons[free[place]]
        if code == "id_number.fifteen_digits" and one.born.year >= 2000:
            continue
        if code == "id_number.digits_lost" and one.id_number.endswith("X"):
            continue
        return free.pop(place)
    raise ValueError(f"no line left for {code}")


def _spoil(sheet: Sheet, code: str, line: int, rng: Random) -> None:
    row, one = sheet.rows[line], sheet.persons[line]
    number = one.id_number
    sheet.problems[line] = code
    if code == "birth.mismatch":
        row[_BIRTH] = one.born.replace(year=one.born.year - 1, day=min(one.born.day, 28)).isoformat()
    elif code == "sex.mismatch":
        row[_SEX] = "女" if one.sex == "1" else "男"
    elif code == "name.missing":
        row[_NAME] = ""
    else:
        broken: dict[str, Cell] = {
            "id_number.checksum": number[:17] + ("0" if number[17] != "0" else "1"),
            "id_number.date": f"{number[:10]}13{number[12:]}",
            "id_number.digits_lost": float(number.replace("X", "0")),
            "id_number.fifteen_digits": number[:6] + number[8:17],
            "id_number.format": number[:12],
            "id_number.missing": rng.choice(("", "无")),
        }
        row[_ID] = broken[code]


def _repeat(sheet: Sheet, code: str, line: int, spellings: Spellings) -> None:
    """The line once more at the end: with the same facts spelled anew, or with other facts."""
    one = sheet.persons[line]
    if one.household is None:
        raise ValueError("a resident has a household")
    again = _row(one, one.household, spellings)
    if code == "row.conflict":
        again[_ETHNIC] = "回族" if one.ethnic_group != "03" else "汉族"
        sheet.problems[line] = code
    sheet.problems[len(sheet.rows)] = code
    sheet.rows.append(again)
    sheet.persons.append(one)


def _write_residents(path: Path, county: str, sheet: Sheet, layout: Layout) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        day_format = book.add_format({"num_format": "yyyy/m/d"})
        page.merge_range(0, 0, 0, len(HEADERS) - 1, f"{county}移民人口登记表")
        page.write_string(1, 0, f"填报单位:{county}移民局")
        page.write_string(1, 10, f"填报日期:{LAST_DAY.year}年{LAST_DAY.month}月{LAST_DAY.day}日")
        page.write_row(2, 0, HEADERS)
        before: Cell = None
        for number, row in enumerate(sheet.rows, 3):
            hidden = _OF_HOUSEHOLD if layout == "blocks" and row[4] == before else ()
            before = row[4]
            _write_row(page, number, row, day_format, hidden)
        page.write_string(len(sheet.rows) + 4, 0, "填表人:            审核人:")


def _write_row(
    page: Any, number: int, row: Sequence[Cell], day_format: Any, hidden: Sequence[int] = ()
) -> None:
    write_string, write_number = page._write_string, page._write_number
    for column, cell in enumerate(row):
        if cell is None or cell == "" or column in hidden:
            continue
        if isinstance(cell, str):
            write_string(number, column, cell)
        elif isinstance(cell, date):
            page.write_datetime(number, column, cell, day_format)
        else:
            write_number(number, column, cell)


def _write_csv(path: Path, sheet: Sheet, lines: int) -> None:
    with path.open("w", encoding="GB18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for row in sheet.rows[:lines]:
            writer.writerow([f"{cell:.6E}" if isinstance(cell, float) else cell for cell in row])


def _write_areas(path: Path, county: County) -> None:
    top = f"{county.code}000000"
    rows = [(top, county.name, "", "县")]
    for township in county.townships:
        rows.append((township.code, township.name, top, "乡镇"))
        for village in township.villages:
            if village.successor is None:
                rows.append((village.code, village.name, township.code, "村"))
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("区划代码", "名称", "上级区划代码", "级别"))
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)


_KINDS = {"working_committee": "党工委", "committee": "党委", "branch": "党支部"}
_SETUP = {"standalone": "单独组建", "industry": "行业统建", "joint": "单位共建", "trade": "产业支部合建"}


def _write_organizations(path: Path, county: County) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("党组织")
    page.write_merge(0, 0, 0, 9, f"{county.name}移民党组织情况统计表")
    heads = ("序号", "党组织名称", "上级党组织", "类别", "所在地", "组建方式", "成立时间", "换届时间")
    for column, head in enumerate(heads):
        page.write_merge(1, 2, column, column, head)
    page.write_merge(1, 1, 8, 9, "书记")
    page.write(2, 8, "姓名")
    page.write(2, 9, "联系电话")
    for number, one in enumerate(county.organizations, 1):
        place = one.place
        where = (
            f"{place.township.name}{place.name}"
            if isinstance(place, Village)
            else place.name
            if place
            else ""
        )
        latest = one.elections[-1]
        founded = f"{one.founded_on.year}年{one.founded_on.month}月"
        cells = (number, one.name, one.parent.name if one.parent else "", _KINDS[one.kind], where)
        cells += (
            _SETUP[one.setup_mode],
            founded,
            latest.elected_on.isoformat(),
            latest.secretary,
            latest.phone,
        )  # type: ignore[assignment]
        for column, cell in enumerate(cells):
            page.write(number + 2, column, cell)
    book.save(str(path))


def _write_members(path: Path, county: County, spellings: Spellings) -> None:
    heads: tuple[str, ...] = (
        "序号",
        "所在党支部",
        "姓名",
        "性别",
        "民族",
        "出生年月",
        "文化程度",
        "身份证号",
        "入党时间",
    )
    heads += (
        "转正时间",
        "党内职务",
        "是否移民",
        "是否流动党员",
        "流入地",
        "外出时间",
        "联系电话",
        "家庭住址",
    )
    living = [one for one in county.members if one.resident.died_on is None]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        day_format = book.add_format({"num_format": "yyyy/m/d"})
        page.merge_range(0, 0, 0, len(heads) - 1, f"{county.name}移民党员花名册({LAST_DAY.year}年)")
        page.write_row(1, 0, heads)
        for number, member in enumerate(living, 1):
            one, home = member.resident, member.resident.household
            full, since = member.full_member_on, member.floating_since
            row: list[Cell] = [
                number,
                member.organization.name,
                spellings.name(one.name),
                "男" if one.sex == "1" else "女",
                spellings.ethnic_group(ETHNIC_GROUP.name_of(one.ethnic_group)),
                spellings.day(one.born, month_will_do=True),
                spellings.education(one.education),
                spellings.id_number(one.id_number),
                spellings.day(member.joined_on),
                spellings.day(full) if full else "",
                member.post,
                "是" if member.is_resettler else "否",
                "是" if since else "否",
                member.floating_to,
                spellings.day(since) if since else "",
                spellings.phone(one.phone),
                f"{home.village.township.name}{home.village.name}{home.group}" if home else "",
            ]
            _write_row(page, number + 1, row, day_format)


def main() -> None:
    """Write the sheets into a folder, to look at or to try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=("flat", "blocks"), default="flat")
    arguments = parser.parse_args()
    written = write_county(
        arguments.folder, lines=arguments.lines, seed=arguments.seed, layout=arguments.layout
    )
    print(written["truth"].read_text("utf-8"))


if __name__ == "__main__":
    main()
