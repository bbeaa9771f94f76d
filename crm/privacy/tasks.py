"""The worker's part of privacy: a thin shell that may be rung twice, late, or for a request long answered."""

from celery import shared_task
from django.utils import timezone

from crm.outbox.tasks import call_on_commit
from crm.privacy.models import PrivacyRequest
from crm.privacy.own import building


@shared_task(name="crm.write_her_file")
def write_her_file(request_id: int) -> bool:
    """Put together what we know about a person."""
    return building.write(request_id, timezone.now)


def call_for(asked: PrivacyRequest) -> None:
    """Call a worker for one request once it is stored."""
    call_on_commit(write_her_file, request_id=asked.pk)
