"""A contract that rests neither ends nor goes on; afterwards everything behind the rest has moved, and months still count."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from crm.base.windows import notice_deadline, term_end
from crm.contracts.actions.amending import draft_amendment
from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.actions.resting import go_on_after, rest
from crm.contracts.models import Contract
from crm.exclusivity.renewing import Term
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_signing import sign_both

YEAR = {"start_on": dt.date(2026, 1, 1), "end_on": dt.date(2026, 12, 31)}
AUTO = {**YEAR, "renewal": "auto", "renew_months": 12, "notice_value": 30, "notice_span": "days"}


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def noon(month: int, day: int, year: int = 2026) -> dt.datetime:
    """Noon in Jakarta."""
    return dt.datetime(year, month, day, 5, tzinfo=dt.UTC)


def running(write: Write, kirana: Influencer, actor: Actor, **terms: object) -> Contract:
    sign_both(write(kirana, said="1 reel 2jt", **terms), noon(12, 20, 2025), actor)
    bring_up_to_date(Contract.objects.get().pk, noon(1, 2))
    return Contract.objects.get()


@pytest.mark.django_db
class TestResting:
    def test_a_rest_of_45_days_moves_the_last_day_and_the_day_for_notice(
        self, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        contract = running(write, kirana, actor, **AUTO)
        go_on_after(contract, 45, at=noon(6, 1), actor=actor)
        kept = Contract.objects.get()
        assert (kept.end_on, kept.shifted_days, kept.rests_since_on) == (on(2, 14, 2027), 45, None)
        assert kept.term is not None
        assert (kept.term.notice_until(), kept.term.end_after(1)) == (on(1, 15, 2027), on(2, 14, 2028))

    def test_while_it_rests_it_neither_goes_on_nor_ends(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = running(write, kirana, actor, **AUTO)
        rest(contract, on(11, 20), at=noon(11, 20), actor=actor)
        assert bring_up_to_date(contract.pk, noon(3, 1, 2027)) == {}
        assert (Contract.objects.get().status, Contract.objects.get().end_on) == ("active", on(12, 31))
        go_on_after(contract, 102, at=noon(3, 2, 2027), actor=actor)
        assert (Contract.objects.get().end_on, Contract.objects.get().rests_since_on) == (on(4, 12, 2027), None)
        assert bring_up_to_date(contract.pk, noon(3, 13, 2027)) == {}
        assert bring_up_to_date(contract.pk, noon(3, 14, 2027)) == {"renewed": 1}
        assert Contract.objects.get().end_on == on(4, 11, 2028)  # a leap year: 102 days after its last

    def test_what_was_over_before_the_rest_began_is_done_first(
        self, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        contract = running(write, kirana, actor, **AUTO)
        rest(contract, on(12, 10), at=noon(12, 10), actor=actor)
        assert Contract.objects.get().end_on == on(12, 31, 2027)

    def test_it_rests_once_at_a_time(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = running(write, kirana, actor, **YEAR)
        rest(contract, on(6, 1), at=noon(6, 1), actor=actor)
        with pytest.raises(ValidationError, match="rests already"):
            rest(contract, on(7, 1), at=noon(7, 1), actor=actor)
        assert Contract.objects.get().rests_since_on == on(6, 1)
        assert Entry.objects.filter(verb="contract.rests").count() == 1

    def test_only_what_is_in_force_rests(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = write(kirana, said="1 reel 2jt", **YEAR)
        with pytest.raises(ValidationError, match="in force"):
            rest(contract, on(6, 1), at=noon(6, 1), actor=actor)
        with pytest.raises(ValidationError, match="in force"):
            go_on_after(contract, 3, at=noon(6, 1), actor=actor)
        assert (Contract.objects.get().rests_since_on, Contract.objects.get().end_on) == (None, on(12, 31))

    def test_what_amends_it_moves_with_it(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = running(write, kirana, actor, **YEAR)
        sign_both(draft_amendment(contract, on(3, 1), at=noon(2, 1), actor=actor), noon(2, 2), actor)
        bring_up_to_date(contract.pk, noon(3, 1))
        go_on_after(contract, 10, at=noon(6, 1), actor=actor)
        assert list(Contract.objects.order_by("pk").values_list("end_on", flat=True)) == [on(1, 10, 2027)] * 2


@pytest.mark.django_db
class TestTheCap:
    def test_after_the_last_renewal_it_may_have_somebody_decides(
        self, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        contract = running(write, kirana, actor, **AUTO, most_renewals=2)
        assert bring_up_to_date(contract.pk, noon(12, 2)) == {"renewed": 1}
        assert (Contract.objects.get().renewal, Contract.objects.get().renewed) == ("auto", 1)
        assert bring_up_to_date(contract.pk, noon(12, 2, 2027)) == {"renewed": 1}
        kept = Contract.objects.get()
        assert (kept.renewal, kept.renewed, kept.end_on) == ("manual", 2, on(12, 31, 2028))
        assert Entry.objects.filter(verb="contract.went_on_enough").count() == 1
        todo = Todo.objects.open().get()
        assert (todo.key, todo.owner_id) == (f"went_on_enough:{contract.pk}", contract.owner_id)
        assert bring_up_to_date(contract.pk, noon(12, 31, 2028)) == {}
        assert bring_up_to_date(contract.pk, noon(1, 1, 2029)) == {"ended": 1}

    def test_after_years_without_a_worker_it_goes_on_no_further_than_it_may(
        self, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        contract = running(write, kirana, actor, **AUTO, most_renewals=2)
        assert bring_up_to_date(contract.pk, noon(6, 1, 2030)) == {"renewed": 1, "ended": 1}
        kept = Contract.objects.get()
        assert (kept.status, kept.renewed, kept.end_on) == ("ended", 2, on(12, 31, 2028))


MONTHS, DAYS = st.integers(1, 24), st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@given(start_on=DAYS, first=MONTHS, more=MONTHS, times=st.integers(0, 8), shift=st.integers(0, 400))
def test_renewals_never_drift_with_and_without_rests(
    start_on: dt.date, first: int, more: int, times: int, shift: int
) -> None:
    rests = dt.timedelta(days=shift)
    term = Term(start_on, term_end(start_on, first) + rests, more, notice_days=30, shifted_days=shift)
    for _time in range(times):  # one renewal after another, each counted from what the one before left
        term = Term(start_on, term.end_after(1), more, notice_days=30, shifted_days=shift)
    assert term.end_on == term_end(start_on, first + times * more) + rests
    assert term.notice_until() == notice_deadline(term.end_on, days=30)
    assert term.end_after(-1) == term_end(start_on, first + (times - 1) * more) + rests
