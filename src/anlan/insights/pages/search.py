"""The search on top of every page: a page of hits, and suggestions while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from anlan.insights.queries.search import search
from anlan.kernel.actors import PersonActor
from anlan.web.doors import reader

ON_PAGE, SUGGESTED = 15, 5
SUGGESTIONS = "suggest"


@reader()
def search_page(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """What is meant by ``?q=`` within the actor's range; only the suggestions when HTMX fills their list."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    suggesting = request.headers.get("HX-Target") == SUGGESTIONS
    groups = search(actor, text, timezone.localdate(), limit=SUGGESTED if suggesting else ON_PAGE)
    template = "insights/search_suggestions.html" if suggesting else "insights/search.html"
    answer = render(request, template, {"text": text, "groups": groups})
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer
