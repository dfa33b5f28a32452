"""Where the report's figures come from: numbered notes with the way each was counted, its list, its day."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.queries.breakdowns import TITLES, Population, Text
from anlan.insights.queries.statistics import Figure

COUNTED: dict[Population, Text] = {
    "organizations": gettext_lazy("统计日存在、所在地在本级范围内的党组织"),
    "members": gettext_lazy("统计日在本级范围内党组织的正式党员和预备党员"),
    "households": gettext_lazy("统计日存在并居住在本级范围内的移民户"),
    "residents": gettext_lazy("统计日健在、属于某一户且该户居住在本级范围内的人"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One figure of the report: its number in the appendix, what it is, its value, how it was counted, where.

    ``url`` is the address of the list behind it on the county's own system ("" where there is no list).
    """

    number: int
    title: str
    value: str
    computed: str
    url: str
    day: date

    @property
    def mark(self) -> str:
        """How the text refers to the note."""
        return f"〔{self.number}〕"


@dataclass(slots=True)
class Notes:
    """The notes of one report, in the order in which its figures were taken."""

    day: date
    rows: list[Note] = field(default_factory=list)
    _known: dict[tuple[str, str], Note] = field(default_factory=dict)

    def take(self, title: str, value: str, computed: str, url: str = "") -> Note:
        """The note for one figure; a figure that stands in several places has one note."""
        known = self._known.get((title, computed))
        if known is None:
            known = Note(len(self.rows) + 1, title, value, computed, url, self.day)
            self.rows.append(known)
            self._known[title, computed] = known
        return known

    def of_whole(self, population: Population, figure: Figure) -> Note:
        """A note for the number of all."""
        return self.take(
            _("%(what)s总数") % {"what": figure.label}, figure.text, str(COUNTED[population]), figure.url
        )

    def of_part(self, population: Population, dimension: Text, figure: Figure) -> Note:
        """A note for the number of those with one value of a dimension."""
        computed = _("%(whole)s中，%(dimension)s为“%(value)s”的") % {
            "whole": TITLES[population],
            "dimension": dimension,
            "value": figure.label,
        }
        title = f"{TITLES[population]}{dimension}：{figure.label}"
        return self.take(title, figure.text, computed, figure.url)
