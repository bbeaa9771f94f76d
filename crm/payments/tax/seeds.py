"""Rates from a day on, each with its source and how far it can be trusted (domain rules, sections 7.2 to 7.4)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.payments.models import StampRule, TaxBand, TaxRule, YearlyThreshold

Article = TaxRule.Article
PPH21_FROM, SERVICES_FROM = dt.date(2024, 1, 1), dt.date(2009, 1, 1)
MILLION = 1_000_000

PPH21: dict[str, Any] = {
    "source": "PMK 168/2023, art. 3(2); UU 7/2021, art. 17",
    "source_url": "http://artharayaconsult.com/2024/09/24/pph-pasal-21-atas-pembayaran-jasa-influencer/",
    "source_year": 2024,
    "grade": Grade.EXPERT,
}
PPH23: dict[str, Any] = {
    "source": "UU 36/2008, art. 23",
    "source_url": "https://indonesiantax.com/tag/article-23/",
    "source_year": 2022,
    "grade": Grade.EXPERT,
}
PPH26: dict[str, Any] = {
    "source": "UU 36/2008, art. 26",
    "source_url": "https://kkpbnk.com/tag/article-26/",
    "source_year": 2023,
    "grade": Grade.EXPERT,
}
VAT: dict[str, Any] = {
    "source": "PMK 131/2024",
    "source_url": (
        "https://insightplus.bakermckenzie.com/bm/tax/indonesia-the-increase-of-vat-rate-to-12-as-of-1-january-2025"
    ),
    "source_year": 2025,
    "grade": Grade.EXPERT,
}
STAMP: dict[str, Any] = {
    "source": "UU 10/2020",
    "source_url": ("https://wahananews.co/polhukam/8-jenis-dokumen-ini-wajib-pakai-meterai-rp-10-000/4"),
    "source_year": 2021,
    "grade": Grade.EXPERT,
    "valid_from": dt.date(2021, 1, 1),
}
FRANCE: dict[str, Any] = {
    "source": "Décret 2025-1137",
    "source_year": 2025,
    "grade": Grade.OFFICIAL,
    "valid_from": dt.date(2026, 1, 1),
}
BANDS = ((0, 60, 500), (60, 250, 1_500), (250, 500, 2_500), (500, 5_000, 3_000), (5_000, None, 3_500))


@seed(TaxRule, "article", "valid_from")
def tax_rules() -> Iterator[TaxRule]:
    yield TaxRule(
        article=Article.PPH21, base_bp=5_000, surcharge_bp=12_000, by_month=True, valid_from=PPH21_FROM, **PPH21
    )
    yield TaxRule(article=Article.PPH23, rate_bp=200, surcharge_bp=20_000, valid_from=SERVICES_FROM, **PPH23)
    yield TaxRule(article=Article.PPH26, rate_bp=2_000, valid_from=SERVICES_FROM, **PPH26)
    yield TaxRule(
        article=Article.VAT, rate_bp=1_200, base_top=11, base_bottom=12, valid_from=dt.date(2025, 1, 1), **VAT
    )


@seed(TaxBand, "rule", "above")
def tax_bands() -> Iterator[TaxBand]:
    """Bands belong to a rule and follow it: one that was edited here keeps its own."""
    rule = TaxRule.objects.get(article=Article.PPH21, valid_from=PPH21_FROM)
    if rule.edited_at is not None:
        return
    for above, up_to, rate_bp in BANDS:
        top = None if up_to is None else Decimal(up_to * MILLION)
        yield TaxBand(rule=rule, above=Decimal(above * MILLION), up_to=top, rate_bp=rate_bp)


@seed(StampRule, "paper", "valid_from")
def stamp_rules() -> Iterator[StampRule]:
    yield StampRule(paper=StampRule.Paper.AGREEMENT, duty=Decimal(10_000), **STAMP)
    yield StampRule(paper=StampRule.Paper.RECEIPT, above=Decimal(5 * MILLION), duty=Decimal(10_000), **STAMP)


@seed(YearlyThreshold, "country", "valid_from")
def yearly_thresholds() -> Iterator[YearlyThreshold]:
    yield YearlyThreshold(
        country="FR", amount=Decimal(1_000), currency="EUR", meaning="A written contract is compulsory.", **FRANCE
    )
