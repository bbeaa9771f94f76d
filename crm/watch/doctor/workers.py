"""Whether a worker is there to do what is rung for."""

from celery import current_app
from django.conf import settings

from crm.watch.findings import Finding

PATIENCE = 1.5


def answering() -> Finding:
    mend = "Start one: manage.py worker. Without any, cron may run manage.py tick every minute."
    if not settings.REDIS_URL:
        return Finding("workers", True, "cannot be asked without a Redis: look at clock", is_vital=False)
    try:
        there = current_app.control.ping(timeout=PATIENCE) or []
    except Exception as error:  # whatever a broker's library raises
        return Finding("workers", False, f"could not be asked ({type(error).__name__})", is_vital=False, mend=mend)
    return Finding("workers", bool(there), f"{len(there)} answer", is_vital=False, mend=mend)
