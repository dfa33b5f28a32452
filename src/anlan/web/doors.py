"""How a page is entered: who asks is known, what they may not see does not exist for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound

View = Callable[..., HttpResponseBase]


def reader(permission: str = "") -> Callable[[View], View]:
    """Make a view of ``view(request, actor, …)`` for people who hold a permission somewhere.

    Somebody unknown is sent to sign in. Without the permission, or when the view raises ``NotFound``, the
    answer is 404: what lies outside somebody's range is not told apart from what does not exist. Without
    ``permission`` everybody signed in is let in.
    """

    def enclose(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if permission and not holds(actor, permission):
                raise Http404(permission)
            try:
                return view(request, actor, *args, **kwargs)
            except NotFound as missing:
                raise Http404(str(missing)) from missing

        return guarded

    return enclose
