"""The life of a promise after it was agreed: changed, ended early, paused, renewed. A term of March 2026, in Jakarta."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from crm.exclusivity.actions.amending import NotAmended
from crm.exclusivity.actions.clauses import drop_clause
from crm.exclusivity.actions.ending import end_early
from crm.exclusivity.actions.pausing import pause, resume
from crm.exclusivity.barring import bar_anew
from crm.exclusivity.continuing import follow_ups
from crm.exclusivity.gate import Door, through_gate
from crm.exclusivity.models import Claim, Clause, Finding
from crm.exclusivity.renewing import Term, go_on
from crm.exclusivity.terms import Kind, Standing
from crm.exclusivity.upkeep import keep
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.crm.exclusivity.deals import (
    agreed,
    category,
    changed,
    deal,
    door_of,
    on,
    post_of,
    promise,
    term_deal,
    windows,
)

pytestmark = pytest.mark.django_db
FEB = dt.datetime(2026, 2, 20, 3, tzinfo=dt.UTC)


def at(month: int, day: int, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(FEB, tick=False):
        yield


@pytest.fixture
def ours(kirana: Influencer) -> Collaboration:
    return deal(kirana, "Lumi", on(3, 10))


@pytest.fixture
def march(ours: Collaboration) -> Clause:
    """Skincare, 1 to 31 March, agreed on 20 February."""
    clause = promise(ours, anchor="fixed", fixed_start_on=on(3, 1), fixed_end_on=on(3, 31))
    agreed(ours, FEB)
    clause.refresh_from_db()
    return clause


def findings() -> list[tuple[str, int, str]]:
    return list(Finding.objects.order_by("pk").values_list("direction", "severity", "status"))


class TestAmending:
    def test_34_work_agreed_before_a_longer_promise_is_told_of_and_never_a_breach(
        self, kirana: Influencer, ours: Collaboration, march: Clause
    ) -> None:
        rival = agreed(deal(kirana, "Serasi", on(4, 10)), at(3, 10))
        longer = changed(ours, march, on(3, 20), at(3, 18), fixed_end_on=on(4, 30))
        assert findings() == [("amendment", 2, "open")]
        assert Claim.objects.get(source=f"campaigns.deliverable:{post_of(rival).pk}").why == "carved-out"
        post_of(rival).publish(at=at(4, 10), actor=SYSTEM)
        assert findings() == [("amendment", 2, "open")]
        with pytest.raises(PromiseHeld):
            agreed(deal(kirana, "Senja", on(4, 12)), at(3, 19))
        assert (longer.version, longer.supersedes, longer.standing) == (2, march, "active")

    def test_34_work_that_is_moved_after_the_change_is_no_earlier_commitment(
        self, kirana: Influencer, ours: Collaboration, march: Clause
    ) -> None:
        rival = agreed(deal(kirana, "Serasi", on(5, 10)), at(3, 10))
        changed(ours, march, on(3, 20), at(3, 18), fixed_end_on=on(4, 30))
        with pytest.raises(PromiseHeld):
            post_of(rival).reschedule(draft_due_on=None, post_due_on=on(4, 20), at=at(3, 21), actor=SYSTEM)
        assert post_of(rival).post_due_on == on(5, 10)

    def test_35_what_a_shorter_promise_leaves_free_settles_itself_with_a_reason(
        self, kirana: Influencer, ours: Collaboration
    ) -> None:
        clause = promise(ours, anchor="fixed", fixed_start_on=on(3, 1), fixed_end_on=on(3, 31), blocks=False)
        agreed(ours, FEB)
        for name, day in (("Serasi", 12), ("Senja", 20)):
            agreed(deal(kirana, name, on(3, day)), at(2, 21))
        changed(ours, Clause.objects.get(pk=clause.pk), on(3, 10), at(3, 8), fixed_end_on=on(3, 15))
        told = Finding.objects.order_by("engagement_label", "pk").values_list("engagement_label", "status", "why")
        assert [(label.split(" · ")[-1], status, why) for label, status, why in told] == [
            ("Senja Season", "resolved", "This is no longer so."),
            ("Serasi Season", "resolved", "This is no longer so."),
            ("Serasi Season", "open", ""),
        ]

    def test_36_a_narrower_promise_frees_the_rest_and_the_old_one_keeps_the_days_before(
        self, kirana: Influencer, ours: Collaboration, march: Clause
    ) -> None:
        narrower = changed(ours, march, on(3, 20), at(3, 18), sets={"categories": [category("sunscreen").pk]})
        assert (windows(march), windows(narrower)) == ([(on(3, 1), on(3, 19))], [(on(3, 20), on(3, 31))])
        agreed(deal(kirana, "Serasi", on(3, 25), slug="serum"), at(3, 18))
        with pytest.raises(PromiseHeld):
            agreed(deal(kirana, "Senja", on(3, 19), slug="serum"), at(3, 18))
        with pytest.raises(PromiseHeld):
            agreed(deal(kirana, "Kala", on(3, 25), slug="sunscreen"), at(3, 18))

    def test_a_second_change_takes_the_days_of_the_first_one_that_had_not_begun(
        self, ours: Collaboration, march: Clause
    ) -> None:
        second = changed(ours, march, on(3, 20), FEB, fixed_end_on=on(4, 30))
        third = changed(ours, second, on(3, 10), FEB, fixed_end_on=on(4, 15))
        march.refresh_from_db()
        assert (windows(march), windows(third)) == ([(on(3, 1), on(3, 9))], [(on(3, 10), on(4, 15))])
        assert (second.standing, third.version) == ("ended", 3)
        assert sorted(Claim.objects.filter(side=0).values_list("source", flat=True)) == sorted(
            f"crm.clause:{clause.pk}" for clause in (march, third)
        )

    def test_an_old_version_a_day_that_is_over_and_a_promise_not_in_force_are_refused(
        self, ours: Collaboration, march: Clause
    ) -> None:
        changed(ours, march, on(3, 20), FEB, fixed_end_on=on(4, 30))
        with pytest.raises(NotAmended, match="Somebody changed this promise meanwhile"):
            changed(ours, march, on(3, 20), FEB)
        newest = Clause.objects.get(version=2)
        with pytest.raises(NotAmended, match="from today on at the earliest"):
            changed(ours, newest, on(2, 19), FEB)
        ours.put("in_talks", at=FEB, actor=SYSTEM)
        with pytest.raises(NotAmended, match="not in force any more"):
            changed(ours, newest, on(3, 25), FEB)
        assert Clause.objects.count() == 2

    def test_a_promise_that_is_taken_away_is_void_in_every_version(self, ours: Collaboration, march: Clause) -> None:
        later = changed(ours, march, on(3, 20), FEB, fixed_end_on=on(4, 30))
        drop_clause(later, at=FEB, actor=SYSTEM)
        assert set(Clause.objects.values_list("standing", flat=True)) == {"void"}
        assert Claim.objects.filter(side=0).count() == 0

    def test_both_versions_come_back_when_the_deal_is_agreed_again(self, ours: Collaboration, march: Clause) -> None:
        longer = changed(ours, march, on(3, 20), FEB, fixed_end_on=on(4, 30))
        ours.put("in_talks", at=FEB, actor=SYSTEM)
        assert set(Clause.objects.values_list("standing", flat=True)) == {"proposed"}
        agreed(ours, at(2, 22))
        assert set(Clause.objects.values_list("standing", flat=True)) == {"active"}
        assert (windows(march), windows(longer)) == ([(on(3, 1), on(3, 19))], [(on(3, 20), on(4, 30))])


def test_a_step_that_promises_nothing_new_asks_little(
    ours: Collaboration, march: Clause, django_assert_num_queries: Any
) -> None:
    with ours.held(), django_assert_num_queries(10):
        ours.keep_promises(at=at(2, 21), actor=SYSTEM)


class TestEndingEarly:
    def end(self, card: Collaboration, on_day: dt.date, survival: str, tail_days: int = 0) -> None:
        def end(people: frozenset[int]) -> None:
            end_early(
                f"campaigns.collaboration:{card.pk}", card.influencer_id, on_day, Door(people, at(3, 10)), actor=SYSTEM,
                survival=survival, tail_days=tail_days,
            )  # fmt: skip

        through_gate([card.influencer_id], end)

    @pytest.mark.parametrize(
        ("survival", "tail_days", "last_on"),
        [("none", 0, on(3, 15)), ("full", 0, on(3, 31)), ("tail", 30, on(4, 14))],
    )
    def test_37_38_39_what_outlives_a_deal_that_ended_on_15_march(
        self, ours: Collaboration, march: Clause, survival: str, tail_days: int, last_on: dt.date
    ) -> None:
        self.end(ours, on(3, 15), survival, tail_days)
        assert windows(march) == [(on(3, 1), last_on)]
        (claim,) = Claim.objects.filter(side=0)
        assert claim.end_at == march.stretches.get().end_at
        march.refresh_from_db()
        assert (march.standing, march.ended_on) == ("active", on(3, 15))
        assert Entry.objects.get(verb="clause.ended_early").changes["ended_on"] == ["", "2026-03-15"]
        assert keep(at(4, 14, 16)).get("ended", 0) == int(last_on < on(4, 14))
        assert keep(at(4, 14, 18)).get("ended", 0) == int(last_on == on(4, 14))

    def test_40_a_deal_that_ended_before_the_promise_began_leaves_it_void(
        self, ours: Collaboration, march: Clause
    ) -> None:
        self.end(ours, on(2, 28), "full")
        march.refresh_from_db()
        assert (march.standing, Claim.objects.filter(side=0).count()) == ("void", 0)

    def test_a_change_that_never_came_into_force_gives_its_days_back(self, ours: Collaboration, march: Clause) -> None:
        later = changed(ours, march, on(3, 20), FEB, fixed_end_on=on(4, 30))
        self.end(ours, on(3, 15), "full")
        later.refresh_from_db()
        assert (later.standing, windows(march)) == ("void", [(on(3, 1), on(3, 31))])

    def test_a_card_that_is_off_ends_what_had_begun_as_it_was_agreed(self, ours: Collaboration, march: Clause) -> None:
        Clause.objects.update(survival="tail", tail_days=5)
        ours.put("off", at=at(3, 15), actor=SYSTEM, why="The client stopped")
        march.refresh_from_db()
        assert (march.standing, march.ended_on, windows(march)) == ("active", on(3, 15), [(on(3, 1), on(3, 20))])
        assert list(Claim.objects.values_list("side", flat=True)) == [0]


class TestPausing:
    @pytest.mark.parametrize("rests", [False, True])
    def test_44_a_pause_leaves_it_in_force_unless_it_says_otherwise(
        self, kirana: Influencer, ours: Collaboration, march: Clause, rests: bool
    ) -> None:
        Clause.objects.update(suspend_during_pause=rests)
        door = door_of(ours, at(3, 5))
        for _again in range(2):
            pause(march.work_ref, kirana.pk, on(3, 10), door, actor=SYSTEM)
        assert windows(march) == [(on(3, 1), on(3, 9) if rests else on(3, 31))]
        resume(march.work_ref, kirana.pk, on(3, 16), door, actor=SYSTEM)
        halves = [(on(3, 1), on(3, 9)), (on(3, 16), on(3, 31))]
        assert windows(march) == (halves if rests else [(on(3, 1), on(3, 31))])
        assert Claim.objects.filter(side=0).count() == (2 if rests else 1)
        assert Entry.objects.filter(verb__in=["clause.rests", "clause.goes_on"]).count() == (2 if rests else 0)


class TestRenewing:
    @pytest.mark.parametrize(("first_on", "goes_on"), [(on(4, 1), True), (on(4, 2), False)])
    def test_41_42_a_renewal_continues_only_without_a_day_between(
        self, kirana: Influencer, ours: Collaboration, march: Clause, first_on: dt.date, goes_on: bool
    ) -> None:
        next_one = self.renewed(ours, first_on)
        assert follow_ups([self.scoped(march)]) == ({march.pk: next_one.pk} if goes_on else {})
        free = deal(kirana, "Serasi", on(4, 1))
        if goes_on:
            with pytest.raises(PromiseHeld):
                agreed(free, FEB)
        else:
            agreed(free, FEB)

    def test_41_a_wider_renewal_continues_and_a_narrower_one_does_not(self, ours: Collaboration, march: Clause) -> None:
        wider = self.renewed(ours, on(4, 1), kind=Kind.FULL)
        assert follow_ups([self.scoped(march)]) == {march.pk: wider.pk}
        wider.stand(Standing.VOID, at=FEB, actor=SYSTEM)
        narrower = self.renewed(ours, on(4, 1))
        narrower.categories.set([category("sunscreen")])
        assert follow_ups([self.scoped(march)]) == {}

    def test_43_a_term_nobody_stopped_goes_on_before_its_window_closes(self, march: Clause) -> None:
        Clause.objects.filter(pk=march.pk).update(
            anchor="term", work_ref="tests.contract:1", start_offset=0, end_offset=0
        )
        march.refresh_from_db()
        term_deal(march, on(3, 1), on(5, 31), FEB)
        term = Term(on(3, 1), on(5, 31), renew_months=3, notice_days=30)
        assert windows(march) == [(on(3, 1), on(5, 31))]
        # Jakarta is seven hours ahead: 1 May, the last day for notice, is over at 17.00 UTC.
        told = [
            go_on(march.work_ref, march.influencer_id, term, when) for when in (at(5, 1, 16), at(5, 1, 17), at(5, 2))
        ]
        assert told == [False, True, False]
        assert windows(march) == [(on(3, 1), on(8, 31))]
        assert Claim.objects.get(side=0).end_at == march.stretches.get().end_at

    def test_43_notice_in_time_lets_it_end_and_a_day_later_does_not(self) -> None:
        term = Term(on(3, 1), on(5, 31), renew_months=3, notice_days=30)
        assert term.notice_until() == on(5, 1)
        assert [term.runs_until(on(6, 1), noticed_on=on(5, day)) for day in (1, 2)] == [on(5, 31), on(8, 31)]

    def renewed(self, card: Collaboration, first_on: dt.date, **changes: object) -> Clause:
        clause = promise(card, anchor="fixed", fixed_start_on=first_on, fixed_end_on=on(6, 30), **changes)
        with card.held():
            bar_anew([clause], door_of(card, FEB))
            card.keep_promises(at=FEB, actor=SYSTEM)
        clause.refresh_from_db()
        return clause

    def scoped(self, clause: Clause) -> Clause:
        return Clause.objects.with_scope().get(pk=clause.pk)
