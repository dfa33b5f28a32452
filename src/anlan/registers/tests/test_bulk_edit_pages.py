"""The pages of a bulk correction: from a filtered list to what was changed, and back."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from tests.cast import Cast, World

from anlan.kernel import jobs as background
from anlan.kernel.models import Job
from anlan.registers import jobs
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.models import BulkEdit, Person
from anlan.registers.tests import people

ASKED = {"fact": "person.occupation", "value": "务农", "reason": "2026 年核查", "step": "look"}
PERSONS = "/bulk-edit/persons/"


@pytest.fixture
def families(world: World) -> World:
    people.household("E10", world.east_group, ["何中小", "余礼刚", "何英"], 1)
    people.household("W10", world.west_group, ["何西"], 21)
    return world


@pytest.fixture
def officer(families: World, cast: Cast) -> Client:
    return cast.township_officer.client()


def address(base: str = PERSONS, **more: Any) -> str:
    return f"{base}?{urlencode({**ASKED, **more}, doseq=True)}"


def digest_of(page: Any) -> str:
    return str(page.context["counts"]["digest"])


def test_the_list_leads_here_with_its_filter(officer: Client) -> None:
    page = officer.get("/persons/?sex=2").content.decode()
    assert 'action="/bulk-edit/persons/"' in page
    assert '<input type="hidden" name="sex" value="2">' in page
    assert 'type="checkbox" form="bulk" name="row"' in page


def test_only_todays_list_and_only_for_some(officer: Client, cast: Cast) -> None:
    assert "bulk-edit" not in officer.get("/persons/?on=2021-01-01").content.decode().split("<main")[1]
    assert 'form="bulk"' not in cast.liaison.client().get("/persons/").content.decode()
    assert officer.get(address(on="2021-01-01")).status_code == 400


def test_first_the_fact_then_the_value(officer: Client) -> None:
    page = officer.get(f"{PERSONS}?sex=2")
    assert [one for one, _ in page.context["form"].fields["fact"].choices][2] == "person.occupation"
    told = officer.get(f"{PERSONS}?sex=2&fact=person.occupation").content.decode()
    assert "职业改成" in told and '<input type="hidden" name="sex" value="2">' in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"value": ""}, "请填写新的内容，或者选择清空。"),
        ({"clear": "on"}, "新的内容和清空只能选一样。"),
        ({"reason": ""}, "请填写这一项。"),
        ({"value": "长" * 61}, "60"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(officer: Client, given: Any, told: str) -> None:
    page = officer.get(address(**given))
    assert page.status_code == 422
    assert told in page.content.decode()


def test_the_preview_says_what_becomes_of_each(officer: Client, families: World) -> None:
    Person.objects.filter(name="何英").update(occupation="务农")
    page = officer.get(address())
    counts = page.context["counts"]
    assert (counts["changed"], counts["unchanged"], counts["left_out"]) == (3, 1, 0)
    assert {row.whose.name: row.state for row in page.context["rows"]} == {
        "何中小": "changed",
        "余礼刚": "changed",
        "何英": "same",
        "何忠孝": "changed",
    }
    assert not Person.objects.filter(name="何中小", occupation="务农").exists()


def test_written_shown_and_taken_back(officer: Client) -> None:
    page = officer.get(address(sex="1"))
    answer = officer.post(address(sex="1"), {"digest": digest_of(page)})
    assert answer.status_code == 303
    bulk = BulkEdit.objects.get()
    assert answer["Location"] == f"/bulk-edits/{bulk.uid}/"
    assert "性别 男" in bulk.words
    told = officer.get(answer["Location"]).content.decode()
    assert "职业改成“务农”" in told and "职业：— → 务农" in told and "整批撤回" in told
    assert officer.get("/bulk-edits/").content.decode().count("职业改成“务农”") == 1
    assert officer.post(f"{answer['Location']}undo/").status_code == 303
    assert not Person.objects.exclude(occupation="").exists()
    assert "已撤回" in officer.get(answer["Location"]).content.decode()


def test_only_those_ticked(officer: Client, families: World) -> None:
    uid = Person.objects.get(name="何英").uid
    page = officer.get(address(row=[uid]))
    assert page.context["counts"]["changed"] == 1
    officer.post(address(row=[uid]), {"digest": digest_of(page)})
    assert list(Person.objects.exclude(occupation="").values_list("name", flat=True)) == ["何英"]


def test_what_cannot_be_read_is_never_taken_for_all(officer: Client) -> None:
    assert officer.get(address(row=["x"])).status_code == 400
    assert officer.get(address(sex="7")).status_code == 400
    assert officer.get(address("/bulk-edit/areas/")).status_code == 404


def test_changed_meanwhile(officer: Client, cast: Cast) -> None:
    digest = digest_of(officer.get(address()))
    record_edit(
        cast.county_officer.person, record=Person.objects.get(name="何英"), values={"occupation": "教师"}
    )
    answer = officer.post(address(), {"digest": digest}, follow=True)
    assert "又有了变化" in answer.content.decode()
    assert not BulkEdit.objects.exists()


def test_refused_rows_are_named(officer: Client, families: World) -> None:
    asked = {"fact": "partyorganization.election_due_on", "value": "2019-01-01"}
    families.east_branch.elected_on = people.BORN.replace(year=2020)
    families.east_branch.save()
    page = officer.get(address("/bulk-edit/organizations/", **asked))
    assert page.context["counts"]["refused"] == 1
    assert "下次换届日期要在上次换届" in page.content.decode()


def test_outside_the_range_there_is_none(officer: Client, cast: Cast) -> None:
    page = officer.get(address())
    officer.post(address(), {"digest": digest_of(page)})
    url = f"/bulk-edits/{BulkEdit.objects.get().uid}/"
    assert cast.county_officer.client().get(url).status_code == 200
    assert cast.colleague.client().get(url).status_code == 200
    for who in (cast.neighbour, cast.liaison):
        assert who.client().get(url).status_code == 404
        assert who.client().post(f"{url}undo/").status_code == 404
    assert officer.get(f"/bulk-edits/{uuid4()}/").status_code == 404


def run_queued() -> Job:
    row = Job.objects.latest("pk")
    background.run_job.call(row.pk)
    row.refresh_from_db()
    return row


def test_very_many_go_to_the_background(officer: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    assert "开始核对" in officer.get(address()).content.decode()
    checking = officer.post(address())["Location"]
    assert "正在核对" in officer.get(checking).content.decode()
    assert run_queued().state == "done"
    page = officer.get(checking)
    assert page.context["counts"]["changed"] == 4
    assert "开始核对" in cast.colleague.client().get(checking).content.decode()
    written = officer.post(checking, {"digest": digest_of(page)})["Location"]
    assert "正在写入" in officer.get(written).content.decode()
    assert cast.colleague.client().get(written).status_code == 404
    assert run_queued().state == "done"
    assert BulkEdit.objects.get().changed == 4
    assert "职业：— → 务农" in officer.get(written).content.decode()
    officer.post(f"{written}undo/")
    assert "正在撤回" in officer.get(written).content.decode()
    assert run_queued().state == "done"
    assert not Person.objects.exclude(occupation="").exists()


def test_a_run_that_was_refused_says_why(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    written = officer.post(address(), {"digest": "of another plan"})["Location"]
    assert run_queued().state == "failed"
    assert "又有了变化" in officer.get(written).content.decode()
