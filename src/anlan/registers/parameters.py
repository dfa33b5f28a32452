"""The registers' limits: dated parameters with the text they come from, and how rules are asked with them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel import parameters
from anlan.kernel.parameters import Parameter
from anlan.registers.labels import SUPPORT_REASON_WORDS, TARGET_KIND_WORDS
from anlan.registers.rules import elections
from anlan.registers.rules.proposals import Limits
from anlan.registers.rules.resettlement import Reasons

MEMBER_MIN_AGE = "registers.member_min_age"
SUPPORT_PERIOD = "registers.support_period_months"
SUPPORT_STOP = "registers.support_stop_reasons"
SUPPORT_SUSPEND = "registers.support_suspend_reasons"
COVERED_BY_AREA = "registers.covered_by_area"
_PROPOSAL_LIMITS = (
    "registers.branch_members",
    "registers.joint_units",
    "registers.branch_most_members",
    "registers.general_branch_most_members",
    "registers.project_branch_months",
)
_SETUP = _("中国共产党支部工作条例（试行）（2018）")
_TERMS = _("关于党的基层组织任期的意见（2018）、支部工作条例")

PARAMETERS = (
    Parameter(
        elections.TERM_VILLAGE, "integer", 5, unit=_("年"), source=_TERMS, label=_("村、社区党组织任期")
    ),
    Parameter(elections.TERM_COMMITTEE, "integer", 5, unit=_("年"), source=_TERMS, label=_("党委任期")),
    Parameter(
        elections.TERM_BRANCH, "integer", 3, unit=_("年"), source=_TERMS, label=_("其他党支部、党总支任期")
    ),
    Parameter(
        MEMBER_MIN_AGE,
        "integer",
        18,
        unit=_("周岁"),
        source=_("中国共产党章程第一条"),
        label=_("入党最低年龄"),
    ),
    Parameter(
        SUPPORT_PERIOD,
        "integer",
        3,
        unit=_("个月"),
        source=_("各县发放办法"),
        note=_(
            "一个发放周期的月数：1、2、3、4、6 或 12，从一月起算。"
            "扶持变动从下一个周期起生效；0 表示从变动当天起。"
        ),
        label=_("扶持资金发放周期"),
        choices={str(months): str(months) for months in (0, 1, 2, 3, 4, 6, 12)},
    ),
    Parameter(
        SUPPORT_STOP,
        "list",
        ["death", "hired", "officer", "non_rural", "other"],
        source=_("各县后期扶持人口动态管理办法"),
        note=_("婚嫁默认不列入：妇女的土地和扶持权益不应因婚姻而丧失。"),
        label=_("停止扶持的原因"),
        choices=SUPPORT_REASON_WORDS,
    ),
    Parameter(
        SUPPORT_SUSPEND,
        "list",
        ["prison"],
        source=_("各县后期扶持人口动态管理办法"),
        note=_("暂停期间的资金不补发，扶持期限不顺延。"),
        label=_("暂停扶持的原因"),
        choices=SUPPORT_REASON_WORDS,
    ),
    Parameter(
        _PROPOSAL_LIMITS[0],
        "integer",
        3,
        unit=_("名"),
        source=_SETUP,
        label=_("单独成立党支部的正式党员人数"),
        least=1,
        by_area=False,
    ),
    Parameter(
        _PROPOSAL_LIMITS[1],
        "integer",
        5,
        unit=_("个"),
        source=_SETUP,
        label=_("联合党支部一般不超过的单位数"),
        least=2,
        by_area=False,
    ),
    Parameter(
        _PROPOSAL_LIMITS[2],
        "integer",
        50,
        unit=_("名"),
        source=_SETUP,
        label=_("党支部党员一般不超过的人数，超过的成立党总支"),
        least=1,
        by_area=False,
    ),
    Parameter(
        _PROPOSAL_LIMITS[3],
        "integer",
        100,
        unit=_("名"),
        source=_SETUP,
        label=_("党总支党员一般不超过的人数，超过的成立党委"),
        least=1,
        by_area=False,
    ),
    Parameter(
        _PROPOSAL_LIMITS[4],
        "integer",
        6,
        unit=_("个月"),
        source=_SETUP,
        note=_("工期不到这个月数的，建议成立临时党支部。"),
        label=_("工程项目成立党支部的工期"),
        least=1,
        by_area=False,
    ),
    Parameter(
        COVERED_BY_AREA,
        "list",
        ["point", "village", "community"],
        source=_("本县调研报告“四（一）”：单元设置、区域覆盖、统筹管理"),
        note=_("列在这里的，所在的村或居民点有党组织就算已经覆盖；没有列的，要另行确定覆盖的党组织。"),
        label=_("属地党组织直接覆盖的对象"),
        choices=TARGET_KIND_WORDS,
        by_area=False,
    ),
)


def election_due(
    kind: str, area_kind: str, elected_on: date | None, *, on: date, path: str = "", precision: str = "day"
) -> date | None:
    """When the next election of an organisation is due, None without an election or a term.

    ``kind`` of the organisation, ``area_kind`` and ``path`` of the area it lies in; ``precision`` of
    ``elected_on``. The years of the term are those in force on the day asked.
    """
    code = elections.term_parameter(kind, area_kind)
    if elected_on is None or not code:
        return None
    years = parameters.integer(code, on=on, path=path)
    return elections.due_on(elected_on, years, precision)


def member_min_age(on: date, path: str = "") -> int:
    """The lowest age at joining, in full years."""
    return parameters.integer(MEMBER_MIN_AGE, on=on, path=path)


def support_period_months(on: date, path: str = "") -> int:
    """The months of a payment period; 0 means that changes of support hold from their own day."""
    return parameters.integer(SUPPORT_PERIOD, on=on, path=path)


def proposal_limits(on: date) -> Limits:
    """The thresholds by which organisations are proposed, as in force on a day."""
    return Limits(*(parameters.integer(code, on=on) for code in _PROPOSAL_LIMITS))


def kinds_covered_by_area(on: date) -> frozenset[str]:
    """The kinds of areas and units that an organisation covers by having its own place there."""
    return frozenset(parameters.value(COVERED_BY_AREA, on=on))


def support_reasons(on: date, path: str = "") -> Reasons:
    """The reasons for which support is suspended or stopped here; one in both lists only suspends."""
    suspend = parameters.value(SUPPORT_SUSPEND, on=on, path=path)
    stop = parameters.value(SUPPORT_STOP, on=on, path=path)
    return Reasons(suspend=suspend, stop=[reason for reason in stop if reason not in suspend])
