"""Commission of collaborations: kept order by order, paid once a month, and not before it is worth a transfer.

An order earns a line of the ledger without a day of payment. When its month is over, everything that stands together of a
person and a brand is gathered into one line that is to be paid, if it comes to the least payout; else, and where more came
back than was earned, it is carried on. Ambassador deals say themselves when each order is paid: their lines keep their day
and are told in the same statement as earned and paid out at once.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.windows import months_later
from crm.contracts.models import Contract, Party, PayLine
from crm.influencers.models import Influencer
from crm.payments.actions import make_due, take_back
from crm.payments.milestones.cash import WHOLE, smallest
from crm.payments.models import CommissionStatement, LedgerLine
from crm.payments.queries import open_amounts
from crm.timeline.record import SYSTEM, Actor, record

EARNED = _("Commission of %(amount)s earned: %(what)s")
LOST = _("Commission of %(amount)s is not earned after all: %(what)s")


def rate_of(party: Party) -> int | None:
    """The commission of a person, in basis points: her own line, else the one for everybody; None where none is agreed."""
    lines = PayLine.objects.in_force_for(party.contract_id).commissions().select_related("party").order_by("pk")
    hers = [line for line in lines if line.party is not None and line.party.influencer_id == party.influencer_id]
    chosen = [*hers, *(line for line in lines if line.party is None)]
    return chosen[0].rate_bp if chosen else None


def commission_on(base: Decimal, rate_bp: int, currency: str) -> Decimal:
    return (base * rate_bp / WHOLE).quantize(smallest(currency), ROUND_HALF_UP)


def earn(
    party: Party, amount: Money, *, key: str, on: dt.date, at: dt.datetime, by: str, label: str, actor: Actor = SYSTEM
) -> LedgerLine | None:
    """An order came through her: `amount` is what the commission is reckoned on. None where none is agreed, or it is known.

    Told late, of a month whose statement is written, it counts for the month that is open.
    """
    rate = rate_of(party)
    if not rate:
        return None
    contract = Contract.objects.get(pk=party.contract_id)
    currency = str(amount.currency)
    with transaction.atomic():
        held(party.influencer_id or 0)
        day = open_day(party.influencer_id or 0, contract.brand_id, currency, on)
        line = make_due(
            LedgerLine.Kind.COMMISSION, Money(commission_on(amount.amount, rate, currency), currency), key=key,
            influencer=party.influencer_id or 0, brand=contract.brand_id, contract=contract.amends_id or contract.pk,
            on=day, at=at, by=by, label=label, ref=f"crm.party:{party.pk}",
        )  # fmt: skip
        if line is not None:
            _tell("commission.earned", EARNED, line, line.amount, at, actor)
    return line


def lost(
    key: str,
    share: Fraction,
    *,
    refund: str,
    on: dt.date,
    at: dt.datetime,
    by: str,
    note: str = "",
    actor: Actor = SYSTEM,
) -> list[LedgerLine]:
    """This share of an order was given back. What is not gathered yet is taken back; of the rest she owes it, and it is taken
    out of her next statement. The same refund counts once, and never more than was earned.
    """
    with transaction.atomic():
        line = LedgerLine.objects.due().filter(key=key).first()
        if line is None:
            return []
        held(line.influencer_id)
        if LedgerLine.objects.filter(key__in=[f"{key}:lost:{refund}", f"{key}:owed:{refund}"]).exists():
            return []
        return _lose(line, share, refund, on, at, by, note, actor)


def _lose(
    line: LedgerLine, share: Fraction, refund: str, on: dt.date, at: dt.datetime, by: str, note: str, actor: Actor
) -> list[LedgerLine]:
    currency = str(line.amount.currency)
    share_of_it = line.amount.amount * share.numerator / share.denominator
    part = min(share_of_it.quantize(smallest(currency), ROUND_HALF_UP), line.amount.amount - _lost_so_far(line))
    standing = min(part, open_amounts([line])[line.pk])
    day = open_day(line.influencer_id, line.brand_id, currency, max(on, line.on))
    written = []
    if standing > 0:
        written.append(take_back(
            line, Money(standing, currency), key=f"{line.key}:lost:{refund}", on=day, at=at, by=by, note=note
        ))  # fmt: skip
    if part > standing:
        written.append(make_due(
            line.kind, Money(standing - part, currency), key=f"{line.key}:owed:{refund}", influencer=line.influencer_id,
            brand=line.brand_id, contract=line.contract_id, on=day, at=at, by=by, label=line.label,
            ref=f"crm.ledgerline:{line.pk}", note=note,
        ))  # fmt: skip
    if part > 0:
        _tell("commission.lost", LOST, line, Money(part, currency), at, actor)
    return [one for one in written if one is not None]


def _lost_so_far(line: LedgerLine) -> Decimal:
    back = LedgerLine.objects.filter(of=line.pk, key__startswith=f"{line.key}:lost:")
    owed = LedgerLine.objects.due().filter(ref=f"crm.ledgerline:{line.pk}", key__startswith=f"{line.key}:owed:")
    return sum((one.amount.amount for one in back), Decimal(0)) - sum((one.amount.amount for one in owed), Decimal(0))


def held(*people: int) -> None:
    """Hold the people, always in the same order: orders, refunds and statements of each are written one after the other."""
    rows = Influencer.objects.filter(pk__in=people).select_for_update(of=("self",), no_key=True)
    list(rows.order_by("pk").values_list("pk"))


def open_day(person: int, brand: int, currency: str, on: dt.date) -> dt.date:
    """The day itself, or the first one after the last month whose statement is written."""
    rows = CommissionStatement.objects.filter(influencer=person, brand=brand, currency=currency)
    last = rows.order_by("-month_on").values_list("month_on", flat=True).first()
    return max(on, months_later(last, 1)) if last else on


def _tell(verb: str, sentence: Any, line: LedgerLine, amount: Money, at: dt.datetime, actor: Actor) -> None:
    record(
        verb, sentence, params={"amount": money_full(amount), "what": line.label}, at=at, actor=actor, subject=line,
        influencer=line.influencer_id, brand=line.brand_id,
    )  # fmt: skip
