"""An organisation and a membership typed into the pages' forms end equal to the same on sheets."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.cast import make_player

from anlan.accounts.roles import Role, Tier
from anlan.kernel.codes import SETUP_MODE, STANDING
from anlan.kernel.partial_dates import DAY, MONTH, YEAR, PartialDate
from anlan.places.models import Area
from anlan.registers.models import (
    Appointment,
    FloatingSpell,
    Membership,
    OrganizationVersion,
    PartyOrganization,
)
from anlan.registers.tests.importing import (
    AREAS,
    HEAD,
    MARCH,
    ORGANIZATIONS,
    RESIDENTS,
    person,
    run,
    sentences,
)
from anlan.web.tests.typing_forms import look_and_send, rows, send

_SHEET = (
    "党组织名称",
    "上级党组织",
    "类别",
    "所在地",
    "组建方式",
    "成立时间",
    "换届时间",
    "届满时间",
    "书记",
    "书记电话",
)
_MEMBERS = (
    "姓名",
    "身份证号",
    "所在党支部",
    "人员类别",
    "党籍状态",
    "入党时间",
    "转正时间",
    "党内职务",
    "是否流动",
    "外出地点",
)
_KINDS = {"branch": "党支部", "general_branch": "党总支", "committee": "党委"}
_STAGES = {"full": "正式党员", "probationary": "预备党员"}


@dataclass(frozen=True)
class Stated:
    """One organisation and one of its members, as a sheet writes them and as they are typed."""

    kind: str
    setup_mode: str
    founded: PartialDate | None
    elected: PartialDate | None
    due: date | None
    secretary: str
    phone: str
    stage: str
    standing: str
    joined: PartialDate | None
    full_member: PartialDate | None
    post: str
    floats_to: str


def written(value: PartialDate | date | None) -> str:
    """A day as both write it."""
    return str(value) if value else ""


def some_day(first: date, last: date) -> st.SearchStrategy[PartialDate | None]:
    """A day, month or year within a span, or nothing."""
    starts = {DAY: {}, MONTH: {"day": 1}, YEAR: {"month": 1, "day": 1}}
    return st.none() | st.builds(
        lambda day, precision: PartialDate(day.replace(**starts[precision]), precision),
        st.dates(first, last),
        st.sampled_from([DAY, MONTH, YEAR]),
    )


stated = st.builds(
    Stated,
    kind=st.sampled_from(list(_KINDS)),
    setup_mode=st.sampled_from(["", *SETUP_MODE.names]),
    founded=some_day(date(1990, 1, 1), date(2010, 12, 31)),
    elected=some_day(date(2012, 1, 1), date(2025, 12, 31)),
    due=st.none() | st.dates(date(2027, 1, 1), date(2031, 12, 31)),
    secretary=st.sampled_from(["", "何忠孝", "阿依古丽·买买提"]),
    phone=st.sampled_from(["", "13983000007"]),
    stage=st.sampled_from(list(_STAGES)),
    standing=st.sampled_from(["normal", "kept", "restored", "suspended"]),
    joined=some_day(date(1985, 1, 1), date(1999, 12, 31)),
    full_member=some_day(date(2001, 1, 1), date(2010, 12, 31)),
    post=st.sampled_from(["", "支部委员"]),
    floats_to=st.sampled_from(["", "广东省东莞市"]),
)


def by_sheet(folder: Path, one: Stated) -> None:
    """The organisation and the member on two sheets of one batch."""
    organization = (
        "水泉村联合党组织",
        "中共大榕镇委员会",
        _KINDS[one.kind],
        "水泉村",
        SETUP_MODE.name_of(one.setup_mode),
        written(one.founded),
        written(one.elected),
        written(one.due),
        one.secretary,
        one.phone if one.secretary else "",
    )
    member = (
        "冉红军",
        HEAD,
        "水泉村联合党组织",
        _STAGES[one.stage],
        STANDING.name_of(one.standing),
        written(one.joined),
        written(one.full_member),
        one.post,
        "是" if one.floats_to else "否",
        one.floats_to,
    )
    result = run(folder, [_SHEET, organization], [_MEMBERS, member], as_of=MARCH)
    assert result.total("refused") == 0, sentences(result)


def by_forms(client: Client, one: Stated) -> None:
    """The same, page by page."""
    village, parent = Area.objects.get(name="水泉村"), PartyOrganization.objects.get(name="中共大榕镇委员会")
    secretary = {"post": "secretary", "name": one.secretary, "phone": one.phone}
    if one.elected is None:
        secretary["on"] = written(MARCH)
    data = {
        "parent": str(parent.uid),
        "area": village.code,
        "name": "水泉村联合党组织",
        "kind": one.kind,
        "setup_mode": one.setup_mode,
        "founded": written(one.founded),
        "elected": written(one.elected),
        "election_due_on": written(one.due),
        # A sheet knows an organisation since its founding.
        "on": written(min(one.founded.date, MARCH) if one.founded else MARCH),
        **rows("posts", *([secretary] if one.secretary else [])),
    }
    look_and_send(client, "/organizations/new/", data)
    member = {
        "person": str(person(HEAD).uid),
        "organization": str(PartyOrganization.objects.get(name="水泉村联合党组织").uid),
        "stage": one.stage,
        "standing": one.standing,
        "joined": written(one.joined),
        "full_member": written(one.full_member),
        "post": one.post,
        "on": written(MARCH),
    }
    send(client, "/members/new/", member)
    if one.floats_to:
        url = f"/members/{Membership.objects.get(person=person(HEAD)).uid}/away/"
        send(client, url, {"destination": one.floats_to, "on": written(MARCH)})


KEPT = (PartyOrganization, OrganizationVersion, Appointment, Membership, FloatingSpell)
LOST_IN_COMPARING = {"id", "uid", "path", "phone", "person", "organization", "parent"}
"""What is another value each time; what a row points at is compared by name."""


def register() -> list[tuple[str, ...]]:
    """Every row that was written, without keys and seals, in one order."""
    return sorted(
        (model.__name__, *_names(row), *_values(row))
        for model in KEPT
        for row in model._default_manager.all()
    )


def _names(row: models.Model) -> Iterator[str]:
    for name in ("organization", "person", "parent"):
        yield str(getattr(row, name, None) or "")


def _values(row: models.Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if field.name not in LOST_IN_COMPARING:
            value = field.value_from_object(row)
            yield f"{field.name}={bytes(value).hex() if isinstance(value, memoryview | bytes) else value}"


def rolled_back(work: Callable[[], Any]) -> list[tuple[str, ...]]:
    """What the register holds after some work that is undone again."""
    with transaction.atomic():
        work()
        found = register()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def prepared(db: None) -> Iterator[Path]:
    """The areas, organisations and residents of the county."""
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), AREAS, ORGANIZATIONS, as_of=date(1985, 1, 1))
        run(Path(folder), RESIDENTS)
        yield Path(folder)


@pytest.fixture
def officer(prepared: Path) -> Client:
    """An officer of the county."""
    path = Area.objects.get(kind="county").path
    return make_player("county", "周县", Role.COUNTY_OFFICER, Tier.COUNTY, path).client()


@pytest.mark.django_db
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stated)
def test_imported_and_typed_into_forms_end_equal(prepared: Path, officer: Client, one: Stated) -> None:
    imported = rolled_back(lambda: by_sheet(prepared, one))
    typed = rolled_back(lambda: by_forms(officer, one))
    assert imported == typed
    assert len(imported) > len(register())
