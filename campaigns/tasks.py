"""Table of contents: the tasks of the campaigns app, where Celery looks for them."""

from campaigns.results.fetching.tasks import fetch_figures

__all__ = ["fetch_figures"]
