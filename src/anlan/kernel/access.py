"""Doors and who stands before them: pages need sign-in unless they are marked public.

``request.actor`` is a ``PersonActor`` once somebody has signed in and None before; what sets it lies higher
up.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest  # noqa: TID251 - a type of request for all doors

from anlan.kernel.actors import PersonActor

View = TypeVar("View", bound=Callable[..., Any])


class ActorRequest(HttpRequest):
    """A request to a page that needs sign-in: there is always an actor."""

    actor: PersonActor


def public(view: View) -> View:
    """Mark a view as open to everybody. All others are refused without sign-in (fail closed)."""
    return login_not_required(view)


def before_password_change(view: View) -> View:
    """Mark a view as open to somebody who still has to change the first password."""
    view.before_password_change = True  # type: ignore[attr-defined]
    return view
