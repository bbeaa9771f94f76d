"""The round of one card that goes on, held while somebody changes it; and the tasks that hang on it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration
from campaigns.planning.models.told import Refused
from crm.base.zones import end_of_day, local_date
from crm.exclusivity.gate import gate
from crm.reminders.models import Todo
from crm.reminders.settled import stop_asking
from crm.reminders.todos import leave_todo, settle_todo
from crm.timeline.record import Actor, subject_of

ASKS = "offer_asks"
"""What stands before the key of a task that waits for our answer; while it is open nobody reminds her."""

NOTHING_OPEN = _("This offer is not open any more. Nothing was changed.")


def stored(card: Collaboration) -> Collaboration:
    """The card as it is now, held until the transaction ends."""
    rows = Collaboration.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__brand", "campaign__owner", "influencer").get(pk=card.pk)


def standing_offer(card: Collaboration) -> Offer | None:
    """The round of this card that goes on, held."""
    found = Offer.objects.select_for_update(of=("self",)).standing().filter(collaboration=card).first()
    if found is not None:
        found.collaboration = card
    return found


@contextmanager
def round_of(card: Collaboration) -> Iterator[Offer]:
    """The round that goes on, with its person and card held. Raises Refused when there is none any more."""
    with gate([card.influencer_id]):
        found = standing_offer(stored(card))
        if found is None:
            raise Refused(card, NOTHING_OPEN)
        yield found


def leave(
    card: Collaboration, what: str, kind: str, sentence: Any, at: dt.datetime, *, quote: str = "",
    params: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """A task for the campaign's owner, due today: somebody waits."""
    owner = card.campaign.owner
    leave_todo(
        f"{ASKS}:{card.pk}/{what}", sentence, language=owner.language,
        params={"name": card.influencer.stage_name, "campaign": card.campaign.name, **(params or {})}, kind=kind,
        quote=quote, due_at=end_of_day(local_date(at, owner.zone), owner.zone), owner=owner,
        influencer_ref=card.influencer_id, influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id, subject=subject_of(card), subject_label=str(card)[:200],
        url=f"{reverse('collaboration', args=[card.pk])}#offers",
    )  # fmt: skip


def answered(card: Collaboration, at: dt.datetime, actor: Actor) -> None:
    """Nothing waits for us or for her any more: our tasks about it are done, her reminders stop."""
    settle_tasks(card, at)
    stop_asking([subject_of(card)], at)


def settle_tasks(card: Collaboration, at: dt.datetime) -> None:
    for todo in Todo.objects.open().filter(key__startswith=f"{ASKS}:{card.pk}/"):
        settle_todo(todo, by=None, at=at)
