"""Changing one's own password."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.passwords import keep_former, new_password_problems, set_password, used_before
from anlan.accounts.actions.session_end import drop_sessions
from anlan.accounts.models import User
from anlan.kernel import parameters
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused


@action("accounts.password_change", label=_("修改密码"), actors=("person",), own="user")
def password_change(change: Change, *, user: User, old: str, new: str, keep: str = "") -> User:
    """Change one's own password, whatever one's roles. All sessions end but the one with the key ``keep``.

    Refused: the old one is wrong, the new one breaks the rules or is among the last few.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(old):
        raise Refused(Problem("password.old_wrong", "old"))
    count = parameters.integer("accounts.password_history", on=change.today)
    problems = new_password_problems(new, user.username, change.today)
    if not problems and used_before(user, new, count):
        problems.append(Problem("password.used_before", "password"))
    if problems:
        raise Refused(*problems)
    keep_former(change, user, count)
    change.begin(user)
    set_password(user, new, must_change=False)
    change.save(user)
    drop_sessions(user, keep)
    return user
