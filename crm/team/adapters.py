"""How Mitra bends django-allauth: nobody signs up, and its letters go through the outbox."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.team.emails import send_notice, send_password_reset
from crm.team.locks import too_often
from crm.team.models import User

log = structlog.get_logger(__name__)

NOTICES: dict[str, tuple[Any, Any]] = {
    "account/email/password_changed": (
        _("Your password was changed"),
        _("Your password for Mitra was changed on %(when)s."),
    ),
    "account/email/password_reset": (
        _("Your password was changed"),
        _("A new password for Mitra was set by e-mail on %(when)s."),
    ),
    "account/email/password_set": (
        _("Your password was set"),
        _("A password for Mitra was set on %(when)s."),
    ),
    "mfa/email/totp_activated": (
        _("Authenticator app added"),
        _("An authenticator app now protects your sign-in, since %(when)s."),
    ),
    "mfa/email/totp_deactivated": (
        _("Authenticator app removed"),
        _("The authenticator app was removed from your sign-in on %(when)s."),
    ),
    "mfa/email/recovery_codes_generated": (
        _("New recovery codes"),
        _("New recovery codes were made on %(when)s. The old ones no longer work."),
    ),
    "mfa/email/webauthn_added": (
        _("Passkey added"),
        _("A passkey or security key was added to your account on %(when)s."),
    ),
    "mfa/email/webauthn_removed": (
        _("Passkey removed"),
        _("A passkey or security key was removed from your account on %(when)s."),
    ),
}


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is closed; every letter is a row of the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not go together."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """An address that cannot even be taken apart (`http://[`) is none of ours."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Say how long to wait after too many passwords, in the same words whether the address is known or not."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise self.too_often(request, key) from refused

    def too_often(self, request: HttpRequest, key: str) -> ValidationError:
        """The refusal of one more password or code, with how long to wait."""
        return too_often(request, key, timezone.now())

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        send_password_reset(user, timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        notice, message = NOTICES[template_prefix]
        send_notice(user, notice, message, timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No other letter exists: addresses nobody uses hear nothing, and the page says the same for both."""
        log.info("letter_not_sent", letter=template_prefix)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")
