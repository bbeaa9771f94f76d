"""What other pages know of a review: the mark on a card, and where a draft is looked at."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from campaigns.approvals.models import ContentVersion, Review
from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.places import card_marks, card_rides, review_page
from crm.base.formats import age

LONG = dt.timedelta(days=1)


@card_marks("review", order=45)
def waits_for_us(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """What waits for our word for a day or longer, or longer than we said. One query for all, none where it rode along."""
    found = {
        row.pk: _mark(row.review_since, row.review_due, now) for row in _read(cards) if row.review_since is not None
    }
    return {pk: [mark] for pk, mark in found.items() if mark is not None}


def _mark(since: dt.datetime, due: dt.datetime | None, now: dt.datetime) -> Mark | None:
    is_late = due is not None and due < now
    if not is_late and now - since < LONG:
        return None
    return Mark(_("With us for %(time)s") % {"time": age(since, now)}, "bad" if is_late else "info", "hourglass-split")


@card_rides("review")
def since_when() -> dict[str, Any]:
    """The review that is due first of all that wait: since when, and until when."""
    waiting = (
        Review.objects.waiting().filter(version__deliverable__collaboration=OuterRef("pk")).order_by("due_at", "pk")
    )
    return {
        "review_since": Subquery(waiting.values("opened_at")[:1]),
        "review_due": Subquery(waiting.values("due_at")[:1]),
    }


def _read(cards: Sequence[Collaboration]) -> Iterable[Any]:
    """The cards as the board brought them along, else asked."""
    if all(hasattr(card, "review_since") for card in cards):
        return cards
    asked = Collaboration.objects.filter(pk__in=[card.pk for card in cards if card.is_promised]).order_by()
    return asked.only("pk").annotate(**since_when())


@review_page("reviews")
def newest_version(deliverables: Sequence[Deliverable]) -> dict[int, int]:
    """The newest draft of each; one query, none where no draft came yet."""
    with_draft = [row.pk for row in deliverables if row.drafts]
    if not with_draft:
        return {}
    rows = ContentVersion.objects.drafts().filter(deliverable__in=with_draft).order_by("number")
    return dict(rows.values_list("deliverable_id", "pk"))
