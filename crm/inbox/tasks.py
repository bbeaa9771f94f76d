"""The worker's part: read the mailbox. May ring twice or late; one reader reads at a time."""

from celery import shared_task
from django.utils import timezone

from crm.inbox.reading import read_mailbox


@shared_task(name="crm.read_mailbox")
def read_the_mailbox() -> dict[str, int]:
    """Read what is new in the house's mailbox; nothing at all while none is named."""
    return dict(read_mailbox(timezone.now))
