"""From when to when content may be used: days that follow from a signature, a first post, or the day access was given."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import day_words, money_full
from crm.base.zones import local_date
from crm.contracts.actions.drafting import tell
from crm.contracts.models import Contract, PayLine, UsageRight
from crm.exclusivity.terms import Engagement
from crm.timeline.record import SYSTEM, Actor

OFF = (Contract.Status.DECLINED, Contract.Status.EXPIRED, Contract.Status.VOID)
RUNS = _("Contract %(contract)s: “%(right)s” runs from %(first)s to %(last)s")
FOR_GOOD = _("Contract %(contract)s: “%(right)s” runs from %(first)s on, for good")
WAITS = _("Contract %(contract)s: “%(right)s” waits for the first post again")
GOES_ON = _("Contract %(contract)s: “%(right)s” goes on until %(last)s for %(price)s")
NOT_AGREED = _("Going on was not agreed for this right. Change the contract instead: an amendment says for how long.")
NOT_RUNNING = _("This right is not in force: the contract is not signed, is void, or the content was taken down.")
NOT_GIVEN = _("This right does not run from a day on which access is given.")
FOR = _("Going on: %(right)s until %(last)s")


def rights_follow(
    contract: Contract, first_posts: Mapping[int, dt.date], *, at: dt.datetime, actor: Actor = SYSTEM
) -> list[UsageRight]:
    """Let the days of rights follow what they run from; returns those whose days changed. Safe to call at any time.

    `first_posts` is {party id: the day her first post was out}; a right of everybody runs from the first of them all.
    An early end changes nothing: what may be used was agreed for its own days.
    """
    if contract.signed_at is None or contract.status in OFF:
        return []
    moved = []
    for right in contract.rights.filter(down_at__isnull=True).exclude(counted_from__in=BY_HAND):
        first_on = _runs_from(right, contract, first_posts)
        if first_on != right.start_on and _moved(right, first_on, at):
            _tell_days(contract, right, at, actor)
            moved.append(right)
    return moved


BY_HAND = (UsageRight.From.FIXED, UsageRight.From.GRANT)


def first_day(happened: Iterable[Engagement], zone: str) -> dt.date | None:
    """The day of the first of these, where the contract counts."""
    return min((local_date(one.window.start_at, zone) for one in happened if one.window.start_at), default=None)


def grant_access(right: UsageRight, on: dt.date, days: int | None, *, at: dt.datetime, actor: Actor) -> None:
    """She let us in on that day, for so many days. Said again, the later word counts. Raises ValidationError."""
    with transaction.atomic():
        stored = held(right.pk)
        if stored.counted_from != UsageRight.From.GRANT:
            raise ValidationError(NOT_GIVEN, code="not_given")
        _check_running(stored)
        stored.days = days
        stored.run_from(on)
        stored.save(update_fields=["days", "start_on", "end_on", "updated_at"])
        _tell_days(stored.contract, stored, at, actor)


def go_on(right: UsageRight, until: dt.date, *, at: dt.datetime, actor: Actor) -> bool:
    """Use the option to go on, at the price that was agreed for it, which becomes a line of pay.

    `until` is the last day its reader saw: pressed twice, it is bought once, and the second gets False. Raises
    ValidationError.
    """
    with transaction.atomic():
        stored = held(right.pk)
        _check_running(stored)
        if not stored.may_go_on or stored.extension is None:
            raise ValidationError(NOT_AGREED, code="not_agreed")
        if stored.end_on != until:
            return False
        stored.end_on, stored.extended_days = next_last_day(stored), stored.extended_days + (stored.extension_days or 0)
        stored.save(update_fields=["end_on", "extended_days", "updated_at"])
        _pay(stored)
        params = {"right": stored.called, "last": in_days(stored.end_on), "price": price_of(stored)}
        told: dict[str, Any] = {"params": params, "changes": {"end_on": (until, stored.end_on)}}
        tell(stored.contract, "contract.right_extended", GOES_ON, at=at, actor=actor, **told)
    return True


def next_last_day(right: UsageRight) -> dt.date | None:
    """Its last day once it has gone on as agreed."""
    return right.end_on + dt.timedelta(days=right.extension_days) if right.end_on and right.extension_days else None


def held(pk: int) -> UsageRight:
    """The right as it stands, kept for whoever changes it."""
    return UsageRight.objects.select_for_update(of=("self",)).select_related("contract").get(pk=pk)


def _check_running(right: UsageRight) -> None:
    contract = right.contract
    if right.down_at is not None or contract.signed_at is None or contract.status in OFF:
        raise ValidationError(NOT_RUNNING, code="not_running")


def _pay(right: UsageRight) -> None:
    price: Any = Money(right.extension.amount, right.extension.currency) if right.extension else None
    note = str(FOR) % {"right": right.called, "last": in_days(right.end_on)}
    PayLine.objects.create(
        contract=right.contract, party=right.party, kind=PayLine.Kind.USAGE_FEE, amount=price, note=note[:200]
    )


def _runs_from(right: UsageRight, contract: Contract, first_posts: Mapping[int, dt.date]) -> dt.date | None:
    if right.counted_from == UsageRight.From.SIGNATURE:
        return local_date(contract.signed_at, contract.zone) if contract.signed_at else None
    if right.party_id is not None:
        return first_posts.get(right.party_id)
    return min(first_posts.values(), default=None)


def _moved(right: UsageRight, first_on: dt.date | None, at: dt.datetime) -> bool:
    """Write its new days, unless somebody was faster."""
    was = right.start_on
    if first_on is None:
        right.wait_again()
    else:
        right.run_from(first_on)
    still = UsageRight.objects.filter(pk=right.pk, start_on=was) if was else UsageRight.objects.filter(
        pk=right.pk, start_on__isnull=True
    )  # fmt: skip
    return bool(still.update(start_on=right.start_on, end_on=right.end_on, updated_at=at))


def _tell_days(contract: Contract, right: UsageRight, at: dt.datetime, actor: Actor) -> None:
    params = {"right": right.called, "first": in_days(right.start_on), "last": in_days(right.end_on)}
    sentence = WAITS if right.start_on is None else RUNS if right.end_on else FOR_GOOD
    tell(contract, "contract.right_days", sentence, at=at, actor=actor, params=params)


def in_days(on: dt.date | None) -> Any:
    """A day, in whichever language it is told."""
    return lazy(lambda: day_words(on, "short") if on else "", str)()


def price_of(right: UsageRight) -> Any:
    """What going on costs, in whichever language it is told."""
    return lazy(lambda: money_full(right.extension) if right.extension is not None else "", str)()
