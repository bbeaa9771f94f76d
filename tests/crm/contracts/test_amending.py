"""A contract in force is changed by another one: promises at its signature, everything else when its day comes, once."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from djmoney.money import Money

from crm.base.models import Organisation
from crm.contracts.actions.amending import (
    change_promise,
    change_term,
    draft_amendment,
    leave_as_it_is,
    move_last_day,
)
from crm.contracts.actions.by_date import bring_up_to_date, move_by_date
from crm.contracts.actions.carrying_out import carry_out
from crm.contracts.actions.drafting import NotEditable
from crm.contracts.actions.signing import may_be_by_chat, sign
from crm.contracts.actions.terms import add_term
from crm.contracts.actions.words import words_of
from crm.contracts.diff import said_of_clause
from crm.contracts.models import Contract, PayLine, PromisedPost, TermChange, UsageRight
from crm.exclusivity.gate import Door, PromiseRefused
from crm.exclusivity.models import Claim, Clause, Finding
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_signing import promise, sign_both, yes
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


def at(month: int, day: int, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


MARCH = {"start_on": on(3, 1), "end_on": on(3, 31)}
FEB = at(2, 20)


@pytest.fixture
def march(write: Write, kirana: Influencer, actor: Actor) -> Contract:
    """Signed on 20 February: a reel and two million, nothing for other skincare brands all March."""
    contract = write(kirana, said="1 reel 2jt", **MARCH)
    promise(contract, FEB, actor)
    signed = sign_both(contract, FEB, actor)
    move_by_date(at(3, 1))
    return Contract.objects.get(pk=signed.pk)


@pytest.fixture
def rival(write: Write, kirana: Influencer, actor: Actor) -> Any:
    """rival(day, signed_at): a post of that day for another skincare brand, signed."""

    def made(day: dt.date, signed_at: dt.datetime, **fields: Any) -> Contract:
        brand = BrandFactory(category_id=Clause.objects.first().brand.category_id)  # type: ignore[union-attr]
        contract = write(kirana, said="1 reel 3jt", brand=brand, title="Senja", start_on=day, end_on=day, **fields)
        return sign_both(contract, signed_at, actor)

    return made


def findings() -> list[tuple[str, int, str]]:
    return list(Finding.objects.order_by("pk").values_list("direction", "severity", "status"))


def windows() -> list[tuple[Any, ...]]:
    rows = Clause.objects.in_force().order_by("pk").prefetch_related("stretches")
    return [row.window.first_and_last(clause.zone) for clause in rows for row in clause.stretches.all()]


class TestDrafting:
    def test_an_amendment_has_the_same_parties_and_its_own_first_day(self, march: Contract, actor: Actor) -> None:
        made = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        assert (made.amends, made.start_on, made.end_on, made.status) == (march, on(3, 20), on(3, 31), "draft")
        assert made.title.endswith(" 1: Lumi · Kirana")
        assert [(one.role, one.name) for one in made.parties.all()] == [
            ("brand", "Lumi Skincare"), ("talent", "Kirana Maheswari"),
        ]  # fmt: skip
        assert (made.lines.count(), made.posts.count()) == (0, 0)

    @pytest.mark.parametrize("day", [on(3, 9), on(2, 28), on(4, 1)])
    def test_it_holds_from_today_on_and_within_the_contract(self, march: Contract, actor: Actor, day: dt.date) -> None:
        with pytest.raises(ValidationError):
            draft_amendment(march, day, at=at(3, 10), actor=actor)
        assert Contract.objects.count() == 1

    def test_only_what_is_in_force_is_amended_and_never_an_amendment(
        self, write: Write, kirana: Influencer, march: Contract, actor: Actor
    ) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        for wrong in (amendment, write(kirana, **MARCH)):
            with pytest.raises(ValidationError):
                draft_amendment(wrong, on(3, 20), at=at(3, 10), actor=actor)

    def test_what_is_said_as_before_is_no_change(self, march: Contract, actor: Actor) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        post = march.posts.get()
        change_term(amendment, post, {"due_on": "2026-03-25"}, at=at(3, 10), actor=actor)
        change_term(amendment, post, None, at=at(3, 10), actor=actor)
        assert list(amendment.changes.values_list("what", "was", "becomes")) == [("post_dropped", {"due_on": None}, {})]
        change_term(amendment, post, {"due_on": None}, at=at(3, 10), actor=actor)
        assert amendment.changes.count() == 0

    def test_a_change_taken_back_leaves_the_last_day(self, march: Contract, actor: Actor) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        move_last_day(amendment, on(4, 30), at=at(3, 10), actor=actor)
        leave_as_it_is(amendment.changes.get(), at=at(3, 10), actor=actor)
        amendment.refresh_from_db()
        assert (amendment.end_on, amendment.changes.count()) == (on(3, 31), 0)

    def test_what_was_sent_is_not_changed(self, march: Contract, actor: Actor) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        Contract.objects.filter(pk=amendment.pk).update(status="sent", text="x", text_sha256="a" * 64)
        with pytest.raises(NotEditable):
            move_last_day(amendment, on(4, 30), at=at(3, 10), actor=actor)
        assert TermChange.objects.count() == 0

    def test_the_words_say_what_changes(self, march: Contract, actor: Actor) -> None:
        Contract.objects.filter(pk=march.pk).update(language="en")
        march.refresh_from_db()
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        move_last_day(amendment, on(4, 30), at=at(3, 10), actor=actor)
        change_term(amendment, march.lines.get(), {"amount": ["3000000", "IDR"]}, at=at(3, 10), actor=actor)
        words = words_of(Contract.objects.get(pk=amendment.pk))
        assert f"to “Lumi · Kirana” (no. {march.number}), between" in words
        assert "- Last day: was Tue, 31 Mar 2026, becomes Thu, 30 Apr 2026" in words
        assert "Fee: was IDR\xa02,000,000, becomes IDR\xa03,000,000" in words
        assert "{{" not in words


class TestPromises:
    def longer(self, march: Contract, actor: Actor, signed_at: dt.datetime, until: str = "2026-04-30") -> Contract:
        amendment = draft_amendment(march, on(3, 20), at=signed_at, actor=actor)
        move_last_day(amendment, dt.date.fromisoformat(until), at=signed_at, actor=actor)
        return sign_both(amendment, signed_at, actor)

    def test_34_work_signed_before_a_longer_contract_is_told_of_and_never_a_breach(
        self, march: Contract, rival: Any, actor: Actor
    ) -> None:
        rival(on(4, 10), at(3, 10))
        self.longer(march, actor, at(3, 18))
        assert findings() == [("amendment", 2, "open")]
        assert windows() == [(on(3, 1), on(3, 19)), (on(3, 20), on(4, 30))]
        move_by_date(at(3, 25))
        assert findings() == [("amendment", 2, "open")]
        assert Contract.objects.get(pk=march.pk).end_on == on(4, 30)
        with pytest.raises(PromiseRefused):
            rival(on(4, 12), at(3, 26))

    def test_34_from_the_signature_on_nobody_promises_the_new_days_away(
        self, march: Contract, rival: Any, actor: Actor
    ) -> None:
        self.longer(march, actor, at(3, 10))
        with pytest.raises(PromiseRefused):
            rival(on(4, 12), at(3, 11))
        assert Contract.objects.get(pk=march.pk).end_on == on(3, 31)

    def test_35_a_shorter_contract_settles_what_lies_after_it(self, march: Contract, rival: Any, actor: Actor) -> None:
        Clause.objects.update(blocks=False)
        Claim.objects.filter(side=0).delete()
        rival(on(3, 27), at(3, 2))
        assert findings() == [("new_work", 2, "open")]
        self.longer(march, actor, at(3, 10), until="2026-03-25")
        assert windows() == [(on(3, 1), on(3, 19)), (on(3, 20), on(3, 25))]
        assert list(Finding.objects.values_list("status", "why")) == [("resolved", "This is no longer so.")]

    def test_36_a_narrower_promise_frees_the_rest_and_keeps_the_days_before(
        self, march: Contract, rival: Any, actor: Actor
    ) -> None:
        clause = Clause.objects.get()
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        narrower = {**said_of_clause(clause), "act_numbers": [4]}
        change_promise(amendment, clause, narrower, at=at(3, 10), actor=actor)
        sign_both(amendment, at(3, 10), actor)
        old, new = Clause.objects.order_by("version")
        assert (sorted(old.act_numbers), sorted(new.act_numbers), new.standing) == ([1, 2], [4], "active")
        assert windows() == [(on(3, 1), on(3, 19)), (on(3, 20), on(3, 31))]
        with pytest.raises(PromiseRefused):
            rival(on(3, 15), at(3, 11))
        rival(on(3, 25), at(3, 11))

    def test_a_promise_that_ends_frees_the_days_from_then_on(self, march: Contract, rival: Any, actor: Actor) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        change_promise(amendment, Clause.objects.get(), None, at=at(3, 10), actor=actor)
        sign_both(amendment, at(3, 10), actor)
        assert windows() == [(on(3, 1), on(3, 19))]
        rival(on(3, 20), at(3, 11))

    def test_a_post_moved_onto_days_that_belong_to_another_brand_is_refused_at_the_signature(
        self, march: Contract, write: Write, kirana: Influencer, actor: Actor
    ) -> None:
        Clause.objects.all()[0].stand("void", at=FEB, actor=actor)
        Claim.objects.all().delete()
        theirs = BrandFactory(category_id=march.category_id)
        other = write(kirana, brand=theirs, title="Senja", start_on=on(3, 24), end_on=on(3, 28))
        promise(other, at(3, 2), actor)
        PromisedPost.objects.update(due_on=on(3, 10))
        sign_both(other, at(3, 2), actor)
        amendment = draft_amendment(march, on(3, 5), at=at(3, 3), actor=actor)
        change_term(amendment, march.posts.get(), {"due_on": "2026-03-25"}, at=at(3, 3), actor=actor)
        sign(yes(amendment.parties.talents().get(), at(3, 3)), at=at(3, 3), actor=actor)
        with pytest.raises(PromiseRefused):
            sign(yes(amendment.parties.get(role="brand"), at(3, 3), how="house", said=""), at=at(3, 3), actor=actor)
        assert (march.posts.get().due_on, Contract.objects.get(pk=amendment.pk).status) == (on(3, 10), "draft")


class TestCarryingOut:
    def everything(self, march: Contract, actor: Actor, signed_at: dt.datetime) -> Contract:
        """Longer by a month, a larger fee, the reel on another day, the right for longer."""
        amendment = draft_amendment(march, on(3, 20), at=signed_at, actor=actor)
        told: dict[str, Any] = {"at": signed_at, "actor": actor}
        move_last_day(amendment, on(4, 30), **told)
        change_term(amendment, march.lines.get(), {"amount": ["3000000", "IDR"]}, **told)
        change_term(amendment, march.posts.get(), {"due_on": "2026-04-02"}, **told)
        change_term(amendment, march.rights.get(), {"days": 180}, **told)
        return sign_both(amendment, signed_at, actor)

    def terms(self, march: Contract) -> tuple[Any, ...]:
        fresh = Contract.objects.get(pk=march.pk)
        return fresh.end_on, fresh.lines.get().amount, fresh.posts.get().due_on, fresh.rights.get().days

    BEFORE = (on(3, 31), Money(2_000_000, "IDR"), None, 90)
    AFTER = (on(4, 30), Money(3_000_000, "IDR"), on(4, 2), 180)

    @pytest.fixture
    def march(self, march: Contract) -> Contract:
        UsageRight.objects.create(contract=march, kind="paid_ads", days=90)
        return march

    def test_terms_change_in_the_first_minute_of_its_day_and_once(self, march: Contract, actor: Actor) -> None:
        amendment = self.everything(march, actor, at(3, 10))
        assert move_by_date(at(3, 19, 16)) == {}
        assert self.terms(march) == self.BEFORE
        assert move_by_date(at(3, 19, 17)) == {"amended": 1}
        assert self.terms(march) == self.AFTER
        assert Contract.objects.get(pk=amendment.pk).status == "active"
        assert set(amendment.changes.values_list("done_at", flat=True)) == {at(3, 19, 17)}
        assert move_by_date(at(3, 19, 18)) == {}
        assert Entry.objects.filter(verb="contract.amended").count() == 1

    def test_one_signed_on_its_day_is_carried_out_at_once(self, march: Contract, actor: Actor) -> None:
        amendment = self.everything(march, actor, at(3, 20))
        assert (self.terms(march), Contract.objects.get(pk=amendment.pk).status) == (self.AFTER, "active")

    def test_after_days_without_a_worker_the_last_day_moves_before_the_old_one_ends_it(
        self, march: Contract, actor: Actor
    ) -> None:
        self.everything(march, actor, at(3, 10))
        assert move_by_date(at(4, 5)) == {"amended": 1}
        assert (self.terms(march), Contract.objects.get(pk=march.pk).status) == (self.AFTER, "active")
        assert move_by_date(at(5, 1)) == {"ended": 2}

    def test_carrying_out_twice_is_carrying_out_once(self, march: Contract, actor: Actor) -> None:
        amendment = self.everything(march, actor, at(3, 20))
        march.lines.update(amount=7)
        entries, claims = Entry.objects.count(), list(Claim.objects.order_by("pk").values())
        for _again in range(2):
            carry_out(amendment, Door(frozenset(amendment.people), at(3, 21)))
            bring_up_to_date(amendment.pk, at(3, 21))
        assert march.lines.get().amount == Money(7, "IDR")
        assert list(Claim.objects.order_by("pk").values()) == claims
        assert Entry.objects.exclude(verb="contract.amended").count() == entries - 1

    def test_every_choice_of_changes_is_made_once_however_often_it_is_carried_out(
        self, march: Contract, actor: Actor
    ) -> None:
        """Each of the sixteen choices, three times over; what was not chosen stays."""
        amendment = self.everything(march, actor, at(3, 10))
        Contract.objects.filter(pk=amendment.pk).update(status="active")
        order = ["last_day", "line_changed", "post_moved", "right_changed"]
        for choice in itertools.product([False, True], repeat=4):
            chosen = [what for what, is_chosen in zip(order, choice, strict=True) if is_chosen]
            expected = tuple(self.AFTER[n] if is_chosen else self.BEFORE[n] for n, is_chosen in enumerate(choice))
            point = transaction.savepoint()
            amendment.changes.exclude(what__in=chosen).delete()
            seen = []
            for _again in range(3):
                carry_out(amendment, Door(frozenset(amendment.people), at(3, 20)))
                seen.append((self.terms(march), list(Claim.objects.order_by("pk").values())))
            assert seen == [(expected, seen[0][1])] * 3
            transaction.savepoint_rollback(point)

    def test_a_right_that_has_begun_since_runs_for_the_new_days(self, march: Contract, actor: Actor) -> None:
        self.everything(march, actor, at(3, 10))
        UsageRight.objects.update(counted_from="grant", start_on=on(3, 12), end_on=on(6, 10))
        move_by_date(at(3, 20))
        right = march.rights.get()
        assert (right.days, right.end_on) == (180, on(9, 8))

    def test_the_second_amendment_of_one_term_is_refused_by_the_name_of_the_first(
        self, march: Contract, actor: Actor
    ) -> None:
        first, second = (draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor) for _one in range(2))
        for number, amendment in enumerate((first, second), start=3):
            said = {"amount": [f"{number}000000", "IDR"]}
            change_term(amendment, march.lines.get(), said, at=at(3, 10), actor=actor)
        sign_both(first, at(3, 10), actor)
        for now in (at(3, 11), at(3, 21)):
            move_by_date(now)
            with pytest.raises(ValidationError, match=f"“{first.title}” was signed first and changes the same"):
                sign_both(second, now, actor)
        assert (second.changes.get().done_at, march.lines.get().amount) == (None, Money(3_000_000, "IDR"))
        assert not second.parties.filter(signature__isnull=False).exists()

    def test_two_amendments_of_different_terms_stand_beside_each_other(self, march: Contract, actor: Actor) -> None:
        first, second = (draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor) for _one in range(2))
        move_last_day(first, on(4, 30), at=at(3, 10), actor=actor)
        change_term(second, march.lines.get(), None, at=at(3, 10), actor=actor)
        for amendment in (second, first):
            sign_both(amendment, at(3, 10), actor)
        assert move_by_date(at(3, 20)) == {"amended": 2}
        assert set(Contract.objects.values_list("end_on", flat=True)) == {on(4, 30)}
        assert march.lines.count() == 0

    def test_a_term_that_is_gone_is_left_to_a_person(self, march: Contract, actor: Actor) -> None:
        amendment = self.everything(march, actor, at(3, 10))
        PayLine.objects.all().delete()
        assert move_by_date(at(3, 20)) == {"amended": 1}
        todo = Todo.objects.get()
        assert (todo.owner, todo.key.startswith("term_change:")) == (amendment.owner, True)
        assert Contract.objects.get(pk=march.pk).end_on == on(4, 30)

    def test_a_post_no_longer_owed_claims_nothing(self, march: Contract, actor: Actor) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        post = march.posts.get()
        change_term(amendment, post, None, at=at(3, 10), actor=actor)
        sign_both(amendment, at(3, 10), actor)
        assert Claim.objects.of_source(f"crm.promisedpost:{post.pk}").count() == 1
        move_by_date(at(3, 20))
        post.refresh_from_db()
        assert (post.dropped_at, Claim.objects.of_source(f"crm.promisedpost:{post.pk}").count()) == (at(3, 20), 0)

    def test_what_is_added_is_the_amendments_own_and_runs_from_its_day(
        self, march: Contract, actor: Actor, kirana: Influencer
    ) -> None:
        amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
        talent = amendment.parties.talents().get()
        add_term(
            PromisedPost(contract=amendment, party=talent, format=march.posts.get().format), at=at(3, 10), actor=actor
        )
        sign_both(amendment, at(3, 10), actor)
        claim = Claim.objects.get(source=f"crm.promisedpost:{amendment.posts.get().pk}")
        assert (claim.start_at, claim.end_at) == (at(3, 19, 17), at(3, 31, 17))
        assert march.posts.count() == 1


def test_a_raised_fee_counts_for_what_may_be_agreed_by_chat(march: Contract, actor: Actor) -> None:
    Organisation.load()
    Organisation.objects.update(contracts_by_chat_up_to=2_500_000)
    amendment = draft_amendment(march, on(3, 20), at=at(3, 10), actor=actor)
    assert may_be_by_chat(amendment) is True
    change_term(amendment, march.lines.get(), {"amount": ["3000000", "IDR"]}, at=at(3, 10), actor=actor)
    assert may_be_by_chat(amendment) is False


def test_a_contract_that_goes_on_takes_its_amendments_along(write: Write, kirana: Influencer, actor: Actor) -> None:
    terms = {"renewal": "auto", "renew_months": 1, "notice_value": 7, "notice_span": "days"}
    contract = write(kirana, said="1 reel 2jt", **MARCH, **terms)
    promise(contract, FEB, actor)
    sign_both(contract, FEB, actor)
    move_by_date(at(3, 1))
    amendment = draft_amendment(Contract.objects.get(), on(3, 10), at=at(3, 2), actor=actor)
    change_term(amendment, contract.lines.get(), {"amount": ["3000000", "IDR"]}, at=at(3, 2), actor=actor)
    sign_both(amendment, at(3, 2), actor)
    assert move_by_date(at(3, 25)) == {"amended": 1, "renewed": 1}
    assert set(Contract.objects.values_list("end_on", flat=True)) == {on(4, 30)}
    assert windows() == [(on(3, 1), on(4, 30))]
