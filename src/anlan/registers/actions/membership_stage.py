"""The next stage of a membership."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.membership_rows import follow, require_open
from anlan.registers.derive import partial_columns, partial_of
from anlan.registers.models import Membership
from anlan.registers.parameters import member_min_age
from anlan.registers.rules.memberships import MembershipFacts, Stage, membership_problems, stage_problems


@action("registers.membership_stage", label=_("变更人员类别"), on="membership")
def membership_stage(change: Change, *, membership: Membership, stage: Stage, on: date) -> Membership:
    """Let somebody be at another stage from ``on``; gives the membership that is open now.

    Probation begins on the day of joining, so ``on`` becomes it (the branch meeting's); a full member is one
    from ``on``. Refused: a stage that does not follow, a full member whose joining is not known, an age below
    the limit, a day to come or before the last change.
    """
    membership = locked(membership)
    require_open(membership)
    require_day(change, on)
    joined, full = partial_of(membership, "joined"), partial_of(membership, "full_member")
    if stage is Stage.PROBATIONARY:
        joined = PartialDate(on, DAY)
    if stage is Stage.FULL:
        full = PartialDate(on, DAY)
    refuse(stage_problems(membership.stage, stage, has_joined=joined is not None))
    refuse(
        membership_problems(
            MembershipFacts(stage, membership.standing, joined, full),
            birth=partial_of(membership.person, "birth"),
            today=change.today,
            min_age=member_min_age(on, membership.organization.area.path),
        )
    )
    days = partial_columns("joined", joined) | partial_columns("full_member", full)
    return follow(change, membership, on, "stage", stage=stage.value, **days)
