"""What an ambiguous name of a place or an organisation may mean."""

import re
from collections import Counter
from uuid import UUID

from anlan.registers.imports.batch import organizations_of
from anlan.registers.models import PartyOrganization
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext, kind_of
from anlan.sheets.lines import RowProblem, SheetTable

_PLACE = re.compile(r"(.+)\(([0-9A-Za-z-]+)\)")


def question_of(table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
    """The question a line's ambiguous name puts: of an organisation, or of an area."""
    kind = kind_of(table.kind)
    spec = kind.spec(table.headers.get(problem.column, "")) if kind else None
    value = str(problem.params.get("value", ""))
    if spec is not None and spec.value.code == "organization":
        return _of_organization(value, context)
    named = [_PLACE.fullmatch(part) for part in str(problem.params.get("choices", "")).split("、")]
    choices = tuple((hit[2], hit[1]) for hit in named if hit)
    return Question("areas", value, choices) if choices else None


def _of_organization(value: str, context: ImportContext) -> Question | None:
    """Each is named with the one above it; where that does not tell them apart, by its own identifier."""
    directory = organizations_of(context)
    candidates = directory.candidates(value)
    words = [directory.described(one) for one in candidates]
    often = Counter(words)
    uids: dict[int, UUID] = dict(
        PartyOrganization.objects.filter(pk__in=[one.id for one in candidates]).values_list("pk", "uid")
    )
    choices = []
    for one, described in zip(candidates, words, strict=True):
        area = directory.areas.by_id.get(one.facts["area_id"])
        shown = f"{described}（{directory.areas.full_name(area)}）" if area else described
        if often[described] == 1 and described != value:
            choices.append((described, shown))
        elif one.id in uids:
            choices.append((str(uids[one.id]), shown))
    return Question("organizations", value, tuple(choices)) if choices else None
