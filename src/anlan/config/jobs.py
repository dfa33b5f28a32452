"""What an installation does for itself in the background: the daily backup."""

from datetime import time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.config.environment import home
from anlan.config.operations import kept
from anlan.config.operations.backup import make_backup
from anlan.config.operations.stores import store_of
from anlan.kernel import parameters, protection
from anlan.kernel.jobs import job
from anlan.kernel.progress import Progress


def backup_time() -> time | None:
    """When the daily backup is due, on the county's clock; None when the county wants none.

    None too on a database into which the parameters have not been loaded yet.
    """
    try:
        return kept.clock_time(parameters.text(kept.BACKUP_AT, on=timezone.localdate()))
    except parameters.ParameterMissing:
        return None


@job("config.backup", label=gettext_lazy("每日备份"), daily_at=backup_time)
def backup(progress: Progress) -> dict[str, object]:
    """Write a backup without keys into the folder for backups; the oldest go once it is complete."""

    def shown(step: str, done: int, total: int) -> None:
        progress.report(done, total, step)

    target = kept.new_place(kept.DAILY, timezone.localtime())
    store = store_of(settings.DATABASES["default"])
    manifest = make_backup(home(), store, protection.keys_in_use(), target, with_keys=False, progress=shown)
    keep = parameters.integer(kept.BACKUP_KEEP, on=timezone.localdate())
    gone = kept.forget_old(kept.DAILY, keep)
    progress.report(1, 1, _("已备份"))
    return {
        "file": target.name,
        "bytes": target.stat().st_size,
        "sequence": manifest.facts.sequence,
        "forgotten": [path.name for path in gone],
    }
