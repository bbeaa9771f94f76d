"""One invented row of every table of ambassador deals, for tests that walk through all tables."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models
from djmoney.money import Money

from campaigns.planning.models import QuotaPost
from crm.ambassadors.models import (
    AmbassadorDeal,
    CommissionRule,
    DealPeriod,
    DealReview,
    MakeGood,
    PerkGrant,
    Program,
    ProgramTier,
    Prospect,
    QuotaEntry,
    QuotaLine,
    RetainerCharge,
    Sale,
    Termination,
)
from crm.contracts.models import Contract, Notice
from crm.payments.models import LedgerLine
from tests.factories import BrandFactory, DeliverableFactory, FormatFactory, InfluencerFactory, UserFactory

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)


def program(n: int) -> Program:
    return Program.objects.create(name=f"Circle {n}", brand=BrandFactory(), owner=UserFactory())


def deal(n: int) -> AmbassadorDeal:
    of, person = program(n), InfluencerFactory()
    contract = Contract.objects.create(
        kind=Contract.Kind.AMBASSADOR, title=f"Deal {n}", brand=of.brand, owner=of.owner, start_on=FIRST
    )
    return AmbassadorDeal.objects.create(contract=contract, influencer=person, program=of)


def period(n: int) -> DealPeriod:
    return DealPeriod.objects.create(
        deal=deal(n), number=1, first_on=FIRST, last_on=LAST, active_days=30, nominal_days=30
    )


def line(n: int) -> QuotaLine:
    return QuotaLine.objects.create(deal=deal(n), format=FormatFactory())


def of_period(n: int) -> dict[str, Any]:
    first = period(n)
    return {"period": first, "line": QuotaLine.objects.create(deal=first.deal, format=FormatFactory())}


def ledger_line(n: int) -> LedgerLine:
    return LedgerLine.objects.create(
        kind="retainer", influencer=InfluencerFactory(), brand=BrandFactory(), amount=Money(1_000_000 + n, "IDR"),
        label=f"November {n}", key=f"line {n}", on=LAST, at=NOON, by="Dinda",
    )  # fmt: skip


AMBASSADOR_MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    AmbassadorDeal: deal,
    CommissionRule: lambda n: CommissionRule.objects.create(deal=deal(n), rate_bp=500 + n, from_on=FIRST),
    DealPeriod: period,
    DealReview: lambda n: DealReview.objects.create(deal=deal(n), for_on=LAST, due_on=FIRST),
    LedgerLine: ledger_line,
    MakeGood: lambda n: MakeGood.objects.create(**of_period(n), quantity=1 + n, due_on=LAST),
    Notice: lambda n: Notice.objects.create(contract=deal(n).contract, sent_on=FIRST, at=NOON, by="Dinda"),
    PerkGrant: lambda n: PerkGrant.objects.create(deal=deal(n), kind="event", label=f"Night {n}", granted_on=FIRST),
    Program: program,
    ProgramTier: lambda n: ProgramTier.objects.create(program=program(n), rank=1, name=f"Tier {n}"),
    Prospect: lambda n: Prospect.objects.create(influencer=InfluencerFactory(), brand=BrandFactory(), why=f"Why {n}"),
    QuotaEntry: lambda n: QuotaEntry.objects.create(
        **of_period(n), kind="grant", quantity=2 + n, key=f"entry {n}", on=FIRST, at=NOON, by="Mitra"
    ),
    QuotaLine: line,
    QuotaPost: lambda n: QuotaPost.objects.create(deliverable=DeliverableFactory(), line=line(n)),
    RetainerCharge: lambda n: RetainerCharge.objects.create(period=period(n), amount=Money(1_000_000 + n, "IDR")),
    Sale: lambda n: Sale.objects.create(
        brand=BrandFactory(), number=f"INV-{n}", deal=deal(n), ordered_on=FIRST, gross=Money(200_000, "IDR")
    ),
    Termination: lambda n: Termination.objects.create(deal=deal(n), kind="mutual", effective_on=LAST),
}
