"""What a picker finds while somebody types."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anlan.kernel.actors import PersonActor
from anlan.web.doors import reader
from anlan.web.pickers import Picked, offered, picker_source, typed_name

_LONGEST = 60


@reader()
@require_safe
def pick(request: HttpRequest, actor: PersonActor, kind: str) -> HttpResponse:
    """The records of a kind meant by what stands in the field ``?name=``, within the actor's range."""
    if picker_source(kind) is None:
        raise Http404(kind)
    name = request.GET.get("name", "")
    text = request.GET.get(typed_name(name), "").replace("\x00", "").strip()[:_LONGEST]
    return render(request, "web/forms/picked.html", {"name": name, **offered(kind, actor, Picked(text=text))})
