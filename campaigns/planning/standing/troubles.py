"""What keeps the posts of a period from being planned, as a task for whoever looks after the programme."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.models.promises import PromiseHeld
from crm.ambassadors.models import DealPeriod
from crm.base.zones import end_of_day
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.record import subject_of

HELD = _("The posts of period %(number)s could not be planned: an exclusivity promise stands against them")


def key_of(period: DealPeriod) -> str:
    return f"quota_posts:{period.pk}"


def ask_about(period: DealPeriod, campaign: Campaign, held: PromiseHeld) -> None:
    """One task for one period, however often planning it is tried."""
    deal, owner = period.deal, campaign.owner
    why = "; ".join(str(one.engagement.label) for one in held.conflicts)[:300]
    leave_todo(
        key_of(period), HELD, language=owner.language, params={"number": period.number}, kind=Todo.Kind.CHECK, quote=why,
        owner=owner, due_at=end_of_day(period.first_on, deal.contract.zone), influencer_ref=deal.influencer_id,
        influencer_label=deal.influencer.stage_name, brand_ref=campaign.brand_id, subject=subject_of(deal),
        subject_label=str(deal)[:200], url=reverse("influencer", args=[deal.influencer_id]),
    )  # fmt: skip


def no_longer_asked(period: DealPeriod, at: dt.datetime) -> None:
    """They are planned now: nobody has to look after them."""
    Todo.objects.open().filter(key=key_of(period)).update(done_at=at, updated_at=at)
