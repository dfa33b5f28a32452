"""What somebody may do with a person: the buttons of the page, for those who may."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel import record
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import held
from anlan.registers.models import Person
from anlan.registers.pages.doing import WITHDRAW, withdraw_url
from anlan.registers.queries.lookups import open_resettlement
from anlan.web.parts import Action

EDIT, DEATH = "registers.record_edit", "registers.death_record"
CONTACT_END, START = "registers.contact_end", "registers.membership_start"
_LIVING: tuple[tuple[str, str | Promise], ...] = (
    ("contact_add", gettext_lazy("新增联系方式")),
    ("marriage_record", gettext_lazy("登记婚姻")),
    ("person_move", gettext_lazy("个人迁移")),
    ("death_record", gettext_lazy("登记死亡")),
)
_CODES = (
    EDIT,
    WITHDRAW,
    CONTACT_END,
    START,
    "registers.resettlement_start",
    "registers.support_change",
    *(f"registers.{name}" for name, _label in _LIVING),
)


def may_do(actor: PersonActor, person: Person) -> frozenset[str]:
    """What the actor may do with a person, by permission."""
    return held(actor, _CODES, person)


def person_actions(person: Person, may: Collection[str]) -> list[Action]:
    """The buttons in the head of a person's page."""
    found = []
    if EDIT in may:
        found.append(_button("person_edit", _("更正"), person, icon="edit"))
    if person.died_on is not None:
        return found + (_take_back(person) if WITHDRAW in may else [])
    found += [_button(name, label, person) for name, label in _LIVING if f"registers.{name}" in may]
    return found + _support(person, may) + _membership(person, may)


def _button(name: str, label: str | Promise, person: Person, icon: str = "") -> Action:
    return Action(label, reverse(f"registers:{name}", args=[person.uid]), icon=icon)


def _membership(person: Person, may: Collection[str]) -> list[Action]:
    """Registering somebody as a member, or on the way there, who is not yet."""
    if START not in may or person.memberships.filter(valid_to=None).exists():
        return []
    url = f"{reverse('registers:membership_start')}?{urlencode({'person': str(person.uid)})}"
    return [Action(_("登记党员"), url)]


def _support(person: Person, may: Collection[str]) -> list[Action]:
    if open_resettlement(person) is None:
        if "registers.resettlement_start" not in may:
            return []
        return [_button("resettlement_start", _("登记移民身份"), person)]
    found = []
    if "registers.support_change" in may:
        found.append(_button("support_change", _("变更扶持"), person))
    if EDIT in may:
        found.append(_button("resettlement_edit", _("更正移民登记"), person))
    return found


def _take_back(person: Person) -> list[Action]:
    """The way back from a death that was not."""
    items = record.history("person", person.pk)
    sequence = next((one.entry.sequence for one in items if one.entry.action == DEATH), None)
    if sequence is None:
        return []
    return [Action(_("撤回死亡登记"), withdraw_url(person, sequence), icon="undo")]
