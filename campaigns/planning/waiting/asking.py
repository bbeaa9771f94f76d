"""A parcel came so late that the days cannot follow by themselves: one task, until somebody has chosen."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Deliverable
from campaigns.planning.models.waiting import late_key
from campaigns.planning.waiting.words import days_in_words
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record, subject_of

AFTER_THE_CAMPAIGN = _("The parcel came %(days)s too late: %(what)s would fall after %(campaign)s")
AGAINST_A_PROMISE = _(
    "The parcel came %(days)s too late: on its new day %(what)s of %(campaign)s would break a promise"
)


def ask_somebody(row: Deliverable, days: int, why: str, *, at: dt.datetime, actor: Actor) -> Todo | None:
    """Leave the task and tell the story; nothing happens while it is open already."""
    card = row.collaboration
    owner = card.campaign.owner
    sentence = AGAINST_A_PROMISE if why else AFTER_THE_CAMPAIGN
    params = {"days": days_in_words(days), "what": row, "campaign": card.campaign}
    left = leave_todo(
        late_key(row.pk), sentence, language=owner.language, params=params, kind=Todo.Kind.CHECK,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone), owner=owner, influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name, brand_ref=card.campaign.brand_id, subject=subject_of(row),
        subject_label=str(card)[:200], url=reverse("deliverable-late", args=[row.pk]),
    )  # fmt: skip
    if left is not None:
        record(
            "deliverable.too_late", sentence, at=at, actor=actor, subject=row, params=params,
            influencer=card.influencer_id, brand=card.campaign.brand_id,
        )  # fmt: skip
    return left
