"""What is imported and what is typed into forms end equal: the same facts by a sheet and by the actions."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anlan.kernel import codes
from anlan.kernel.partial_dates import DAY, MONTH, YEAR, PartialDate
from anlan.places.models import Area
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.household_add import NewMember, household_add
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.membership_start import NewMembership, membership_start
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.actions.resettlement_start import ResettlementFacts, resettlement_start
from anlan.registers.models import (
    FloatingSpell,
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
    SupportProgramme,
)
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.tests.importing import AREAS, CLERK, MARCH, MAY, ORGANIZATIONS, person, run, sentences
from anlan.sheets.tests.books import id_number

HEADER = (
    "乡镇",
    "村",
    "户编号",
    "姓名",
    "与户主关系",
    "身份证号",
    "民族",
    "文化程度",
    "婚姻状况",
    "职业",
    "家庭住址",
)
MORE = ("迁出地", "搬迁时间", "安置方式", "扶持方式", "移民登记号", "联系电话")
RELATIONS = ("10", "20", "32", "51")


@dataclass(frozen=True)
class Fact:
    """One person: what the sheet writes and what is typed."""

    order: int
    name: str
    relation: str
    born: date
    ethnic_group: str
    education: str
    marital_status: str
    occupation: str
    address: str
    from_place: str
    moved: PartialDate | None
    mode: str
    support_mode: str
    register_number: str
    phone: str
    joined: PartialDate | None
    floats_to: str

    @property
    def id_number(self) -> str:
        """A valid number, another for each order."""
        return id_number(self.born.strftime("%Y%m%d"), self.order)


def written(value: PartialDate | None) -> str:
    """A partial date as sheets write it."""
    return str(value).replace("-", ".") if value else ""


words = st.sampled_from(["", "务农", "教师", "龙泉路3号", "旧镇 沿村"])
days = st.dates(date(1990, 1, 1), date(2020, 12, 31))
partial = st.none() | st.builds(
    lambda day, precision: PartialDate(
        {DAY: day, MONTH: day.replace(day=1), YEAR: day.replace(month=1, day=1)}[precision], precision
    ),
    days,
    st.sampled_from([DAY, MONTH, YEAR]),
)


def facts(order: int) -> st.SearchStrategy[Fact]:
    """Somebody of a household; the first is its head."""
    return st.builds(
        Fact,
        order=st.just(order),
        name=st.sampled_from(["冉红军", "周 芳", "阿依古丽·买买提", "单雄", "欧阳春"]),
        relation=st.just("02") if order == 1 else st.sampled_from(RELATIONS),
        born=st.dates(date(1930, 1, 1), date(1970, 12, 31)),
        ethnic_group=st.sampled_from(["", "01", "15"]),
        education=st.sampled_from(["", "31", "60", "70", "81"]),
        marital_status=st.sampled_from(["", *list(codes.MARITAL_STATUS.names)[:3]]),
        occupation=words,
        address=words.map(lambda text: text.replace(" ", "")),
        from_place=words.map(lambda text: text.replace(" ", "")),
        moved=partial,
        mode=st.sampled_from(["", *codes.RESETTLEMENT_MODE.names]),
        support_mode=st.sampled_from(["", "cash", "project", "both"]),
        register_number=st.sampled_from(["", "0017", "A-5"]),
        phone=st.sampled_from(["", "13983000001", "13983000002"]),
        joined=partial,
        floats_to=st.sampled_from(["", "广东"]),
    )


def moved_together(everybody: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What sheets write once for a household is the same for all of it."""
    head = everybody[0]
    names = ("from_place", "moved", "mode", "support_mode")
    shared = {name: getattr(head, name) for name in names}
    return tuple(replace(one, **shared) for one in everybody)


households = (
    st.integers(1, 3)
    .flatmap(lambda size: st.tuples(*(facts(n) for n in range(1, size + 1))))
    .map(moved_together)
)


def by_sheet(folder: Path, everybody: tuple[Fact, ...]) -> None:
    """Everybody on sheets, and a year later again, in another village and branch."""
    for village, branch, day in (
        ("水泉村", "水泉村党支部", MARCH),
        ("水桥村", "锦溪镇龙山村移民党支部", MAY),
    ):
        town = "大榕镇" if village == "水泉村" else "锦溪镇"
        lines = [(town, village, "0018", *_cells(one)) for one in everybody]
        members = [_membership(one, branch) for one in everybody if one.joined]
        sheets = [[(*HEADER, *MORE), *lines]]
        if members:
            head = ("姓名", "身份证号", "所在党支部", "入党时间", "人员类别", "是否流动", "外出地点")
            sheets.append([head, *members])
        result = run(folder, *sheets, as_of=day)
        assert result.total("refused") == result.total("warned") == 0, sentences(result)


def _cells(one: Fact) -> Iterator[str]:
    yield from (one.name, codes.RELATION.name_of(one.relation), one.id_number)
    yield codes.ETHNIC_GROUP.name_of(one.ethnic_group)
    yield codes.EDUCATION.name_of(one.education)
    yield codes.MARITAL_STATUS.name_of(one.marital_status)
    yield from (one.occupation, one.address, one.from_place, written(one.moved))
    yield codes.RESETTLEMENT_MODE.name_of(one.mode)
    yield codes.SUPPORT_MODE.name_of(one.support_mode)
    yield from (one.register_number, one.phone)


def _membership(one: Fact, branch: str) -> tuple[str, ...]:
    floats = "是" if one.floats_to else "否"
    return (one.name, one.id_number, branch, written(one.joined), "正式党员", floats, one.floats_to)


def by_hand(everybody: tuple[Fact, ...]) -> None:
    """The same through the actions of the forms."""
    here, there = Area.objects.get(name="水泉村"), Area.objects.get(name="水桥村")
    near = PartyOrganization.objects.get(name="水泉村党支部")
    far = PartyOrganization.objects.get(name="龙山村移民党支部", parent__name="中共锦溪镇委员会")
    members = [NewMember(one.relation, facts=_typed(one), contacts=_contacts(one)) for one in everybody]
    household = household_add(CLERK, area=here, on=MARCH, members=members, number="0018")
    for one in everybody:
        who = person(one.id_number)
        verified = ResettlementFacts(
            one.register_number, one.from_place, one.moved, one.mode, one.support_mode, _programme(one)
        )
        if verified != ResettlementFacts():
            resettlement_start(CLERK, person=who, facts=verified, on=MARCH)
        if one.joined:
            stated = NewMembership("full", joined=one.joined)
            row = membership_start(CLERK, person=who, organization=near, facts=stated, on=MARCH)
            if one.floats_to:
                floating_start(CLERK, person=who, on=MARCH, destination=one.floats_to)
            membership_transfer(CLERK, membership=row, organization=far, on=MAY)
    household_move(CLERK, household=household, area=there, on=MAY)


def _typed(one: Fact) -> PersonFacts:
    return PersonFacts(
        name=one.name,
        id_number=one.id_number,
        ethnic_group=one.ethnic_group,
        education=one.education,
        marital_status=one.marital_status,
        occupation=one.occupation,
        address=one.address,
    )


def _contacts(one: Fact) -> list[ContactFacts]:
    return [ContactFacts("phone", one.phone, source="表1.csv")] if one.phone else []


def _programme(one: Fact) -> SupportProgramme | None:
    if not one.support_mode:
        return None
    return SupportProgramme.objects.filter(valid_from__lte=MARCH).order_by("-valid_from").first()


LOST_IN_COMPARING = {"id", "uid", "salt", "id_number", "value", "person", "household", "head"}
"""What is another value each time; who a row belongs to is compared by id number and household number."""


def register() -> list[tuple[str, ...]]:
    """Every row that was written, without keys and seals, in one order."""
    found = []
    for model in (
        Person,
        PersonContact,
        Household,
        HouseholdResidence,
        HouseholdMembership,
        ResettlementRecord,
        Membership,
        FloatingSpell,
    ):
        for row in model._default_manager.all():
            found.append((model.__name__, *_owners(row), *_values(row)))
    return sorted(found)


def _owners(row: models.Model) -> Iterator[str]:
    for name in ("person", "household", "head"):
        owner = getattr(row, name, None)
        if isinstance(owner, Person):
            yield owner.plain_id_number()
        elif isinstance(owner, Household):
            yield owner.number


def _values(row: models.Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if field.name not in LOST_IN_COMPARING:
            value = field.value_from_object(row)
            yield f"{field.name}={bytes(value).hex() if isinstance(value, memoryview | bytes) else value}"


def rolled_back(work: Callable[[], None]) -> list[tuple[str, ...]]:
    """What the register holds after some work that is undone again."""
    with transaction.atomic():
        work()
        found = register()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(households)
def test_imported_and_typed_end_equal(prepared: Path, everybody: tuple[Fact, ...]) -> None:
    imported = rolled_back(lambda: by_sheet(prepared, everybody))
    typed = rolled_back(lambda: by_hand(everybody))
    assert imported == typed
    assert imported


@pytest.fixture
def prepared(db: None) -> Iterator[Path]:
    """The areas and organisations of the county, and nobody in it."""
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), AREAS, ORGANIZATIONS)
        since, until = date(2006, 7, 1), date(2026, 7, 1)
        SupportProgramme.objects.create(code="t", name="后期扶持", valid_from=since, valid_to=until)
        yield Path(folder)
