"""The work list: kinds in their order, only those of which something waits."""

from datetime import date

import pytest

from anlan.web import work
from anlan.web.parts import WorkItem
from anlan.web.work import Waiting, WorkKind, register_work, work_panels

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_kinds", {})


def test_kinds_stand_in_their_order_and_empty_ones_not_at_all() -> None:
    item = WorkItem("某某支部", "/x/")
    register_work(
        WorkKind("late", "晚", lambda actor, today: Waiting(7, (item,), "/all/"), 20),
        WorkKind("early", "早", lambda actor, today: Waiting(1, (item,)), 10),
        WorkKind("nothing", "无", lambda actor, today: Waiting(0, ())),
        WorkKind("other", "别人的", lambda actor, today: None),
    )
    early, late = work_panels("somebody", TODAY)
    assert (early.code, early.data["more_url"], late.code) == ("early", "", "late")
    assert late.data == {"items": (item,), "count": 7, "more_url": "/all/"}


def test_a_kind_is_registered_once() -> None:
    kind = WorkKind("one", "一", lambda actor, today: None)
    register_work(kind)
    with pytest.raises(ValueError, match="twice"):
        register_work(kind)
