"""How many followers an account had on the day a post went out: of what was counted, the nearest."""

import datetime as dt
from collections.abc import Sequence

from campaigns.approvals.models import LivePost
from crm.influencers.models import MetricSnapshot, SocialAccount


def followers_at(posts: Sequence[LivePost]) -> dict[int, int]:
    """{post id: followers}, where any are known. Two queries for all posts.

    The account is the one the post was planned for, else her largest on that platform.
    """
    accounts = _accounts(posts)
    counted: dict[int, list[tuple[dt.datetime, int]]] = {}
    rows = MetricSnapshot.objects.standing().filter(account__in=set(accounts.values()), followers__isnull=False)
    for owner, taken_at, count in rows.values_list("account_id", "taken_at", "followers"):
        counted.setdefault(owner, []).append((taken_at, count or 0))
    current: dict[int, int | None] = dict(
        SocialAccount.objects.filter(pk__in=set(accounts.values()), followers__isnull=False).values_list(
            "pk", "followers"
        )
    )
    found: dict[int, int] = {}
    for post in posts:
        account = accounts.get(post.pk)
        known = counted.get(account, []) if account is not None else []
        nearest = min(known, key=lambda one: abs(one[0] - post.published_at), default=None)
        followers = nearest[1] if nearest is not None else current.get(account or 0)
        if followers is not None:
            found[post.pk] = followers
    return found


def _accounts(posts: Sequence[LivePost]) -> dict[int, int]:
    """{post id: account id}."""
    people = {post.deliverable.collaboration.influencer_id for post in posts}
    largest: dict[tuple[int, int], int] = {}
    rows = SocialAccount.objects.filter(influencer__in=people).largest_first()
    for person, platform, pk in rows.values_list("influencer_id", "platform_id", "pk"):
        largest.setdefault((person, platform), pk)
    found: dict[int, int] = {}
    for post in posts:
        made = post.deliverable
        own = made.account_id if post.is_first else None
        account = own or largest.get((made.collaboration.influencer_id, post.platform_id))
        if account is not None:
            found[post.pk] = account
    return found
