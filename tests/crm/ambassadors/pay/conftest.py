"""Orders, and the ledger of a deal as it reads."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, DealPeriod, ProgramTier, RetainerCharge, Sale
from crm.ambassadors.pay.commissions import Order, record_sale
from crm.ambassadors.pay.rates import Claim, Price
from crm.payments.models import LedgerLine
from crm.timeline.record import Actor

Sell = Callable[..., Sale]


def day(month: int, of: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, of)


def at(month: int, of: int, year: int = 2026, hour: int = 3) -> dt.datetime:
    """Ten in the morning in Jakarta."""
    return dt.datetime(year, month, of, hour, tzinfo=dt.UTC)


def rupiah(amount: int) -> Money:
    return Money(amount, "IDR")


def booked(deal: AmbassadorDeal) -> list[tuple[str, str, int, str]]:
    """Every row of the ledger under a deal: step, kind, amount, and by when it is to be paid."""
    rows = LedgerLine.objects.of_contract(deal.contract_id).order_by("pk")
    return [(row.step, row.kind, int(row.amount.amount), f"{row.due_on or ''}") for row in rows]


def price(gross: int, currency: str = "IDR", **less: int) -> Price:
    return Price(Decimal(gross), currency, **{name: Decimal(amount) for name, amount in less.items()})


def share_of(of: AmbassadorDeal | ProgramTier, rate_bp: int = 1000, **fields: Any) -> CommissionRule:
    whose = {"deal": of} if isinstance(of, AmbassadorDeal) else {"tier": of}
    usual = {**whose, "rate_bp": rate_bp, "from_on": day(1, 1)}
    return CommissionRule.objects.create(**{**usual, **fields})


@pytest.fixture
def sell(actor: Actor, now: dt.datetime) -> Sell:
    """sell(deal, 500_000, number="1001", on=...): an order with her code."""

    def sold(deal: AmbassadorDeal, gross: int, number: str = "1001", **said: Any) -> Sale:
        on, noted_at, via = said.pop("on", day(11, 2)), said.pop("noted_at", now), said.pop("via", "code")
        claims = said.pop("claims", None) or [Claim(deal, via)]
        return record_sale(Order(number, on, price(gross, **said), claims), at=noted_at, actor=actor)

    return sold


def period_of(deal: AmbassadorDeal, month: int, number: int = 1, **fields: Any) -> DealPeriod:
    """A whole month of 2026 as a period under way."""
    last = dt.date(2026 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    usual: dict[str, Any] = {"first_on": day(month, 1), "last_on": last, "state": DealPeriod.State.OPEN}
    days = (last - day(month, 1)).days + 1
    return DealPeriod.objects.create(
        **{"deal": deal, "number": number, "active_days": days, "nominal_days": days, **usual, **fields}
    )


def charges(deal: AmbassadorDeal) -> list[tuple[str, int, str]]:
    rows = RetainerCharge.objects.filter(period__deal=deal).order_by("pk")
    return [(row.kind, int(row.amount.amount), row.state) for row in rows]
