"""Facts of working together, told of whoever a card's person goes on as."""

import datetime as dt

from campaigns.planning.models import Collaboration
from crm.timeline.record import subject_of
from crm.vetting.facts import Kind, Number, note_fact

HOUR = dt.timedelta(hours=1)


def tell_fact(card: Collaboration, kind: str, amount: Number, ref: str, at: dt.datetime, *, what: str = "") -> None:
    """A fact about `what`, under its campaign's name. In the caller's transaction."""
    label = f"{what}, {card.campaign.name}" if what else card.campaign.name
    note_fact(
        card.influencer.merged_into_id or card.influencer_id, card.campaign.brand_id, kind, amount, ref=ref,
        work=subject_of(card), label=label, happened_at=at,
    )  # fmt: skip


def tell_answer(
    card: Collaboration, ref: str, asked_at: dt.datetime, answered_at: dt.datetime, *, what: str = ""
) -> None:
    """How long she took from a question to her answer."""
    hours = max(dt.timedelta(0), answered_at - asked_at) / HOUR
    tell_fact(card, Kind.ANSWER_HOURS, hours, ref, answered_at, what=what)
