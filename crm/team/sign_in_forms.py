"""The second step of signing in: django-allauth's forms, which say how long to wait after too many codes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError


class _Waiting:
    """Codes of one person are counted together, from whichever browser they are typed."""

    user: Any

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as refused:
            if refused.code != "too_many_login_attempts":
                raise
            key = f"mfa-auth-user-{self.user.pk}"
            raise get_adapter(context.request).too_often(context.request, key) from refused


class CodeForm(_Waiting, AuthenticateForm):
    pass


class AgainForm(_Waiting, ReauthenticateForm):
    pass
