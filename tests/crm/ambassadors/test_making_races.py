"""Colleagues who press the same button at the same second: one draft, one amendment carried out."""

import datetime as dt

import pytest
from django.db import connection, transaction

from crm.ambassadors.changing.actions import carry_out_due
from crm.ambassadors.making.actions import make_deal, there_already
from crm.ambassadors.models import AmbassadorDeal, DealChange, Program, RetainerRate
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.test_making import terms_of
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 4


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_of_many_who_write_her_deal_one_does(
    kirana: Influencer, circle: Program, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    terms = terms_of(kirana, circle, coordinator)
    # The control: asked before either has written, nothing stands against it. Only the programme that is held makes it one.
    looks = [there_already(circle.pk, [kirana.pk], terms.start_on, terms.end_on) for _ in range(CROWD)]
    assert looks == [{}] * CROWD
    raised = together(*[lambda: make_deal(terms, at=now, actor=actor)] * CROWD)
    assert raised == ["ValidationError"] * (CROWD - 1)
    assert (AmbassadorDeal.objects.count(), Contract.objects.count()) == (1, 1)


def test_a_change_is_carried_out_once(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of()
    amendment = Contract.objects.create(
        kind="ambassador", title="More", brand=deal.contract.brand, owner=deal.contract.owner, zone="Asia/Jakarta",
        start_on=dt.date(2026, 3, 1), amends=deal.contract, status="active", signed_at=now, sent_at=now,
        text="x", text_sha256="0" * 64,
    )  # fmt: skip
    becomes = {"what": "retainer", "line": None, "was": None, "becomes": ["12000000.00", "IDR"]}
    DealChange.objects.create(deal=deal, amendment=amendment, from_on=dt.date(2026, 3, 1), changes=[becomes])

    def act() -> None:
        with transaction.atomic():
            carry_out_due(deal.contract, at=now)

    assert together(*[act] * CROWD) == []
    assert DealChange.objects.filter(done_at__isnull=False).count() == 1
    assert RetainerRate.objects.filter(amendment=amendment).count() == 1
