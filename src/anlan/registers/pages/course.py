"""The events of a person's course in words."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.codes import MEMBERSHIP_STAGE, RELATION, SUPPORT_MODE
from anlan.registers.history_words import HOUSEHOLD_END_WORDS, MEMBERSHIP_REASON_WORDS
from anlan.registers.labels import SUPPORT_REASON_WORDS
from anlan.registers.queries.timeline import Event
from anlan.registers.rules.posts import POST
from anlan.web.records import TimelineItem

Words = Mapping[str, str | Promise]
PARTY = frozenset({"membership", "post", "floating"})
"""Events of the Party's registers, shown to those who may see members."""

_TITLES: Words = {
    "birth": gettext_lazy("出生"),
    "death": gettext_lazy("去世"),
    "household": gettext_lazy("入户 %(name)s"),
    "household_end": gettext_lazy("离户 %(name)s"),
    "support": gettext_lazy("安置与扶持登记"),
    "support_end": gettext_lazy("安置与扶持变动"),
    "membership": gettext_lazy("编入%(name)s"),
    "membership_end": gettext_lazy("离开%(name)s"),
    "post": gettext_lazy("在%(name)s任职"),
    "post_end": gettext_lazy("不再在%(name)s任职"),
    "floating": gettext_lazy("外出流动 %(name)s"),
    "floating_end": gettext_lazy("流动返回"),
}
_VALUES: Mapping[str, Callable[[str], str]] = {
    "household": RELATION.name_of,
    "support": SUPPORT_MODE.name_of,
    "membership": MEMBERSHIP_STAGE.name_of,
    "post": POST.name_of,
}
_REASONS: Mapping[str, Words] = {
    "household": HOUSEHOLD_END_WORDS,
    "support": SUPPORT_REASON_WORDS,
    "membership": MEMBERSHIP_REASON_WORDS,
}


def event_item(event: Event) -> TimelineItem:
    """One event as a line of the timeline: what, with which relation, mode or stage, why."""
    kind = event.code.removesuffix("_end")
    title = str(_TITLES.get(event.code, event.code)) % {"name": event.name}
    value = _VALUES[kind](event.value) if event.value and kind in _VALUES else event.value
    reason = str(_REASONS.get(kind, {}).get(event.reason, event.reason))
    return TimelineItem(event.day, title.strip(), _("，").join(part for part in (value, reason) if part))
