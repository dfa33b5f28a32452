"""Finding by name, pinyin, initials, last digits and numbers; each way uses an index."""

from datetime import date

import pytest
from django.db import connection
from tests.cast import World

from anlan.kernel import protection
from anlan.registers.models import (
    Appointment,
    Household,
    Membership,
    OrganizationVersion,
    PartyOrganization,
    Person,
)
from anlan.registers.queries.finding import (
    households_matching,
    memberships_matching,
    organizations_matching,
    persons_matching,
    words_of,
)
from anlan.registers.tests import people

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return set(Person.objects.filter(persons_matching(text)).values_list("name", flat=True))


@pytest.fixture
def village(world: World) -> World:
    """A few people with names that are easily mixed up."""
    first = people.household("01420200001", world.east_group, ["何中小", "何贵梅", "何忠"], 1)
    people.household("01420200002", world.west_group, ["余礼刚", "阿依古丽·吐尔逊"], 11)
    people.phone(Person.objects.get(name="何中小"), "13942366712")
    people.member(Person.objects.get(name="何贵梅"), world.east_branch)
    assert first.head is not None
    return world


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("何中小", ["name"]),
        ("何 中　小", ["name"]),
        ("阿依古丽•吐尔逊", ["name"]),
        ("hzx", ["latin"]),
        ("zhang san", ["latin"]),
        ("0018", ["digits"]),
        ("001x", ["digits"]),
        ("YM0142", ["number"]),
        ("何 0018", ["name", "digits"]),
        ("  ", []),
        ("·", []),
    ],
)
def test_words(text: str, kinds: list[str]) -> None:
    assert [word.kind for word in words_of(text)] == kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("何中小", {"何中小"}),
        ("中小", {"何中小"}),
        ("何", {"何中小", "何贵梅", "何忠"}),
        ("张 三", set()),
        ("何 中 小", {"何中小"}),
        ("hzx", {"何中小"}),
        ("HEZHONG", {"何中小", "何忠"}),
        ("he gui", {"何贵梅"}),
        ("阿依古丽吐尔逊", {"阿依古丽·吐尔逊"}),
        ("吐尔逊", {"阿依古丽·吐尔逊"}),
        ("6712", {"何中小"}),
        ("13942366712", {"何中小"}),
        ("9942366712", set()),
        ("YM0142020000101", {"何贵梅"}),
        ("YM01420200001", {"何中小", "何贵梅", "何忠"}),
        ("何 6712", {"何中小"}),
        ("余 6712", set()),
        ("", set()),
        ("'; DROP TABLE", set()),
        ('"', set()),
    ],
)
@pytest.mark.usefixtures("village")
def test_persons_are_found(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.usefixtures("village")
def test_persons_are_found_by_the_end_of_an_id_number_and_by_all_of_it() -> None:
    number = people.id_number(1)
    assert "何中小" in found(number[-4:])
    assert found(number[-6:]) == {"何中小"}
    assert found(number) == {"何中小"}
    assert found(number[:-1] + ("0" if number[-1] != "0" else "1")) == set()
    assert found("9" * 18) == set()


@pytest.mark.usefixtures("village")
def test_an_old_number_of_fifteen_digits_finds_its_owner() -> None:
    number = people.id_number(1)
    assert found(number[:6] + number[8:17]) == {"何中小"}


@pytest.mark.usefixtures("village")
def test_a_phone_that_is_not_used_any_more_finds_nobody() -> None:
    Person.objects.get(name="何中小").contacts.update(valid_to=date(2025, 1, 1))
    assert found("6712") == set()


@pytest.mark.usefixtures("village")
def test_households_are_found_by_number_and_by_anybody_in_them() -> None:
    def numbers(text: str) -> set[str]:
        return set(Household.objects.filter(households_matching(text)).values_list("number", flat=True))

    assert numbers("01420200001") == {"01420200001"}
    assert numbers("0142020") == {"01420200001", "01420200002"}
    assert numbers("何贵梅") == {"01420200001"}
    assert numbers("lyg") == set()
    assert numbers("ylg") == {"01420200002"}
    assert numbers("") == set()


@pytest.mark.usefixtures("village")
def test_members_are_found_by_their_person() -> None:
    rows = Membership.objects.filter(memberships_matching("hgm"))
    assert {row.person.name for row in rows.select_related("person")} == {"何贵梅"}


def test_organizations_are_found_by_name_former_name_code_and_a_posts_phone(world: World) -> None:
    branch = world.east_branch
    OrganizationVersion.objects.create(
        organization=branch, name="老桥村党支部", kind="branch", path=branch.path, area=branch.area,
        valid_from=date(2010, 1, 1), valid_to=date(2020, 1, 1),
    )  # fmt: skip
    PartyOrganization.objects.filter(pk=branch.pk).update(
        code="A001", tokens="石 桥 村 石桥 桥村", initials="sqc"
    )
    Appointment.objects.create(
        organization=branch,
        name="王德",
        post="secretary",
        phone=protection.seal("17748785990"),
        phone_tail=protection.tail_index_of("5990"),
        valid_from=date(2020, 1, 1),
    )

    def names(text: str) -> set[str]:
        return set(
            PartyOrganization.objects.filter(organizations_matching(text)).values_list("name", flat=True)
        )

    for text in ("老桥村", "sqc", "A001", "5990"):
        assert names(text) == {branch.name}, text
    assert names("石桥") == {branch.name, world.west_branch.name}
    assert names("5991") == set()


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("text", ["何中", "hzx", "hezhong", "6712", "YM0142"])
@pytest.mark.sqlite_only
def test_no_way_of_finding_walks_the_whole_register(text: str) -> None:
    query = Person.objects.filter(persons_matching(text)).order_by()
    with connection.cursor() as cursor:
        sql, params = query.query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = " / ".join(str(row[3]) for row in cursor.fetchall())
    assert "SCAN registers_person" not in plan.replace("SCAN registers_person_fts", ""), plan
