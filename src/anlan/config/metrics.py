"""``/metrics``: figures on the running of an installation for Prometheus, and nothing on persons.

Off until a token is set. What the web process does is counted as it happens; what stands in the database and
on the disk is looked up when asked for, so that the worker's doings show too.
"""

import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from anlan.config.environment import home
from anlan.config.version import program_version
from anlan.kernel.access import public

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

registry = CollectorRegistry(auto_describe=False)
ProcessCollector(registry=registry)
_requests = Counter("anlan_requests", "Requests answered", ["url", "method", "status"], registry=registry)
_seconds = Histogram(
    "anlan_request_seconds", "Time until the answer began", ["url"], buckets=BUCKETS, registry=registry
)


def known_method(method: str) -> str:
    """A method as it is counted: anybody may invent others."""
    return method if method in METHODS else "OTHER"


def observe(address: str, method: str, status: int, seconds: float) -> None:
    """Count and measure one answered request, by the name of its address and a known method."""
    _requests.labels(address, method, str(status)).inc()
    _seconds.labels(address).observe(seconds)


class Installation(Collector):
    """What stands in the database and on the disk when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Each figure."""
        from anlan.config.operations import kept
        from anlan.config.operations.stores import store_of
        from anlan.kernel import record

        yield InfoMetricFamily(
            "anlan", "The program", {"version": program_version(), "database": connection.vendor}
        )
        yield from _of_jobs()
        yield GaugeMetricFamily(
            "anlan_changes", "Entries in the record of changes", record.current_sequence()
        )
        size = store_of(connection.settings_dict).size()
        yield GaugeMetricFamily("anlan_database_bytes", "Size of the database", size)
        free = shutil.disk_usage(home()).free
        yield GaugeMetricFamily("anlan_disk_free_bytes", "Room on the disk of the home folder", free)
        latest = next((path.stat().st_mtime for path in kept.kept(kept.DAILY)), 0)
        yield GaugeMetricFamily(
            "anlan_last_backup_timestamp_seconds",
            "When the last daily backup was complete; 0 for never",
            latest,
        )


def _of_jobs() -> Iterator[Metric]:
    from anlan.kernel.models import Job, JobState

    counted = dict(Job.objects.order_by().values_list("state").annotate(count=Count("pk")))
    jobs = GaugeMetricFamily("anlan_jobs", "Runs of background jobs by state", labels=["state"])
    for state in JobState:
        jobs.add_metric([state.value], counted.get(state.value, 0))
    yield jobs
    now = datetime.now(UTC)
    oldest = Job.objects.filter(state=JobState.QUEUED).aggregate(at=Min("created_at"))["at"]
    yield GaugeMetricFamily(
        "anlan_job_oldest_wait_seconds",
        "How long the job that waits longest has been waiting",
        max((now - oldest).total_seconds(), 0) if oldest else 0,
    )


registry.register(Installation())


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format for whoever has the token; 404 where none is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(
            "token\n", status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain"
        )
    return HttpResponse(
        generate_latest(registry),
        content_type=CONTENT_TYPE_PLAIN_0_0_4,
        headers={"Cache-Control": "no-store"},
    )
