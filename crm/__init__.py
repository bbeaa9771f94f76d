"""Relationships: who people are, what was agreed with them, what they may not do."""

from typing import Any

from crm.base.release import VERSION as __version__

__all__ = ["__version__"]


def __getattr__(name: str) -> Any:
    """`celery -A crm` asks for `app`. Loaded only then: the process that watches over all others stays small."""
    if name != "app":
        raise AttributeError(f"module 'crm' has no attribute {name!r}")
    from crm.config.celery import app

    return app
