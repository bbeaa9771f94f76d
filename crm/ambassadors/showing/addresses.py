"""Where the pages of a deal are: one place that knows their names, for everything that leads there."""

from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal


def of_deal(deal: AmbassadorDeal, name: str) -> str:
    return reverse(f"ambassador-{name}", args=[deal.pk])


def of_period(deal_id: int, number: int) -> str:
    return reverse("ambassador-period", args=[deal_id, number])


def to_note_a_post(deal_id: int, number: int) -> str:
    return reverse("ambassador-posted", args=[deal_id, number])
