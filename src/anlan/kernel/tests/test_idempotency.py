"""The same request twice is done once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from anlan.kernel.actors import PersonActor, SystemActor, TokenActor
from anlan.kernel.idempotency import fingerprint, forget_old, once
from anlan.kernel.models import IdempotencyKey
from anlan.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
ACTOR = PersonActor(7, "林小", ())
ASKED = {"name": "x", "days": [1, 2]}


class Counter:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return {"number": self.times, "day": timezone.localdate(), "pair": (1, 2)}


def test_the_second_sending_gets_the_first_answer() -> None:
    do = Counter()
    first, second = once(ACTOR, "k1", ASKED, do), once(ACTOR, "k1", dict(reversed(ASKED.items())), do)
    assert do.times == 1 and (first.repeated, second.repeated) == (False, True)
    assert first.value == second.value and first.value["pair"] == [1, 2]


def test_other_content_under_the_same_key_is_refused() -> None:
    once(ACTOR, "k1", ASKED, Counter())
    with pytest.raises(Refused, match=r"idempotency.other_content"):
        once(ACTOR, "k1", {"name": "y"}, Counter())


def test_another_key_or_actor_is_another_request() -> None:
    do = Counter()
    for actor, key in ((ACTOR, "k1"), (ACTOR, "k2"), (PersonActor(8, "林小", ()), "k1"),
                       (TokenActor(7), "k1"), (SystemActor("7"), "k1")):  # fmt: skip
        once(actor, key, ASKED, do)
    assert do.times == 5


def test_what_failed_may_be_sent_again() -> None:
    def fail() -> None:
        IdempotencyKey.objects.create(
            actor="other", key="side effect", fingerprint="", created_at=timezone.now()
        )
        raise Refused(Problem("value.required"))

    with pytest.raises(Refused, match=r"value.required"):
        once(ACTOR, "k1", ASKED, fail)
    assert not IdempotencyKey.objects.exists()
    assert once(ACTOR, "k1", ASKED, Counter()).repeated is False


def test_nothing_is_an_answer_too() -> None:
    assert once(ACTOR, "k1", ASKED, lambda: None).value is None
    assert once(ACTOR, "k1", ASKED, lambda: None).repeated is True


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_key_has_a_length(key: str) -> None:
    with pytest.raises(Refused, match=r"idempotency.key"):
        once(ACTOR, key, ASKED, Counter())


def test_old_keys_are_dropped_after_the_days_of_the_parameter() -> None:
    for key, days in (("old", 91), ("new", 89)):
        once(ACTOR, key, ASKED, Counter())
        IdempotencyKey.objects.filter(key=key).update(created_at=timezone.now() - timedelta(days=days))
    assert forget_old() == 1
    assert [row.key for row in IdempotencyKey.objects.all()] == ["new"]


def test_the_fingerprint_tells_contents_apart() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert len({fingerprint(one) for one in ({"a": 1}, {"a": "1"}, {"a": [1]}, {"a": None}, {})}) == 5
