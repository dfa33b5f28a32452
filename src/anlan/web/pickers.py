"""Fields that pick a record: type a few characters, take one of what is found. Works without scripts.

A part registers what can be picked under a word (``register_picker("home", …)``); the field shows a text box
and the records found as a group of radio buttons. Without scripts the text is looked up when the form is
sent: one record found is taken, several are offered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Text = str | Promise
MOST = 12
"""So many records are offered at once; more of a text narrow them down."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that can be picked: its public identifier, its name, what tells it from others."""

    value: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PickerSource:
    """What can be picked within an actor's range.

    ``search`` gives at most ``limit`` records meant by a text (for an empty one those there are, or none);
    ``load`` gives the record of an identifier, None where the actor may not see it; ``show`` how it is shown.
    """

    search: Callable[[Any, str, int], Sequence[Found]]
    load: Callable[[Any, str], Any]
    show: Callable[[Any], Found]
    hint: Text = ""


_sources: dict[str, PickerSource] = {}


def register_picker(kind: str, source: PickerSource) -> None:
    """Let fields pick records of a kind (called in ``AppConfig.ready``)."""
    if kind in _sources:
        raise ValueError(f"picker {kind} is registered twice")
    _sources[kind] = source


def picker_source(kind: str) -> PickerSource | None:
    """What is picked under a word, None for an unknown one."""
    return _sources.get(kind)


@dataclass(frozen=True, slots=True)
class Picked:
    """What came from the browser: the record taken (or "") and the text typed."""

    chosen: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.chosen or self.text)


def typed_name(name: str) -> str:
    """The name of the text box beside the radio buttons of a field."""
    return f"{name}_typed"


class PickerWidget(forms.Widget):
    """A text box, and what was found as radio buttons."""

    template_name = "web/forms/picker.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.actor: Any = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        """The record taken and the text typed."""
        return Picked(data.get(name, "").strip(), data.get(typed_name(name), "").strip())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the browser said nothing at all."""
        return name not in data and typed_name(name) not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template needs: the text, the records found, which one is taken."""
        context = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked(chosen=str(value or ""))
        context["widget"] |= {
            "kind": self.kind,
            "typed_name": typed_name(name),
            "text": picked.text,
            **offered(self.kind, self.actor, picked),
        }
        return context


def offered(kind: str, actor: Any, picked: Picked) -> dict[str, Any]:
    """The records to choose from for what was typed or taken, and which one is taken."""
    source = picker_source(kind)
    if source is None or actor is None:
        return {"found": (), "chosen": "", "more": False}
    taken = source.load(actor, picked.chosen) if picked.chosen else None
    if taken is not None:
        return {"found": (source.show(taken),), "chosen": picked.chosen, "more": False}
    found = list(source.search(actor, picked.text, MOST + 1))
    only = found[0].value if len(found) == 1 and picked.text else ""
    # Everything there is is offered only where it is little.
    if not picked.text and len(found) > MOST:
        found = []
    return {
        "found": found[:MOST],
        "chosen": only,
        "more": len(found) > MOST,
        "nothing": bool(picked.text) and not found,
    }


class PickerField(forms.Field):
    """A record within the actor's range; gives the record itself, None where none is picked."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        source = picker_source(kind)
        if source is not None and source.hint:
            kwargs.setdefault("help_text", source.hint)
        super().__init__(widget=PickerWidget(kind), **kwargs)
        self.kind = kind
        self.actor: Any = None

    def bind_actor(self, actor: Any) -> None:
        """Say within whose range records are found."""
        self.actor = actor
        self.widget.actor = actor

    def clean(self, value: Any) -> Any:
        """The record; refused when none, or more than one, is meant."""
        picked = value if isinstance(value, Picked) else Picked(chosen=str(value or ""))
        source = picker_source(self.kind)
        if source is None:
            raise LookupError(f"no picker is called {self.kind}")
        if not picked:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="value.required")
            return None
        record = source.load(self.actor, picked.chosen) if picked.chosen else None
        if record is not None:
            return record
        return self._only(source, picked.text)

    def _only(self, source: PickerSource, text: str) -> Any:
        found = source.search(self.actor, text, MOST + 1) if text else ()
        if len(found) == 1:
            return source.load(self.actor, found[0].value)
        if found:
            told = _now("“%(text)s”不止一个，请在下面选一个。") % {"text": text}
            raise forms.ValidationError(told, code="reference.ambiguous")
        told = _now("没有找到“%(text)s”，请换个写法。") % {"text": text}
        raise forms.ValidationError(told if text else _("请重新选择。"), code="reference.unknown")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else was picked or typed."""
        return bool(data) and getattr(data, "chosen", "") != str(initial or "")
