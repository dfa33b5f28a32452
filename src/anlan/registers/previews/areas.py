"""Sheets of areas, read beside the register."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from anlan.kernel.actors import Actor
from anlan.places.models import Area
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import SheetTable
from anlan.sheets.readers import CellChange, RegisterReader


class AreaReader(RegisterReader):
    """Areas by their codes."""

    def keys(self, table: SheetTable) -> Sequence[str]:
        """The code of each line."""
        return [str(code or "") for code in table.column("code")]

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """Names that differ."""
        keys = self.keys(table)
        rows = Area.objects.filter(code__in={keys[line] for line in lines}, valid_to=None)
        known = dict(rows.values_list("code", "name"))
        names = table.column("name")
        return {
            line: (CellChange("name", known[keys[line]], str(names[line])),)
            for line in lines
            if keys[line] in known and known[keys[line]] != names[line]
        }

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the areas the actor may see."""
        rows = Area.objects.visible_to(actor).filter(code__in=[key for key in keys if key])
        return {code: reverse("places:area", args=[code]) for code in rows.values_list("code", flat=True)}
