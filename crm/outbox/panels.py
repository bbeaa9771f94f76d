"""The outbox on other pages: how a message reads on WhatsApp, and who passed it on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.models import Organisation
from crm.base.places import panel
from crm.outbox.hand_over import to_read, why_not
from crm.outbox.models import Email


@panel("today-top/mail", order=1)
def mail_is_stopped(request: HttpRequest, user: Any) -> tuple[str, dict[str, Any]] | None:
    """On Today of whoever may start it again: after a restore or an import nobody else would."""
    stopped = Organisation.objects.filter(mail_paused_at__isnull=False) if user.has_perm("crm.pause_mail") else None
    house = stopped.first() if stopped is not None else None
    return ("crm/outbox/stopped_panel.html", {"house": house}) if house else None


@panel("email/by-hand", order=5)
def by_hand(request: HttpRequest, email: Email) -> tuple[str, dict[str, Any]] | None:
    """Beside every message to a partner."""
    user: Any = request.user
    if email.is_handed_over or not email.is_to_partner or not user.has_perm("crm.tell_influencer"):
        return None
    passing = to_read(email)
    context = {"email": email, "passing": passing, "why_not": why_not(email, timezone.now())}
    return "crm/outbox/pass_on_panel.html", context
