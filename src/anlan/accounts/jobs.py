"""What the accounts do for themselves in the background: throwing old drafts of forms away."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from anlan.accounts.actions.form_draft import form_drafts_forget
from anlan.kernel import parameters
from anlan.kernel.actors import SystemActor
from anlan.kernel.jobs import job
from anlan.kernel.progress import Progress


@job("accounts.forget_form_drafts", label=gettext_lazy("清除过期的暂存表单"), daily_at=time(3, 30))
def forget_form_drafts(progress: Progress) -> dict[str, int]:
    """Every night: throw away what nobody finished within ``accounts.form_draft_days``."""
    days = parameters.integer("accounts.form_draft_days", on=timezone.localdate())
    before = timezone.now() - timedelta(days=days)
    return {"drafts": form_drafts_forget(SystemActor("form-draft-expiry"), before=before)}
