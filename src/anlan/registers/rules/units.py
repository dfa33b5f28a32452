"""Units to be covered: what may be said of one, of how many work there, of a contact point.

Authority: the county's research report, part 四(一) and (五): covered are resettlement points, major
projects, cooperatives, trade associations and new economic and social organisations (两新组织); contact
points stand at three tiers. Credit codes: GB 32100-2015, checked by python-stdnum.
"""

from datetime import date
from typing import NamedTuple

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from anlan.kernel.code_list import code_list
from anlan.kernel.problems import Problem
from anlan.places.rules import AreaKind

UNIT_KIND = code_list(
    "unit_kind",
    "what the county's research report names to be covered; codes are our own",
    [
        ("cooperative", "产业合作社", "合作社", "农民专业合作社", "专业合作社", "农业合作社", "农民合作社"),
        ("association", "行业协会", "协会", "商会", "行业商会", "专业协会", "移民行业协会"),
        ("enterprise", "企业", "公司", "工厂", "龙头企业", "民营企业", "非公企业", "非公有制企业"),
        (
            "new_organization",
            "两新组织",
            "新经济组织",
            "新社会组织",
            "社会组织",
            "民办非企业单位",
            "社会团体",
        ),
        ("project", "重大工程", "工程", "重点工程", "移民工程", "工程项目", "项目", "重大项目"),
    ],
)
PROJECT = "project"
CONTACT_TIER = code_list(
    "contact_tier",
    "县、乡、村三级移民群众联系点 of the county's research report; codes are our own",
    [
        ("county", "县级", "县"),
        ("township", "乡镇级", "乡级", "镇级", "乡镇", "乡"),
        ("village", "村级", "村"),
    ],
)
_IN_VILLAGES = frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.GROUP, AreaKind.POINT})
_WITHIN = {
    "county": frozenset(AreaKind),
    "township": _IN_VILLAGES | {AreaKind.TOWNSHIP},
    "village": _IN_VILLAGES,
}
MOST_PEOPLE = 1_000_000
"""What is typed by mistake rather than counted."""


class UnitFacts(NamedTuple):
    """What is stated about a unit; the days say when the work of a project begins and is planned to end."""

    name: str
    kind: str
    credit_code: str = ""
    trade: str = ""
    contact_name: str = ""
    phone: str = ""
    work_starts_on: date | None = None
    work_ends_on: date | None = None


class Headcount(NamedTuple):
    """How many work in a unit, as far as stated: resettlers, members, full members among these."""

    resettlers: int | None = None
    members: int | None = None
    full_members: int | None = None


def unit_problems(facts: UnitFacts) -> list[Problem]:
    """What is wrong with a unit's own facts."""
    problems = [] if facts.name else [Problem("name.missing", "name")]
    if facts.kind not in UNIT_KIND.names:
        problems.append(Problem("unit.kind", "kind"))
    problems += credit_code_problems(facts.credit_code)
    return problems + work_problems(facts.work_starts_on, facts.work_ends_on)


def tidy_credit_code(text: str) -> str:
    """A credit code without spaces and hyphens, in capitals, digits of one width."""
    return uscc.compact(text)


def credit_code_problems(code: str) -> list[Problem]:
    """Whether a credit code (tidied) can be one; "" says that none is known."""
    if not code:
        return []
    try:
        uscc.validate(code)
    except InvalidChecksum:
        return [Problem("credit_code.checksum", "credit_code")]
    except ValidationError:
        return [Problem("credit_code.format", "credit_code")]
    return []


def work_problems(starts: date | None, ends: date | None) -> list[Problem]:
    """Whether work may begin and end on these days; both may lie ahead."""
    if starts is not None and ends is not None and ends < starts:
        return [Problem("unit.work_ends_before", "work_ends_on", {"day": starts})]
    return []


def headcount_problems(count: Headcount) -> list[Problem]:
    """Whether a headcount says anything, and nothing impossible."""
    stated = {name: number for name, number in count._asdict().items() if number is not None}
    if not stated:
        return [Problem("headcount.nothing", "resettlers")]
    problems = [
        Problem("headcount.number", name) for name, number in stated.items() if not 0 <= number <= MOST_PEOPLE
    ]
    if count.full_members is not None and count.members is not None and count.full_members > count.members:
        problems.append(Problem("headcount.full_members", "full_members", {"members": count.members}))
    return problems


def contact_point_problems(*, name: str, tier: str, area_kind: str) -> list[Problem]:
    """What is wrong with a contact point: a village's lies in a village, a township's not above one."""
    problems = [] if name else [Problem("name.missing", "name")]
    if tier not in CONTACT_TIER.names:
        return [*problems, Problem("contact_point.tier", "tier")]
    if AreaKind(area_kind) not in _WITHIN[tier]:
        problems.append(Problem("contact_point.area", "area", {"tier": CONTACT_TIER.name_of(tier)}))
    return problems
