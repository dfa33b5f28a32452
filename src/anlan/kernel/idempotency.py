"""The same request sent twice is done once and answered alike.

The key is written in the transaction of what it guards. So it is there exactly when that was done; and a
second request that comes while the first still runs waits for it at the unique key (PostgreSQL) or at the
one writer (SQLite), then finds the stored answer, or runs itself when the first one failed.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from anlan.kernel import parameters
from anlan.kernel.actors import Actor
from anlan.kernel.models import IdempotencyKey
from anlan.kernel.problems import Problem, Refused

KEEP_DAYS = "kernel.idempotency_days"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer (what JSON can say) and whether it is the stored one of an earlier sending."""

    value: Any
    repeated: bool


def fingerprint(content: Mapping[str, Any]) -> str:
    """A digest of what is asked, the same for the same content in whatever order."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def once(actor: Actor, key: str, content: Mapping[str, Any], do: Callable[[], Any]) -> Outcome:
    """Run ``do`` in a transaction unless this actor's key was answered before; gives its answer.

    ``do`` gives what JSON can say and runs its action or actions itself. When it raises, nothing is kept
    and the key is free again. The same key with other content is refused. Two actors never meet in a key.
    """
    if not key or len(key) > 80:
        raise Refused(Problem("idempotency.key", "key"))
    owner, asked = _owner(actor), fingerprint(content)
    with transaction.atomic():
        if _claim(owner, key, asked):
            value = do()
            # As it will be read back, so that the first answer and the second are the same.
            value = orjson.loads(orjson.dumps(value, default=str))
            IdempotencyKey.objects.filter(actor=owner, key=key).update(outcome=value)
            return Outcome(value, repeated=False)
        row = IdempotencyKey.objects.get(actor=owner, key=key)
        if row.fingerprint != asked:
            raise Refused(Problem("idempotency.other_content", "key"))
        return Outcome(row.outcome, repeated=True)


def answered(actor: Actor, key: str) -> bool:
    """Whether a request with this actor's key was done already."""
    return bool(key) and IdempotencyKey.objects.filter(actor=_owner(actor), key=key).exists()


def forget_old() -> int:
    """Drop the keys older than the parameter allows; gives how many."""
    now = timezone.now()
    days = parameters.integer(KEEP_DAYS, on=timezone.localdate())
    return IdempotencyKey.objects.filter(created_at__lt=now - timedelta(days=days)).delete()[0]


def _owner(actor: Actor) -> str:
    number = getattr(actor, "user_id", None) or getattr(actor, "household_id", None)
    return f"{actor.kind}:{number if number is not None else actor.label}"[:80]


def _claim(owner: str, key: str, asked: str) -> bool:
    """Insert the key; False when it stands. Waits for another transaction that is inserting the same key."""
    table = connection.ops.quote_name(IdempotencyKey._meta.db_table)
    statement = (
        f"INSERT INTO {table} (actor, key, fingerprint, created_at) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (actor, key) DO NOTHING"
    )
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(statement, [owner, key, asked, now])
        return bool(cursor.rowcount == 1)
