"""What counts towards a quota: once for each key, in the period of its day, and taken back by a row against it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from crm.ambassadors.models import MakeGood, QuotaEntry
from crm.ambassadors.quotas.counting import NothingOwed, counts, credit, uncredit, waive, waive_make_good
from crm.ambassadors.quotas.ledger import PeriodClosed, Totals, replay, stored, write
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.quotas.conftest import AT, grant, month, rows

pytestmark = pytest.mark.django_db
MARCH_9, APRIL_1 = dt.date(2026, 3, 9), dt.date(2026, 4, 1)
REEL = "campaigns.deliverable:12"


def test_a_post_counts_in_the_period_of_its_day(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march, april = deal.quotas.get(), month(deal, 3, "in_review"), month(deal, 4)
    grant(march, line, 2)
    grant(april, line, 2)
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT, ref=REEL, label="Reel: morning routine")
    assert (stored(march, line), stored(april, line)) == (Totals(granted=2, delivered=1), Totals(granted=2))
    assert rows(line, march) == [("grant", 2), ("delivered", -1)]


def test_the_same_post_counts_once(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT) is True
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT) is False
    assert stored(march, line) == replay(march, line) == Totals(delivered=1)


def test_a_post_that_is_gone_is_taken_back_and_counts_again_when_it_returns(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    credit(line, 1, key=REEL, on=MARCH_9, at=AT)
    assert uncredit(REEL, on=MARCH_9, at=AT, by="Mitra", why="The post was deleted.") is True
    assert uncredit(REEL, on=MARCH_9, at=AT, by="Mitra", why="The post was deleted.") is False
    assert (counts(REEL), stored(march, line).left) == (False, 0)
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT) is True
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT) is False
    assert (counts(REEL), stored(march, line).left) == (True, -1)
    assert uncredit(REEL, on=MARCH_9, at=AT, by="Mitra", why="Deleted again.") is True
    keys = [REEL, f"{REEL}:back", f"{REEL}:2", f"{REEL}:2:back"]
    assert list(QuotaEntry.objects.order_by("pk").values_list("key", flat=True)) == keys


def test_the_number_of_another_post_that_begins_alike_is_another_post(deal_of: DealOf) -> None:
    line = (deal := deal_of()).quotas.get()
    march = month(deal, 3)
    credit(line, 1, key="campaigns.deliverable:1", on=MARCH_9, at=AT)
    assert credit(line, 1, key="campaigns.deliverable:12", on=MARCH_9, at=AT) is True
    assert stored(march, line) == Totals(delivered=2)


def test_nothing_is_taken_back_that_never_counted(deal_of: DealOf) -> None:
    month(deal_of(), 3)
    assert uncredit(REEL, on=MARCH_9, at=AT, by="Mitra", why="Gone.") is False


def test_a_post_of_a_closed_period_is_written_into_the_open_one_about_it(deal_of: DealOf) -> None:
    deal = deal_of()
    line, february, march = deal.quotas.get(), month(deal, 2, "closed"), month(deal, 3)
    assert credit(line, 1, key=REEL, on=dt.date(2026, 2, 20), at=AT) is True
    row = QuotaEntry.objects.get(key=REEL)
    assert (row.period, row.about, row.on) == (march, february, dt.date(2026, 2, 20))
    assert stored(february, line) == Totals()


def test_a_post_deleted_after_its_period_was_closed_is_owed_in_the_open_one(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march, april = deal.quotas.get(), month(deal, 3), month(deal, 4)
    credit(line, 1, key=REEL, on=MARCH_9, at=AT)
    type(march).objects.filter(pk=march.pk).update(state="closed", closed_at=AT)
    assert uncredit(REEL, on=APRIL_1, at=AT, by="Mitra", why="Deleted.") is True
    assert (stored(march, line), stored(april, line)) == (Totals(delivered=1), Totals(delivered=-1))


@pytest.mark.parametrize("on", [dt.date(2026, 2, 28), dt.date(2026, 5, 1)])
def test_outside_of_the_deal_nothing_is_owed(deal_of: DealOf, on: dt.date) -> None:
    deal = deal_of()
    line = deal.quotas.get()
    month(deal, 3)
    month(deal, 4)
    month(deal, 5, "void")
    with pytest.raises(NothingOwed, match="outside of this deal"):
        credit(line, 1, key=REEL, on=on, at=AT)
    assert QuotaEntry.objects.count() == 0


def test_once_the_last_period_is_closed_nothing_counts_any_more(deal_of: DealOf) -> None:
    deal = deal_of()
    month(deal, 3, "closed")
    with pytest.raises(NothingOwed, match="over and closed"):
        credit(deal.quotas.get(), 1, key=REEL, on=MARCH_9, at=AT)
    assert QuotaEntry.objects.count() == 0


def test_made_good_stands_beside_the_balance_and_never_above_what_is_owed(deal_of: DealOf) -> None:
    deal = deal_of()
    line, february, march = deal.quotas.get(), month(deal, 2, "closed"), month(deal, 3)
    owed = MakeGood.objects.create(period=february, line=line, quantity=2, due_on=dt.date(2026, 3, 14))
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT, make_good=owed) is True
    assert credit(line, 1, key=REEL, on=MARCH_9, at=AT, make_good=owed) is False
    with pytest.raises(NothingOwed, match="not to be made good"):
        credit(line, 2, key="another", on=MARCH_9, at=AT, make_good=owed)
    owed.refresh_from_db()
    assert (owed.left, rows(line, february), stored(february, line)) == (1, [("mg_done", -1)], Totals())
    assert uncredit(REEL, on=MARCH_9, at=AT, by="Mitra", why="Deleted.") is True
    owed.refresh_from_db()
    assert (owed.left, rows(line, february), rows(line, march)) == (2, [("mg_done", -1), ("mg_done", 1)], [])


def test_posts_that_were_not_her_fault_are_let_go_with_a_reason(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    grant(march, line, 2)
    waive(march, line, 1, "The sample came late.", at=AT, actor=actor)
    assert stored(march, line) == replay(march, line) == Totals(granted=2, waived=1)
    told = Entry.objects.get(verb="quota.waived")
    assert told.sentence_en == "Let go: 1 × Instagram Reel. The sample came late."
    assert QuotaEntry.objects.get(kind="waive").on == dt.date(2026, 3, 31)


@pytest.mark.parametrize(("quantity", "why"), [(3, "Late sample."), (0, "Late sample."), (1, " ")])
def test_no_more_than_is_owed_is_let_go_and_never_without_a_reason(
    deal_of: DealOf, actor: Actor, quantity: int, why: str
) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    grant(march, line, 2)
    with pytest.raises(ValidationError):
        waive(march, line, quantity, why, at=AT, actor=actor)
    assert stored(march, line) == Totals(granted=2)


def test_in_a_closed_period_nothing_is_let_go(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    grant(march, line, 2)
    type(march).objects.filter(pk=march.pk).update(state="closed", closed_at=AT)
    with pytest.raises(PeriodClosed):
        waive(march, line, 1, "The sample came late.", at=AT, actor=actor)
    with pytest.raises(PeriodClosed):
        write(march, line, "amend", 1, key="late", on=MARCH_9, at=AT, by="Mitra")
    assert (stored(march, line), Entry.objects.count()) == (Totals(granted=2), 0)


def test_what_is_still_to_be_made_good_can_be_let_go(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3, "closed")
    owed = MakeGood.objects.create(period=march, line=line, quantity=2, done=1, due_on=dt.date(2026, 4, 14))
    with pytest.raises(ValidationError, match="Only 1"):
        waive_make_good(owed, 2, "We were late.", at=AT, actor=actor)
    waive_make_good(owed, 1, "We were late.", at=AT, actor=actor)
    owed.refresh_from_db()
    assert (owed.waived, owed.left) == (1, 0)


def test_quotas_are_kept_apart(deal_of: DealOf) -> None:
    deal = deal_of()
    reels, stories, march = deal.quotas.get(), line_of(deal, 4, "story"), month(deal, 3)
    grant(march, reels, 2)
    grant(march, stories, 4)
    credit(stories, 2, key=REEL, on=MARCH_9, at=AT)
    assert (stored(march, reels).left, stored(march, stories).left) == (2, 2)


def test_a_balance_is_replayed_as_it_stood_on_any_day(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    grant(march, line, 2)
    credit(line, 1, key=REEL, on=MARCH_9, at=AT)
    credit(line, 1, key="another", on=dt.date(2026, 3, 20), at=AT)
    lefts = [replay(march, line, dt.date(2026, 3, day)).left for day in (1, 8, 9, 19, 20, 31)]
    assert lefts == [2, 2, 1, 1, 0, 0]


def test_what_counted_in_the_last_closed_period_stays(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    credit(line, 1, key=REEL, on=MARCH_9, at=AT)
    type(march).objects.filter(pk=march.pk).update(state="closed", closed_at=AT)
    assert uncredit(REEL, on=APRIL_1, at=AT, by="Mitra", why="Deleted.") is False
    assert (counts(REEL), rows(line)) == (True, [("delivered", -1)])
