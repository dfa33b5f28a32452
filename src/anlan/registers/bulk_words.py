"""How bulk corrections are called: their facts and values in the words of the history."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from anlan.registers.history_words import TABLES
from anlan.registers.models import BulkEdit
from anlan.registers.rules.bulk_editing import BulkFact, bulk_fact, from_json
from anlan.web.history import FieldWords


def fact_label(fact: BulkFact) -> str:
    """How a fact is called."""
    words = _fields(fact)
    return str(words[_column(fact)].label)


def fact_words(fact: BulkFact, value: Any) -> str:
    """A value of a fact in words, a dash for none."""
    if value is None or value == "":
        return "—"
    column = _column(fact)
    if fact.fact.kind == "partial":
        return _fields(fact)[column].write(value.date, {column.replace("_on", "_precision"): value.precision})
    return _fields(fact)[column].write(value, {})


def _fields(fact: BulkFact) -> Mapping[str, FieldWords]:
    return TABLES[f"registers_{fact.model}"].fields


def _column(fact: BulkFact) -> str:
    return f"{fact.name}_on" if fact.fact.kind == "partial" else fact.name


def title_of(bulk: BulkEdit) -> str:
    """What a correction did, in words: 职业改成务农."""
    fact = bulk_fact(bulk.register, bulk.fact)
    if fact is None:
        return bulk.fact
    words = fact_words(fact, from_json(fact.fact, bulk.value))
    return _("%(fact)s改成“%(value)s”") % {"fact": fact_label(fact), "value": words}
