"""Everybody outside who is asked in one campaign: those its stages name, those who were asked, and what waits for each."""

from dataclasses import dataclass

from campaigns.approvals.guests.waiting import waiting_for
from campaigns.approvals.models import ReviewGuest
from campaigns.planning.models import Campaign


@dataclass(frozen=True)
class OnRoll:
    """One guest of a campaign."""

    guest: ReviewGuest
    waits: int
    links: int
    opens: bool


def roll_of(campaign: Campaign) -> list[OnRoll]:
    """The guests of a campaign by their names, each with what waits; those who were never asked have no row yet."""
    rows = ReviewGuest.objects.filter(campaign=campaign).select_related("contact").prefetch_related("links")
    opening = set(ReviewGuest.objects.opening().filter(campaign=campaign).values_list("pk", flat=True))
    ordered = sorted(rows, key=lambda one: (one.contact.name.casefold(), one.pk))
    return [
        OnRoll(
            guest, waiting_for(guest).count() if guest.pk in opening else 0, len(guest.links.all()), guest.pk in opening
        )
        for guest in ordered
    ]
