"""Remembering how sheets of a layout are read, and forgetting it."""

from collections.abc import Mapping, Sequence

import orjson
from django.utils.translation import gettext_lazy as _

from anlan.kernel import protection
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.sheets.kinds import kind_of
from anlan.sheets.models import SheetLayout


@action("sheets.layout_remember", label=_("记住表格的读法"), actors=("person",), hands_over=True)
def layout_remember(
    change: Change,
    *,
    fingerprint: str,
    kind: str,
    columns: Mapping[int, str],
    headers: Sequence[str],
    header_rows: int = 0,
) -> SheetLayout:
    """From now on sheets with this header are read so, whoever imports them; what was remembered is replaced.

    ``header_rows`` is 0 where we find the header ourselves. Refused: an unknown kind, no header at all.
    """
    if kind_of(kind) is None or not fingerprint:
        raise Refused(Problem("value.required", "kind"))
    row = SheetLayout.objects.filter(fingerprint=fingerprint).first()
    is_new = row is None
    if row is None:
        row = SheetLayout(fingerprint=fingerprint)
    else:
        change.begin(row)
    row.kind, row.header_rows = kind, header_rows
    row.columns = {str(column): name for column, name in sorted(columns.items())}
    row.headers = protection.seal(orjson.dumps(list(headers)))
    row.remembered_on, row.remembered_by = change.today, change.actor.label[:120]
    if is_new:
        change.create(row)
    else:
        change.save(row)
    return row


@action("sheets.layout_forget", label=_("忘掉表格的读法"), actors=("person",), hands_over=True)
def layout_forget(change: Change, *, layout: SheetLayout) -> None:
    """From now on sheets of this layout are recognised as usual."""
    stored = SheetLayout.objects.select_for_update().filter(pk=layout.pk).first()
    if stored is not None:
        change.delete(stored)
