"""Bulk corrections in the background: judging, writing and taking back very many rows."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.kernel.actors import PersonActor
from anlan.kernel.jobs import enqueue, job
from anlan.kernel.models import Job, JobState
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.progress import Progress
from anlan.registers.actions.bulk_edit import bulk_edit
from anlan.registers.actions.bulk_edit_rows import BulkOrder, BulkPlan, make_plan, targets_of
from anlan.registers.actions.bulk_edit_undo import undo as undo_bulk
from anlan.registers.bulk_order import Asking, unsealed
from anlan.registers.models import BulkEdit

CHECK, WRITE, UNDO = "registers.bulk_check", "registers.bulk_write", "registers.bulk_undo"
AT_ONCE = 2_000
"""So many rows are judged, written or taken back while somebody waits: less than a second."""


def ask_check(asking: Asking) -> Job:
    """Queue the judging of every row of a correction."""
    user = asking.actor.user_id
    return enqueue(CHECK, user_id=user, order=asking.sealed(), mark=asking.mark(), user=user)


def ask_write(asking: Asking, uid: UUID, digest: str) -> Job:
    """Queue the writing of a correction that was looked at; it will be known by ``uid``."""
    user = asking.actor.user_id
    return enqueue(WRITE, user_id=user, order=asking.sealed(), digest=digest, bulk=str(uid), user=user)


def ask_undo(bulk: BulkEdit, user_id: int) -> Job:
    """Queue the taking back of a correction."""
    return enqueue(UNDO, user_id=user_id, bulk=str(bulk.uid), user=user_id)


def latest_run(uid: UUID, user_id: int | None = None) -> Job | None:
    """The last run that writes or takes back a correction (``user_id``: only that person's)."""
    runs = Job.objects.filter(name__in=(WRITE, UNDO), arguments__bulk=str(uid)).order_by("-pk")
    return (runs if user_id is None else runs.filter(user_id=user_id)).first()


def check_run(uid: UUID, asking: Asking) -> Job | None:
    """The actor's run that judges the rows of this very correction."""
    runs = Job.objects.filter(uid=uid, name=CHECK, user_id=asking.actor.user_id)
    return runs.filter(arguments__mark=asking.mark()).first()


def is_unfinished(run: Job | None) -> bool:
    """Whether a run waits or goes on."""
    return run is not None and run.state in (JobState.QUEUED, JobState.RUNNING)


def plan_for(asking: Asking, order: BulkOrder, progress: Progress | None = None) -> BulkPlan:
    """Judge every row of a correction; tells how far it is."""
    listed, today = asking.listed, asking.asked.on
    if progress is None:
        return make_plan(asking.actor, order, listed, today)
    total = targets_of(asking.actor, order, listed, today).count()
    told = _("核对")
    return make_plan(
        asking.actor, order, listed, today, lambda done: progress.report(min(done, total - 1), total, told)
    )


def order_of(asking: Asking) -> BulkOrder:
    """What a job's correction asks for; refused where the form would not take it any more."""
    fact = asking.fact
    form = asking.form(fact) if fact is not None and not asking.asked.faults else None
    if fact is None or form is None or not form.is_valid():
        raise Refused(Problem("bulk.stale"))
    return asking.order(fact, form)


def write_plan(asking: Asking, plan: BulkPlan, uid: UUID, digest: str) -> BulkEdit:
    """Seal a plan and write it."""
    plan.prepare()
    return bulk_edit(
        asking.actor, uid=uid, plan=plan, digest=digest, words=asking.kept_words, moment=timezone.now()
    )


@job(CHECK, label=gettext_lazy("核对批量修改"), attempts=2)
def check(progress: Progress, *, order: str, mark: str, user: int) -> dict[str, Any]:
    """Judge every row; gives the counts, the refused rows, and what was looked at. Writes nothing."""
    asking = unsealed(order, _person(user))
    return told_of(plan_for(asking, order_of(asking), progress))


def told_of(plan: BulkPlan) -> dict[str, Any]:
    """What a plan says, as JSON: no names."""
    return {
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "refused": plan.refused,
        "left_out": plan.left_out,
        "digest": plan.digest,
        "refusals": [
            [pk, [[problem.code, problem.field, dict(problem.params)] for problem in problems]]
            for pk, problems in plan.refusals
        ],
    }


@job(WRITE, label=gettext_lazy("写入批量修改"), attempts=2)
def write(progress: Progress, *, order: str, digest: str, bulk: str, user: int) -> dict[str, str]:
    """Judge every row anew and write; refused when anything changed since it was looked at.

    A run whose worker died after writing finds it there.
    """
    if not BulkEdit.objects.filter(uid=bulk).exists():
        asking = unsealed(order, _person(user))
        plan = plan_for(asking, order_of(asking), progress)
        progress.report(plan.changed, plan.changed + 1, _("写入"))
        write_plan(asking, plan, UUID(bulk), digest)
    return {"bulk": bulk}


@job(UNDO, label=gettext_lazy("撤回批量修改"), attempts=2)
def undo(progress: Progress, *, bulk: str, user: int) -> dict[str, str]:
    """Take a correction back. Refused when later changes stand in the way."""
    progress.report(0, 1, _("撤回"))
    undo_bulk(_person(user), BulkEdit.objects.get(uid=bulk))
    return {"bulk": bulk}


def _person(user_id: int) -> PersonActor:
    """Whoever wants the correction, with the roles in force today."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Refused(Problem("action.actor", params={"action": _("批量修改")}))
    return actor_for(user, timezone.localdate())
