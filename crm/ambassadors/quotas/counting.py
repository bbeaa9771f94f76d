"""What counts towards a quota: a post, a post taken back, and posts that are let go."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.granting import tell_owed
from crm.ambassadors.quotas.ledger import Kind, day_in, hold, hold_deal, stored, write
from crm.ambassadors.telling import tell
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM, Actor

BACK = "back"


class NothingOwed(ValidationError):
    """Nothing is owed on that day: it lies outside of the deal, or the deal is over and closed."""


def credit(
    line: QuotaLine,
    quantity: int,
    *,
    key: str,
    on: dt.date,
    at: dt.datetime,
    by: str = "",
    ref: str = "",
    label: str = "",
    make_good: MakeGood | None = None,
) -> bool:
    """Count posts in the period of their day in the deal's zone; with `make_good`, for what a closed period still owes.

    False, and nothing changes, while the same key counts already. What belongs to a closed period is written into the
    first open one, about the closed one. Raises `NothingOwed`.
    """
    with transaction.atomic():
        deal = hold_deal(line.deal_id)
        turns, counts = _turns(key)
        if counts:
            return False
        turn = key if turns == 0 else f"{key}:{turns + 1}"
        told: dict[str, Any] = {"key": turn, "on": on, "at": at, "by": by or SYSTEM.label, "ref": ref, "label": label}
        if make_good is not None:
            return _make_good(make_good, quantity, told)
        into, about = _booked_in(deal, on)
        return write(into, line, Kind.DELIVERED, -quantity, about=about, **told)


def uncredit(key: str, *, on: dt.date, at: dt.datetime, by: str, why: str) -> bool:
    """Take back what counts under the key: a row against it, never a change to it.

    False when nothing counts, or when the deal is over and closed: what is closed stays as it was.
    """
    first = QuotaEntry.objects.filter(key=key).select_related("line").first()
    if first is None:
        return False
    with transaction.atomic():
        hold_deal(first.line.deal_id)
        turns, counts = _turns(key)
        if not counts:
            return False
        turn = key if turns == 1 else f"{key}:{turns}"
        row = QuotaEntry.objects.select_related("line__deal", "period").get(key=turn)
        told: dict[str, Any] = {
            "key": f"{turn}:{BACK}",
            "on": on,
            "at": at,
            "by": by,
            "ref": row.ref,
            "label": row.label,
            "note": why,
        }
        if row.kind == Kind.MAKE_GOOD_DONE:
            MakeGood.objects.filter(period=row.period, line=row.line).update(
                done=F("done") + row.quantity, updated_at=at
            )
            return write(row.period, row.line, row.kind, -row.quantity, **told)
        found = _open_for(row.line.deal, row.period)
        if found is None:
            return False
        into, about = found
        return write(into, row.line, row.kind, -row.quantity, about=about or row.about, **told)


def counts(key: str) -> bool:
    """Whether something counts under the key at this moment."""
    return _turns(key)[1]


def _turns(key: str) -> tuple[int, bool]:
    """How often the key was counted so far, and whether the last time still stands."""
    rows = QuotaEntry.objects.filter(key=key) | QuotaEntry.objects.filter(key__startswith=f"{key}:")
    keys = set(rows.values_list("key", flat=True))
    taken_back = sum(1 for one in keys if one.endswith(f":{BACK}"))
    return len(keys) - taken_back, len(keys) > 2 * taken_back


def _booked_in(deal: AmbassadorDeal, on: dt.date) -> tuple[DealPeriod, DealPeriod | None]:
    period = DealPeriod.objects.filter(deal=deal).covering(on).first()
    if period is None:
        raise NothingOwed(_("On that day nothing was owed: it lies outside of this deal."), code="outside")
    found = _open_for(deal, period)
    if found is None:
        raise NothingOwed(_("This deal is over and closed: nothing is counted any more."), code="over")
    return found


def _open_for(deal: AmbassadorDeal, period: DealPeriod) -> tuple[DealPeriod, DealPeriod | None] | None:
    """The period itself; once it is closed, the first behind it that is not, about the closed one."""
    if not DealPeriod.objects.closed().filter(pk=period.pk).exists():
        return period, None
    later = DealPeriod.objects.filter(deal=deal, number__gt=period.number).standing()
    into = later.exclude(pk__in=DealPeriod.objects.closed().filter(deal=deal)).order_by("number").first()
    return (into, period) if into is not None else None


def _make_good(make_good: MakeGood, quantity: int, told: dict[str, Any]) -> bool:
    """Never more than is still to be made good."""
    mine = MakeGood.objects.filter(pk=make_good.pk, done__lte=F("quantity") - F("waived") - quantity)
    if not mine.update(done=F("done") + quantity, updated_at=told["at"]):
        raise NothingOwed(_("That much is not to be made good any more."), code="made_good")
    return write(make_good.period, make_good.line, Kind.MAKE_GOOD_DONE, -quantity, **told)


def waive(period: DealPeriod, line: QuotaLine, quantity: int, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Let posts go that were not her fault: not owed any more, and nothing is taken off for them."""
    with gate([period.deal.influencer_id]):
        held = hold(period)
        left = stored(held, line).left
        _check_letting_go(quantity, left, why)
        turn = QuotaEntry.objects.filter(period=held, line=line, kind=Kind.WAIVE).count() + 1
        write(
            held, line, Kind.WAIVE, -quantity, key=f"quota:{held.pk}:{line.pk}:waive:{turn}", on=day_in(held, at), at=at,
            by=actor.label, note=why,
        )  # fmt: skip
        _tell_waived(held.deal, line, quantity, why, at=at, actor=actor)
        tell_owed(held, at=at)


def waive_make_good(make_good: MakeGood, quantity: int, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Let posts go that were still to be made good."""
    with gate([make_good.line.deal.influencer_id]):
        deal = hold_deal(make_good.line.deal_id)
        row = MakeGood.objects.select_for_update(of=("self",)).get(pk=make_good.pk)
        _check_letting_go(quantity, row.left, why)
        MakeGood.objects.filter(pk=row.pk).update(waived=F("waived") + quantity, updated_at=at)
        _tell_waived(deal, make_good.line, quantity, why, at=at, actor=actor)


def _check_letting_go(quantity: int, left: int, why: str) -> None:
    if not why.strip():
        raise ValidationError({"why": _("Say why: it is read when the pay is reckoned.")})
    if not 1 <= quantity <= max(left, 0):
        raise ValidationError({"quantity": _("Only %(left)s are still owed.") % {"left": max(left, 0)}})


def _tell_waived(
    deal: AmbassadorDeal, line: QuotaLine, quantity: int, why: str, *, at: dt.datetime, actor: Actor
) -> None:
    params = {"count": quantity, "what": line, "why": why}
    sentence = gettext_lazy("Let go: %(count)s × %(what)s. %(why)s")
    tell(deal, "quota.waived", sentence, params=params, at=at, actor=actor)
