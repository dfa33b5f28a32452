"""How parameters and their values are written for people, on pages, in sheets and in the history."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.reach import reach_names
from anlan.kernel import parameters
from anlan.kernel.models import DayKind
from anlan.kernel.parameters import Parameter
from anlan.web.history import (
    FieldWords,
    Row,
    Story,
    TableWords,
    choice,
    day,
    history_panel,
    register_words,
    stories,
    text,
)
from anlan.web.history import yes_no as yes_no_field
from anlan.web.records import register_panel

Text = str | Promise
OTHER = gettext_lazy("其他")
MOST_ROWS = 8
"""More changed days of one entry than these are not told one by one."""
_topics: dict[str, Text] = {
    "accounts": gettext_lazy("登录与账号"),
    "registers": gettext_lazy("底册与业务"),
    "insights": gettext_lazy("统计与报告"),
    "sheets": gettext_lazy("导入"),
    "config": gettext_lazy("备份"),
    "kernel": gettext_lazy("系统运行"),
}


def register_topic(prefix: str, label: Text) -> None:
    """Say under which heading the parameters stand whose codes begin with ``prefix`` and a dot."""
    if prefix in _topics:
        raise ValueError(f"topic {prefix} is registered twice")
    _topics[prefix] = label


def topic_of(code: str) -> str:
    """The part of a code by which parameters are grouped."""
    return code.partition(".")[0]


def topics() -> list[tuple[str, Text]]:
    """The topics that have parameters, in the order in which they were registered."""
    used = {topic_of(code) for code in parameters.declared()}
    return [(prefix, label) for prefix, label in _topics.items() if prefix in used] + [
        (prefix, OTHER) for prefix in sorted(used - set(_topics))
    ]


def topic_label(code: str) -> str:
    """The heading a parameter stands under."""
    return str(_topics.get(topic_of(code), OTHER))


def label_of(code: str) -> str:
    """What a parameter is called; its code when the program no longer knows it."""
    known = parameters.declared().get(code)
    return str(known.label or code) if known else code


def write_value(parameter: Parameter, content: Any) -> str:
    """A stored value in words, with its unit; None is an area following the wider one."""
    if content is None:
        return _("按上一级的规定")
    if parameter.type == "yes_no":
        return _("是") if content else _("否")
    if parameter.type == "clock" and not content:
        return _("不定时间")
    if parameter.type == "json":
        return json.dumps(content, ensure_ascii=False)
    if isinstance(content, list):
        return "、".join(_word(parameter, entry) for entry in content) or _("（空）")
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{_word(parameter, content)}{unit}"


def _word(parameter: Parameter, entry: Any) -> str:
    return str(parameter.choices.get(str(entry), entry))


def place_names(paths: list[str]) -> dict[str, str]:
    """Places by path; one query. The whole county has the empty path."""
    return {path: name for (_tree, path), name in reach_names(("area", path) for path in paths).items()}


def _value(content: Any, row: Row) -> str:
    known = parameters.declared().get(str(row.get("code", "")))
    return write_value(known, content) if known else str(content)


def _place(path: Any, row: Row) -> str:
    return place_names([str(path)])[str(path)]


TABLES = {
    "kernel_parametervalue": TableWords(
        gettext_lazy("参数值"),
        {
            "valid_from": day(gettext_lazy("从哪天起")),
            "path": FieldWords(gettext_lazy("适用范围"), _place),
            "value": FieldWords(gettext_lazy("值"), _value),
            "source": text(gettext_lazy("依据")),
            "note": text(gettext_lazy("说明")),
        },
    ),
    "kernel_calendarday": TableWords(
        gettext_lazy("工作日历"),
        {
            "day": day(gettext_lazy("日期")),
            "kind": choice(
                gettext_lazy("安排"),
                {
                    DayKind.HOLIDAY.value: gettext_lazy("节假日"),
                    DayKind.REST.value: gettext_lazy("调休休息"),
                    DayKind.WORK.value: gettext_lazy("调休上班"),
                },
            ),
            "name": text(gettext_lazy("名称")),
            "provisional": yes_no_field(gettext_lazy("暂定")),
            "source": text(gettext_lazy("依据")),
        },
    ),
}


def register() -> None:
    """Tell the history the words, and put it on the pages of parameters and of a year."""
    register_words(TABLES)
    register_panel("parameter", history_panel("parameter"))
    register_panel("calendar", replace(history_panel("calendar"), context=_year_history))


def _year_history(actor: Any, record: Any, on: date) -> dict[str, Any]:
    """The history of a year; of an entry with many days only how many there were, they stand above."""
    told = stories("calendar", record.pk)
    return {"stories": [_shortened(story) for story in told]}


def _shortened(story: Story) -> Story:
    if len(story.rows) <= MOST_ROWS:
        return story
    count = _("共 %(count)d 天。") % {"count": len(story.rows)}
    return replace(story, rows=(), reason=f"{story.reason} {count}".strip())
