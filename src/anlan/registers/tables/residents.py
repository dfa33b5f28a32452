"""The list of residents: who belonged to a household on a day, with their place and their resettlement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import EDUCATION, ETHNIC_GROUP, RELATION, RESETTLEMENT_MODE, SEX, SUPPORT_MODE
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.permissions import holds
from anlan.places.queries import place_parts
from anlan.registers.dimensions import RESIDENT_DIMENSIONS, list_filters
from anlan.registers.models import Person
from anlan.registers.queries.details import (
    Belonging,
    age_on,
    belongings_of,
    heads_of,
    phones_of,
    place_names,
    resettlements_of,
)
from anlan.registers.queries.finding import persons_matching
from anlan.registers.queries.lookups import visible_households
from anlan.registers.queries.reach import residents_in_reach
from anlan.registers.tables.layouts import NOWHERE, RESIDENT_LAYOUT
from anlan.registers.tables.register import RegisterListing, household_url, partial, person_url
from anlan.registers.tables.shown import masked_id
from anlan.web.listing import Column
from anlan.web.parts import Action, Empty


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """What the list says of a person as of its day."""

    url: str
    age: int | None
    number: str
    household: str
    relation: str
    place: str
    mode: str
    moved: PartialDate | None
    support: str
    register_number: str


def _line(person: Any) -> ResidentLine:
    line: ResidentLine = person.line
    return line


def _home(person: Any) -> Belonging | None:
    home: Belonging | None = person.home
    return home


class ResidentListing(RegisterListing[Person]):
    """Residents as of any day."""

    code = "persons"
    permission = "registers.person_view"
    title = _("移民人口")
    icon = "people"
    unit = _("人")
    ordering = ("pinyin", "pk")
    search_hint = _("姓名、拼音或首字母、身份证号或电话末四位、核定登记号")
    empty = Empty(_("还没有移民人口"), _("导入移民人口登记表以后，这里按户列出每个人。"))
    columns = (
        Column("name", _("姓名"), link=lambda row: _line(row).url, sort=("pinyin", "name")),
        Column("sex", _("性别"), value=lambda row: SEX.name_of(row.sex), wide=6),
        Column("age", _("年龄"), value=lambda row: _line(row).age, kind="number", sort="birth_date", wide=6),
        Column("id_number", _("身份证号码"), value=masked_id, kind="code", protected=True),
        Column(
            "household",
            _("户编号"),
            value=lambda row: _line(row).number,
            kind="code",
            link=lambda row: _line(row).household,
        ),
        Column("relation", _("与户主关系"), value=lambda row: _line(row).relation),
        Column("place", _("居住地"), value=lambda row: _line(row).place, wide=26),
        Column("moved", _("搬迁时间"), value=lambda row: _line(row).moved, kind="day", sheet_only=True),
        Column("mode", _("安置方式"), value=lambda row: _line(row).mode, sheet_only=True),
        Column("support", _("扶持方式"), value=lambda row: _line(row).support),
        Column(
            "register_number",
            _("核定登记号"),
            value=lambda row: _line(row).register_number,
            kind="code",
            sheet_only=True,
        ),
        Column(
            "ethnic_group",
            _("民族"),
            value=lambda row: ETHNIC_GROUP.name_of(row.ethnic_group),
            sheet_only=True,
        ),
        Column(
            "birth_date",
            _("出生日期"),
            value=lambda row: partial(row.birth_date, row.birth_precision),
            kind="day",
            sheet_only=True,
        ),
        Column(
            "education",
            _("文化程度"),
            value=lambda row: row.education_text or EDUCATION.name_of(row.education),
            sheet_only=True,
        ),
    )
    filters = list_filters(RESIDENT_DIMENSIONS)
    layout = RESIDENT_LAYOUT

    def actions(self, actor: Any) -> Sequence[Action]:
        """A new one, for those who may."""
        if not holds(actor, "registers.person_add"):
            return ()
        return (Action(_("新增人员"), reverse("registers:person_add"), "main", "add"),)

    def queryset(self, actor: Any, on: date) -> QuerySet[Person]:
        """Residents of the day in the actor's ranges."""
        return residents_in_reach(actor, on, self.reads, area_path=self.area_path, by_household=self.laid_out)

    def seen_today(self, queryset: QuerySet[Person], actor: Any) -> QuerySet[Person]:
        """Persons in the actor's range today."""
        return queryset.filter(pk__in=Person.objects.visible_to(actor).values("pk"))

    def in_area(self, queryset: QuerySet[Person], area_path: str) -> QuerySet[Person]:
        """Those whose household lived within the area on the day: ``queryset`` has asked already."""
        return queryset

    def search(self, queryset: QuerySet[Person], text: str) -> QuerySet[Person]:
        """By name, pinyin, digits."""
        return queryset.filter(persons_matching(text))

    def attach_layout(self, rows: Sequence[Person], on: date) -> None:
        """The head, the place in parts and the phones."""
        homes = [home for row in rows if (home := _home(row)) is not None]
        heads = heads_of({home.household.pk for home in homes}, on)
        parts = place_parts([home.area for home in homes if home.area])
        phones = phones_of([row.pk for row in rows], on)
        for row in rows:
            home = _home(row)
            row.__dict__.update(
                head_name=heads[home.household.pk].name if home and home.household.pk in heads else "",
                parts=parts.get(home.area.pk, NOWHERE) if home and home.area else NOWHERE,
                phones=phones.get(row.pk, []),
            )

    def attach(self, rows: Sequence[Person], on: date) -> None:
        """Household, place and resettlement of the day."""
        keys = [row.pk for row in rows]
        homes, verified = belongings_of(keys, on), resettlements_of(keys, on)
        places = place_names([home.area for home in homes.values()])
        # Somebody may belong to a household of another range on a past day: its page lies elsewhere.
        open_homes = visible_households(self.actor, [home.household.pk for home in homes.values()])
        for row in rows:
            home, record = homes.get(row.pk), verified.get(row.pk)
            row.__dict__.update(home=home, record=record)
            row.__dict__["line"] = ResidentLine(
                url=person_url(row),
                age=age_on(row, on),
                number=home.household.number if home else "",
                household=household_url(home.household) if home and home.household.pk in open_homes else "",
                relation=RELATION.name_of(home.relation) if home else "",
                place=places.get(home.area.pk, "") if home and home.area else "",
                mode=RESETTLEMENT_MODE.name_of(record.mode) if record else "",
                moved=partial(record.moved_on, record.moved_precision) if record else None,
                support=SUPPORT_MODE.name_of(record.support_mode) if record else "",
                register_number=record.register_number if record else "",
            )
