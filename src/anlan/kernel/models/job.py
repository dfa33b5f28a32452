"""Background jobs as people see them, and when the scheduled ones are due."""

from django.db import models

from anlan.kernel.uids import new_uid


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class Job(models.Model):
    """One run of a job: for whom, how far, with what result.

    ``task_id`` names the attempt in the queue; ``due_at`` is set for scheduled runs; ``alive_at`` is renewed
    while it runs, so that a run whose worker died is taken up again.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True, blank=True)
    task_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    message = models.CharField(max_length=240, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "alive_at"], name="job_state_alive"),
            models.Index(fields=["name", "state"], name="job_name_state"),
        ]
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="job_due_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in (JobState.DONE, JobState.FAILED)


class JobSchedule(models.Model):
    """When a scheduled job is due next. Whoever moves ``due_at`` on has won and queues the run."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.due_at}"
