"""The official layout of a list: the sheet as offices hand it in, and what marks every file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anlan.web.listing.columns import Column


@dataclass(frozen=True, slots=True)
class Layout:
    """An official sheet: its title, its columns (with ``group`` for a header of two rows), its order.

    ``order`` names the ORM fields of the layout's own queryset, total. ``block`` gives what rows of one block
    share (a household's key); a block begins under a heavier line and is counted with ``block_unit``.
    """

    title: str | Promise
    columns: Sequence[Column]
    order: Sequence[str]
    block: Callable[[Any], object] | None = None
    block_unit: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on every file: who took it, when, what it was narrowed to, why."""

    who: str
    when: str
    filter: str
    reason: str
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> list[str]:
        """The mark in pieces."""
        return [
            _("导出人：%(who)s") % {"who": self.who},
            _("导出时间：%(when)s") % {"when": self.when},
            _("范围：%(filter)s") % {"filter": self.filter or _("全部")},
            _("理由：%(reason)s") % {"reason": self.reason or _("未说明")},
            *self.notes,
        ]

    @property
    def line(self) -> str:
        """The mark on one line."""
        return "    ".join(self.parts)


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands around the rows of a workbook: title, second line, the mark, the word behind a count."""

    title: str
    second_line: str
    mark: Mark
    unit: str

    @property
    def signature_line(self) -> str:
        """The last line of the sheet."""
        blank = "＿" * 6
        words = (_("填表人："), _("审核人："), _("负责人："), _("日期："))
        return "    ".join(f"{word}{blank}" for word in words)
