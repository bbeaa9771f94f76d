"""What comes after a contract: a renewal, one that takes its place, an early end, a pause."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.contracts.actions.amending import draft_amendment, move_last_day
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.renewing import draft_renewal, draft_replacement, next_term
from crm.contracts.actions.steps import end_early, pause, resume, void
from crm.contracts.models import Contract, PromisedPost, UsageRight
from crm.exclusivity.continuing import follow_ups
from crm.exclusivity.gate import PromiseRefused
from crm.exclusivity.models import Claim, Clause
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_amending import FEB, MARCH, at, march, on, rival, windows
from tests.crm.contracts.test_signing import sign_both

__all__ = ["march", "rival"]
pytestmark = pytest.mark.django_db


def scoped(clause: Clause) -> Clause:
    return Clause.objects.with_scope().get(pk=clause.pk)


class TestRenewing:
    @pytest.mark.parametrize(("moved", "goes_on"), [(0, True), (1, False)])
    def test_41_42_a_renewal_goes_on_without_a_day_between_and_only_then(
        self, march: Contract, rival: Any, actor: Actor, moved: int, goes_on: bool
    ) -> None:
        made = draft_renewal(march, at=at(3, 10), actor=actor)
        assert (made.replaces, made.start_on, made.end_on) == (march, on(4, 1), on(4, 30))
        Contract.objects.filter(pk=made.pk).update(start_on=on(4, 1 + moved))
        sign_both(Contract.objects.get(pk=made.pk), at(3, 10), actor)
        first, second = Clause.objects.order_by("pk")
        assert follow_ups([scoped(first)]) == ({first.pk: second.pk} if goes_on else {})
        if goes_on:
            with pytest.raises(PromiseRefused):
                rival(on(4, 1), at(3, 11))
        else:
            rival(on(4, 1), at(3, 11))
        move_by_date(at(4, 3))
        assert list(Contract.objects.order_by("pk").values_list("status", flat=True))[:2] == ["ended", "active"]

    def test_it_has_the_same_terms_as_drafts_with_days_of_its_own(self, march: Contract, actor: Actor) -> None:
        UsageRight.objects.create(
            contract=march, kind="paid_ads", counted_from="fixed", start_on=on(3, 5), end_on=on(3, 20), days=None
        )
        PromisedPost.objects.update(due_on=on(3, 9))
        made = draft_renewal(march, at=at(3, 10), actor=actor)
        assert [(str(one.amount), one.party) for one in made.lines.all()] == [
            (str(march.lines.get().amount), made.parties.talents().get())
        ]
        assert [(post.format_id, post.due_on) for post in made.posts.all()] == [(march.posts.get().format_id, None)]
        right = made.rights.get()
        assert (right.start_on, right.end_on) == (on(4, 5), on(4, 20))
        assert list(Clause.objects.order_by("pk").values_list("standing", "version")) == [("active", 1), ("draft", 1)]
        assert (march.lines.count(), march.posts.count(), march.rights.count()) == (1, 1, 1)

    def test_it_is_written_once_and_anew_when_the_first_came_to_nothing(self, march: Contract, actor: Actor) -> None:
        made = draft_renewal(march, at=at(3, 10), actor=actor)
        with pytest.raises(ValidationError, match="written already"):
            draft_renewal(march, at=at(3, 10), actor=actor)
        void(made, "Too early", at=at(3, 10), actor=actor)
        again = draft_renewal(march, at=at(3, 11), actor=actor)
        assert Contract.objects.get(replaces=march) == again

    def test_months_never_drift_over_several_renewals(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = write(kirana, said="1 reel 2jt", start_on=on(1, 31), end_on=on(2, 27))
        days = []
        for _time in range(4):
            sign_both(contract, at(1, 5), actor)
            days.append(next_term(Contract.objects.get(pk=contract.pk)))
            contract = draft_renewal(Contract.objects.get(pk=contract.pk), at=at(1, 5), actor=actor)
        assert days == [
            (on(2, 28), on(3, 30)), (on(3, 31), on(4, 29)), (on(4, 30), on(5, 30)), (on(5, 31), on(6, 29)),
        ]  # fmt: skip

    def test_what_is_not_signed_or_has_no_days_is_not_renewed(
        self, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        with pytest.raises(ValidationError):
            draft_renewal(write(kirana, said="1 reel 2jt", **MARCH), at=FEB, actor=actor)
        endless = sign_both(write(kirana, said="1 reel 2jt"), FEB, actor)
        with pytest.raises(ValidationError, match="nothing to renew"):
            draft_renewal(endless, at=FEB, actor=actor)
        assert Contract.objects.count() == 2


class TestReplacing:
    def test_it_takes_over_on_its_day_with_what_is_still_owed(self, march: Contract, actor: Actor) -> None:
        talent = march.parties.talents().get()
        early = PromisedPost.objects.create(
            contract=march, party=talent, format=march.posts.get().format, due_on=on(3, 5)
        )
        open_post = march.posts.get(due_on=None)
        made = draft_replacement(march, on(3, 16), at=at(3, 10), actor=actor)
        assert (made.start_on, made.end_on, made.posts.count()) == (on(3, 16), on(3, 31), 1)
        sign_both(made, at(3, 12), actor)
        move_by_date(at(3, 15, 16))
        assert Contract.objects.get(pk=march.pk).status == "active"
        assert move_by_date(at(3, 15, 17)) == {"superseded": 1, "begun": 1}
        old, new = Contract.objects.order_by("pk")
        assert (old.status, old.closed_on, new.status) == ("superseded", on(3, 15), "active")
        assert [list(one.posts.values_list("pk", flat=True)) for one in (old, new)] == [[early.pk], [open_post.pk]]
        assert windows() == [(on(3, 1), on(3, 15)), (on(3, 16), on(3, 31))]
        sources = set(Claim.objects.filter(side=1).values_list("source", flat=True))
        assert sources == {f"crm.promisedpost:{open_post.pk}"}
        assert [one.sentence_en for one in Entry.objects.filter(verb="contract.took_over")] == [
            f"Contract Lumi · Kirana takes the place of {old.number}, with 1 open posts"
        ]
        assert move_by_date(at(3, 16)) == {}

    def test_after_an_outage_over_both_days_the_old_one_is_replaced_and_not_ended(
        self, march: Contract, actor: Actor
    ) -> None:
        sign_both(draft_replacement(march, on(3, 16), at=at(3, 10), actor=actor), at(3, 12), actor)
        assert move_by_date(at(4, 20)) == {"superseded": 1, "begun": 1, "ended": 1}
        assert list(Contract.objects.order_by("pk").values_list("status", flat=True)) == ["superseded", "ended"]

    @pytest.mark.parametrize("day", [on(3, 1), on(3, 9), on(4, 1)])
    def test_it_begins_after_the_first_day_up_to_the_last(self, march: Contract, actor: Actor, day: dt.date) -> None:
        with pytest.raises(ValidationError):
            draft_replacement(march, day, at=at(3, 10), actor=actor)
        assert Contract.objects.count() == 1


class TestEndingEarly:
    @pytest.mark.parametrize(
        ("survival", "tail_days", "last_on"), [("none", 0, on(3, 15)), ("full", 0, on(3, 31)), ("tail", 30, on(4, 14))]
    )
    def test_37_38_39_what_outlives_a_contract_that_ended_on_15_march(
        self, march: Contract, actor: Actor, survival: str, tail_days: int, last_on: dt.date
    ) -> None:
        Clause.objects.update(survival=survival, tail_days=tail_days)
        post = march.posts.get()
        end_early(march, on(3, 15), "The client stopped", at=at(3, 10), actor=actor, dropped=[post.pk])
        assert windows() == [(on(3, 1), last_on)]
        post.refresh_from_db()
        assert (post.dropped_at, Claim.objects.filter(side=1).count()) == (at(3, 10), 0)
        assert Contract.objects.get().last_on == on(3, 15)

    def test_40_a_promise_that_had_not_begun_is_void(self, march: Contract, actor: Actor) -> None:
        Clause.objects.update(anchor="fixed", fixed_start_on=on(3, 20), fixed_end_on=on(3, 31))
        end_early(march, on(3, 15), "The client stopped", at=at(3, 10), actor=actor)
        assert list(Clause.objects.values_list("standing", flat=True)) == ["void"]
        assert Claim.objects.filter(side=0).count() == 0

    def test_amendments_end_with_it_and_those_that_had_not_begun_are_void(self, march: Contract, actor: Actor) -> None:
        for day in (on(3, 11), on(3, 20)):
            sign_both(draft_amendment(march, day, at=at(3, 10), actor=actor), at(3, 10), actor)
        move_by_date(at(3, 12))
        end_early(march, on(3, 15), "The client stopped", at=at(3, 12), actor=actor)
        assert list(Contract.objects.order_by("pk").values_list("status", flat=True)) == [
            "terminated", "terminated", "void",
        ]  # fmt: skip

    def test_a_longer_term_that_had_not_begun_gives_its_days_back(self, march: Contract, actor: Actor) -> None:
        longer = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        move_last_day(longer, on(4, 30), at=at(3, 10), actor=actor)
        sign_both(longer, at(3, 10), actor)
        Clause.objects.update(survival="none")
        end_early(march, on(3, 15), "The client stopped", at=at(3, 12), actor=actor)
        assert windows() == [(on(3, 1), on(3, 15))]

    def test_an_amendment_is_not_ended_or_voided_by_itself(self, march: Contract, actor: Actor) -> None:
        signed = sign_both(draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor), at(3, 10), actor)
        with pytest.raises(ValidationError):
            end_early(signed, on(3, 25), "No", at=at(3, 12), actor=actor)
        with pytest.raises(ValidationError):
            void(signed, "No", at=at(3, 12), actor=actor)
        assert Contract.objects.get(pk=signed.pk).status == "signed"


class TestPausing:
    def test_44_a_pause_lets_rest_what_says_so_and_the_last_day_stays(self, march: Contract, actor: Actor) -> None:
        Clause.objects.update(suspend_during_pause=True)
        pause(march, on(3, 10), "She is ill", at=at(3, 9), actor=actor)
        assert windows() == [(on(3, 1), on(3, 9))]
        with pytest.raises(ValidationError):
            pause(march, on(3, 11), "Again", at=at(3, 9), actor=actor)
        resume(march, on(3, 16), "Well again", at=at(3, 15), actor=actor)
        assert windows() == [(on(3, 1), on(3, 9)), (on(3, 16), on(3, 31))]
        assert Contract.objects.get().end_on == on(3, 31)
        told = Entry.objects.filter(verb__in=["contract.paused", "contract.resumed"]).order_by("pk")
        assert [one.quote for one in told] == ["She is ill", "Well again"]

    def test_44_without_such_a_promise_nothing_rests(self, march: Contract, actor: Actor) -> None:
        with pytest.raises(ValidationError):
            pause(march, on(3, 10), "She is ill", at=at(3, 9), actor=actor)
        assert (windows(), Entry.objects.filter(verb="contract.paused").count()) == ([(on(3, 1), on(3, 31))], 0)
