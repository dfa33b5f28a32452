"""Pieces several of the import pages show alike."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anlan.kernel.models import Job, JobState
from anlan.kernel.problems import Problem
from anlan.sheets.jobs import CHECK, UNDO
from anlan.sheets.kinds import kind_of
from anlan.sheets.models import DraftState
from anlan.sheets.preview_store import Preview
from anlan.sheets.results import message, reason_words
from anlan.sheets.surroundings import is_named
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.parts import Figure, State

_RAISED = re.compile(r"^[A-Za-z_.]+: ")
"""How a job says that it broke; what it refuses is a sentence."""

OUTCOME_WORDS: Mapping[str, str | Promise] = {
    "added": gettext_lazy("新增"),
    "changed": gettext_lazy("变更"),
    "unchanged": gettext_lazy("不变"),
    "duplicate": gettext_lazy("重复"),
    "refused": gettext_lazy("不写入"),
    "warned": gettext_lazy("有提醒"),
}
BY_WORDS: Mapping[str, str | Promise] = {
    "recognised": gettext_lazy("自动识别"),
    "remembered": gettext_lazy("按记住的读法"),
    "corrected": gettext_lazy("已人工核对"),
}


def batch_url(uid: UUID) -> str:
    """The page of an import, before and after it is written."""
    return reverse("sheets:batch", args=[uid])


def import_crumbs(*steps: str | Crumb) -> list[Crumb]:
    """The way from the list of imports to a page."""
    crumbs = [step if isinstance(step, Crumb) else Crumb(step) for step in steps]
    return [Crumb(_("导入"), reverse("sheets:batches")), *crumbs]


def files_in_words(names: Sequence[str]) -> str:
    """The name of the only file, or of the first with how many there are."""
    if len(names) <= 1:
        return names[0] if names else _("没有文件")
    more = ngettext("%(name)s等 %(count)d 个文件", "%(name)s等 %(count)d 个文件", len(names))
    return more % {"name": names[0], "count": len(names)}


def kind_words(code: str | None) -> str:
    """What a kind is called; what is none is left out."""
    kind = kind_of(code) if code else None
    return str(kind.label) if kind else _("不导入")


def draft_state(state: str) -> State:
    """Where a draft stands, in a word."""
    words = {
        DraftState.OPEN.value: State(_("没有写入"), "attention"),
        DraftState.WAITING.value: State(_("等待审批"), "notice"),
        DraftState.REJECTED.value: State(_("已退回"), "refused"),
    }
    return words[str(state)]


def batch_state(state: str) -> State:
    """Where a batch stands, in a word."""
    return State(_("已撤回"), "quiet") if state == "undone" else State(_("已写入"), "done")


def problem_words(told: Mapping[str, Any]) -> str:
    """The sentence of a problem of a file, as a preview keeps it."""
    return message(Problem(told["code"], params=told["params"]))


@dataclass(frozen=True, slots=True)
class Doing:
    """What goes on in the background with an import."""

    run: Job
    uid: UUID

    @property
    def title(self) -> str:
        """What is being done."""
        if self.run.name == CHECK:
            return _("正在核对")
        return _("正在撤回") if self.run.name == UNDO else _("正在写入")

    @property
    def waits(self) -> bool:
        """Whether it has not begun."""
        return self.run.state == JobState.QUEUED

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100 * self.run.done // self.run.total, 99) if self.run.total else 0

    @property
    def step(self) -> int:
        """The step that goes on, from 1."""
        return min(self.run.done + 1, self.run.total or 1)

    @property
    def url(self) -> str:
        """Where to ask how far it is."""
        return reverse("sheets:progress", args=[self.uid])


def failure_words(run: Job | None) -> str:
    """Why the last run about an import failed, "" when it did not."""
    if run is None or run.state != JobState.FAILED:
        return ""
    if not run.error or _RAISED.match(run.error) or run.error == "the worker died":
        return _("后台处理时出了错，没有写入任何数据。请再试一次；还不行，请联系管理员。")
    return run.error


@dataclass(frozen=True, slots=True)
class OutcomeCell:
    """How many lines of a sheet come to one thing, and where they are listed."""

    word: str | Promise
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """One sheet of a preview as the pages show it: its name and what stands below, what was not read."""

    number: int
    name: str
    note: str
    notes: Sequence[str]
    kind: str
    is_left_out: bool
    header: str
    as_of: str | None
    by: str | Promise
    url: str
    rows: int
    outcomes: Sequence[OutcomeCell]


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """Why lines are not written, or warned of: how many of which sheet, and where they are listed."""

    words: str
    count: int
    url: str
    sheet: str


def sheet_names(file: str, sheet: str) -> tuple[str, str]:
    """What a sheet is called, and what stands below: a sheet nobody named is called after its file."""
    return (sheet, file) if is_named(sheet) and sheet != PurePath(file).stem else (file, "")


def sheets_of(preview: Preview, uid: UUID) -> list[SheetShown]:
    """The sheets of a preview, with links to their lines."""
    names = {file["number"]: file["name"] for file in preview.told["files"]}
    return [
        _sheet_of(preview, uid, number, told, names) for number, told in enumerate(preview.told["sheets"])
    ]


def _sheet_of(
    preview: Preview, uid: UUID, number: int, told: Mapping[str, Any], names: Mapping[int, str]
) -> SheetShown:
    first, last = told["header"]
    name, note = sheet_names(names.get(told["file"], ""), told["sheet"])
    header = _("没有表头") if last < first else f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"
    outcomes = []
    for code, word in OUTCOME_WORDS.items():
        count = preview.count(f"lines-{number}-{code}")
        outcomes.append(OutcomeCell(word, count, lines_url(uid, number, code) if count else ""))
    return SheetShown(
        number=number,
        name=name,
        note=note,
        notes=_notes_of(told),
        kind=kind_words(told["kind"]),
        is_left_out=told["kind"] is None,
        header=header,
        as_of=told["as_of"],
        by=BY_WORDS[told["by"]],
        url=reverse("sheets:sheet", args=[uid, number]),
        rows=told["rows"],
        outcomes=outcomes,
    )


def _notes_of(told: Mapping[str, Any]) -> list[str]:
    """What is to be known about how a sheet was read: hidden, columns nobody uses, rows that are no lines."""
    notes = [_("隐藏的工作表")] if told["hidden"] else []
    if told["hidden_rows"]:
        words = {"count": formats.write_number(told["hidden_rows"])}
        notes.append(_("有 %(count)s 行在表里隐藏或筛选掉了，一样读取") % words)
    if told["unread"]:
        notes.append(_("没有用到的列：%(columns)s") % {"columns": _("、").join(told["unread"])})
    if told["left_out"]:
        rows = _("、").join(map(str, told["left_out"]))
        more = _("等") if told["left_out_count"] > len(told["left_out"]) else ""
        words = {"count": formats.write_number(told["left_out_count"]), "rows": rows, "more": more}
        notes.append(_("略过 %(count)s 行（合计、签名、说明等）：第 %(rows)s%(more)s 行") % words)
    return notes


def lines_url(uid: UUID, number: int, outcome: str, reason: int = 0) -> str:
    """The lines of a sheet that come to one thing, for one reason (0: for any)."""
    url = f"{reverse('sheets:lines', args=[uid, number])}?outcome={outcome}"
    return f"{url}&reason={reason}" if reason else url


def reasons_of(preview: Preview, uid: UUID, outcome: str) -> list[ReasonShown]:
    """Why lines of a preview are not written (or warned of), the most frequent reason first."""
    names = {file["number"]: file["name"] for file in preview.told["files"]}
    found = []
    for number, told in enumerate(preview.told["sheets"]):
        reasons = told["reasons"].get(outcome, ())
        for place, (reason, count) in enumerate(reasons, 1):
            url = lines_url(uid, number, outcome, place if len(reasons) > 1 else 0)
            name, _note = sheet_names(names.get(told["file"], ""), told["sheet"])
            found.append(ReasonShown(reason_words(reason), count, url, name))
    return sorted(found, key=lambda one: -one.count)


def totals_of(sheets: Sequence[SheetShown]) -> dict[str, int]:
    """How many lines of all sheets come to each thing."""
    return {code: sum(sheet.outcomes[at].count for sheet in sheets) for at, code in enumerate(OUTCOME_WORDS)}


def figures_of(sheets: Sequence[SheetShown], totals: Mapping[str, int]) -> list[Figure]:
    """The counts of all sheets; each leads to its lines where one sheet has them all, else to the table."""
    figures = []
    for at, (code, word) in enumerate(OUTCOME_WORDS.items()):
        urls = [sheet.outcomes[at].url for sheet in sheets if sheet.outcomes[at].count]
        url = urls[0] if len(urls) == 1 else "#lines" if urls else ""
        figures.append(Figure(word, totals[code], url, unit=_("行")))
    return figures


def beside_of(preview: Preview, uid: UUID) -> dict[str, Any]:
    """What a preview tells beside the lines: who is absent, new groups, returned sheets."""
    return {
        "absent": [
            {
                **one,
                "word": kind_words(one["kind"]),
                "url": reverse("sheets:absent", args=[uid, one["kind"]]) if one["listed"] else "",
            }
            for one in preview.told["absent"]
        ],
        "new_areas": preview.told["result"]["notes"].get("areas", []),
        "returned": [
            {**one, "url": reverse("sheets:returned", args=[uid, one["number"]])}
            for one in preview.told["returned"]
        ],
    }
