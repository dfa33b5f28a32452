"""The list as a page, a fragment and files, all from one declaration."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, ClassVar, Generic, Literal, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.paths import subtree
from anlan.kernel.permissions import holds
from anlan.web import formats
from anlan.web.listing import asked as asking
from anlan.web.listing import export, paging, views
from anlan.web.listing.asked import Asked
from anlan.web.listing.columns import Column
from anlan.web.listing.filters import Filter
from anlan.web.listing.layouts import Layout
from anlan.web.listing.shown import Shown
from anlan.web.parts import Action, Empty

M = TypeVar("M", bound=Model)
Format = Literal["html", "csv", "xlsx", "export"]
_CHUNK = 1_000


class Listing(Generic[M]):
    """One register list. A subclass declares what follows and answers ``queryset``; see the package's
    docstring.

    ``permission`` is asked for before anything is shown: without it there is no such list (404).
    ``unit`` is the word behind the count (户, 人). ``area_field`` is the ORM path to a ``PathField``; with it
    the list takes ``?area=``. ``dated`` lists take ``?on=``. ``search_hint`` gives the list a search field
    and says what it finds. ``empty`` is shown when nothing is there at all.

    ``layout`` is the list's official sheet. A list is ``personal`` unless it says that it holds nothing about
    persons: what is taken out of it is kept. ``full_permission`` lets somebody have unmasked numbers in the
    layout. ``laid_out`` and ``reads_full`` are set while such a file is made.

    ``ordering`` should be what one index gives; with ``area_field`` best the area's path first, so that the
    list of one area is one stretch of that index and nothing has to be sorted.
    """

    code: ClassVar[str]
    permission: ClassVar[str] = ""
    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    icon: ClassVar[str] = ""
    unit: ClassVar[str | Promise] = gettext_lazy("条")
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    ordering: ClassVar[Sequence[str]] = ("pk",)
    page_size: ClassVar[int] = 50
    area_field: ClassVar[str] = ""
    dated: ClassVar[bool] = False
    search_hint: ClassVar[str | Promise] = ""
    empty: ClassVar[Empty] = Empty(gettext_lazy("这里还没有记录"))
    template: ClassVar[str] = "web/listing.html"
    layout: ClassVar[Layout | None] = None
    personal: ClassVar[bool] = True
    full_permission: ClassVar[str] = ""
    laid_out: bool = False
    reads_full: bool = False

    # Hooks -----------------------------------------------------------------

    def queryset(self, actor: Any, on: date) -> QuerySet[M]:
        """All rows this actor may see as of the day. The list narrows, orders and cuts it."""
        raise TypeError(f"{type(self).__name__} does not say what it lists")

    def search(self, queryset: QuerySet[M], text: str) -> QuerySet[M]:
        """The rows found by a text (1 to 100 characters, blanks normalised)."""
        raise TypeError(f"{type(self).__name__} has a search hint and no search")

    def in_area(self, queryset: QuerySet[M], area_path: str) -> QuerySet[M]:
        """The rows inside the subtree of an area."""
        return queryset.filter(subtree(self.area_field, area_path))

    def prefetch(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """Add ``select_related`` and ``prefetch_related`` for what the columns read."""
        return queryset

    def attach(self, rows: Sequence[M], on: date) -> None:
        """Put on the rows of a page (or a chunk of a sheet) what one further query gives for all."""

    def notes(self, actor: Any, asked: Asked) -> Sequence[str]:
        """Sentences about what the list leaves out, shown above it and written into its files."""
        return ()

    def actions(self, actor: Any) -> Sequence[Action]:
        """The buttons in the head of the page."""
        return ()

    def bulk_url(self, actor: Any) -> str:
        """Where what is done to many rows begins (it takes the filter, and ``row=`` for those ticked, by
        their ``uid``); "" where nothing is.
        """
        return ""

    def context(self, actor: Any, asked: Asked) -> dict[str, Any]:
        """What a subclass's own template needs further."""
        return {}

    def attach_layout(self, rows: Sequence[M], on: date) -> None:
        """Put on the rows of a chunk what the official layout shows further; ``attach`` has been called."""

    def layout_title(self, actor: Any, asked: Asked) -> str:
        """The title of the official layout: what it is of, and what it is."""
        place = asked.area.label if asked.area is not None else ""
        return f"{place}{self.layout.title if self.layout else self.title}"

    def unit_line(self, actor: Any, asked: Asked) -> str:
        """The second line of the official layout: who hands it in, as of which day, counted in what."""
        parts = (
            _("填报单位：%(unit)s") % {"unit": asked.area.label if asked.area is not None else "＿" * 8},
            _("截至日期：%(day)s") % {"day": formats.write_day(asked.on)},
            _("单位：%(unit)s") % {"unit": self.unit},
        )
        return "        ".join(parts)

    # Doors -----------------------------------------------------------------

    @classmethod
    def urls(cls, route: str, name: str) -> list[URLPattern]:
        """The addresses of the list: ``route`` (ending with a slash), the same with .csv and .xlsx, and the
        form that is asked before a file is taken.

        Their names are ``name``, ``name_csv``, ``name_xlsx`` and ``name_export``.
        """
        stem = route.rstrip("/")
        views.register_list(cls.code, cls.title, cls.permission, f"/{route}")
        return [
            path(route, cls.page("html"), name=name),
            path(f"{stem}.csv", cls.page("csv"), name=f"{name}_csv"),
            path(f"{stem}.xlsx", cls.page("xlsx"), name=f"{name}_xlsx"),
            path(f"export/{stem}/", cls.page("export"), name=f"{name}_export"),
        ]

    @classmethod
    def page(cls, form: Format = "html") -> Callable[..., HttpResponseBase]:
        """The list as a view. Somebody unknown is sent to sign in."""

        def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if cls.permission and not holds(actor, cls.permission):
                raise Http404(cls.permission)
            listing = cls()
            opens_with = views.opening(cls.code, request, actor) if form == "html" else ""
            if opens_with:
                return HttpResponseRedirect(opens_with)
            asked = listing.ask(request, actor)
            if form == "html":
                return listing.as_html(request, actor, asked)
            if asked.faults:
                return export.refused_file(request, asked.faults)
            if form == "export":
                return export.export_page(request, listing, actor, asked)
            if request.method != "GET":
                # Nothing is taken out by asking for the head of a file.
                return HttpResponse(status=200 if request.method == "HEAD" else 405)
            taking = export.Taking(form, reason=request.GET.get("reason", "").strip())
            return export.take(listing, actor, asked, taking)

        view.__name__ = f"{cls.code}_{form}"
        view.__doc__ = cls.__doc__
        return view

    def ask(self, request: HttpRequest, actor: Any) -> Asked:
        """Read the address."""
        offered = asking.Offered(
            self.columns, self.filters, bool(self.search_hint), bool(self.area_field), self.dated
        )
        return asking.read(request, offered, actor, timezone.localdate())

    def found(self, actor: Any, asked: Asked) -> QuerySet[M]:
        """All rows of the query, unordered."""
        queryset = self.queryset(actor, asked.on)
        if asked.area is not None:
            queryset = self.in_area(queryset, asked.area.path)
        for one in self.filters:
            if one.code in asked.chosen:
                queryset = one.narrow(queryset, asked.chosen[one.code], asked.on)
        return self.search(queryset, asked.text) if asked.text else queryset

    def order(self, asked: Asked) -> tuple[str, ...]:
        """The ORM fields the rows are ordered by, total."""
        code = asked.sort.removeprefix("-")
        chosen = next((column.sort_fields for column in self.columns if code and column.code == code), ())
        fields = paging.turned(chosen) if asked.sort.startswith("-") else chosen
        return paging.full_order(fields or tuple(self.ordering))

    def as_html(self, request: HttpRequest, actor: Any, asked: Asked) -> HttpResponse:
        """The page, or only its table when HTMX asks for that."""
        page = paging.cut_page(
            self.found(actor, asked),
            order=self.order(asked),
            number=asked.page,
            size=self.page_size,
            load=lambda rows: list(self.prefetch(rows)),
        )
        self.attach(page.rows, asked.on)
        htmx: Any = getattr(request, "htmx", None)
        partial = bool(htmx) and htmx.target == "listing" and not htmx.history_restore_request
        shown = Shown(self, request, actor, asked, page)
        answer = render(
            request,
            "web/listing_body.html" if partial else self.template,
            {"listing": shown, "partial": partial, **self.context(actor, asked)},
        )
        patch_vary_headers(answer, ["HX-Request", "HX-Target"])
        return answer

    def all_rows(self, actor: Any, asked: Asked) -> Iterator[M]:
        """Every row of the query in order, read in chunks; memory does not grow with the list."""
        order = self.layout.order if self.laid_out and self.layout else self.order(asked)
        queryset = self.prefetch(self.found(actor, asked)).order_by(*order)
        stream = queryset.iterator(chunk_size=_CHUNK)
        while chunk := list(islice(stream, _CHUNK)):
            self.attach(chunk, asked.on)
            if self.laid_out:
                self.attach_layout(chunk, asked.on)
            yield from chunk

    def words(self, asked: Asked) -> str:
        """The query in words, for the unit line of a sheet and of paper; "" when nothing is narrowed."""
        parts: list[tuple[str | Promise, str | Promise]] = []
        if self.dated:
            parts.append((_("截至"), formats.write_day(asked.on)))
        if asked.area is not None:
            parts.append((_("区划"), asked.area.label))
        parts += [
            (one.label, asked.chosen[one.code].label) for one in self.filters if one.code in asked.chosen
        ]
        if asked.text:
            parts.append((_("查找"), asked.text))
        return "；".join(f"{label} {value}" for label, value in parts)
