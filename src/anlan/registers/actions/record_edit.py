"""Correcting plain facts of any record of the registers; see ``rules.editing`` for what is no correction."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked
from anlan.registers.actions.edit_rows import write_facts


@action("registers.record_edit", label=_("更正登记内容"), on="record")
def record_edit(change: Change, *, record: Model, values: Mapping[str, Any], reason: str = "") -> Model:
    """Correct facts of one record (``values`` by the names in ``rules.editing.EDITABLE``), also for the past.

    Partial dates come as ``PartialDate``, codes as codes, "" and None say that nothing is known. What follows
    from a fact follows: search columns, sex and birth from the id number, the next election, the end of
    support. Refused: what ``edit_problems`` refuses, and what the record's own rules say of the edited facts.
    """
    record = locked(record)
    change.reason = reason.strip()
    change.begin(record)
    write_facts(record, values, reason, change.today)
    change.save(record)
    return record
