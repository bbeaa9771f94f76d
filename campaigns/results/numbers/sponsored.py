"""How followers react to what she is paid for, beside what they do otherwise (domain rule R1-62).

Derived from the posts of campaigns whenever it is asked for; nothing is written back to the account.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, median

from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.waiting import FIRST_WEEK, earliest

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Sponsored:
    """Rates in percent over posts with likes, comments and followers known; of each post the count nearest seven days."""

    posts: int
    mean: Decimal
    median: Decimal


def sponsored_rates(accounts: Collection[int]) -> dict[int, Sponsored]:
    """{account id: likes and comments per follower of sponsored posts}. One query; accounts without any are left out."""
    rows = PostSnapshot.objects.standing().filter(
        live_post__deliverable__account__in=set(accounts), hours__gte=earliest(24), likes__isnull=False,
        comments__isnull=False, followers__gt=0,
    ).order_by()  # fmt: skip
    nearest: dict[int, tuple[int, int, Decimal]] = {}
    columns = ("live_post_id", "live_post__deliverable__account_id", "hours", "likes", "comments", "followers")
    for post, account, hours, likes, comments, followers in rows.values_list(*columns):
        rate = Decimal(likes + comments) * HUNDRED / Decimal(followers)
        off = abs(hours - FIRST_WEEK)
        if post not in nearest or off < nearest[post][0]:
            nearest[post] = (off, account, rate)
    by_account: dict[int, list[Decimal]] = {}
    for _off, account, rate in nearest.values():
        by_account.setdefault(account, []).append(rate)
    return {
        pk: Sponsored(len(rates), Decimal(str(round(fmean(rates), 4))), median(rates))
        for pk, rates in by_account.items()
    }
