"""Posts noted by hand: once for an address, taken back, and noted again."""

import datetime as dt

import pytest

from crm.ambassadors.models import QuotaEntry, QuotaLine
from crm.ambassadors.quotas.by_hand import may_be_taken_back, note_post, take_back
from crm.ambassadors.quotas.ledger import stored
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.quotas.conftest import AT, month, rows

pytestmark = pytest.mark.django_db
URL = "https://instagram.com/p/abc"


def note(line: QuotaLine, actor: Actor) -> QuotaEntry | None:
    return note_post(line, on=dt.date(2026, 3, 9), told=URL, once=URL, at=AT, actor=actor)


def test_a_post_is_noted_taken_back_and_noted_again(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    for _turn in range(2):
        row = note(line, actor)
        assert row is not None
        assert (note(line, actor), may_be_taken_back(QuotaEntry.objects.all())) == (None, {row.pk})
        assert take_back(row, "Another brand's.", at=AT, actor=actor) is True
        assert take_back(row, "Another brand's.", at=AT, actor=actor) is False
    assert rows(line, march) == [("delivered", -1), ("delivered", 1)] * 2
    assert stored(march, line).left == 0
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["quota.posted", "quota.taken_back"] * 2


def test_the_same_address_counts_for_each_deal_of_its_own(deal_of: DealOf, actor: Actor) -> None:
    first, second = deal_of(), deal_of()
    month(first, 3)
    month(second, 3)
    assert [note(deal.quotas.get(), actor) is not None for deal in (first, second)] == [True, True]
