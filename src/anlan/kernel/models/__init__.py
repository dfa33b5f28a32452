"""What the kernel keeps."""

from anlan.kernel.models.calendar import CalendarDay, DayKind
from anlan.kernel.models.idempotency import IdempotencyKey
from anlan.kernel.models.job import Job, JobSchedule, JobState
from anlan.kernel.models.parameter import ParameterValue, Stamp
from anlan.kernel.models.record import ChainHead, ChangedRecord, ChangeEntry
from anlan.kernel.models.removed import RemovedKey

__all__ = [
    "CalendarDay",
    "ChainHead",
    "ChangeEntry",
    "ChangedRecord",
    "DayKind",
    "IdempotencyKey",
    "Job",
    "JobSchedule",
    "JobState",
    "ParameterValue",
    "RemovedKey",
    "Stamp",
]
