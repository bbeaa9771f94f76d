"""Two notices at the same second, and a notice against the tick on the last day for it."""

import datetime as dt

import pytest
from django.db import connection

from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.actions.noticing import _check
from crm.contracts.models import Contract, Notice
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.noticing import give_notice
from tests.crm.contracts.test_signing import sign_both
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TERMS = {
    "start_on": dt.date(2026, 1, 1), "end_on": dt.date(2026, 12, 31), "renewal": "auto", "renew_months": 12,
    "notice_value": 30, "notice_span": "days",
}  # fmt: skip
LAST, AFTER = dt.date(2026, 12, 1), dt.datetime(2026, 12, 1, 17, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def running(write: Write, kirana: Influencer, actor: Actor) -> Contract:
    contract = sign_both(write(kirana, said="1 reel 2jt", **TERMS), dt.datetime(2025, 12, 20, tzinfo=dt.UTC), actor)
    bring_up_to_date(contract.pk, dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    return Contract.objects.get()


def test_of_two_notices_at_once_one_is_kept(running: Contract, actor: Actor) -> None:
    at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    # The control: looked at one by one before either is kept, both might be. The look counts only while it is held.
    for _side in range(2):
        _check(running, Notice(contract=running, sent_on=at.date()), at.date())
    raised = together(*[lambda: give_notice(running, at.date(), at=at, actor=actor)] * 2)
    assert raised == ["ValidationError"]
    assert (Notice.objects.count(), Entry.objects.filter(verb="contract.in_notice").count()) == (1, 1)


def test_a_notice_and_the_tick_just_after_the_deadline_agree_whoever_comes_first(
    running: Contract, actor: Actor
) -> None:
    # Sent in time and noted a few minutes after midnight, while the tick lets it go on.
    raised = together(
        lambda: give_notice(running, LAST, at=AFTER, actor=actor), *[lambda: bring_up_to_date(running.pk, AFTER)] * 4
    )
    assert raised == []
    kept = Contract.objects.get()
    assert (kept.status, kept.end_on, kept.renewed) == ("in_notice", dt.date(2026, 12, 31), 0)
    assert Notice.objects.get().is_late is False
