"""A small county built end to end: what the register says today, and what it says of earlier days."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from anlan.accounts.models import RoleGrant, User
from anlan.accounts.roles import Role
from anlan.demo.build import build_county
from anlan.demo.cast import accounts
from anlan.demo.county.facts import County, Merger, Roll
from anlan.demo.county.making import make_county
from anlan.demo.county.scale import BASE_DAY, LAST_DAY, scale_of
from anlan.kernel import record
from anlan.kernel.models import ChangeEntry
from anlan.kernel.shipped import load_shipped
from anlan.places.models import Area, AreaSuccession, AreaVersion
from anlan.registers.actions.programmes_load import load_defaults
from anlan.registers.models import (
    Appointment,
    FloatingSpell,
    Household,
    HouseholdMembership,
    Membership,
    OrganizationVersion,
    PartyOrganization,
    Person,
    ResettlementRecord,
    SupportProgramme,
)

pytestmark = pytest.mark.django_db

PERSONS, SEED = 300, 3
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(PERSONS, SEED)


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[tuple[str, int, int]]]:
    """The county in the database, built once for all tests here and taken back after them."""
    told: list[tuple[str, int, int]] = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
        load_shipped()
        load_defaults()
        build_county(PERSONS, SEED, lambda *step: told.append(step))
        yield told
        transaction.set_rollback(True)


def on(day: date) -> models.Q:
    """The condition that a dated row holds on a day."""
    return models.Q(valid_from__lte=day) & (models.Q(valid_to=None) | models.Q(valid_to__gt=day))


def belonging_on(day: date) -> models.QuerySet[HouseholdMembership]:
    """Who belonged to a household on a day."""
    return HouseholdMembership.objects.filter(on(day))


def test_the_register_of_today_has_the_size_asked_for() -> None:
    scale = scale_of(PERSONS)
    assert belonging_on(TODAY).count() == PERSONS
    assert Household.objects.open_on(TODAY).count() == scale.households
    assert PartyOrganization.objects.open_on(TODAY).count() == scale.organizations
    assert Membership.objects.open_on(TODAY).count() == scale.members
    assert FloatingSpell.objects.filter(on(TODAY)).count() == scale.floating
    assert Person.objects.exclude(died_on=None).count() == scale.deaths


def test_the_register_reads_right_on_earlier_days(county: County) -> None:
    everybody = [*county.residents, *county.dead]
    assert belonging_on(BASE_DAY).count() == scale_of(PERSONS).base_persons
    for day in (date(2012, 12, 31), date(2018, 6, 30), date(2020, 12, 31), LAST_DAY):
        there = {
            one.id_number
            for one in everybody
            if (one.arrived_on or BASE_DAY) <= day and (one.died_on is None or one.died_on > day)
        }
        found = belonging_on(day).select_related("person")
        assert sorted(row.person.plain_id_number() for row in found) == sorted(there)


def test_everybody_belongs_where_the_facts_say(county: County) -> None:
    rows = belonging_on(TODAY).select_related("person", "household__area__parent")
    found = {
        row.person.plain_id_number(): (
            row.household.number,
            row.relation,
            row.household.area.name,
            row.household.area.parent.code if row.household.area.parent else "",
        )
        for row in rows
    }
    told = {
        one.id_number: (h.number, one.relation, h.group, h.village.code)
        for h in county.households
        for one in h.members
    }
    assert found == told


def test_nothing_points_nowhere() -> None:
    for household in Household.objects.open_on(TODAY).select_related("head"):
        members = {row.person_id for row in household.memberships.filter(valid_to=None)}
        assert household.head_id in members
        assert set(
            household.memberships.filter(valid_to=None, relation="02").values_list("person_id", flat=True)
        ) == {household.head_id}
        residence = household.residences.get(valid_to=None)
        assert residence.area_id == household.area_id
        assert set(Person.objects.filter(pk__in=members).values_list("area_id", flat=True)) == {
            household.area_id
        }
    assert not Household.objects.filter(valid_to=None, area__valid_to__isnull=False).exists()
    assert not Membership.objects.filter(valid_to=None, person__died_on__isnull=False).exists()


def test_the_record_of_changes_holds() -> None:
    assert record.verify() == []
    assert ChangeEntry.objects.filter(action="registers.death_record").count() == scale_of(PERSONS).deaths


def test_a_village_was_merged(county: County) -> None:
    merger = next(one for one in county.history if isinstance(one, Merger))
    before = Area.objects.get(code=merger.village.code)
    succession = AreaSuccession.objects.get(before=before)
    assert succession.after.code == merger.successor.code
    assert before.valid_to == merger.day == succession.happened_on
    moved = AreaVersion.objects.filter(valid_to=merger.day, parent=before)
    assert sorted(moved.values_list("name", flat=True)) == sorted(merger.village.groups)
    assert set(Area.objects.filter(name__in=merger.village.groups, parent=succession.after)) >= {
        version.area for version in moved
    }


def test_names_of_earlier_days_are_kept(county: County) -> None:
    renamed = next(one for one in county.townships if one.renamed_on)
    versions = AreaVersion.objects.filter(area__code=renamed.code).order_by("valid_from")
    assert [version.name for version in versions] == [renamed.former_name, renamed.name]
    for one in county.organizations:
        if one.renamed_on:
            told = OrganizationVersion.objects.filter(organization__name=one.name, valid_to=one.renamed_on)
            assert [version.name for version in told] == [one.former_name]


def test_posts_changed_at_the_last_election(county: County) -> None:
    for one in county.organizations:
        latest = one.elections[-1]
        posts = Appointment.objects.filter(organization__name=one.name, post="secretary", valid_to=None)
        assert latest.secretary in set(posts.values_list("name", flat=True))
    assert Appointment.objects.exclude(valid_to=None).count() > len(county.organizations) / 2


def test_members_were_transferred() -> None:
    assert Membership.objects.filter(end_reason="transfer").count() >= 2
    assert Membership.objects.filter(valid_from=BASE_DAY).count() < scale_of(PERSONS).members


def test_those_counted_are_supported_under_the_programme() -> None:
    programme = SupportProgramme.objects.get()
    assert programme.amounts.get().yuan_per_year == 600
    supported = ResettlementRecord.objects.filter(on(BASE_DAY))
    assert set(supported.values_list("programme_id", flat=True)) == {programme.pk}
    assert not ResettlementRecord.objects.filter(moved_on__lt=models.F("person__birth_date")).exists()


def test_every_role_has_an_account() -> None:
    told = accounts()
    assert len(told) == len(Role) == RoleGrant.objects.values("role").distinct().count()
    for _, username, password in told:
        assert User.objects.get(username=username).check_password(password)


def test_building_again_changes_nothing() -> None:
    before = ChangeEntry.objects.count()
    build_county(PERSONS, SEED, lambda *_: None)
    assert ChangeEntry.objects.count() == before


def test_progress_ends_where_it_should(built: list[tuple[str, int, int]]) -> None:
    steps = {step for step, _, _ in built}
    assert all(
        (step, total, total) in built for step in steps for total in {t for s, _, t in built if s == step}
    )


def test_the_first_register_is_one_batch(county: County) -> None:
    first = county.history[0]
    assert isinstance(first, Roll)
    assert Person.objects.filter(household_memberships__valid_from=BASE_DAY).distinct().count() == len(
        first.lines
    )
