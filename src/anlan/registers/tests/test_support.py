"""Support of resettled persons: verified, suspended, restored, stopped, from the next payment period."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import SYSTEM, Cast, World

from anlan.kernel.models import ParameterValue
from anlan.kernel.parameter_actions import parameter_set
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.programmes_load import load_defaults
from anlan.registers.actions.resettlement_start import ResettlementFacts, resettlement_start
from anlan.registers.actions.support_change import support_change
from anlan.registers.models import Person, ResettlementRecord, SupportAmount, SupportProgramme
from anlan.registers.parameters import SUPPORT_PERIOD, SUPPORT_STOP
from anlan.registers.queries.details import resettlements_of
from anlan.registers.rules.resettlement import SupportMove
from anlan.registers.tests.refusals import EARLY, FUTURE, ON, history_of, last_entry, refused

VERIFIED = date(2021, 1, 1)
HAPPENED, NEXT = date(2024, 5, 20), date(2024, 7, 1)


@pytest.fixture
def programme(db: None) -> SupportProgramme:
    load_defaults()
    return SupportProgramme.objects.get()


def verified(person: Person, shipped: SupportProgramme, **facts: Any) -> ResettlementRecord:
    given: dict[str, Any] = {
        "register_number": "Y001",
        "moved": PartialDate(date(1998, 7, 1), "month"),
        "mode": "within_county",
        "support_mode": "cash",
        "programme": shipped,
    } | facts
    return resettlement_start(SYSTEM, person=person, facts=ResettlementFacts(**given), on=VERIFIED)


def mode_on(person: Person, day: date) -> str | None:
    found = resettlements_of([person.pk], day).get(person.pk)
    return found.support_mode if found else None


def test_shipped_programmes_are_loaded_once(programme: SupportProgramme) -> None:
    assert load_defaults() == 0
    assert (programme.document, programme.valid_to) == ("国发〔2006〕17号", date(2026, 7, 1))
    amount = SupportAmount.objects.get()
    assert (amount.yuan_per_year, amount.valid_from) == (Decimal(600), date(2006, 7, 1))


def test_start(world: World, programme: SupportProgramme) -> None:
    record = verified(world.east_person, programme)
    assert record.support_until == date(2026, 7, 1)
    assert mode_on(world.east_person, EARLY) is None
    assert mode_on(world.east_person, VERIFIED) == "cash"
    assert last_entry().action == "registers.resettlement_start"


def test_whoever_moved_later_is_supported_as_long(world: World, programme: SupportProgramme) -> None:
    record = verified(world.east_person, programme, moved=PartialDate(date(2009, 9, 1), "day"))
    assert record.support_until == date(2029, 9, 1)


def test_start_refused(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(world.west_person, programme)
    assert refused(lambda: verified(world.west_person, programme)) == ["support.exists"]
    assert refused(lambda: verified(person, programme, programme=None)) == ["value.required"]
    assert refused(lambda: verified(person, programme, support_mode="gold")) == ["value.required"]
    assert refused(lambda: verified(person, programme, moved=PartialDate(FUTURE, "day"))) == ["date.future"]
    facts = ResettlementFacts()
    assert refused(lambda: resettlement_start(SYSTEM, person=person, facts=facts, on=FUTURE)) == [
        "date.future"
    ]
    death_record(SYSTEM, person=person, died_on=ON)
    assert refused(lambda: verified(person, programme)) == ["person.dead"]


def test_suspended_and_restored(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(person, programme)
    support_change(
        SYSTEM, person=person, move=SupportMove.SUSPEND, on=HAPPENED, reason="prison", document="刑初12号"
    )
    assert last_entry().facts == {"on": "2024-05-20", "document": "刑初12号"}
    assert mode_on(person, date(2024, 6, 30)) == "cash"
    assert mode_on(person, NEXT) == ""
    record = support_change(SYSTEM, person=person, move=SupportMove.RESTORE, on=date(2025, 2, 1))
    assert mode_on(person, date(2025, 3, 31)) == ""
    assert mode_on(person, date(2025, 4, 1)) == "cash"
    assert (record.programme, record.support_until) == (programme, date(2026, 7, 1))
    reasons = list(ResettlementRecord.objects.order_by("valid_from").values_list("end_reason", flat=True))
    assert reasons == ["prison", "support", ""]
    assert history_of("person", person.pk)[:2] == ["registers.support_change"] * 2


def test_suspended_then_stopped_for_good(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(person, programme)
    for on in (HAPPENED, date(2024, 6, 1)):
        move, reason = (SupportMove.SUSPEND, "prison") if on == HAPPENED else (SupportMove.STOP, "hired")
        support_change(SYSTEM, person=person, move=move, on=on, reason=reason)
    assert refused(
        lambda: support_change(SYSTEM, person=person, move=SupportMove.STOP, on=HAPPENED, reason="hired")
    ) == ["support.move"]
    support_change(SYSTEM, person=person, move=SupportMove.RESTORE, on=date(2025, 1, 10))
    assert mode_on(person, date(2025, 4, 1)) == "cash"


def test_a_state_survives_a_row_of_another_fact(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(person, programme)
    row = support_change(SYSTEM, person=person, move=SupportMove.SUSPEND, on=HAPPENED, reason="prison")
    row.valid_to = date(2025, 1, 1)
    row.save()
    ResettlementRecord.objects.create(person=person, register_number="Y002", valid_from=date(2025, 1, 1))
    stop: dict[str, Any] = {"person": person, "on": date(2025, 2, 1)}
    assert refused(lambda: support_change(SYSTEM, **stop, move=SupportMove.SUSPEND, reason="prison")) == [
        "support.move"
    ]
    assert support_change(SYSTEM, **stop, move=SupportMove.RESTORE).support_mode == "cash"


def test_switch_and_grant(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(person, programme, support_mode="", programme=None)
    grant: dict[str, Any] = {"person": person, "move": SupportMove.GRANT, "on": date(2024, 1, 15)}
    assert refused(lambda: support_change(SYSTEM, **grant)) == ["value.required"]
    assert refused(lambda: support_change(SYSTEM, **grant, support_mode="cash")) == ["value.required"]
    record = support_change(SYSTEM, **grant, support_mode="cash", programme=programme)
    assert record.support_until == date(2026, 7, 1)
    switch: dict[str, Any] = {"person": person, "move": SupportMove.SWITCH, "on": HAPPENED}
    assert refused(lambda: support_change(SYSTEM, **switch, support_mode="cash")) == ["support.unchanged"]
    support_change(SYSTEM, **switch, support_mode="project")
    assert (mode_on(person, date(2024, 6, 30)), mode_on(person, NEXT)) == ("cash", "project")


def test_change_refused(world: World, programme: SupportProgramme) -> None:
    def change(**facts: Any) -> list[str]:
        given: dict[str, Any] = {
            "person": world.east_person,
            "move": SupportMove.STOP,
            "on": HAPPENED,
            "reason": "hired",
        } | facts
        return refused(lambda: support_change(SYSTEM, **given))

    assert change() == ["support.no_record"]
    verified(world.east_person, programme)
    assert change(reason="") == ["support.reason"]
    assert change(reason="married_out") == ["support.reason"]
    assert change(move=SupportMove.RESTORE) == ["support.move"]
    assert change(on=FUTURE) == ["date.future"]
    assert change(on=EARLY) == ["date.before_current"]
    death_record(SYSTEM, person=world.east_person, died_on=ON)
    assert change() == ["person.dead"]


def test_a_county_may_decide_otherwise(world: World, programme: SupportProgramme) -> None:
    person = world.east_person
    verified(person, programme)
    for code, value in ((SUPPORT_PERIOD, 12), (SUPPORT_STOP, ["married_out"])):
        parameter_set(
            SYSTEM, code=code, value=value, valid_from=ON, path=world.east.path, source="县政府办〔2024〕3号"
        )
    support_change(SYSTEM, person=person, move=SupportMove.STOP, on=HAPPENED, reason="married_out")
    assert mode_on(person, date(2024, 12, 31)) == "cash"
    assert mode_on(person, date(2025, 1, 1)) == ""
    assert ParameterValue.objects.filter(path=world.east.path).count() == 2


def test_death_stops_support_from_the_next_period(world: World, programme: SupportProgramme) -> None:
    verified(world.east_person, programme)
    verified(world.west_person, programme, support_mode="", programme=None)
    for person in (world.east_person, world.west_person):
        death_record(SYSTEM, person=person, died_on=HAPPENED)
    assert mode_on(world.east_person, date(2024, 6, 30)) == "cash"
    assert mode_on(world.east_person, NEXT) is None
    assert mode_on(world.west_person, HAPPENED) is None
    assert world.east_person.resettlements.get().end_reason == "death"


def test_support_out_of_range(cast: Cast, programme: SupportProgramme) -> None:
    person = cast.world.east_person
    verified(person, programme)
    for player in (cast.neighbour, cast.member):
        with pytest.raises(NotFound):
            support_change(player.person, person=person, move=SupportMove.STOP, on=HAPPENED, reason="hired")
        with pytest.raises(NotFound):
            resettlement_start(player.person, person=person, facts=ResettlementFacts(), on=ON)
