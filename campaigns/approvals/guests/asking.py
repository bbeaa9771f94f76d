"""Asking guests: one message a day for all that waits, soon after it waits and on the day it is due; a link when they want one."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.guests.actions import seat
from campaigns.approvals.guests.emails import LINK, STILL_WAITS, WAITS
from campaigns.approvals.guests.waiting import CAMPAIGN, in_motion, waiting_for, waiting_guests
from campaigns.approvals.models import Review, ReviewGuest, ReviewStep
from campaigns.planning.models import Campaign
from crm.base.zones import local_date
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.tasks import ring_on_commit
from crm.reminders.tick import upkeep
from crm.timeline.record import Actor, record, subject_of

SETTLES = dt.timedelta(minutes=10)
"""So long nothing new came for a guest before it is told, so that ten drafts approved in a row are one message."""
AT_LATEST = dt.timedelta(hours=1)


@upkeep("review_guests")
def keep_guests_asked(now: dt.datetime) -> Mapping[str, int]:
    """Whoever is asked has a place, and hears of what waits."""
    lay_seats()
    asked = sum(ask(guest, mails, now) is not None for guest, mails in guests_with_mails())
    return {"asked": asked} if asked else {}


def lay_seats() -> None:
    """A place for each guest whose turn it is for the first time in a campaign."""
    waiting = in_motion(Review.objects.waiting()).exclude(**{f"{CAMPAIGN}__status__in": ("wrapped", "cancelled")})
    steps = ReviewStep.objects.filter(state=ReviewStep.State.OPEN, review__in=waiting)
    lead = f"review__{CAMPAIGN}"
    named = set(steps.filter(guests__isnull=False).values_list(lead, "guests"))
    named |= set(steps.filter(decider__isnull=False).values_list(lead, "decider"))
    there = (
        set(ReviewGuest.objects.filter(contact__in={pk for _one, pk in named}).values_list("campaign", "contact"))
        if named
        else set()
    )
    for campaign, contact in sorted(named - there):
        outside = Contact.objects.filter(pk=contact).exclude(kind=Contact.Kind.COLLEAGUE).first()
        if outside is not None:
            seat(Campaign.objects.get(pk=campaign), outside)


def guests_with_mails() -> list[tuple[ReviewGuest, list[dt.datetime]]]:
    """Each guest for whom something waits, with when she or he was written to about it. Two queries."""
    guests = list(waiting_guests().select_related("contact", "campaign__brand", "campaign__owner"))
    mails = Email.objects.filter(
        name__in=[WAITS.name, STILL_WAITS.name], contact__in={one.contact_id for one in guests}
    )
    sent: dict[int, list[dt.datetime]] = {}
    for key, at in mails.values_list("key", "send_at") if guests else ():
        sent.setdefault(int(key.split("/")[1]), []).append(at)
    return [(guest, sent.get(guest.pk, [])) for guest in guests]


def ask(guest: ReviewGuest, mails: Collection[dt.datetime], now: dt.datetime) -> Email | None:
    """The message this guest gets now, if any: of something new, or of something due today; one a day."""
    zone, last = guest.contact.zone, max(mails, default=None)
    if last is not None and local_date(last, zone) >= local_date(now, zone):
        return None
    waiting = list(
        waiting_for(guest).select_related(
            "version__deliverable__format", "version__deliverable__collaboration__influencer"
        )
    )
    opened = sorted(_opened(waiting))
    new = [at for at in opened if last is None or at > last]
    if new and (now - new[-1] >= SETTLES or now - new[0] >= AT_LATEST):
        return _write(guest, waiting, WAITS.name, now)
    due = any(one.due_at and local_date(one.due_at, zone) <= local_date(now, zone) for one in waiting)
    return _write(guest, waiting, STILL_WAITS.name, now) if due and not new else None


def _opened(waiting: Sequence[Review]) -> list[dt.datetime]:
    steps = ReviewStep.objects.filter(review__in=waiting, state=ReviewStep.State.OPEN, opened_at__isnull=False)
    return [at for at in steps.values_list("opened_at", flat=True) if at is not None]


def _write(guest: ReviewGuest, waiting: Sequence[Review], name: str, now: dt.datetime) -> Email | None:
    day = local_date(now, guest.contact.zone)
    details = letter_of(guest, waiting)
    email = enqueue(name, to=guest.contact, key=f"review_guest/{guest.pk}/{day}", at=now, **details)
    if email is not None:
        ring_on_commit()
    return email


def letter_of(guest: ReviewGuest, waiting: Sequence[Review]) -> dict[str, Any]:
    """What a message to a guest carries; its link is made when it leaves."""
    campaign, owner = guest.campaign, guest.campaign.owner
    things = [
        f"{one.version.deliverable.collaboration.influencer.stage_name}: {one.version.deliverable}" for one in waiting
    ]
    context = {"brand": campaign.brand.name, "campaign": campaign.name}
    if waiting:
        context |= {"count": len(waiting), "things": things[:12], "until": waiting[0].due_at or ""}  # type: ignore[dict-item]
    return {
        "context": context,
        "late_fields": {"review_guest": {"guest": guest.pk}},
        "from_name": f"{owner.get_short_name()}, {campaign.brand}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "sender_ref": owner.pk,
        "brand_ref": campaign.brand_id,
        "subject_refs": [subject_of(campaign)],
        "thread": f"{subject_of(campaign)}/reviews",
    }


def send_link(guest: ReviewGuest, *, at: dt.datetime, actor: Actor | None = None) -> Email | None:
    """A message with a new link and nothing else; at most one an hour. `actor`: a colleague sends it."""
    email = enqueue(
        LINK.name, to=guest.contact, key=f"review_link/{guest.pk}/{at:%Y%m%d%H}", at=at, **letter_of(guest, [])
    )
    if email is not None and actor is not None:
        record(
            "review.guest_link", _("%(who)s gets a new link to reviews of %(campaign)s"), at=at, actor=actor,
            subject=guest.campaign, brand=guest.campaign.brand_id,
            params={"who": guest.contact.name, "campaign": guest.campaign.name},
        )  # fmt: skip
    if email is not None:
        ring_on_commit()
    return email


def send_new_links(address: str, at: dt.datetime) -> int:
    """A new link for every place this address still has; the page must not show how many."""
    guests = ReviewGuest.objects.opening().filter(contact__email__iexact=address)
    rows = guests.select_related("contact", "campaign__brand", "campaign__owner")
    return sum(send_link(guest, at=at) is not None for guest in rows[:50])


def link_by_hand(guest: ReviewGuest, at: dt.datetime) -> Email:
    """The same message, to be passed on by WhatsApp."""
    return compose(
        LINK.name, to=guest.contact, key=f"review_link/{guest.pk}/{at:%Y%m%d%H}", at=at, **letter_of(guest, [])
    )
