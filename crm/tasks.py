"""Table of contents: the tasks of the crm app, where Celery looks for them."""

from crm.influencers.tasks import import_influencers
from crm.reminders.tasks import run_tick

__all__ = ["import_influencers", "run_tick"]
