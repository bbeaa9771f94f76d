"""The periods of a deal as rows: laid out when it is signed, following its days, and never touched once closed."""

import datetime as dt

import pytest
from django.utils import timezone

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod
from crm.ambassadors.schedule.laying import lay_out, spans_of
from crm.contracts.actions.carrying_out import move_end
from crm.contracts.actions.noticing import note_notice
from crm.contracts.actions.steps import end_early, void
from crm.contracts.models import Contract, Notice
from crm.contracts.works import follow_contract
from crm.exclusivity.gate import Door, gate
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
ISO = dt.date.fromisoformat
State = DealPeriod.State


def told(deal: AmbassadorDeal) -> list[str]:
    rows = DealPeriod.objects.filter(deal=deal).order_by("number")
    return [
        f"{row.number} {row.first_on} {row.last_on} {row.active_days}/{row.nominal_days} {row.state}" for row in rows
    ]


def follow(contract: Contract, now: dt.datetime) -> None:
    """As every step of a contract does."""
    with gate(contract.people) as held:
        follow_contract(contract, Door(held, now), actor=SYSTEM)


def put(deal: AmbassadorDeal, number: int, *states: str, last_on: str = "") -> None:
    """As the calendar has it by then."""
    row = DealPeriod.objects.select_related("deal__contract", "deal__program").get(deal=deal, number=number)
    for state in states:
        now = {State.OPEN: {"opened_at": timezone.now()}, State.CLOSED: {"closed_at": timezone.now()}}.get(state, {})
        row.put(state, "Moved", at=timezone.now(), actor=SYSTEM, also=now)


def test_a_year_is_laid_out_as_its_contract_moves_and_twice_changes_nothing(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(start_on=ISO("2026-01-31"), end_on=ISO("2027-01-30"))
    follow(deal.contract, now)
    rows = told(deal)
    assert (len(rows), rows[0], rows[1], rows[11]) == (
        12,
        "1 2026-01-31 2026-02-27 28/28 planned",
        "2 2026-02-28 2026-03-30 31/31 planned",
        "12 2026-12-31 2027-01-30 31/31 planned",
    )
    assert lay_out(deal, at=now) is False
    assert told(deal) == rows


def test_a_draft_has_no_rows_and_shows_its_year_all_the_same(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(signed=False)
    follow(deal.contract, now)
    assert told(deal) == []
    assert [span.number for span in spans_of(deal, now.date())] == list(range(1, 13))


def test_without_a_first_day_there_is_no_year_yet(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(signed=False, quantity=None, retainer=None, start_on=None, end_on=None)
    assert spans_of(deal, now.date()) == []


def test_without_a_last_day_twelve_periods_lie_ahead(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(end_on=None)
    lay_out(deal, at=now)
    assert told(deal)[-1] == "23 2027-11-01 2027-11-30 30/30 planned"
    lay_out(deal, at=now + dt.timedelta(days=8))
    assert told(deal)[-1] == "24 2027-12-01 2027-12-31 31/31 planned"


def test_a_last_day_in_a_thousand_years_is_laid_out_as_days_go_by(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(start_on=ISO("2026-01-01"), end_on=ISO("2999-12-31"))
    follow(deal.contract, now)
    rows = deal.periods.count()
    lay_out(deal, at=now + dt.timedelta(days=366))
    assert (rows > 240, rows <= 260, deal.periods.count() - rows) == (True, True, 12)


def test_periods_count_from_an_anchor_of_their_own(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(start_on=ISO("2026-03-11"), end_on=ISO("2026-05-31"), anchor_on=ISO("2026-01-01"))
    lay_out(deal, at=now)
    assert told(deal) == [
        "1 2026-03-11 2026-03-31 21/31 planned",
        "2 2026-04-01 2026-04-30 30/30 planned",
        "3 2026-05-01 2026-05-31 31/31 planned",
    ]
    assert list(DealPeriod.objects.values_list("is_stub", flat=True)) == [True, False, False]


def test_a_renewal_appends_periods_and_moves_none(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(start_on=ISO("2026-01-31"), end_on=ISO("2026-07-30"))
    lay_out(deal, at=now)
    before = told(deal)
    move_end(deal.contract, ISO("2027-01-30"), now)
    follow(deal.contract, now)
    after = told(deal)
    assert (after[:6], len(after), after[-1]) == (before, 12, "12 2026-12-31 2027-01-30 31/31 planned")


def test_a_contract_that_is_moved_is_looked_at_again_by_the_calendar(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of(checked_on=now.date())
    follow(deal.contract, now)
    deal.refresh_from_db()
    assert deal.checked_on is None


def test_an_early_end_cuts_the_period_it_lies_in_and_takes_away_those_ahead(
    deal_of: DealOf, now: dt.datetime, actor: Actor
) -> None:
    deal = deal_of()
    follow(deal.contract, now)
    put(deal, 11, State.OPEN)
    end_early(deal.contract, ISO("2026-11-24"), "They moved away.", at=now, actor=actor)
    assert told(deal)[9:] == ["10 2026-10-01 2026-10-31 31/31 planned", "11 2026-11-01 2026-11-24 24/30 open"]


def test_a_period_that_had_begun_after_an_early_end_is_dropped_and_stays_on_record(
    deal_of: DealOf, now: dt.datetime, actor: Actor
) -> None:
    deal = deal_of()
    follow(deal.contract, now)
    put(deal, 11, State.OPEN)
    end_early(deal.contract, ISO("2026-10-20"), "They moved away.", at=now, actor=actor)
    assert told(deal)[9:] == ["10 2026-10-01 2026-10-20 20/31 planned", "11 2026-11-01 2026-11-30 0/30 void"]
    entry = Entry.objects.get(verb="deal.period_void")
    assert (entry.influencer_id, entry.sentence_en) == (
        deal.influencer_id,
        f"Period 11 of {deal.program} dropped: the deal had ended by then",
    )


def test_what_is_closed_is_never_touched_again(deal_of: DealOf, now: dt.datetime, actor: Actor) -> None:
    deal = deal_of()
    follow(deal.contract, now)
    for number in (9, 10):
        put(deal, number, State.OPEN, State.CLOSED)
    end_early(deal.contract, ISO("2026-10-20"), "They moved away.", at=now, actor=actor)
    DealPause.objects.create(
        deal=deal, first_on=ISO("2026-09-01"), last_on=ISO("2026-09-30"), effect=DealPause.Effect.FREEZE
    )
    lay_out(deal, at=now)
    assert told(deal)[8:] == [
        "9 2026-09-01 2026-09-30 30/30 closed",
        "10 2026-10-01 2026-10-31 31/31 closed",
    ]


def test_notice_leaves_every_period_as_it_is(deal_of: DealOf, now: dt.datetime, actor: Actor) -> None:
    deal = deal_of()
    follow(deal.contract, now)
    before = told(deal)
    said = {"kind": Notice.Kind.NON_RENEWAL, "given_by": Notice.From.US, "sent_on": now.date(), "received_on": None}
    note_notice(deal.contract, **said, channel="email", note="Enough.", at=now, actor=actor)
    assert told(deal) == before


def test_a_contract_that_is_void_takes_its_periods_away(deal_of: DealOf, now: dt.datetime, actor: Actor) -> None:
    deal = deal_of(status=Contract.Status.SIGNED, start_on=ISO("2027-01-01"), end_on=ISO("2027-12-31"))
    follow(deal.contract, now)
    assert len(told(deal)) == 12
    void(deal.contract, "A mistake.", at=now, actor=actor)
    assert told(deal) == []


def rest(deal: AmbassadorDeal, first: str, last: str, effect: str = DealPause.Effect.SHIFT) -> None:
    """A pause as the rows have it once it is known."""
    made = DealPause.objects.create(deal=deal, first_on=ISO(first), last_on=ISO(last), effect=effect)
    if effect == DealPause.Effect.SHIFT:
        days = (made.last_on - made.first_on).days + 1  # type: ignore[operator]
        contract = deal.contract
        contract.end_on, contract.shifted_days = contract.end_on + dt.timedelta(days), contract.shifted_days + days  # type: ignore[operator]
        contract.save()


def test_a_rest_over_a_boundary_belongs_to_the_period_before(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of()
    lay_out(deal, at=now)
    put(deal, 10, State.OPEN)
    rest(deal, "2026-11-01", "2026-11-10")
    lay_out(deal, at=now)
    assert told(deal)[9:] == [
        "10 2026-10-01 2026-11-10 31/31 open",
        "11 2026-11-11 2026-12-10 30/30 planned",
        "12 2026-12-11 2027-01-10 31/31 planned",
    ]


@pytest.mark.parametrize("over", [(State.OPEN, State.IN_REVIEW), (State.OPEN, State.CLOSED)], ids=["over", "closed"])
def test_a_rest_behind_a_period_that_is_over_belongs_to_the_next(
    deal_of: DealOf, now: dt.datetime, over: tuple[str, ...]
) -> None:
    deal = deal_of()
    lay_out(deal, at=now)
    put(deal, 10, *over)
    rest(deal, "2026-11-01", "2026-11-10")
    lay_out(deal, at=now)
    assert told(deal)[9:] == [
        f"10 2026-10-01 2026-10-31 31/31 {over[-1]}",
        "11 2026-11-01 2026-12-10 30/30 planned",
        "12 2026-12-11 2027-01-10 31/31 planned",
    ]


def test_a_period_to_be_closed_goes_on_when_a_rest_in_it_moves_its_last_day(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of()
    lay_out(deal, at=now)
    put(deal, 10, State.OPEN, State.IN_REVIEW)
    rest(deal, "2026-10-16", "2026-11-24")
    lay_out(deal, at=now)
    assert told(deal)[9:11] == ["10 2026-10-01 2026-12-10 31/31 open", "11 2026-12-11 2027-01-09 30/30 planned"]


def test_frozen_days_leave_the_days_that_count_and_every_date_stays(deal_of: DealOf, now: dt.datetime) -> None:
    deal = deal_of()
    rest(deal, "2026-06-01", "2026-07-15", DealPause.Effect.FREEZE)
    lay_out(deal, at=now)
    assert told(deal)[5:8] == [
        "6 2026-06-01 2026-06-30 0/30 planned",
        "7 2026-07-01 2026-07-31 16/31 planned",
        "8 2026-08-01 2026-08-31 31/31 planned",
    ]
