"""The outbox on other pages: how a message reads on WhatsApp, and who passed it on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.places import panel
from crm.outbox.hand_over import to_read, why_not
from crm.outbox.models import Email


@panel("email/by-hand", order=5)
def by_hand(request: HttpRequest, email: Email) -> tuple[str, dict[str, Any]] | None:
    """Beside every message to a partner."""
    user: Any = request.user
    if email.is_handed_over or not email.is_to_partner or not user.has_perm("crm.tell_influencer"):
        return None
    passing = to_read(email)
    context = {"email": email, "passing": passing, "why_not": why_not(email, timezone.now())}
    return "crm/outbox/pass_on_panel.html", context
