"""One invented row of every table of payments and results, for tests that walk through all tables."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models
from djmoney.money import Money

from campaigns.approvals.models import LivePost
from campaigns.planning.models import KpiKind
from campaigns.results.models import (
    BrandLift,
    CampaignCost,
    ChangeThreshold,
    Confounder,
    EmvRate,
    FetchTry,
    HookMessage,
    Order,
    OrderHook,
    PostSnapshot,
    ReportLink,
    ReportSettings,
    ResultFile,
    Screenshot,
)
from crm.base.models import StoredFile
from crm.payments.models import (
    BankSheet,
    Benefit,
    CommissionStatement,
    Document,
    DocumentSeries,
    ExchangeRate,
    Invoice,
    KillFee,
    Milestone,
    Payee,
    Payment,
    PayTerms,
    StampMark,
    StampRule,
    TaxRule,
    YearlyThreshold,
)
from tests.factories import BrandFactory, CampaignFactory, DeliverableFactory, InfluencerFactory, UserFactory
from tests.factories.payments import (
    account_for,
    benefit_of,
    contract_in_force,
    invoice_for,
    milestone,
    payee_for,
    ready_line,
)

DAY = dt.date(2026, 11, 24)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


def stored(n: int) -> StoredFile:
    return StoredFile.objects.create(
        file=f"kept/shot{n}.png", label=f"shot{n}.png", mime="image/png", size=12, sha256=f"{n:064d}"
    )


def live_post(n: int) -> LivePost:
    of = DeliverableFactory()
    return LivePost.objects.create(deliverable=of, platform=of.format.platform, published_at=NOON - n * A_DAY)


def payment(n: int) -> Payment:
    payee = payee_for(InfluencerFactory(), account=False)
    return Payment.objects.create(
        payee=payee, influencer=payee.ways.get().influencer, brand=BrandFactory(), account=account_for(payee),
        gross=1_500_000, tax=37_500, net=1_462_500, tax_month_on=DAY.replace(day=1), pay_on=DAY, released_at=NOON,
    )  # fmt: skip


def document(n: int) -> Document:
    series, _made = DocumentSeries.objects.get_or_create(kind="receipt", brand=None)
    return Document.objects.create(
        series=series, year=2026, number=n + 1, name=f"RCP/2026/{n + 1:04d}", influencer=InfluencerFactory(),
        brand=BrandFactory(), amount=Money(1_500_000, "IDR"), issued_on=DAY, issued_by="Dinda",
    )  # fmt: skip


def snapshot(n: int) -> PostSnapshot:
    return PostSnapshot.objects.create(live_post=live_post(n), taken_at=NOON, hours=24, likes=1_140 + n)


def hook(n: int) -> OrderHook:
    return OrderHook.objects.create(brand=BrandFactory(), name=f"Shop {n}", slug=f"shop-{n}", secret="a" * 64)


def order(n: int) -> Order:
    return Order.objects.create(
        brand=BrandFactory(),
        number=f"ORD-{n}",
        ordered_at=NOON,
        ordered_on=DAY,
        amount=Money(270_000, "IDR"),
        via="code",
    )


PAYMENT_MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    BankSheet: lambda n: BankSheet.objects.create(currency="IDR", pay_on=DAY, made_by=UserFactory(), made_at=NOON),
    Benefit: lambda n: benefit_of(contract_in_force(), 3_000_000, key=f"gift {n}"),
    CommissionStatement: lambda n: CommissionStatement.objects.create(
        influencer=InfluencerFactory(), brand=BrandFactory(), month_on=DAY.replace(day=1), earned=50_000, carried_on=50_000
    ),
    Document: document,
    DocumentSeries: lambda n: DocumentSeries.objects.create(kind="bill", brand=BrandFactory()),
    ExchangeRate: lambda n: ExchangeRate.objects.create(base="USD", quote="IDR", on=DAY + n * A_DAY, rate=16_000),
    Invoice: lambda n: invoice_for(ready_line(key=f"line {n}"), number=f"INV-{n}"),
    KillFee: lambda n: KillFee.objects.create(stage="making", share_bp=2_500, valid_from=dt.date(2030, 1, 1 + n)),
    Milestone: lambda n: milestone(contract_in_force()),
    PayTerms: lambda n: PayTerms.objects.create(contract=contract_in_force()),
    Payee: lambda n: payee_for(InfluencerFactory()),
    Payment: payment,
    StampMark: lambda n: StampMark.objects.create(document=document(n), serial=f"EM-{n}", on=DAY),
    StampRule: lambda n: StampRule.objects.create(paper="receipt", duty=10_000, valid_from=dt.date(2030, 1, 1 + n)),
    TaxRule: lambda n: TaxRule.objects.create(article="pph23", rate_bp=200, valid_from=dt.date(2030, 1, 1 + n)),
    YearlyThreshold: lambda n: YearlyThreshold.objects.create(
        country="FR", amount=1_000, currency="EUR", valid_from=dt.date(2030, 1, 1 + n)
    ),
}  # fmt: skip

RESULT_MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    BrandLift: lambda n: BrandLift.objects.create(
        campaign=CampaignFactory(), question=f"Heard of it? {n}", exposed=200, exposed_yes=80, control=200, control_yes=60,
        on=DAY,
    ),
    CampaignCost: lambda n: CampaignCost.objects.create(campaign=CampaignFactory(), amount=Money(2_000_000, "IDR"), on=DAY),
    ChangeThreshold: lambda n: ChangeThreshold.objects.create(
        kind=KpiKind.objects.create(code=f"test-{n}", name_en=f"Test {n}", name_id=f"Uji {n}"), percent=5
    ),
    Confounder: lambda n: Confounder.objects.create(campaign=CampaignFactory(), kind="price", first_on=DAY, note="Sale"),
    EmvRate: lambda n: EmvRate.objects.create(metric="likes", value=100 + n, valid_from=dt.date(2030, 1, 1 + n)),
    FetchTry: lambda n: FetchTry.objects.create(live_post=live_post(n), provider="youtube", mark=24, asked_at=NOON),
    HookMessage: lambda n: HookMessage.objects.create(hook=hook(n), number=f"evt-{n}", at=NOON, outcome="taken"),
    Order: order,
    OrderHook: hook,
    PostSnapshot: snapshot,
    ReportLink: lambda n: ReportLink.objects.create(
        campaign=CampaignFactory(), label=f"Client {n}", token_sha256=f"{n:064d}", expires_at=NOON + 30 * A_DAY
    ),
    ReportSettings: lambda n: ReportSettings.objects.create(campaign=CampaignFactory()),
    ResultFile: lambda n: ResultFile.objects.create(campaign=CampaignFactory(), kind="orders", file=stored(n)),
    Screenshot: lambda n: Screenshot.objects.create(live_post=live_post(n), file=stored(n), taken_at=NOON),
}  # fmt: skip
