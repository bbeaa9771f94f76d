"""The worker's part: ask platforms for what is due. May be rung twice or late; each post and mark is asked about once."""

from celery import shared_task
from django.utils import timezone

from campaigns.results.fetching.fetching import fetch_due


@shared_task(name="campaigns.fetch_figures")
def fetch_figures() -> dict[str, int]:
    return dict(fetch_due(timezone.now))
