"""The worker's part: thin shells that may be rung twice, late, or for a message long gone."""

from celery import shared_task
from django.utils import timezone

from crm.messages.actions import carry_on, take_up_stalled
from crm.messages.models import Message
from crm.outbox.tasks import call_on_commit


@shared_task(name="crm.carry_message_on")
def carry_message_on(message_id: int) -> None:
    """Look through everybody, or put everybody's message into the outbox, whichever is next."""
    carry_on(message_id, now=timezone.now())


@shared_task(name="crm.take_up_messages")
def take_up_messages() -> int:
    """Go on with messages whose worker died or was never called; how many there were."""
    return take_up_stalled(timezone.now())


def ring(message: Message) -> None:
    """Call a worker for a message to many."""
    call_on_commit(carry_message_on, message_id=message.pk)
