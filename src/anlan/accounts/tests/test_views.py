"""Saved views: kept, opened, shared with the office, named, chosen, dropped, and nobody else's touched."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from anlan.kernel.record import history
from anlan.web.models import DefaultView, SavedView

pytestmark = pytest.mark.django_db


def save(client: Client, name: str, query: str, listing: str = "persons", **more: str) -> Any:
    return client.post(f"/views/{listing}/save/", {"name": name, "query": query, **more})


def page(client: Client, address: str = "/persons/?view=all") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_a_list_shows_is_saved_and_opened_again(cast: Cast) -> None:
    client = cast.county_officer.client()
    assert "存为视图" not in page(client) and "管理视图" not in page(client)
    shown = page(client, "/persons/?sex=2&sort=-age&page=2&on=2026-01-01")
    assert "/views/persons/save/?query=sex%3D2%26sort%3D-age" in shown
    answer = save(client, " 女，  从老到小 ", "sort=-age&sex=2&page=2&on=2026-01-01")
    assert answer.status_code == 303 and answer["Location"] == "/persons/?sex=2&sort=-age"
    row = SavedView.objects.get()
    assert (row.name, row.query, row.shared) == ("女， 从老到小", "sex=2&sort=-age", False)
    again = client.get("/persons/?sort=-age&sex=2").context["listing"]
    assert [(choice.label, choice.current) for choice in again.views.choices] == [
        ("全部", False),
        ("女， 从老到小", True),
    ]
    assert again.save_view_url == ""
    assert [item.entry.action for item in history("view", row.pk)] == ["web.view_save"]


def test_the_same_name_again_replaces_what_it_keeps(cast: Cast) -> None:
    client = cast.county_officer.client()
    save(client, "常用", "sex=1")
    save(client, "常用", "sex=2")
    assert SavedView.objects.get().query == "sex=2"


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", "sex=1", "请填写这一项"),
        ("长" * 31, "sex=1", "30"),
        ("找人", "q=500299196205040011", "查找框里有证件号码或电话"),
        ("找人", "q=何 13983000001", "查找框里有证件号码或电话"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    cast: Cast, name: str, query: str, sentence: str
) -> None:
    answer = save(cast.county_officer.client(), name, query)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and (not name or name in answer.content.decode())
    assert not SavedView.objects.exists()


def test_a_shared_view_is_the_offices_and_only_its_owner_changes_it(cast: Cast) -> None:
    owner, colleague = cast.township_officer.client(), cast.colleague.client()
    save(owner, "女", "sex=2", shared="on")
    save(owner, "自己的", "sex=1")
    view = SavedView.objects.get(name="女")
    assert "女（郑东）" in page(colleague) and "自己的" not in page(colleague)
    assert "女（郑东）" not in page(cast.neighbour.client()) and "女（" not in page(
        cast.county_officer.client()
    )
    for what in ("rename", "delete"):
        answer = colleague.post(f"/views/persons/{view.uid}/{what}/", {"name": "别名"})
        assert answer.status_code == 404
    assert colleague.get(f"/views/persons/{view.uid}/rename/").status_code == 404
    own = SavedView.objects.get(name="自己的")
    assert colleague.post(f"/views/persons/{own.uid}/default/").status_code == 404
    view.refresh_from_db()
    assert view.name == "女"
    listed = page(colleague, "/views/persons/")
    assert "郑东共用给本单位" in listed and "改名" not in listed


def test_somebody_without_a_role_shares_with_nobody(cast: Cast) -> None:
    assert cast.township_officer.user is not None
    client = cast.township_officer.client()
    cast.township_officer.user.grants.all().delete()
    assert save(client, "女", "sex=2", shared="on").status_code == 404
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_and_dropped(cast: Cast) -> None:
    client = cast.county_officer.client()
    save(client, "甲", "sex=1")
    save(client, "乙", "sex=2")
    view = SavedView.objects.get(name="甲")
    taken = client.post(f"/views/persons/{view.uid}/rename/", {"name": "乙"})
    assert taken.status_code == 422 and "同名" in taken.content.decode()
    assert client.post(f"/views/persons/{view.uid}/rename/", {"name": "丙"}).status_code == 303
    assert set(SavedView.objects.values_list("name", flat=True)) == {"乙", "丙"}
    assert client.post(f"/views/persons/{view.uid}/default/").status_code == 303
    assert client.post(f"/views/persons/{view.uid}/delete/").status_code == 303
    assert list(SavedView.objects.values_list("name", flat=True)) == ["乙"]
    assert not DefaultView.objects.exists()
    actions = [item.entry.action for item in history("view", view.pk)]
    assert sorted(actions) == ["web.view_default", "web.view_delete", "web.view_rename", "web.view_save"]


def test_a_list_opens_with_the_view_chosen(cast: Cast) -> None:
    client = cast.county_officer.client()
    save(client, "女", "sex=2")
    save(client, "男", "sex=1")
    first, second = SavedView.objects.order_by("pk")
    client.post(f"/views/persons/{first.uid}/default/")
    client.post(f"/views/persons/{second.uid}/default/")
    assert DefaultView.objects.get().view == second
    assert client.get("/persons/")["Location"] == "/persons/?sex=1"
    everything = client.get("/persons/?view=all").context["listing"]
    assert everything.clear_url == "/persons/?view=all" and everything.page.total == 2
    assert client.get("/persons.csv").status_code == 200
    assert cast.auditor.client().get("/persons/").status_code == 200
    assert "改回先看全部" in page(client, "/views/persons/")
    assert client.post("/views/persons/everything/").status_code == 303
    assert client.get("/persons/").status_code == 200


def test_views_belong_to_lists_one_may_see(cast: Cast) -> None:
    client = cast.administrator.client()
    for address in ("/views/persons/", "/views/persons/save/", "/views/nothing/"):
        assert client.get(address).status_code == 404
    assert save(client, "女", "sex=2").status_code == 404
    assert client.get("/views/users/").status_code == 200


def test_views_cost_the_same_whether_three_or_thirty(cast: Cast) -> None:
    client, costs = cast.county_officer.client(), []
    for more in (3, 27):
        for number in range(more):
            save(client, f"第{number}个{more}", f"q={quote(f'何{number}')}")
        page(client)
        with CaptureQueriesContext(connection) as seen:
            page(client)
        costs.append(len(seen))
    assert costs[0] == costs[1]
