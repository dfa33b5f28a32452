"""``/metrics`` and the details of ``/healthz``: who gets them, and that nothing of persons is in them."""

from typing import Any

import pytest
from django.test import Client
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from tests.cast import Cast

from anlan.config import checkup, metrics

TOKEN = "a-token-of-the-county"


def figures(client: Client) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


@pytest.mark.django_db
def test_without_a_token_there_are_none(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer 错"}])
def test_with_another_token_neither(client: Client, settings: Any, given: dict[str, str]) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers=given)
    assert answer.status_code == 401 and b"anlan" not in answer.content


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_address(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    label = (("method", "GET"), ("status", "200"), ("url", "healthz"))
    before = figures(client).get("anlan_requests_total", {}).get(label, 0)
    client.get("/healthz?q=冉红军")
    client.get("/healthz")
    client.generic("BREW", "/healthz")
    found = figures(client)
    assert found["anlan_requests_total"][label] == before + 2
    assert found["anlan_request_seconds_count"][(("url", "healthz"),)] >= 3
    assert any(("method", "OTHER") in labels for labels in found["anlan_requests_total"])
    assert not any(("method", "BREW") in labels for labels in found["anlan_requests_total"])


@pytest.mark.django_db
def test_the_state_of_the_installation_is_told(client: Client, settings: Any) -> None:
    from anlan.kernel import record
    from anlan.kernel.jobs import enqueue, jobs

    jobs()
    enqueue("kernel.forget_old")
    settings.METRICS_TOKEN = TOKEN
    found = figures(client)
    assert found["anlan_changes"][()] == record.current_sequence() > 0
    assert (
        found["anlan_jobs"][(("state", "queued"),)] == 1 and found["anlan_jobs"][(("state", "failed"),)] == 0
    )
    assert 0 <= found["anlan_job_oldest_wait_seconds"][()] < 60
    assert found["anlan_database_bytes"][()] > 100_000
    assert found["anlan_disk_free_bytes"][()] > 0
    assert found["anlan_last_backup_timestamp_seconds"][()] == 0
    assert "process_resident_memory_bytes" in found


@pytest.mark.django_db
def test_nothing_of_persons_is_in_them(cast: Cast, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    person, client = cast.world.east_person, cast.county_officer.client()
    client.get(f"/persons/{person.uid}/?q={person.name}")
    client.get(f"/nowhere/{person.name}/")
    written = generate_latest(metrics.registry).decode()
    assert 'url="registers:person"' in written and 'url="none"' in written
    assert cast.county_officer.user is not None
    for secret in (person.name, str(person.uid), cast.county_officer.user.username, "nowhere"):
        assert secret not in written


@pytest.mark.django_db
def test_details_are_for_this_machine(client: Client) -> None:
    told = client.get("/healthz?details").json()
    assert told["ok"] is True and told["version"]
    assert {check["title"] for check in told["checks"]} == {"数据库", "结构", "磁盘", "后台任务", "备份"}
    assert client.get("/healthz?details", REMOTE_ADDR="::1").json()["ok"] is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_strangers_hear_only_that_it_is_well(client: Client, more: dict[str, str]) -> None:
    assert client.get("/healthz?details", **more).content == b"ok\n"  # type: ignore[arg-type]


@pytest.mark.django_db
def test_behind_a_proxy_nobody_is_on_this_machine(client: Client, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/healthz?details").content == b"ok\n"


@pytest.mark.django_db
def test_an_administrator_sees_them_from_anywhere(cast: Cast) -> None:
    away = {"REMOTE_ADDR": "10.0.0.7"}
    assert cast.administrator.client().get("/healthz?details", **away).json()["checks"]  # type: ignore[arg-type]
    assert cast.county_officer.client().get("/healthz?details", **away).content == b"ok\n"  # type: ignore[arg-type]


@pytest.mark.django_db
def test_what_is_not_well_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "LEAST_FREE_BYTES", 10**18)
    told = client.get("/healthz?details").json()
    assert told["ok"] is False
    assert [check["title"] for check in told["checks"] if check["level"] == checkup.BAD] == ["磁盘"]
