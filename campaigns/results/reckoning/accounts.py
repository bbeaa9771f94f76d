"""What is known of the accounts that posted, whatever they posted: the other side of several comparisons."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from crm.influencers.models import MetricSnapshot
from crm.influencers.rates import Counts


@dataclass(frozen=True, slots=True)
class Known:
    """The newest averages over all of an account's posts, as its own page shows them."""

    followers: int | None
    public: Decimal | None
    reach_rate: Decimal | None


def known_of_accounts(accounts: "QuerySet[Any, Any]") -> dict[int, Known]:
    """By account, of a query of their ids; one query: the database picks the newest of each."""
    place = Window(RowNumber(), partition_by=[F("account_id")], order_by=[F("taken_at").desc(), F("id").desc()])
    rows = MetricSnapshot.objects.standing().filter(account__in=accounts, nature=MetricSnapshot.Nature.OVERALL)
    found = rows.annotate(place=place).filter(place=1).order_by()
    columns = found.values_list("account_id", "followers", "likes", "comments", "reach")
    return {account: _known(*parts) for account, *parts in columns}


def _known(followers: int | None, likes: int | None, comments: int | None, reach: int | None) -> Known:
    counts = Counts(followers=followers, likes=likes, comments=comments, reach=reach)
    return Known(followers, counts.public, counts.reach_rate)
