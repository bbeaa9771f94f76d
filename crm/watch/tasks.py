"""The worker's part: tell outside what came out well."""

from celery import shared_task
from django.utils import timezone

from crm.watch.heartbeats import tell_all


@shared_task(name="crm.tell_outside")
def tell_outside() -> dict[str, int]:
    return dict(tell_all(timezone.now))
