"""A contract in force with one fee, what happened under it as somebody above would tell, and the pen to say how it is paid."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from crm.contracts.models import Contract, Party, PayLine, PromisedPost
from crm.influencers.models import Format
from crm.payments.milestones.laying import Part, Terms, lay
from crm.payments.milestones.places import Happened, Work, work_done
from crm.payments.models import LedgerLine, Milestone
from crm.timeline.record import SYSTEM
from tests.factories import InfluencerFactory
from tests.factories.payments import contract_in_force

NOW = dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 12, 1)


@dataclass
class Known:
    """What a room above knows; changed by a test as it happens."""

    by_party: dict[int, Happened] = field(default_factory=dict)

    def works(self, party: Party, *works: Work, **more: Any) -> None:
        self.by_party[party.pk] = Happened(works=works, **more)


@pytest.fixture
def known() -> Iterator[Known]:
    told = Known()

    def tell(parties: Collection[int]) -> Mapping[int, Happened]:
        return {pk: one for pk, one in told.by_party.items() if pk in parties}

    work_done("test")(tell)
    yield told
    del work_done._placed["test"]


@pytest.fixture
def contract(db: None) -> Contract:
    return contract_in_force(InfluencerFactory(stage_name="Kirana Maheswari"), fee=10_000_000)


@pytest.fixture
def party(contract: Contract) -> Party:
    return contract.talents[0]


@pytest.fixture
def seller(party: Party) -> Party:
    """Ten percent."""
    PayLine.objects.create(contract=party.contract, kind="commission", rate_bp=1_000)
    return party


Say = Callable[..., list[Milestone]]


@pytest.fixture
def say(contract: Contract) -> Say:
    """say((5_000, "signed"), (5_000, "published")): how it is paid."""

    def said(*parts: Part, net_days: int = 14) -> list[Milestone]:
        return lay(contract, parts, Terms(net_days=net_days), at=NOW, actor=SYSTEM)

    return said


def promised(party: Party, **fields: Any) -> PromisedPost:
    form = Format.objects.order_by("pk").first()
    assert form is not None
    post = PromisedPost.objects.create(contract=party.contract, party=party, format=form, **fields)
    PromisedPost.objects.filter(pk=post.pk).update(created_at=NOW)  # on a later day it would count as added since
    return post


def told() -> list[tuple[str, int, dt.date | None]]:
    """Each line of the ledger: its step, its amount, when it is to be paid."""
    return [(one.step, int(one.amount.amount), one.due_on) for one in LedgerLine.objects.order_by("pk")]
