"""The worker's part of backups: rung every minute, made once a night."""

from celery import shared_task
from django.utils import timezone

from crm.archive.backups.nightly import keep_nightly


@shared_task(name="crm.keep_backups")
def keep_backups() -> dict[str, str]:
    return keep_nightly(timezone.now)
