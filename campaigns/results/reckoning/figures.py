"""The figures of every post of some campaigns, nearest to one mark, in a fixed number of queries however many there are."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.db.models import F, Subquery, Value, Window
from django.db.models.functions import Abs, Coalesce, RowNumber
from django.utils.translation import get_language

from campaigns.approvals.models import LivePost
from campaigns.approvals.models.publishing import LivePostQuerySet
from campaigns.results.formulas import Counts
from campaigns.results.models import PostSnapshot
from campaigns.results.models.snapshots import MARKS, PostSnapshotQuerySet
from campaigns.results.reckoning.accounts import Known, known_of_accounts
from campaigns.results.reckoning.shape import PostFigure
from crm.base.models import Organisation
from crm.influencers.models import Tier
from crm.influencers.tiers import Ladder

USUAL = MARKS[2]
PARTS = ("followers", *PostSnapshot.COUNTS, *PostSnapshot.FEELINGS)
KNOWN, NOT_OF_POSTS = len(PARTS) - len(PostSnapshot.FEELINGS), (None,)
"""Orders stand between what was counted and what was felt in Counts, and are no part of the numbers of a post."""
CARD = "deliverable__collaboration"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one post nearest to the mark."""

    hours: int
    taken_at: dt.datetime
    source: str
    counts: Counts


def post_figures(campaigns: Collection[int], mark: int = USUAL, at: dt.datetime | None = None) -> list[PostFigure]:
    """Every post that went out for these campaigns, the first one first, with the standing numbers nearest to the mark.

    Of two that are as near the earlier one counts. Where the mark is not reached yet these are the newest; where nobody
    counted anything the post stands without. Four queries. `at` leaves out what was counted later.
    """
    return figures_of(LivePost.objects.filter(**{f"{CARD}__campaign__in": list(campaigns)}), mark, at)


def figures_of(rows: LivePostQuerySet, mark: int = USUAL, at: dt.datetime | None = None) -> list[PostFigure]:
    """The same of any posts: those of one person, or of one contract."""
    counted = nearest(PostSnapshot.objects.standing().filter(live_post__in=rows.order_by()), mark, at)
    known = known_of_accounts(rows.order_by().values("deliverable__account_id"))
    ladder = house_ladder()
    tier_of = cache(ladder.tier)
    return [_figure(post, counted.get(post.pk), known.get(post.account or 0), tier_of) for post in _posts(rows)]


def nearest(rows: PostSnapshotQuerySet, mark: int, at: dt.datetime | None = None) -> dict[int, Counted]:
    """By post; one query: the database picks the row."""
    if at is not None:
        rows = rows.filter(taken_at__lte=at)
    order = [Abs(F("hours") - mark).asc(), F("hours").asc(), F("taken_at").asc(), F("id").asc()]
    place = Window(RowNumber(), partition_by=[F("live_post_id")], order_by=order)
    found = rows.annotate(place=place).filter(place=1).order_by()
    columns = found.values_list("live_post_id", "hours", "taken_at", "source", *PARTS)
    return {
        post: Counted(hours, taken_at, source, Counts(*parts[:KNOWN], *NOT_OF_POSTS, *parts[KNOWN:]))  # type: ignore[call-arg]
        for post, hours, taken_at, source, *parts in columns.iterator(chunk_size=5_000)
    }


class Post(NamedTuple):
    """What a figure names its post by."""

    pk: int
    deliverable: int
    url: str
    published_at: dt.datetime
    account: int | None
    title: str
    card: int
    campaign: int
    person: int
    name: str
    platform: str
    platform_name: str
    format: str
    format_name: str


def _posts(rows: LivePostQuerySet) -> list[Post]:
    """One query. Somebody found to be somebody else counts as that one."""
    name = "name_id" if get_language() == "id" else "name_en"
    columns = (
        "pk", "deliverable_id", "url", "published_at", "deliverable__account_id", "deliverable__title", f"{CARD}_id",
        f"{CARD}__campaign_id", Coalesce(f"{CARD}__influencer__merged_into_id", f"{CARD}__influencer_id"),
        Coalesce(f"{CARD}__influencer__merged_into__stage_name", f"{CARD}__influencer__stage_name"),
        "platform__code", "platform__name", "deliverable__format__code", f"deliverable__format__{name}",
    )  # fmt: skip
    found = rows.order_by("published_at", "pk").values_list(*columns)
    return [Post(*row) for row in found.iterator(chunk_size=5_000)]


def _figure(
    post: Post, counted: Counted | None, account: Known | None, tier_of: Callable[[int | None], Tier | None]
) -> PostFigure:
    counts = counted.counts if counted else Counts()
    tier = tier_of(counts.followers or (account.followers if account else None))
    return PostFigure(
        post=post.pk, deliverable=post.deliverable, card=post.card, campaign=post.campaign, person=post.person,
        name=post.name, title=post.title or post.format_name, url=post.url, platform=post.platform,
        platform_name=post.platform_name, format=post.format, format_name=post.format_name,
        tier=tier.code if tier else "", tier_name=tier.name if tier else "", published_at=post.published_at,
        hours=counted.hours if counted else None, taken_at=counted.taken_at if counted else None,
        source=counted.source if counted else "", counts=counts, account=account,
    )  # fmt: skip


def house_ladder() -> Ladder:
    """The tiers of the scheme the house uses, lowest first; one query."""
    chosen = Organisation.objects.filter(pk=1).values("tier_scheme")[:1]
    scheme = Coalesce(Subquery(chosen), Value("marketeers"))
    return Ladder(tuple(Tier.objects.filter(scheme__code=scheme).order_by("low", "pk")))
