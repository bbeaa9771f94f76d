"""Relationships: who people are, what was agreed with them, what they may not do."""

from crm.config.celery import app as celery_app

__all__ = ["celery_app"]
