"""A deal rests and goes on: what moves, what is owed, what its contract does meanwhile, and what is refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, PeriodQuota, QuotaEntry, RetainerCharge
from crm.ambassadors.schedule.pausing import Wish, pause, resume
from crm.ambassadors.schedule.preview import preview_pause, preview_resume
from crm.ambassadors.schedule.rests import Rest
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.models import Contract
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
ISO = dt.date.fromisoformat
DAY = dt.timedelta(days=1)
SHIFT, FREEZE = DealPause.Effect.SHIFT, DealPause.Effect.FREEZE


def day(on: str) -> dt.datetime:
    return dt.datetime.combine(ISO(on), dt.time(1), tzinfo=dt.UTC)


def told(deal: AmbassadorDeal) -> list[str]:
    rows = DealPeriod.objects.filter(deal=deal).order_by("number")
    return [
        f"{row.number} {row.first_on} {row.last_on} {row.active_days}/{row.nominal_days} {row.state}" for row in rows
    ]


def wish(first: str, last: str = "", effect: str = SHIFT, **more: object) -> Wish:
    return Wish(ISO(first), ISO(last) if last else None, effect, **more)  # type: ignore[arg-type]


def begin(deal: AmbassadorDeal, on: str) -> None:
    move_by_date(day(on))
    keep_deals(day(on))
    deal.contract.refresh_from_db()


def rest(deal: AmbassadorDeal, said: Wish, on: str, actor: Actor = SYSTEM) -> DealPause:
    return pause(deal, said, at=day(on), actor=actor)


def test_a_shift_of_45_days_moves_the_end_to_14_february_and_keeps_what_is_owed(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    before = list(PeriodQuota.objects.values_list("period__number", "left"))
    rest(deal, wish("2026-06-01", "2026-07-15"), "2026-05-20")
    deal.contract.refresh_from_db()
    assert (deal.contract.end_on, deal.contract.shifted_days) == (ISO("2027-02-14"), 45)
    assert told(deal)[4:6] == [
        "5 2026-05-01 2026-07-15 31/31 open",
        "6 2026-07-16 2026-08-14 30/30 planned",
    ]
    assert told(deal)[-1] == "12 2027-01-15 2027-02-14 31/31 planned"
    assert list(PeriodQuota.objects.values_list("period__number", "left")) == before


def test_a_shift_is_paid_for_in_full_in_every_period(deal_of: DealOf) -> None:
    deal = deal_of(start_on=ISO("2026-05-01"))
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-06-11", "2026-07-25"), "2026-05-20")
    keep_deals(day("2026-09-25"))
    assert told(deal)[1] == "2 2026-06-01 2026-08-14 30/30 closed"
    assert [int(one.amount.amount) for one in RetainerCharge.objects.order_by("period__number")] == [10_000_000] * 3


def test_a_freeze_leaves_every_day_and_owes_and_pays_less(deal_of: DealOf) -> None:
    deal = deal_of(start_on=ISO("2026-05-01"), quantity=4)
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-06-01", "2026-07-15", FREEZE), "2026-05-20")
    deal.contract.refresh_from_db()
    assert (deal.contract.end_on, deal.contract.shifted_days) == (ISO("2026-12-31"), 0)
    keep_deals(day("2026-08-08"))
    charges = RetainerCharge.objects.order_by("period__number").values_list("period__number", "amount")
    assert [(number, int(amount)) for number, amount in charges] == [(1, 10_000_000), (2, 0), (3, 5_161_290)]
    granted = PeriodQuota.objects.order_by("period__number").values_list("period__number", "granted")
    assert list(granted) == [(1, 4), (3, 2), (4, 4)]


def test_a_freeze_in_the_period_under_way_takes_its_part_out_at_once(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    begin(deal, "2026-01-10")
    rest(deal, wish("2026-01-16", "2026-01-31", FREEZE), "2026-01-10")
    rows = QuotaEntry.objects.order_by("pk").values_list("kind", "quantity", "exact")
    assert list(rows) == [("grant", 4, ""), ("amend", -2, "60/31")]
    assert told(deal)[0] == "1 2026-01-01 2026-01-31 15/31 open"


def test_a_pause_nobody_knows_the_end_of_stops_the_calendar_until_it_ends(deal_of: DealOf) -> None:
    deal = deal_of(start_on=ISO("2026-05-01"), end_on=ISO("2026-06-30"))
    begin(deal, "2026-05-20")
    row = rest(deal, wish("2026-06-01"), "2026-05-20")
    begin(deal, "2026-08-01")
    assert told(deal) == ["1 2026-05-01 2026-05-31 31/31 paused", "2 2026-06-01 2026-06-30 30/30 planned"]
    assert (deal.contract.status, deal.contract.end_on) == (Contract.Status.ACTIVE, ISO("2026-06-30"))
    resume(row, ISO("2026-08-05"), at=day("2026-08-01"), actor=SYSTEM)
    deal.contract.refresh_from_db()
    assert (deal.contract.end_on, deal.contract.shifted_days, deal.contract.rests_since_on) == (
        ISO("2026-09-03"),
        65,
        None,
    )
    begin(deal, "2026-08-05")
    assert told(deal) == ["1 2026-05-01 2026-08-04 31/31 in_review", "2 2026-08-05 2026-09-03 30/30 open"]


def test_an_open_pause_and_a_known_one_come_to_the_same(deal_of: DealOf) -> None:
    opened, known = deal_of(start_on=ISO("2026-05-01")), deal_of(start_on=ISO("2026-05-01"))
    begin(opened, "2026-05-20")
    row = rest(opened, wish("2026-06-11"), "2026-05-20")
    rest(known, wish("2026-06-11", "2026-07-25"), "2026-05-20")
    begin(opened, "2026-07-10")
    assert told(opened)[1] == "2 2026-06-01 2026-06-30 30/30 paused"
    resume(row, ISO("2026-07-26"), at=day("2026-07-10"), actor=SYSTEM)
    begin(opened, "2026-09-20")
    assert told(opened) == told(known)
    opened.contract.refresh_from_db()
    known.contract.refresh_from_db()
    assert opened.contract.end_on == known.contract.end_on == ISO("2027-02-14")


def test_a_pause_that_ends_sooner_moves_everything_back(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    row = rest(deal, wish("2026-06-11", "2026-07-25"), "2026-05-20")
    resume(row, ISO("2026-06-16"), at=day("2026-05-20"), actor=SYSTEM)
    deal.contract.refresh_from_db()
    assert (deal.contract.end_on, deal.contract.shifted_days) == (ISO("2027-01-05"), 5)
    assert told(deal)[5] == "6 2026-06-01 2026-07-05 30/30 planned"


def test_a_pause_that_ends_on_its_first_day_never_was(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    before = told(deal)
    row = rest(deal, wish("2026-06-01"), "2026-05-20")
    resume(row, ISO("2026-06-01"), at=day("2026-05-20"), actor=SYSTEM)
    deal.contract.refresh_from_db()
    assert (told(deal), DealPause.objects.count()) == (before, 0)
    assert (deal.contract.end_on, deal.contract.shifted_days, deal.contract.rests_since_on) == (
        ISO("2026-12-31"),
        0,
        None,
    )


def test_a_pause_that_lasts_longer_than_was_known_moves_on(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    row = rest(deal, wish("2026-06-11", "2026-06-15", FREEZE), "2026-05-20")
    resume(row, ISO("2026-06-21"), at=day("2026-05-20"), actor=SYSTEM)
    assert told(deal)[5] == "6 2026-06-01 2026-06-30 20/30 planned"


def test_the_period_under_way_is_paused_from_the_day_it_rests_and_goes_on_after(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-05-25", "2026-05-27"), "2026-05-20")
    assert told(deal)[4].endswith("open")
    begin(deal, "2026-05-25")
    assert told(deal)[4].endswith("paused")
    begin(deal, "2026-05-28")
    assert told(deal)[4].endswith("open")
    assert Entry.objects.filter(verb="deal.period_paused").count() == 1


def test_deals_in_a_pause_are_found_by_the_day(deal_of: DealOf) -> None:
    deal, other = deal_of(), deal_of()
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-05-25", "2026-05-27"), "2026-05-20")
    found = [
        [*AmbassadorDeal.objects.standing("paused", ISO(on))]
        for on in ("2026-05-24", "2026-05-25", "2026-05-27", "2026-05-28")
    ]
    assert found == [[], [deal], [deal], []]
    assert other not in found[1]


def test_renewals_are_counted_from_the_first_day_with_a_shift_between(deal_of: DealOf) -> None:
    deal = deal_of(
        start_on=ISO("2026-01-31"),
        end_on=ISO("2026-07-30"),
        renewal=Contract.Renewal.AUTO,
        renew_months=6,
        notice_value=10,
    )
    begin(deal, "2026-02-10")
    rest(deal, wish("2026-03-05", "2026-03-14"), "2026-02-10")
    begin(deal, "2026-08-01")
    assert deal.contract.end_on == ISO("2027-02-09")
    assert told(deal)[6:8] == ["7 2026-08-10 2026-09-09 31/31 planned", "8 2026-09-10 2026-10-09 30/30 planned"]
    assert told(deal)[-1] == "12 2027-01-10 2027-02-09 31/31 planned"


Refusal = Callable[[AmbassadorDeal], object]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        (wish("2025-12-31"), "first_on", "It begins on 1 January 2026. Choose that day or a later one."),
        (wish("2027-01-01"), "first_on", "It ends on 31 December 2026. Choose an earlier day."),
        (wish("2026-12-20", "2027-01-05", FREEZE), "last_on", "It ends on 31 December 2026. Choose an earlier day."),
        (wish("2026-06-20", "2026-06-10"), "last_on", "The last day is before the first."),
        (wish("2026-09-10", "2026-09-20"), "first_on",
         "It is paused from 1 September 2026 to 10 September 2026 already. Choose days outside of that."),
        (wish("2026-08-30"), "first_on",
         "It is paused from 1 September 2026 to 10 September 2026 already. Choose days outside of that."),
        (wish("2026-04-30", "2026-05-02"), "first_on", "That period is closed. Choose 1 May 2026 or a later day."),
        (wish("2026-04-10"), "first_on", "That period is closed. Choose 1 May 2026 or a later day."),
    ],
    ids=["before the first day", "after the last day", "freeze over the end", "backwards", "overlap", "open over another",
         "into a closed period", "open from a closed period"],
)  # fmt: skip
def test_what_cannot_rest_is_refused_by_name_and_changes_nothing(
    deal_of: DealOf, said: Wish, field: str, sentence: str
) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-09-01", "2026-09-10", FREEZE), "2026-05-20")
    before, entries = told(deal), Entry.objects.count()
    with pytest.raises(ValidationError) as refused:
        rest(deal, said, "2026-05-20")
    assert refused.value.message_dict == {field: [sentence]}
    assert (told(deal), Entry.objects.count(), DealPause.objects.count()) == (before, entries, 1)


def test_a_second_pause_while_one_is_open_is_refused_and_names_the_first(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-06-01"), "2026-05-20")
    with pytest.raises(ValidationError) as refused:
        rest(deal, wish("2026-08-01", "2026-08-05"), "2026-05-20")
    assert refused.value.message_dict == {
        "first_on": ["It is paused from 1 June 2026 on already. End that pause first."]
    }
    assert DealPause.objects.count() == 1


def test_a_draft_and_a_deal_that_is_over_do_not_rest(deal_of: DealOf) -> None:
    for deal in (deal_of(signed=False), deal_of(status=Contract.Status.ENDED)):
        with pytest.raises(ValidationError):
            rest(deal, wish("2026-06-01"), "2026-05-20")
    assert DealPause.objects.count() == 0


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-05-31", "The pause begins on 1 June 2026. Choose that day or a later one."),
        ("2026-07-16", "It goes on from that day anyway."),
        ("2026-09-05", "It is paused from 1 September 2026 to 10 September 2026 already. Choose days outside of that."),
    ],
)
def test_a_pause_does_not_end_on_a_day_that_says_nothing(deal_of: DealOf, on: str, sentence: str) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    rest(deal, wish("2026-09-01", "2026-09-10", FREEZE), "2026-05-20")
    row = rest(deal, wish("2026-06-01", "2026-07-15", FREEZE), "2026-05-20")
    before = told(deal)
    with pytest.raises(ValidationError) as refused:
        resume(row, ISO(on), at=day("2026-05-20"), actor=SYSTEM)
    assert refused.value.message_dict == {"on": [sentence]}
    assert told(deal) == before


def test_frozen_days_of_a_closed_period_stay_frozen(deal_of: DealOf) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    row = rest(deal, wish("2026-05-21", "2026-06-10", FREEZE), "2026-05-20")
    begin(deal, "2026-06-08")
    with pytest.raises(ValidationError) as refused:
        resume(row, ISO("2026-05-25"), at=day("2026-06-08"), actor=SYSTEM)
    assert refused.value.message_dict == {"on": ["That period is closed. Choose 1 June 2026 or a later day."]}


def test_the_story_tells_both_days_and_why(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    begin(deal, "2026-05-20")
    row = rest(deal, wish("2026-06-01", "2026-07-15", why="A long journey."), "2026-05-20", actor)
    resume(row, ISO("2026-07-01"), at=day("2026-05-20"), actor=actor)
    entries = Entry.objects.filter(verb__in=["deal.paused", "deal.resumed"]).order_by("pk")
    assert [(entry.sentence_en, entry.quote, entry.influencer_id) for entry in entries] == [
        (f"{deal.program} is paused from 1 June 2026 to 15 July 2026", "A long journey.", deal.influencer_id),
        (f"{deal.program} goes on from 1 July 2026", "", deal.influencer_id),
    ]


def test_a_preview_says_what_the_pause_then_does(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4, renewal=Contract.Renewal.MANUAL, notice_value=30)
    begin(deal, "2026-05-20")
    shown = preview_pause(deal, Rest(ISO("2026-06-01"), ISO("2026-07-15"), SHIFT), day("2026-05-20"))
    assert (shown.days, shown.end_was, shown.end_becomes) == (45, ISO("2026-12-31"), ISO("2027-02-14"))
    assert (shown.notice_was, shown.notice_becomes) == (ISO("2026-12-01"), ISO("2027-01-15"))
    assert ([moved.becomes.number for moved in shown.periods], shown.less_owed) == (list(range(5, 13)), 0)
    rest(deal, wish("2026-06-01", "2026-07-15"), "2026-05-20")
    rows = {row.number: (row.first_on, row.last_on) for row in deal.periods.all()}
    assert [rows[moved.becomes.number] for moved in shown.periods] == [
        (moved.becomes.first_on, moved.becomes.last_on) for moved in shown.periods
    ]


def test_a_preview_of_a_freeze_counts_the_posts_that_are_no_longer_owed(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    begin(deal, "2026-05-20")
    shown = preview_pause(deal, Rest(ISO("2026-06-01"), ISO("2026-07-15"), FREEZE), day("2026-05-20"))
    assert [(moved.becomes.number, [(one.was, one.becomes) for one in moved.owes]) for moved in shown.periods] == [
        (6, [(4, 0)]),
        (7, [(4, 2)]),
    ]
    assert (shown.less_owed, shown.end_moves) == (6, False)
    row = rest(deal, wish("2026-06-01", "2026-07-15", FREEZE), "2026-05-20")
    back = preview_resume(row, ISO("2026-06-01"), day("2026-05-20"))
    assert (back.less_owed, [moved.becomes.active_days for moved in back.periods]) == (-6, [30, 31])
