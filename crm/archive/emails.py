"""Where the button of this room's messages leads."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from crm.archive.letters import BACKUP_FAILED
from crm.outbox.late import late_field
from crm.outbox.models import Email

__all__ = ["BACKUP_FAILED"]


@late_field("status_page")
def status_page(email: Email, params: dict[str, Any]) -> str:
    """No secret: it asks who is there."""
    return f"{settings.BASE_URL}{reverse('status')}"
