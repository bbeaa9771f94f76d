"""A yes without a signature is counted on for some days; then somebody has to look after it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.card_dues import due_about
from campaigns.planning.models import Collaboration, CollaborationQuerySet
from campaigns.planning.papers import HOLD_DAYS, UNSIGNED, held_until
from crm.base.zones import end_of_day
from crm.reminders.registry import Asked, Due, due

KIND = "collaboration.hold"
OFFERS_STAND = dt.timedelta(days=120)
"""An offer may name a later day than the week; nobody leaves one open for longer than a season."""
SETTLED = _("The contract is signed, or nobody holds it any more")


@due(KIND, label=_("Unsigned contracts"), of="campaigns.Collaboration", order=14, closes=True)
def unsigned(asked: Asked) -> Iterator[Due]:
    """Agreed and not signed: the last day her days are held. One query."""
    for card in _cards(asked).select_related("campaign__brand", "campaign__owner", "influencer", "party__contract"):
        until = held_until(card, card.party.contract) if card.party is not None else None
        on = until or card.campaign.end_on
        found = _due(card, on, "" if until else SETTLED)
        is_wanted = until is not None and (asked.from_at or found.due_at) <= found.due_at <= (
            asked.to_at or found.due_at
        )
        if asked.subjects is not None or is_wanted:
            yield found


def _cards(asked: Asked) -> CollaborationQuerySet:
    rows = Collaboration.objects.all() if asked.user is None else Collaboration.objects.visible_to(asked.user)
    if asked.subjects is not None:
        return rows.filter(pk__among=asked.subjects).order_by("pk")
    held = rows.promised().filter(party__contract__status__in=UNSIGNED, promised_at__isnull=False)
    week = dt.timedelta(days=HOLD_DAYS + 2)
    if asked.from_at is not None:
        held = held.filter(promised_at__gte=asked.from_at - week - OFFERS_STAND)
    if asked.to_at is not None:
        held = held.filter(promised_at__lte=asked.to_at)
    return held.order_by("pk")


def _due(card: Collaboration, on: dt.date, stopped_why: Any) -> Due:
    return due_about(
        card,
        kind=KIND,
        due_on=on,
        due_at=end_of_day(on, card.campaign.zone),
        title=_("Agreed, but the contract is not signed"),
        url=f"{reverse('collaboration', args=[card.pk])}#contract",
        verb=_("See the contract"),
        icon="file-earmark-text",
        stopped_why=stopped_why,
        facts={"owner": card.campaign.owner.name},
    )
