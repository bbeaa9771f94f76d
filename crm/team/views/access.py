"""Who is asking."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponseBase

from crm.team.models import User

View = Callable[..., HttpResponseBase]


def me(request: HttpRequest) -> User:
    """The colleague behind a request that has passed `login_required`."""
    return cast(User, request.user)


def needs(verb: str) -> Callable[[View], View]:
    """Strangers sign in first; colleagues without the verb get a 403."""

    def guard(view: View) -> View:
        guarded: Any = permission_required(verb, raise_exception=True)(view)
        return cast(View, login_required(guarded))

    return guard
