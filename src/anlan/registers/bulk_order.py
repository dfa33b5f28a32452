"""A bulk correction as an address asks for it: the list with its filter, the rows, the fact and its value."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict  # noqa: TID251 - pages and jobs read the same address
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from anlan.kernel import protection
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.registers.actions.bulk_edit_rows import BulkOrder
from anlan.registers.bulk_words import fact_label
from anlan.registers.forms.bulk_edit import BulkValueForm
from anlan.registers.rules.bulk_editing import BULK, BulkFact, bulk_fact
from anlan.registers.tables import HouseholdListing, MemberListing, OrganizationListing, ResidentListing
from anlan.web.listing import Listing
from anlan.web.listing.asked import Asked

_LISTINGS: dict[str, type[Listing[Any]]] = {
    listing.code: listing
    for listing in (ResidentListing, HouseholdListing, MemberListing, OrganizationListing)
}
TICKED = "row"
LOOK, EDIT = "look", "edit"
"""What is to be done with what is typed: looked at, or gone on with."""
_WHOLE = ("fact", "value", "clear", "reason")
_OWN = frozenset({*_WHOLE, "step", "check", "page", TICKED})
_MOST_WORDS = 400


@dataclass(slots=True)
class Asking:
    """A bulk correction on its way: the list as asked for, its rows, and what is typed so far."""

    listing: Listing[Any]
    actor: PersonActor
    asked: Asked
    query: QueryDict
    ticked: list[str]

    @property
    def register(self) -> str:
        """The list's code."""
        return self.listing.code

    @property
    def fact(self) -> BulkFact | None:
        """The fact that is to be corrected, None before it is chosen."""
        return bulk_fact(self.register, self.query.get("fact", ""))

    @property
    def listed(self) -> QuerySet[Any]:
        """The rows of the list: those ticked, else all of the filter."""
        rows = self.listing.found(self.actor, self.asked)
        return rows.filter(uid__in=self.ticked) if self.ticked else rows

    @property
    def scope(self) -> str:
        """Which rows it is about, in words for whoever asks."""
        words = self.listing.words(self.asked)
        if self.ticked:
            return _("选中的 %(count)d %(unit)s") % {"count": len(self.ticked), "unit": self.listing.unit}
        return _("清单的全部（%(words)s）") % {"words": words}

    @property
    def kept_words(self) -> str:
        """The same as it is kept: without the text that was searched for, which may be somebody's name."""
        if self.ticked:
            return self.scope
        text, self.asked.text = self.asked.text, ""
        words = self.listing.words(self.asked) + (_("；另按文字查找") if text else "")
        self.asked.text = text
        return words[:_MOST_WORDS]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filter of the list and the ticked rows, without what belongs to the correction."""
        filters = [(name, value) for name, value in _pairs(self.query) if name not in _OWN]
        return [*filters, *((TICKED, uid) for uid in self.ticked)]

    def url(self, **changes: str) -> str:
        """The page of this correction, with some parameters changed."""
        own = {name: value for name, value in _pairs(self.query) if name in _WHOLE} | changes
        return (
            f"{reverse('registers:bulk_edit', args=[self.register])}?{urlencode([*self.kept, *own.items()])}"
        )

    @property
    def list_url(self) -> str:
        """The list it came from."""
        filters = [(name, value) for name, value in self.kept if name != TICKED]
        return f"{reverse(f'registers:{self.register}')}?{urlencode(filters)}"

    def form(self, fact: BulkFact) -> BulkValueForm:
        """The form with what was typed; not judged before it is to be looked at."""
        data = self.query if self.query.get("step") else None
        return BulkValueForm(data, fact=fact, label=fact_label(fact))

    def order(self, fact: BulkFact, form: BulkValueForm) -> BulkOrder:
        """What is asked for, by a valid form."""
        data = form.cleaned_data
        empty: Any = None if fact.fact.kind in ("partial", "day", "yes_no") else ""
        return BulkOrder(self.register, fact, empty if data["clear"] else data["value"], data["reason"])

    def sealed(self) -> str:
        """The whole correction as a job keeps it: what was searched for may be somebody's name."""
        return protection.seal(self.url(step=LOOK)).hex()

    def mark(self) -> str:
        """By what a job's correction is known as this one."""
        return protection.index_of(self.url(step=LOOK)).hex()


def _pairs(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() for value in values]


def read_asking(request: HttpRequest, actor: PersonActor, register: str) -> Asking:
    """Read an address; ``NotFound`` for a list there is not, or not for this actor."""
    if register not in BULK:
        raise NotFound(register)
    listing = _LISTINGS[register]()
    if not holds(actor, listing.permission):
        raise NotFound(register)
    asked = listing.ask(request, actor)
    if asked.on_given:
        asked.faults.append(_("批量修改只能用于今天的清单，请先去掉日期。"))
    ticked = _ticked(request.GET)
    if ticked is None:
        asked.faults.append(_("看不懂选中的是哪些记录，请回到清单重新选择。"))
    return Asking(listing, actor, asked, request.GET, ticked or [])


def unsealed(text: str, actor: PersonActor) -> Asking:
    """The correction a job was queued for, read anew with the actor's ranges of today."""
    address = urlsplit(protection.open_text(bytes.fromhex(text)))
    request = HttpRequest()
    request.GET = QueryDict(address.query)
    return read_asking(request, actor, resolve(address.path).kwargs["register"])


def _ticked(query: QueryDict) -> list[str] | None:
    """The rows ticked; None when one of them cannot be read: nobody wants all rows for that."""
    try:
        return [str(UUID(text)) for text in dict.fromkeys(query.getlist(TICKED))]
    except ValueError:
        return None
