"""Many rows at once give the same as one by one, on both databases."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests.cast import World

from anlan.kernel.bulk import database_uuid, insert_rows, reserve_ids, update_rows
from anlan.kernel.uids import new_uids

pytestmark = pytest.mark.django_db


def test_reserved_ids_ascend_and_meet_nobody(world: World) -> None:
    model: Any = type(world.east_person)
    first = list(reserve_ids(model, 5))
    row = model.objects.create(name="单独")
    second = list(reserve_ids(model, 5))
    assert first == sorted(set(first)) and second == sorted(set(second))
    assert max(first) < row.pk < min(second)
    assert list(reserve_ids(model, 0)) == []


def test_ids_can_be_reserved_in_an_empty_table() -> None:
    from anlan.kernel.models import IdempotencyKey

    ids = list(reserve_ids(IdempotencyKey, 3))
    assert len(set(ids)) == 3


def test_rows_arrive_as_they_were_given(world: World) -> None:
    model: Any = type(world.east_person)
    texts = ["何忠孝", "tab\tnew\nline", "back\\slash", "“引号” '", "", "\\N", "😀"]
    ids = reserve_ids(model, len(texts))
    uids = list(new_uids(len(texts)))
    insert_rows(
        model,
        ("id", "uid", "area_id", "name", "pinyin", "initials", "tokens", "sex", "birth_date",
         "birth_precision",
         "ethnic_group", "education", "education_text", "marital_status", "occupation", "address", "salt"),
        (
            (pk, database_uuid(uid), world.east_group.pk, text, "", "", "", "", date(1962, 5, 4), "day",
             "", "", "", "", "", text, bytes(range(16)))
            for pk, uid, text in zip(ids, uids, texts, strict=True)
        ),
    )  # fmt: skip
    rows = list(model.objects.filter(pk__in=ids).order_by("pk"))
    assert [row.name for row in rows] == texts and [row.address for row in rows] == texts
    assert [row.uid for row in rows] == uids
    assert {row.birth_date for row in rows} == {date(1962, 5, 4)}
    assert {bytes(row.salt) for row in rows} == {bytes(range(16))}
    assert {row.id_number for row in rows} == {None}


def test_updates_reach_the_rows_named_and_no_others(world: World) -> None:
    model: Any = type(world.east_person)
    east, west = world.east_person, world.west_person
    update_rows(model, ("name", "area_id"), [("何忠", world.west_group.pk, east.pk)])
    east.refresh_from_db()
    west.refresh_from_db()
    assert (east.name, east.area_id, west.name) == ("何忠", world.west_group.pk, "覃玉兰")


def test_bulk_rows_go_back_with_the_transaction(world: World) -> None:
    model: Any = type(world.county)
    before = model.objects.count()
    with transaction.atomic():
        ids = reserve_ids(model, 1)
        insert_rows(
            model,
            ("id", "code", "name", "kind", "path", "valid_from"),
            [
                (
                    ids[0],
                    "500299103000",
                    "南坪镇",
                    "township",
                    f"{world.county.path}{ids[0]}.",
                    date(2020, 1, 1),
                )
            ],
        )
        assert model.objects.count() == before + 1
        transaction.set_rollback(True)
    assert model.objects.count() == before
