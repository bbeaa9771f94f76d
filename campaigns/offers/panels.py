"""Offers on other pages: the rounds on a collaboration, a mark on the card, what open offers commit."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from campaigns.offers import bulk  # noqa: F401  puts itself into the place of work on cards
from campaigns.offers.actions import deciding  # noqa: F401  puts itself into the tick
from campaigns.offers.models import Offer
from campaigns.offers.rounds import rounds_of
from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration
from campaigns.planning.places import Commitment, card_marks, card_rides, commits
from crm.base.formats import day_words, money_short
from crm.base.places import panel
from crm.base.zones import local_date

CURRENT = (Offer.Status.OPEN, Offer.Status.COUNTERED, Offer.Status.LAPSED)


@panel("collaboration/offers", order=5)
def offers_panel(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """What was offered and answered, round by round, with what can be done next.

    Who is agreed without an offer needs none.
    """
    rounds = rounds_of(card)
    if not (rounds.rounds or rounds.may_offer):
        return None
    return "campaigns/offers/panel.html", {"card": card, "rounds": rounds}


RIDES = ("status", "her_fee", "her_fee_currency", "her_words", "sent_at", "answer_by_on")


@card_rides("offer")
def newest_round() -> dict[str, Any]:
    """What the marks say of each card's newest round."""
    newest = Offer.objects.filter(collaboration=OuterRef("pk")).order_by("-pk")
    return {f"offer_{column}": Subquery(newest.values(column)[:1]) for column in RIDES}


@card_marks("offer", order=10)
def offer_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Asked 2 days ago, answer by 29 Nov; she wants Rp3 jt: of each card the newest round.

    One query for all, none where it rode along.
    """
    asked = {card.pk: card for card in cards if not (card.is_promised or card.is_off)}
    newest = _newest(asked) if asked else {}
    return {pk: _marks(row, asked[pk], now) for pk, row in newest.items() if row.status in CURRENT}


def _newest(asked: dict[int, Collaboration]) -> dict[int, Offer]:
    """The newest round of each card: as the board brought it along, else asked."""
    if not all(hasattr(card, "offer_status") for card in asked.values()):
        rows = Offer.objects.filter(collaboration__among=asked).order_by("pk")
        return {row.collaboration_id: row for row in rows}
    return {pk: _brought(card) for pk, card in asked.items() if getattr(card, "offer_status") is not None}  # noqa: B009


def _brought(card: Any) -> Offer:
    fee = card.offer_her_fee
    newest = Offer(
        collaboration=card,
        status=card.offer_status,
        her_words=card.offer_her_words,
        sent_at=card.offer_sent_at,
        answer_by_on=card.offer_answer_by_on,
    )
    newest.her_fee = None if fee is None else Money(fee, card.offer_her_fee_currency)
    return newest


def _marks(offer: Offer, card: Collaboration, now: dt.datetime) -> list[Mark]:
    if offer.status == Offer.Status.COUNTERED:
        asks = money_short(offer.her_fee) if offer.her_fee is not None else f"“{offer.her_words[:30]}”"
        return [Mark(_("She wants %(asks)s") % {"asks": asks}, "warn", "cash", "us")]
    if offer.status == Offer.Status.LAPSED:
        return [Mark(_("Offer ran out"), "warn", "hourglass-bottom", "us")]
    zone = card.campaign.zone
    marks = [Mark(asked_ago((local_date(now, zone) - local_date(offer.sent_at, zone)).days), "info", "send", "her")]
    if offer.answer_by_on is not None:
        by = _("Answer by %(day)s") % {"day": day_words(offer.answer_by_on, "brief")}
        marks.append(Mark(by, "", "calendar3"))
    return marks


def asked_ago(days: int) -> str:
    if days <= 0:
        return _("Asked today")
    return ngettext("Asked %(n)d day ago", "Asked %(n)d days ago", days) % {"n": days}


@commits("offers")
def open_offers(campaigns: Collection[int]) -> Iterable[Commitment]:
    """What is offered and not answered, and a yes that could not be taken at once: of each card the newest."""
    rows = Offer.objects.commit().filter(collaboration__campaign__in=campaigns, fee__isnull=False)
    newest = {row.collaboration_id: row for row in rows.select_related("collaboration").order_by("pk")}
    return [Commitment(row.collaboration.campaign_id, pk, row.fee) for pk, row in newest.items() if row.fee]
