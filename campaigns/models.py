"""Table of contents: every model of the campaigns app."""

from campaigns.planning.models import Campaign, Collaboration, Deliverable

__all__ = ["Campaign", "Collaboration", "Deliverable"]
