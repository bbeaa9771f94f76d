"""Sessions that are over, and from where colleagues signed in."""

import datetime as dt
from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from crm.base.places import Outlived, kept_for
from crm.team.models import Invitation


@kept_for(
    "sessions", label=_("Sessions that are over"), days=1, order=60,
    goes=_("A session nobody can use any more goes."),
)  # fmt: skip
def ended_sessions(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(Session.objects.filter(expire_date__lt=before), _end, _unnamed)


@kept_for(
    "sign_ins", label=_("Where colleagues signed in from"), days=400, order=61,
    goes=_("Address and browser of a sign-in go. What was done meanwhile stays in the audit."),
)  # fmt: skip
def old_sign_ins(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(UserSession.objects.filter(last_seen_at__lt=before).select_related("user"), _forget, _whose)


@kept_for(
    "invitations", label=_("Invitations nobody accepted"), days=90, order=62,
    goes=_("Name and address of somebody who was invited and never came go with the invitation."),
)  # fmt: skip
def dead_invitations(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(Invitation.objects.filter(accepted_at__isnull=True, expires_at__lt=before), _uninvite)


def _end(pks: Sequence[str]) -> int:
    Session.objects.filter(pk__in=pks).delete()
    return len(pks)


def _forget(pks: Sequence[int]) -> int:
    """Whoever has not been seen for so long is signed out as well."""
    rows = UserSession.objects.filter(pk__in=pks)
    Session.objects.filter(pk__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()
    return len(pks)


def _uninvite(pks: Sequence[int]) -> int:
    Invitation.objects.filter(pk__in=pks).delete()
    return len(pks)


def _unnamed(session: Session) -> tuple[str, str]:
    """A session's key is as good as a password: it is shown to nobody."""
    return f"{session.expire_date:%Y-%m-%d %H:%M}", ""


def _whose(seen: UserSession) -> tuple[str, str]:
    return f"{seen.user}, {seen.last_seen_at:%Y-%m-%d}", ""
