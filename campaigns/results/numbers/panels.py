"""Numbers on other pages: those of a card's posts, how old they are on a board, and whether a campaign has them all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.approvals.models import LivePost
from campaigns.planning.marks import Mark
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import StillOpen, card_marks, card_rides, wrapped_facts
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers import insights  # noqa: F401  puts itself into the places of what is paid
from campaigns.results.numbers.ages import age_of
from campaigns.results.numbers.matrix import rows_of
from campaigns.results.numbers.waiting import FIRST_WEEK, earliest, posts_of, with_counted
from crm.base.places import panel
from crm.team.views.access import me

RIDE = "numbers_at"


@panel("collaboration/numbers", order=13)
def numbers_panel(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Each post with what is there and how old it is. Three queries, one where nothing is out."""
    if not me(request).has_perm("campaigns.view_report"):
        return None
    posts = LivePost.objects.filter(deliverable__collaboration=card).with_card().order_by("published_at", "pk")
    rows = rows_of(list(posts), timezone.now()) if posts else []
    return ("campaigns/results/numbers/card_panel.html", {"rows": rows}) if rows else None


@card_rides("numbers")
def newest_of_card() -> dict[str, Any]:
    """When the newest numbers of each card were counted."""
    rows = PostSnapshot.objects.standing().filter(live_post__deliverable__collaboration=OuterRef("pk"))
    return {RIDE: Subquery(rows.newest_first().values("taken_at")[:1])}


@card_marks("numbers", order=80)
def age_marks(cards: Sequence[Collaboration], now: datetime) -> dict[int, list[Mark]]:
    """How old the newest numbers of a card are. Asks nothing: what the row brought along."""
    return {card.pk: [_mark(at, now)] for card in cards if (at := getattr(card, RIDE, None)) is not None}


def _mark(at: datetime, now: datetime) -> Mark:
    known = age_of(at, now)
    return Mark(_("Numbers %(age)s") % {"age": known.words}, "warn" if known.is_stale else "", "bar-chart-line")


@wrapped_facts("numbers")
def all_here(campaign: Campaign) -> StillOpen | None:
    """Whether each post was counted at the end of its first week, a story at the end of its day. One query."""
    posts: list[Any] = list(with_counted(posts_of(campaign.pk).standing()).select_related("deliverable__format"))
    if not posts:
        return None
    lacking = sum(1 for post in posts if not _is_counted(post))
    words = ngettext("%(n)d post lacks its numbers.", "%(n)d posts lack their numbers.", lacking) % {"n": lacking}
    return StillOpen(words, reverse("campaign-numbers", args=[campaign.pk])) if lacking else StillOpen()


def _is_counted(post: Any) -> bool:
    return bool(post.counted) and (not post.lasts or post.counted_hours >= earliest(FIRST_WEEK))
