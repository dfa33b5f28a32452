"""Chinese until somebody chooses otherwise."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from anlan.web.language import ChosenLanguageMiddleware


@pytest.mark.parametrize(
    ("cookie", "header", "spoken"),
    [("", "en-US", "zh-hans"), ("en", "zh-CN", "en"), ("xx", "en", "zh-hans"), ("zh-hans", "en", "zh-hans")],
)
def test_only_a_choice_changes_the_language(cookie: str, header: str, spoken: str) -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = header
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    heard: list[str | None] = []

    def answer(_: HttpRequest) -> HttpResponse:
        heard.append(translation.get_language())
        return HttpResponse()

    response = ChosenLanguageMiddleware(answer)(request)
    assert heard == [spoken]
    assert response["Content-Language"] == spoken
