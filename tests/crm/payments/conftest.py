"""A person, a brand and the pen to make something due between them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from djmoney.money import Money

from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.actions import make_due
from crm.payments.models import LedgerLine
from tests.factories import BrandFactory, InfluencerFactory

ON = dt.date(2026, 11, 24)
Owe = Callable[..., LedgerLine]


def rupiah(amount: int) -> Money:
    return Money(amount, "IDR")


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare")


@pytest.fixture
def noted(now: dt.datetime) -> dict[str, Any]:
    """When and by whom it is written."""
    return {"on": ON, "at": now, "by": "Dinda"}


@pytest.fixture
def owe(kirana: Influencer, lumi: Brand, noted: dict[str, Any]) -> Owe:
    def owed(amount: Money, key: str = "one", **fields: Any) -> LedgerLine:
        usual = {"influencer": kirana.pk, "brand": lumi.pk, "label": "Retainer 1", **noted}
        made = make_due(LedgerLine.Kind.RETAINER, amount, key=key, **{**usual, **fields})
        assert made is not None
        return made

    return owed
