"""Kirana sells for Lumi by her code KIRANA10 and by the link of her reel."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.results.orders.taking import OrderSaid, Taken, take_order
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.ambassadors.models import AmbassadorDeal, Program
from crm.contracts.models import Contract, PayLine
from tests.campaigns.planning.conftest import actor, campaign, collaboration, reel  # noqa: F401
from tests.factories.payments import contract_in_force

NOON = dt.datetime(2026, 11, 20, 5, 0, tzinfo=dt.UTC)
Take = Callable[..., Taken]


def said(number: str = "1001", amount: int | str = 270_000, *, currency: str = "IDR", **more: Any) -> OrderSaid:
    at = more.pop("at", NOON)
    return OrderSaid(number, at, Money(Decimal(amount), currency), **more)


@pytest.fixture
def code(collaboration: Collaboration) -> VoucherCode:  # noqa: F811
    return VoucherCode.objects.create(
        campaign=collaboration.campaign, collaboration=collaboration, code="KIRANA10",
        valid_from_on=dt.date(2026, 11, 1), valid_to_on=dt.date(2026, 12, 31),
    )  # fmt: skip


@pytest.fixture
def link(reel: Deliverable) -> TrackedLink:  # noqa: F811
    return TrackedLink.objects.create(deliverable=reel, slug="glow-k", target="https://lumi.contoh.example/serum")


@pytest.fixture
def take(campaign: Campaign, now: dt.datetime) -> Take:  # noqa: F811
    """take("1001", 270_000, code="kirana10"): an order of Lumi's shop."""

    def taken(number: str = "1001", amount: int | str = 270_000, **more: Any) -> Taken:
        return take_order(said(number, amount, **more), brand=campaign.brand, at=now, by="the shop")

    return taken


@pytest.fixture
def share(collaboration: Collaboration) -> Collaboration:  # noqa: F811
    """Kirana gets ten in a hundred of what she sells, by contract."""
    contract = contract_in_force(collaboration.influencer, brand=collaboration.campaign.brand)
    PayLine.objects.create(contract=contract, kind="commission", rate_bp=1000)
    collaboration.party = contract.parties.talents().get()
    collaboration.save()
    return collaboration


@pytest.fixture
def deal(collaboration: Collaboration) -> AmbassadorDeal:  # noqa: F811
    """Kirana's card goes on under an ambassador deal of hers."""
    brand = collaboration.campaign.brand
    contract = contract_in_force(collaboration.influencer, brand=brand, kind=Contract.Kind.AMBASSADOR)
    program = Program.objects.create(name="Circle", brand=brand, owner=contract.owner)
    made = AmbassadorDeal.objects.create(contract=contract, influencer=collaboration.influencer, program=program)
    collaboration.party = contract.parties.talents().get()
    collaboration.save()
    return made
