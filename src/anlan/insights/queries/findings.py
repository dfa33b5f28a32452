"""What the records themselves show: facts for the report, each from figures, none from opinion.

A finding stands or falls by a comparison within the records (more old than young, more with little schooling
than with much, a date that has passed); no threshold is invented.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anlan.insights.queries.breakdowns import Population
from anlan.insights.queries.notes import Notes
from anlan.insights.queries.places import VILLAGE_KINDS
from anlan.insights.queries.statistics import Statistics
from anlan.insights.rules import share
from anlan.registers.dimensions import NONE, OTHER, Dimension
from anlan.registers.dimensions import members as of_members
from anlan.registers.dimensions import organizations as of_organizations
from anlan.registers.dimensions import residents as of_residents

MOST_NAMED = 20
"""At most so many villages are named in a sentence; the number is always whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the records show: a title, sentences with the numbers of their notes."""

    code: str
    title: str
    text: str


class Reader:
    """Takes figures from the statistics and a note for each; gives them as pieces of sentences."""

    def __init__(self, statistics: Statistics, notes: Notes) -> None:
        self.statistics, self.notes = statistics, notes

    def count(self, population: Population, dimension: Dimension, value: str) -> int:
        """How many have the value."""
        return self.statistics.tally(population).count(dimension, value)

    def cite(self, population: Population, dimension: Dimension, value: str) -> str:
        """«320〔7〕» for the number of those with the value (or a union's)."""
        choices = {option.value: option.label for option in dimension.choices(self.statistics.day)}
        figure = self.statistics.figure(
            population,
            value,
            choices[value],
            self.count(population, dimension, value),
            query={dimension.code: value},
        )
        note = self.notes.of_part(population, dimension.title, figure)
        return f"{figure.text}{note.mark}"

    def percent(self, population: Population, dimension: Dimension, value: str) -> str:
        """«19.4%» of all."""
        part = share(self.count(population, dimension, value), self.statistics.total(population))
        return f"{part:.1f}%"


def problems(reader: Reader) -> list[Finding]:
    """What the records show that calls for work, in the order of the report."""
    checks: tuple[Callable[[Reader], Finding | None], ...] = (
        _elections,
        _villages_without_organization,
        _ageing,
        _schooling,
        _floating,
        _unstated,
    )
    return [finding for finding in (check(reader) for check in checks) if finding is not None]


def _elections(reader: Reader) -> Finding | None:
    dimension = of_organizations.ELECTION
    overdue = reader.count("organizations", dimension, of_organizations.OVERDUE)
    soon = reader.count("organizations", dimension, of_organizations.DUE_SOON)
    if not overdue and not soon:
        return None
    text = _("任期已经届满而没有换届的党组织 %(overdue)s 个，临近届满的 %(soon)s 个。") % {
        "overdue": reader.cite("organizations", dimension, of_organizations.OVERDUE),
        "soon": reader.cite("organizations", dimension, of_organizations.DUE_SOON),
    }
    return Finding("elections", _("部分党组织到期没有换届"), text)


def villages_without_organization(statistics: Statistics) -> list[str]:
    """Names of the villages and communities of the day in which no organisation has its place."""
    divisions = statistics.divisions
    covered = {divisions.above(area, VILLAGE_KINDS) for area in statistics.organization_areas.values()}
    return [one.name for one in divisions.of_kind(VILLAGE_KINDS) if one.key not in covered]


def _villages_without_organization(reader: Reader) -> Finding | None:
    names = villages_without_organization(reader.statistics)
    if not names:
        return None
    computed = _("统计日存在的村、社区中，没有任何党组织的所在地在其范围内的个数")
    note = reader.notes.take(_("没有党组织的村、社区"), str(len(names)), computed)
    text = _("没有党组织的村、社区 %(count)s 个：%(names)s。") % {
        "count": f"{len(names)}{note.mark}",
        "names": _("、").join(names[:MOST_NAMED]) + (_("等") if len(names) > MOST_NAMED else ""),
    }
    return Finding("villages_without_organization", _("有的村、社区没有党组织"), text)


def _ageing(reader: Reader) -> Finding | None:
    dimension, old, young = of_members.AGE_OF_MEMBER, "from_61", "to_35"
    if reader.count("members", dimension, old) <= reader.count("members", dimension, young):
        return None
    text = _(
        "61 岁及以上的党员 %(old)s 名，占 %(old_share)s；35 岁及以下的 %(young)s 名，占 %(young_share)s。"
    ) % {
        "old": reader.cite("members", dimension, old),
        "old_share": reader.percent("members", dimension, old),
        "young": reader.cite("members", dimension, young),
        "young_share": reader.percent("members", dimension, young),
    }
    return Finding("ageing", _("党员年龄偏大"), text)


def _schooling(reader: Reader) -> Finding | None:
    dimension, low, high = of_members.EDUCATION_OF_MEMBER, "6", "college_up"
    if reader.count("members", dimension, low) <= reader.count("members", dimension, high):
        return None
    text = _(
        "初中及以下学历的党员 %(low)s 名，占 %(low_share)s；大专及以上的 %(high)s 名，占 %(high_share)s。"
    ) % {
        "low": reader.cite("members", dimension, low),
        "low_share": reader.percent("members", dimension, low),
        "high": reader.cite("members", dimension, high),
        "high_share": reader.percent("members", dimension, high),
    }
    return Finding("schooling", _("党员学历偏低"), text)


def _floating(reader: Reader) -> Finding | None:
    dimension = of_members.FLOATING
    if not reader.count("members", dimension, "yes"):
        return None
    text = _(
        "外出流动的党员 %(yes)s 名，占 %(share)s，其中跨省的 %(beyond)s 名，去向不明的 %(unclear)s 名。"
    ) % {
        "yes": reader.cite("members", dimension, "yes"),
        "share": reader.percent("members", dimension, "yes"),
        "beyond": reader.cite("members", dimension, of_members.OTHER_PROVINCE),
        "unclear": reader.cite("members", dimension, of_members.UNCLEAR),
    }
    return Finding("floating", _("党员外出流动多"), text)


def _unstated(reader: Reader) -> Finding | None:
    """What nobody filled in, for a report is as good as its records."""
    parts = []
    for dimension, what in (
        (of_members.AGE_OF_MEMBER, _("出生日期")),
        (of_members.EDUCATION_OF_MEMBER, _("学历")),
        (of_members.JOINED, _("入党时间")),
    ):
        if reader.count("members", dimension, "none"):
            parts.append(f"{what} {reader.cite('members', dimension, 'none')} {_('名')}")
    if not parts:
        return None
    return Finding(
        "unstated", _("党员登记不全"), _("没有填写的：%(parts)s。") % {"parts": _("，").join(parts)}
    )


def advice(findings: list[Finding]) -> list[Finding]:
    """For each finding, the next step its own list allows. What nobody recorded is not advised on."""
    steps = {
        "elections": _("按名单逐个核定换届日期，到期的限期换届，临近届满的提前准备。"),
        "villages_without_organization": _(
            "逐村核对党员人数，具备条件的单独组建，不具备的与邻村或行业联合组建。"
        ),
        "ageing": _("从青年和外出返乡人员中物色入党积极分子，按村排出培养名单。"),
        "schooling": _("按学历名单安排培训，优先安排组织负责人。"),
        "floating": _("按流动名单逐名确定联系人，去向不明的先查清去向。"),
        "unstated": _("按名单补齐登记，补齐后重新生成本报告。"),
    }
    return [Finding(one.code, one.title, steps[one.code]) for one in findings if one.code in steps]


def practices(reader: Reader) -> list[Finding]:
    """What the registers show of the work done: how organisations are set up, how support is given."""
    found = [_setting_up(reader), _recruiting(reader), _supporting(reader)]
    return [finding for finding in found if finding is not None]


def _setting_up(reader: Reader) -> Finding | None:
    modes = _list_of(reader, "organizations", of_organizations.SETUP, _("个"))
    tiers = _list_of(reader, "organizations", of_organizations.TIER, _("个"))
    if not modes and not tiers:
        return None
    text = _("按层级：%(tiers)s。按组建方式：%(modes)s。") % {
        "tiers": tiers or _("无"),
        "modes": modes or _("无"),
    }
    return Finding("setting_up", _("组织设置"), text)


def _recruiting(reader: Reader) -> Finding | None:
    if not reader.count("members", of_members.STAGE, "probationary"):
        return None
    cited = reader.cite("members", of_members.STAGE, "probationary")
    return Finding("recruiting", _("发展党员"), _("预备党员 %(count)s 名。") % {"count": cited})


def _supporting(reader: Reader) -> Finding | None:
    modes = _list_of(reader, "residents", of_residents.MODE, _("人"))
    support = _list_of(reader, "residents", of_residents.SUPPORT, _("人"))
    if not modes and not support:
        return None
    text = _("按安置方式：%(modes)s。按扶持方式：%(support)s。") % {
        "modes": modes or _("无"),
        "support": support or _("无"),
    }
    return Finding("supporting", _("安置与后期扶持"), text)


def _list_of(reader: Reader, population: Population, dimension: Dimension, unit: str) -> str:
    """«单独组建 30〔4〕个，…» for the values that anybody has."""
    if population not in reader.statistics.populations:
        return ""
    options = [one for one in dimension.options(reader.statistics.day) if one.value not in (NONE, OTHER)]
    parts = [
        f"{option.label} {reader.cite(population, dimension, option.value)} {unit}"
        for option in options
        if reader.count(population, dimension, option.value)
    ]
    return _("，").join(parts)
