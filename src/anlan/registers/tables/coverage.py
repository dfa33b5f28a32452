"""What the lists of covered things share: who covers a row, by what, and the filters for gaps."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.codes import SETUP_MODE
from anlan.registers.queries.coverage import Coverage, Covered, Coverer
from anlan.registers.rules.coverage import OFFICER_DUTY
from anlan.web.listing import Choice, Column, Filter
from anlan.web.parts import State

WITH, WITHOUT = "with", "without"
_WITH_OR_WITHOUT = (Choice(WITH, gettext_lazy("有")), Choice(WITHOUT, gettext_lazy("没有")))
Which = Literal["areas", "units"]


def coverer_url(coverer: Coverer | None) -> str:
    """The page of the organisation that covers something, "" for none."""
    return reverse("registers:organization", args=[coverer.uid]) if coverer else ""


def coverer_words(coverer: Coverer | None) -> str:
    """How something is covered: by an assigned organisation and in which mode, or by the one of its place."""
    if coverer is None:
        return ""
    if coverer.by == "area":
        return _("属地覆盖")
    return SETUP_MODE.name_of(coverer.setup_mode)


def officer_words(covered: Covered | None) -> str:
    """Who is responsible, with the duty: 移民专干 陈石."""
    rows = covered.officers if covered else ()
    return _("、").join(f"{OFFICER_DUTY.name_of(row.duty)} {row.name}" for row in rows)


def cover_state(covered: Covered | None) -> State:
    """Whether something has an organisation and an officer."""
    lacks = covered.lacks if covered else ("organization", "officer")
    if not lacks:
        return State(_("已覆盖"), "done")
    if len(lacks) == 2:
        return State(_("都没有"), "refused")
    return State(_("缺党组织") if "organization" in lacks else _("缺专干、联络员"), "attention")


def cover_columns() -> tuple[Column, ...]:
    """The columns of coverage; rows carry ``covered`` and ``may_see_names``."""
    return (
        Column(
            "organization",
            gettext_lazy("覆盖党组织"),
            value=lambda row: _name(row.covered),
            link=lambda row: coverer_url(row.covered.organization) if row.covered else "",
            wide=30,
        ),
        Column(
            "how",
            gettext_lazy("覆盖方式"),
            value=lambda row: coverer_words(row.covered.organization if row.covered else None),
        ),
        Column(
            "officer",
            gettext_lazy("移民专干、联络员"),
            value=lambda row: officer_words(row.covered) if row.may_see_names else "",
            wide=24,
        ),
        Column("state", gettext_lazy("覆盖情况"), value=lambda row: cover_state(row.covered)),
    )


def _name(covered: Covered | None) -> str:
    return covered.organization.name if covered and covered.organization else ""


def cover_filters(which: Which) -> tuple[Filter, ...]:
    """Filters by what a row has: an organisation, an officer; the whole county is decided at once."""
    return (
        Filter(
            "organization",
            gettext_lazy("党组织"),
            _WITH_OR_WITHOUT,
            apply=_narrow(which, lambda one: one.organization is not None),
        ),
        Filter(
            "officer",
            gettext_lazy("专干、联络员"),
            _WITH_OR_WITHOUT,
            apply=_narrow(which, lambda one: bool(one.officers)),
        ),
    )


def _narrow(
    which: Which, has: Callable[[Covered], bool]
) -> Callable[[QuerySet[Any], str, date], QuerySet[Any]]:
    def apply(queryset: QuerySet[Any], value: str, day: date) -> QuerySet[Any]:
        rows = getattr(Coverage(day), which)
        keys = [key for key, one in rows.items() if has(one) == (value == WITH)]
        return queryset.filter(pk__in=keys)

    return apply


def attach_cover(rows: Sequence[Any], coverage: Coverage, which: Which, *, names: bool) -> None:
    """Put on each row what covers it; ``names`` says whether officers' names are shown."""
    found = getattr(coverage, which)
    for row in rows:
        row.__dict__.update(covered=found.get(row.pk), may_see_names=names)
