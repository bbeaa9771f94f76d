"""A post that is out counts once, in the period of its day in the deal's zone; what never was, or is gone, does not."""

import datetime as dt

import pytest

from campaigns.approvals.models import Deviation, LivePost
from campaigns.approvals.publishing.actions import Seen, close, look
from campaigns.approvals.publishing.staying import answer_check
from campaigns.planning.models import Campaign, Deliverable, QuotaPost
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, Program, QuotaEntry
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on
from tests.crm.ambassadors.conftest import DealOf, format_of

NOON = DECEMBER + dt.timedelta(days=3, hours=12)
LAST_HALF_HOUR = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
"""23.30 WIB on New Year's Eve, 00.30 WITA on New Year's Day."""


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=dt.date(2027, 11, 30), quantity=2)


@pytest.fixture
def december(deal: AmbassadorDeal, begin: Begin) -> DealPeriod:
    return begin(deal, on(12, 1), on(12, 31))


def first_post() -> Deliverable:
    return Deliverable.objects.with_card().order_by("post_due_on", "pk")[0]


def approve(row: Deliverable) -> None:
    row.submit(at=NOON, actor=SYSTEM)
    row.approve(at=NOON, actor=SYSTEM, because="seen")


def balance(period: DealPeriod) -> tuple[int, int]:
    """Posted, left."""
    found = PeriodQuota.objects.get(period=period)
    return found.delivered, found.left


def ledger() -> list[tuple[str, int]]:
    return list(QuotaEntry.objects.exclude(kind="grant").order_by("pk").values_list("kind", "quantity"))


def test_a_post_that_is_out_counts_once(december: DealPeriod) -> None:
    row = first_post()
    row.publish(at=NOON, actor=SYSTEM)
    assert balance(december) == (1, 1)
    first_post().add_link("https://instagram.example/p/1", at=NOON, actor=SYSTEM)
    assert ledger() == [("delivered", -1)]
    entry = QuotaEntry.objects.get(kind="delivered")
    assert (entry.key, entry.on, entry.label) == (
        f"campaigns.deliverable:{row.pk}", on(12, 4), "Instagram Reel, Lumi Circle",
    )  # fmt: skip


def test_approved_it_does_not_count_yet(december: DealPeriod) -> None:
    approve(first_post())
    assert ledger() == []


def test_where_the_quota_says_so_it_counts_on_the_day_it_is_approved(deal: AmbassadorDeal, begin: Begin) -> None:
    deal.quotas.update(counts_on="approved")
    december = begin(deal, on(12, 1), on(12, 31))
    approve(first_post())
    assert balance(december) == (1, 1)
    first_post().publish(at=NOON + dt.timedelta(days=40), actor=SYSTEM)
    assert ledger() == [("delivered", -1)]


def test_an_approval_taken_back_counts_no_more(deal: AmbassadorDeal, begin: Begin) -> None:
    deal.quotas.update(counts_on="approved")
    december = begin(deal, on(12, 1), on(12, 31))
    approve(first_post())
    first_post().ask_changes("The label", at=NOON, actor=SYSTEM)
    assert balance(december) == (0, 2)


def test_a_post_that_never_was_is_taken_back_and_counts_again_when_it_is_out(december: DealPeriod) -> None:
    first_post().publish(at=NOON, actor=SYSTEM)
    first_post().reopen(at=NOON, actor=SYSTEM)
    assert balance(december) == (0, 2)
    first_post().publish(at=NOON, actor=SYSTEM)
    assert balance(december) == (1, 1)
    assert ledger() == [("delivered", -1), ("delivered", 1), ("delivered", -1)]


@pytest.mark.parametrize(("zone", "posted"), [("Asia/Jakarta", [1, 0]), ("Asia/Makassar", [0, 1])])
def test_the_zone_of_the_deal_decides_in_which_period_it_counts(
    deal: AmbassadorDeal, begin: Begin, zone: str, posted: list[int]
) -> None:
    type(deal.contract).objects.filter(pk=deal.contract_id).update(zone=zone)
    december = begin(deal, on(12, 1), on(12, 31))
    january = begin(deal, dt.date(2027, 1, 1), dt.date(2027, 1, 31), number=2)
    first_post().publish(at=LAST_HALF_HOUR, actor=SYSTEM)
    assert [balance(period)[0] for period in (december, january)] == posted


def test_a_day_corrected_later_moves_it_to_the_other_period(deal: AmbassadorDeal, begin: Begin) -> None:
    december = begin(deal, on(12, 1), on(12, 31))
    january = begin(deal, dt.date(2027, 1, 1), dt.date(2027, 1, 31), number=2)
    told_at = dt.datetime(2027, 1, 2, 3, 0, tzinfo=dt.UTC)
    first_post().publish(at=told_at, actor=SYSTEM)
    assert [balance(period)[0] for period in (december, january)] == [0, 1]
    post = LivePost.objects.with_card().get()
    look(post, Seen(posted_on=on(12, 30)), at=told_at, actor=SYSTEM)
    assert [balance(period)[0] for period in (december, january)] == [1, 0]


def test_taken_down_before_its_time_it_counts_no_more_until_that_was_a_mistake(december: DealPeriod) -> None:
    first_post().publish(at=NOON, actor=SYSTEM)
    post = LivePost.objects.with_card().get()
    check = post.live_checks.create(due_on=on(12, 20))
    answer_check(check, is_live=False, at=NOON, actor=SYSTEM)
    assert balance(december) == (0, 2)
    first_post().add_link("https://instagram.example/p/1", at=NOON, actor=SYSTEM)
    assert balance(december) == (0, 2)
    close(Deviation.objects.get(kind="removed"), "mistake", "It was archived for a day", at=NOON, actor=SYSTEM)
    assert balance(december) == (1, 1)


def test_a_breach_stays_taken_back(december: DealPeriod) -> None:
    first_post().publish(at=NOON, actor=SYSTEM)
    check = LivePost.objects.with_card().get().live_checks.create(due_on=on(12, 20))
    answer_check(check, is_live=False, at=NOON, actor=SYSTEM)
    close(Deviation.objects.get(kind="removed"), "breach", "Deleted after two days", at=NOON, actor=SYSTEM)
    assert balance(december) == (0, 2)


def test_another_format_than_owed_does_not_count(december: DealPeriod) -> None:
    row = first_post()
    Deliverable.objects.filter(pk=row.pk).update(format=format_of("story"))
    first_post().publish(at=NOON, actor=SYSTEM)
    assert ledger() == []


def test_out_on_a_day_outside_of_the_deal_it_is_told_and_not_counted(december: DealPeriod) -> None:
    first_post().publish(at=NOON, posted_at=NOON - dt.timedelta(days=20), actor=SYSTEM)
    assert ledger() == []
    told = Entry.objects.get(verb="quota.not_counted").sentence_en
    assert told == (
        "Instagram Reel for Lumi Circle counts for nothing in the ambassador deal: On that day nothing was owed: it lies "
        "outside of this deal."
    )


def test_what_is_of_no_deal_is_nobodys_business(december: DealPeriod) -> None:
    row = first_post()
    QuotaPost.objects.filter(deliverable=row).delete()
    row.publish(at=NOON, actor=SYSTEM)
    assert ledger() == []
    assert Campaign.objects.count() == 1
