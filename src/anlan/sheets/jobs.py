"""Imports in the background: checking, writing, taking back, clearing away what nobody finished."""

from datetime import date, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.kernel import parameters
from anlan.kernel.actors import Actor, CliActor, SystemActor
from anlan.kernel.jobs import enqueue, job
from anlan.kernel.models import Job, JobState
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.progress import Progress
from anlan.sheets import kept_files, previews
from anlan.sheets.actions.draft_discard import draft_discard
from anlan.sheets.actions.import_undo import undo as undo_batch
from anlan.sheets.actions.import_write import KeptFile, import_write
from anlan.sheets.gathering import sources_of_draft
from anlan.sheets.instructions import Instructions
from anlan.sheets.models import DraftState, ImportBatch, ImportDraft
from anlan.sheets.running import Run, begin, require_permission, without_collecting, write

CHECK, WRITE, UNDO = "sheets.check", "sheets.write", "sheets.undo"
_STEPS_BESIDE_FILES = 2
"""A file is read and its kind compared; then things are written and told."""


class _Steps:
    """Tells how far a job is: one step for each thing it begins."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._begun = 0

    def __call__(self, doing: str) -> None:
        self._begun = min(self._begun + 1, self._total - 1)
        self._progress.begin(self._begun - 1, self._total, doing)


def ask_check(draft: ImportDraft) -> Job:
    """Queue the check of a draft as it is asked for now."""
    return enqueue(CHECK, user_id=draft.user_id, draft=str(draft.uid), revision=draft.revision)


def ask_write(draft: ImportDraft, user_id: int) -> Job:
    """Queue the writing of a draft; ``user_id`` is who lets it be written."""
    return enqueue(WRITE, user_id=user_id, draft=str(draft.uid), revision=draft.revision, user=user_id)


def ask_undo(batch: ImportBatch, user_id: int) -> Job:
    """Queue the taking back of a batch."""
    return enqueue(UNDO, user_id=user_id, draft=str(batch.uid), user=user_id)


def latest_job(uid: UUID, *names: str) -> Job | None:
    """The last run about a draft or batch, of these names."""
    return Job.objects.filter(name__in=names, arguments__draft=str(uid)).order_by("-pk").first()


def is_unfinished(run: Job | None) -> bool:
    """Whether a run waits or goes on."""
    return run is not None and run.state in (JobState.QUEUED, JobState.RUNNING)


@job(CHECK, label=gettext_lazy("核对要导入的表格"), attempts=2)
def check(progress: Progress, *, draft: str, revision: int) -> dict[str, int]:
    """Read, recognise and plan a draft, and keep what was found, sealed, for its pages. Writes nothing."""
    row = _draft(draft, revision)
    if row is None:
        return {}
    today = timezone.localdate()
    with without_collecting():
        run = _begin(row, _maker(row, today), today, progress)
        if not run.result.stopping:
            run.plan()
        run.report(_("整理结果"))
        previews.write_preview(run, previews.check_place(row), previews.find_changes(run))
    previews.discard_checks(row.uid, but=previews.check_place(row).name)
    return {"rows": run.result.total("rows")}


@job(WRITE, label=gettext_lazy("写入导入的表格"))
def write_draft(progress: Progress, *, draft: str, revision: int, user: int) -> dict[str, str]:
    """Write a draft, planned anew from the sealed files; ``user`` is who lets it be written.

    Gives the batch. Refused when nothing in it is new. A run whose worker died after writing finds it there.
    """
    row = _draft(draft, revision)
    if row is None:
        if ImportBatch.objects.filter(uid=draft).exists():
            return {"batch": draft}
        raise Refused(Problem("sheets.draft_gone"))
    today = timezone.localdate()
    writer = _person(user, today)
    with without_collecting():
        run = _begin(row, _maker(row, today), today, progress)
        if run.result.stopping:
            raise Refused(*run.result.stopping)
        changes: previews.Changes = {}

        def save() -> ImportBatch:
            nonlocal changes
            changes = previews.find_changes(run)
            return _save(run, row, writer)

        write(run, save)
        if run.result.batch is None:
            raise Refused(Problem("sheets.nothing_new"))
        run.report(_("整理结果"))
        previews.write_preview(run, previews.written_place(row.uid), changes)
    previews.discard_checks(row.uid)
    return {"batch": draft}


def _save(run: Run, draft: ImportDraft, writer: Actor) -> ImportBatch:
    taken = {file.source.number for file in run.files if file.is_taken}
    files = [
        KeptFile(file.name, file.size, bytes(file.digest), file.place)
        for file in draft.files.all()
        if file.number in taken
    ]
    return import_write(
        writer,
        uid=draft.uid,
        plans=run.plans,
        files=files,
        kinds=run.kind_codes,
        as_of=run.result.as_of,
        result=run.result.as_json(with_problems=False),
        draft=draft,
        moment=timezone.now(),
    )


@job(UNDO, label=gettext_lazy("撤回导入"), attempts=2)
def undo(progress: Progress, *, draft: str, user: int) -> dict[str, str]:
    """Take a written batch back; ``draft`` is its uid. Refused when later changes stand in the way."""
    batch = ImportBatch.objects.filter(uid=draft).first()
    if batch is None:
        raise Refused(Problem("sheets.batch_unknown", params={"batch": draft}))
    progress.report(0, 1, _("撤回"))
    undo_batch(_person(user, timezone.localdate()), batch)
    return {"batch": draft}


@job("sheets.forget_drafts", label=gettext_lazy("清除没有办完的导入"), daily_at=time(3, 20))
def forget_drafts(progress: Progress) -> dict[str, int]:
    """Every night: throw away what nobody finished within ``sheets.draft_days``, with its files.

    What waits for approval stays.
    """
    today = timezone.localdate()
    days = parameters.integer("sheets.draft_days", on=today)
    old = ImportDraft.objects.filter(changed_on__lt=today - timedelta(days=days))
    count = 0
    for draft in old.exclude(state=DraftState.WAITING):
        draft_discard(SystemActor("draft-expiry"), draft=draft)
        kept_files.discard(draft.uid)
        count += 1
    return {"drafts": count}


@job("sheets.sweep_files", label=gettext_lazy("清除无主的上传文件"), daily_at=time(3, 30))
def sweep_files(progress: Progress) -> dict[str, int]:
    """Every night: remove uploaded files that no draft and no batch names, ``sheets.abandoned_days`` old."""
    return {"removed": kept_files.discard_abandoned(timezone.localdate())}


def _draft(uid: str, revision: int) -> ImportDraft | None:
    """The draft as it was asked for; None when it is gone or something else is asked for by now."""
    return ImportDraft.objects.filter(uid=uid, revision=revision).first()


def _begin(draft: ImportDraft, actor: Actor, today: date, progress: Progress) -> Run:
    asked = Instructions.from_json(draft.settings)
    require_permission(actor, asked.as_of, today)
    files = list(draft.files.all())
    total = 2 * len(files) + _STEPS_BESIDE_FILES
    return begin(sources_of_draft(files), asked, actor=actor, today=today, report=_Steps(progress, total))


def _maker(draft: ImportDraft, today: date) -> Actor:
    """Whoever wants the import, with the roles in force today: their ranges decide what it may touch."""
    if draft.user_id is not None:
        return _person(draft.user_id, today)
    return CliActor(draft.actor_label)


def _person(user_id: int, today: date) -> Actor:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Refused(Problem("action.actor", params={"action": _("导入表格")}))
    return actor_for(user, today)
