"""Secrets for a new password."""

import datetime as dt

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from crm.team.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Dies with the old password, the next sign-in, a new address, and when the account is closed. Writes nothing."""

    key_salt = "crm.team.tokens.ResetTokens"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        seen: dt.datetime | str = user.last_login.replace(microsecond=0) if user.last_login else ""
        return f"{user.pk}{user.password}{seen}{timestamp}{user.email}{user.is_active}"


RESET_TOKENS = ResetTokens()
