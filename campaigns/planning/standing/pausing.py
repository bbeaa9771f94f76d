"""While a deal rests nobody is reminded of its posts; when it goes on, they are again."""

import datetime as dt

from campaigns.planning.models import Collaboration, CollaborationQuerySet
from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.base.zones import local_date, local_midnight
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, subject_of

VERBS = ("collaboration.paused", "collaboration.resumed")
A_DAY = dt.timedelta(days=1)


def follow_pauses(now: dt.datetime) -> int:
    """Pause the cards of deals that rest, once for each rest; let those go on that nobody else paused. How many changed."""
    return sum(_pause(deal, pause, now) for deal, pause in _resting(now)) + _go_on(now)


def _resting(now: dt.datetime) -> list[tuple[AmbassadorDeal, DealPause]]:
    """Deals with a pause in which today lies, as their own zone has it, and reminders that still go out."""
    loud = Collaboration.objects.going_ahead().filter(campaign__program__isnull=False, paused_at__isnull=True)
    rows = DealPause.objects.around(now).filter(deal__in=AmbassadorDeal.objects.in_force())
    rows = rows.filter(deal__contract__parties__collaborations__in=loud).select_related("deal__contract").distinct()
    return [(pause.deal, pause) for pause in rows.order_by("pk") if covers(pause, pause.deal, now)]


def covers(pause: DealPause, deal: AmbassadorDeal, now: dt.datetime) -> bool:
    return pause.covers(local_date(now, deal.contract.zone))


def cards_under(deal: AmbassadorDeal) -> CollaborationQuerySet:
    """Her cards in standing campaigns that go on under this deal."""
    return Collaboration.objects.filter(campaign__program=deal.program_id, party__contract=deal.contract_id)


def _pause(deal: AmbassadorDeal, pause: DealPause, now: dt.datetime) -> int:
    """Somebody who let them go on during this very pause is left alone."""
    began = local_midnight(pause.first_on, deal.contract.zone)
    changed = 0
    for card in cards_under(deal).filter(paused_at__isnull=True).select_related("campaign"):
        if not Entry.objects.filter(subject=subject_of(card), verb__in=VERBS, at__gte=began).exists():
            card.pause_reminders(at=now, actor=SYSTEM)
            changed += 1
    return changed


def _go_on(now: dt.datetime) -> int:
    """Cards that Mitra paused, and whose deal rests no more."""
    quiet = Collaboration.objects.filter(campaign__program__isnull=False, paused_at__isnull=False)
    changed = 0
    for card in quiet.select_related("campaign", "party__contract__deal").order_by("pk"):
        deal = getattr(card.party.contract, "deal", None) if card.party else None
        resting = deal is not None and any(covers(pause, deal, now) for pause in deal.pauses.all())
        if not resting and _paused_by_mitra(card):
            card.resume_reminders(at=now, actor=SYSTEM)
            changed += 1
    return changed


def _paused_by_mitra(card: Collaboration) -> bool:
    last = Entry.objects.filter(subject=subject_of(card), verb__in=VERBS).newest_first().first()
    return last is not None and last.verb == VERBS[0] and last.actor_kind == Entry.ActorKind.SYSTEM
