"""Small pieces that several record pages of the registers show alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anlan.kernel.codes import MEMBERSHIP_STAGE
from anlan.registers.history_words import MEMBERSHIP_REASON_WORDS
from anlan.registers.models import Appointment, FloatingSpell, Membership
from anlan.registers.queries.lookups import visible_organizations
from anlan.registers.rules.posts import POST
from anlan.registers.tables.register import organization_url, partial
from anlan.web import formats
from anlan.web.parts import table
from anlan.web.records import ShownPanel, table_panel


def period(start: date | None, end: date | None) -> str:
    """From when to when, in words; open ends say so. ``end`` is exclusive."""
    until = formats.write_day(end) if end else _("至今")
    return _("%(start)s—%(end)s") % {"start": formats.write_day(start), "end": until}


def in_words(words: Mapping[str, str | Promise], code: str) -> str:
    """A code of ours in words; what is no code of ours is shown as it was written."""
    return str(words.get(code, code))


def memberships_panel(actor: Any, rows: Sequence[Membership]) -> list[ShownPanel]:
    """The organisations and stages of a person over time."""
    if not rows:
        return []
    seen = visible_organizations(actor, [row.organization_id for row in rows])
    lines: list[tuple[object, ...]] = [
        (
            (
                row.organization.name,
                organization_url(row.organization) if row.organization_id in seen else "",
            ),
            MEMBERSHIP_STAGE.name_of(row.stage),
            period(row.valid_from, row.valid_to),
            in_words(MEMBERSHIP_REASON_WORDS, row.end_reason),
        )
        for row in rows
    ]
    heads = (_("党组织"), _("人员类别"), _("起止"), _("变动原因"))
    return [table_panel("memberships", _("组织关系"), table(heads, lines))]


def spells_panel(rows: Sequence[FloatingSpell]) -> list[ShownPanel]:
    """Where a member worked far away over time."""
    lines: list[tuple[object, ...]] = [
        (
            row.destination or _("去向不明"),
            formats.write_day(partial(row.since, row.since_precision)),
            period(row.valid_from, row.valid_to),
        )
        for row in rows
    ]
    return (
        [table_panel("spells", _("流动"), table((_("去向"), _("外出时间"), _("登记起止")), lines))]
        if lines
        else []
    )


def posts_panel(actor: Any, rows: Sequence[Appointment]) -> list[ShownPanel]:
    """The posts somebody holds and held."""
    if not rows:
        return []
    seen = visible_organizations(actor, [row.organization_id for row in rows])
    lines: list[tuple[object, ...]] = [
        (
            POST.name_of(row.post),
            (
                row.organization.name,
                organization_url(row.organization) if row.organization_id in seen else "",
            ),
            period(row.valid_from, row.valid_to),
            formats.write_day(row.term_ends_on) if row.term_ends_on else "",
        )
        for row in rows
    ]
    return [table_panel("posts", _("任职"), table((_("职务"), _("党组织"), _("起止"), _("任期届满")), lines))]
