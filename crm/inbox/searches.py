"""Received mail in the search of the whole house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.places import Found, searchable
from crm.inbox.models import InboundMail
from crm.team.models import User


@searchable("inbox", label=_("Received mail"), order=60)
def find_received(user: User, words: str, limit: int) -> list[Found]:
    """Mail whose sender, subject or words contain these, newest first."""
    if not user.has_perm("crm.view_inbox"):
        return []
    rows = InboundMail.objects.visible_to(user).saying(words).order_by("-received_at", "-pk")
    return [
        Found(mail.subject or mail.sender, mail.sender, reverse("inbox-mail", args=[mail.pk]), "inbox")
        for mail in rows.defer("whole_text", "facts", "text")[:limit]
    ]
