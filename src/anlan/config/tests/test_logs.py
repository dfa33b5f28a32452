"""Logs: one JSON object a line, enough to find a fault, nothing of persons."""

import json
import logging
import sys
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from tests.cast import Cast

from anlan.config.logs import JsonLines, ReadableLines, request_id, without_values

NAME, NUMBER, PHONE = "冉红军", "500299196004040035", "13912340001"


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    written = JsonLines().format(record)
    assert "\n" not in written
    content: dict[str, Any] = json.loads(written)
    return content


def record_of(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("anlan.test", logging.ERROR, __file__, 1, message, args, info)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [line_of(record) for record in caplog.records if record.name == "anlan.requests"]


@pytest.fixture
def requests_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "anlan.requests")
    return caplog


@pytest.mark.django_db
def test_a_request_is_one_line_with_names_and_numbers(
    cast: Cast, requests_logged: pytest.LogCaptureFixture
) -> None:
    person, officer = cast.world.east_person, cast.county_officer
    assert officer.user is not None
    answer = officer.client().get(f"/persons/{person.uid}/?q={NAME}&phone={PHONE}")
    (line,) = lines(requests_logged)
    assert (line["url"], line["method"], line["status"]) == ("registers:person", "GET", 200)
    assert line["actor"] == officer.user.pk and line["ms"] > 0
    assert line["request"] == answer["X-Request-ID"] and len(line["request"]) == 16
    written = json.dumps(line, ensure_ascii=False)
    for secret in (NAME, PHONE, str(person.uid), officer.user.username, officer.user.display_name, "?"):
        assert secret not in written


@pytest.mark.django_db
def test_what_machines_ask_all_the_time_is_logged_only_when_it_fails(
    client: Client, requests_logged: pytest.LogCaptureFixture
) -> None:
    client.get("/healthz")
    assert lines(requests_logged) == []
    client.get("/metrics")
    assert [line["url"] for line in lines(requests_logged)] == ["metrics"]


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_not_repeated(
    client: Client, requests_logged: pytest.LogCaptureFixture
) -> None:
    client.get(f"/nowhere/{NUMBER}/")
    (line,) = lines(requests_logged)
    assert (line["url"], line["status"], line["actor"]) == ("none", 404, None)
    assert NUMBER not in json.dumps(line)


@pytest.mark.django_db
def test_only_a_proxy_may_give_a_request_its_id(client: Client, settings: Any) -> None:
    given = {"X-Request-ID": "from-outside-1234"}
    assert client.get("/healthz", headers=given)["X-Request-ID"] != "from-outside-1234"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/healthz", headers=given)["X-Request-ID"] == "from-outside-1234"
    odd = {"X-Request-ID": "a b\tc" * 9}
    assert client.get("/healthz", headers=odd)["X-Request-ID"] != odd["X-Request-ID"]


@pytest.mark.django_db
def test_an_unforeseen_error_tells_where_and_not_whom(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(request: object) -> None:
        raise IntegrityError(f"duplicate key\nDETAIL:  Key (name)=({NAME} {NUMBER} li.si) already exists.")

    monkeypatch.setattr("anlan.config.health.is_local", fail)
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    client.raise_request_exception = False
    answer = client.get(f"/healthz?details&q={NAME}")
    assert answer.status_code == 500
    line = line_of(next(record for record in caplog.records if record.name == "django.request"))
    assert line["error"] == "IntegrityError" and line["message"] == "Internal Server Error (healthz)"
    assert f"编号：{answer['X-Request-ID']}" in answer.content.decode(), (
        "what people can read to the administrator"
    )
    assert any("config/health.py" in frame for frame in line["where"])
    written = json.dumps(line, ensure_ascii=False)
    for secret in (NAME, NUMBER, "li.si", "details", "/healthz"):
        assert secret not in written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (f"no person {NAME} with {NUMBER}", "no person … with #"),
        (f"call {PHONE} or 50029919600404003X", "call # or #"),
        ("row 123456 of batch 7", "row 123456 of batch 7"),
        ("value too long\nDETAIL:  Failing row contains (1, li, 3).", "value too long\nDETAIL: …"),
    ],
)
def test_what_could_be_a_person_is_left_out(said: str, written: str) -> None:
    assert without_values(said) == written


def test_arguments_of_a_message_are_looked_at_too() -> None:
    assert line_of(record_of("batch of %s failed", NAME))["message"] == "batch of … failed"


def test_a_person_at_a_terminal_reads_the_same() -> None:
    try:
        raise ValueError(NUMBER)
    except ValueError as error:
        record = record_of("job %s failed", "sheets.check", error=error)
    token = request_id.set("abc")
    try:
        head, *frames = ReadableLines().format(record).splitlines()
    finally:
        request_id.reset(token)
    assert "error anlan.test job sheets.check failed request=abc error=ValueError said=#" in head
    assert frames and "test_logs.py" in frames[-1]
    assert sys.exc_info() == (None, None, None)
