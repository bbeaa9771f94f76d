"""Two who decide about the same deal at the same second: one does."""

import datetime as dt

import pytest
from django.db import connection

from crm.ambassadors.models import DealReview
from crm.ambassadors.reviewing.deciding import decide_review
from crm.ambassadors.reviewing.planning import reviews_due
from crm.contracts.models import Contract
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.ambassadors.conftest import DealOf
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOV = dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_one_decision_stands_and_one_renewal_is_drafted(deal_of: DealOf, coordinator: User) -> None:
    deal = deal_of(renewal="manual")
    reviews_due(deal, at=NOV)
    seen = [deal.reviews.get() for _reader in range(2)]
    # The control: both see it open. What they see counts only while it is held.
    assert [review.is_decided for review in seen] == [False, False]
    raised = together(
        *[
            lambda one=one: decide_review(one, "continue", scores={}, note="", at=NOV, by=coordinator)  # type: ignore[misc]
            for one in seen
        ]
    )
    assert raised == ["ValidationError"]
    assert (DealReview.objects.get().decision, Contract.objects.count()) == ("continue", 2)
    assert Entry.objects.filter(verb="deal.reviewed").count() == 1


def test_a_look_is_written_once_however_many_ticks_ask(deal_of: DealOf) -> None:
    deal = deal_of(renewal="manual")
    assert together(*[lambda: reviews_due(deal, at=NOV)] * 6) == []
    assert DealReview.objects.count() == 1
