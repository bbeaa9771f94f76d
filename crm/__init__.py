"""Relationships: who people are, what was agreed with them, what they may not do."""

from typing import Any

__version__ = "0.1.0"
"""The release; pyproject.toml says the same."""


def __getattr__(name: str) -> Any:
    """`celery -A crm` asks for `app`. Loaded only then: the process that watches over all others stays small."""
    if name != "app":
        raise AttributeError(f"module 'crm' has no attribute {name!r}")
    from crm.config.celery import app

    return app
