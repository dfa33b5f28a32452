"""Doors: closed unless marked public, also for views nobody thought about."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path
from tests.cast import Cast

from anlan.kernel.access import public

pytestmark = pytest.mark.django_db


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view whose author thought of nothing."""
    return HttpResponse("secret")


@public
def opened(request: HttpRequest) -> HttpResponse:
    """A view open to everybody."""
    return HttpResponse(repr(request.actor))  # type: ignore[attr-defined]


urlpatterns = [path("forgotten/", forgotten), path("api/v1/forgotten/", forgotten), path("opened/", opened)]


@pytest.fixture(autouse=True)
def own_addresses(settings: Any) -> None:
    real = get_resolver(settings.ROOT_URLCONF).url_patterns
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [*urlpatterns, *real]})


def test_a_forgotten_view_is_closed(cast: Cast) -> None:
    stranger, officer = cast.anonymous.client(), cast.liaison.client()
    assert stranger.get("/forgotten/")["Location"] == "/sign-in/?next=/forgotten/"
    assert officer.get("/forgotten/").content == b"secret"


def test_the_api_says_401_with_a_problem_document(cast: Cast) -> None:
    answer = cast.anonymous.client().get("/api/v1/forgotten/")
    assert answer.status_code == 401 and answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "account.sign_in"


def test_the_api_waits_for_the_first_password_too(cast: Cast) -> None:
    user = cast.liaison.user
    assert user is not None
    user.must_change_password = True
    user.save()
    answer = cast.liaison.client().get("/api/v1/forgotten/")
    assert answer.status_code == 403
    assert json.loads(answer.content)["code"] == "account.password_change"


def test_a_public_view_knows_who_looks(cast: Cast) -> None:
    assert cast.anonymous.client().get("/opened/").content == b"None"
    assert "陈石" in cast.liaison.client().get("/opened/").content.decode()


def test_a_stranger_costs_no_query_and_a_person_four(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert cast.anonymous.client().get("/opened/").status_code == 200
    officer = cast.liaison.client()
    officer.get("/forgotten/")
    # The session, the account, the roles, the stamp of the parameters.
    with django_assert_num_queries(4):
        officer.get("/forgotten/")
