"""The registers' limits: dated parameters with the text they come from, and how rules are asked with them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel import parameters
from anlan.kernel.parameters import Parameter
from anlan.registers.labels import SUPPORT_REASON_WORDS
from anlan.registers.rules import elections
from anlan.registers.rules.resettlement import Reasons

MEMBER_MIN_AGE = "registers.member_min_age"
SUPPORT_PERIOD = "registers.support_period_months"
SUPPORT_STOP = "registers.support_stop_reasons"
SUPPORT_SUSPEND = "registers.support_suspend_reasons"
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


def support_reasons(on: date, path: str = "") -> Reasons:
    """The reasons for which support is suspended or stopped here; one in both lists only suspends."""
    suspend = parameters.value(SUPPORT_SUSPEND, on=on, path=path)
    stop = parameters.value(SUPPORT_STOP, on=on, path=path)
    return Reasons(suspend=suspend, stop=[reason for reason in stop if reason not in suspend])
