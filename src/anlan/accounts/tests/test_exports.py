"""Exports of what concerns persons leave a trace that auditor and administrator read, and nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from anlan.kernel.record import history
from anlan.web.models import Export

pytestmark = pytest.mark.django_db


def fetch(client: Client, address: str) -> bytes:
    """A file, read to its end."""
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/exports/{query}")
    assert isinstance(answer, HttpResponse) and answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/persons", "/households", "/members", "/organizations", "/users"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_file_about_persons_leaves_an_entry(cast: Cast, address: str, ending: str) -> None:
    fetch(cast.county_officer.client(), f"{address}.{ending}?reason=核对底册")
    row = Export.objects.get()
    assert (row.actor_label, row.form, row.reason, row.full) == ("周县", ending, "核对底册", False)
    assert row.rows > 0
    (item,) = history("export", row.pk)
    assert (item.entry.action, item.entry.actor_label) == ("web.export_take", "周县")
    assert item.entry.facts["rows"] == row.rows and item.entry.reason == "核对底册"


@pytest.mark.parametrize("address", ["/areas", "/parameters"])
def test_what_holds_nobody_leaves_none(cast: Cast, address: str) -> None:
    fetch(cast.county_officer.client(), f"{address}.csv")
    assert not Export.objects.exists()


def test_looking_and_asking_for_the_form_leaves_none(cast: Cast) -> None:
    client = cast.county_officer.client()
    assert client.get("/persons/").status_code == client.get("/export/persons/").status_code == 200
    assert client.head("/persons.csv").status_code == 200
    assert client.get("/persons.csv?sex=none-such").status_code == 400
    assert not Export.objects.exists()


def test_the_entry_says_what_of_and_holds_no_number(cast: Cast) -> None:
    fetch(cast.township_officer.client(), "/persons.csv?sex=1&q=500299196205040011&reason=找 13983000001")
    row = Export.objects.get()
    assert "性别 男" in row.filter and "查找 **************0011" in row.filter and row.rows == 0
    assert row.reason == "找 *******0001"
    assert "500299196205040011" not in str(history("export", row.pk))


def test_without_a_reason_the_file_comes_and_the_entry_says_so(cast: Cast) -> None:
    text = fetch(cast.county_officer.client(), "/members.csv").decode("utf-8-sig")
    assert "理由：未说明" in text.splitlines()[-1]
    assert "未说明" in page(cast.auditor.client(), "?reasoned=no")
    assert "没有符合条件的记录" in page(cast.auditor.client(), "?reasoned=yes")


def test_auditor_and_administrator_read_the_list(cast: Cast) -> None:
    fetch(cast.township_officer.client(), "/persons.xlsx?reason=上报上级")
    fetch(cast.county_officer.client(), "/members.csv?reason=核对底册")
    for player in (cast.auditor, cast.administrator):
        shown = page(player.client())
        assert "郑东" in shown and "上报上级" in shown and "周县" in shown and "移民人口" in shown
    assert "周县" not in page(cast.auditor.client(), "?list=移民人口")
    assert "郑东" not in page(cast.auditor.client(), "?q=核对底册")
    assert "共 2 次" in page(cast.auditor.client(), "?days=7")
    assert "共 2 次" not in page(cast.auditor.client(), "?full=1")
    assert 'href="/exports/"' in cast.auditor.client().get("/").content.decode()
    assert 'href="/exports/"' not in cast.county_officer.client().get("/").content.decode()


def test_the_list_of_exports_costs_the_same_at_three_and_at_thirty(cast: Cast) -> None:
    client, costs = cast.auditor.client(), []
    officer = cast.county_officer.client()
    for more in (3, 27):
        for number in range(more):
            fetch(officer, f"/households.csv?reason=第{number}次")
        page(client)
        with CaptureQueriesContext(connection) as seen:
            page(client)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_an_export_of_nothing_but_a_role_lost_is_refused(cast: Cast) -> None:
    assert cast.administrator.client().get("/persons.csv").status_code == 404
    assert cast.administrator.client().post("/export/persons/", {"form": "csv"}).status_code == 404
    assert not Export.objects.exists()
