"""A version that was handed in is put before those who say yes."""

import datetime as dt

from campaigns.approvals.deciding.opening import open_review
from campaigns.approvals.models import ContentVersion
from campaigns.approvals.places import version_handed_in
from crm.timeline.record import Actor


@version_handed_in("review", order=10)
def begin(version: ContentVersion, at: dt.datetime, actor: Actor) -> None:
    """Its review begins, and what waited before it is replaced."""
    open_review(version, at=at, actor=actor)
