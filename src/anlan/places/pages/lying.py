"""What lies in areas: counted by the parts above, which places does not know."""

from collections.abc import Callable, Sequence

from anlan.places.models import Area
from anlan.web.parts import Fact

Lying = Callable[[Sequence[Area]], Sequence[Fact]]

_counters: list[Lying] = []


def register_lying(counter: Lying) -> None:
    """Let a part above say, as facts, what of its own lies in areas and all below them today."""
    _counters.append(counter)


def lying_facts(areas: Sequence[Area]) -> list[Fact]:
    """What lies in areas today, as all parts say."""
    return [fact for counter in _counters for fact in counter(areas)]
