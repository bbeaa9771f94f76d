"""When it turns out that a post went out on another day, the hours of what was counted follow."""

import datetime as dt

from campaigns.approvals.models import LivePost
from campaigns.approvals.places import post_looked_at
from campaigns.results.models import PostSnapshot, hours_between
from crm.timeline.record import Actor


@post_looked_at("numbers")
def recount_hours(post: LivePost, at: dt.datetime, actor: Actor) -> None:
    """Hours since posting are kept beside each count so that reports find the nearest by index."""
    moved = []
    for row in post.snapshots.all():
        hours = hours_between(post.published_at, row.taken_at)
        if hours != row.hours:
            row.hours = hours
            moved.append(row)
    PostSnapshot.objects.bulk_update(moved, ["hours"])
