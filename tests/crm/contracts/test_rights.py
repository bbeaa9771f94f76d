"""Rights run from what they were counted from: a signature, a first post, the day access was given."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.base.windows import day_window
from crm.contracts.actions.drafting import NotEditable
from crm.contracts.actions.steps import end_early, take_down, void
from crm.contracts.actions.terms import add_term
from crm.contracts.models import Contract, PayLine, UsageRight
from crm.contracts.rights import go_on, grant_access, rights_follow
from crm.contracts.works import Carried, carries_out, follow_contract
from crm.exclusivity.gate import Door, gate
from crm.exclusivity.terms import Certainty, Engagement
from crm.influencers.models import Influencer, Platform
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db

TERM = {"start_on": dt.date(2026, 11, 1), "end_on": dt.date(2026, 12, 31)}
FIRST = dt.date(2026, 12, 5)


def right_of(contract: Contract, actor: Actor, now: dt.datetime, **fields: Any) -> UsageRight:
    usual = {"kind": "paid_ads", "counted_from": "first_post", "days": 30}
    right = UsageRight(contract=contract, **{**usual, **fields})
    add_term(right, at=now, actor=actor)
    return right


def days_of(right: UsageRight) -> tuple[dt.date | None, dt.date | None]:
    right.refresh_from_db()
    return right.start_on, right.end_on


def told() -> list[str]:
    return list(Entry.objects.filter(verb="contract.right_days").order_by("pk").values_list("sentence_en", flat=True))


@pytest.fixture
def signed(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    contract = write(kirana, said="1 reel 2jt", **TERM)
    right_of(contract, actor, now)
    return sign_both(contract, now, actor)


def test_a_right_from_the_signature_runs_from_that_day_where_the_contract_counts(
    write: Write, kirana: Influencer, actor: Actor
) -> None:
    late = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)  # half past midnight of the 25th in Jakarta
    contract = write(kirana, said="1 reel 2jt", **TERM)
    right = right_of(contract, actor, late, counted_from="signature", days=10)
    assert days_of(right) == (None, None)
    sign_both(contract, late, actor)
    assert days_of(right) == (dt.date(2026, 11, 25), dt.date(2026, 12, 5))
    assert told() == ["Contract Lumi · Kirana: “Run it as an ad” runs from Wed, 25 Nov 2026 to Sat, 5 Dec 2026"]


def test_a_right_from_the_first_post_waits_moves_and_waits_again(
    signed: Contract, actor: Actor, now: dt.datetime
) -> None:
    right, party = signed.rights.get(), signed.parties.talents().get()
    assert (days_of(right), told()) == ((None, None), [])
    assert [one.pk for one in rights_follow(signed, {party.pk: FIRST}, at=now, actor=actor)] == [right.pk]
    assert days_of(right) == (FIRST, dt.date(2027, 1, 4))
    assert rights_follow(signed, {party.pk: FIRST}, at=now, actor=actor) == []
    rights_follow(signed, {party.pk: dt.date(2026, 12, 3)}, at=now, actor=actor)
    assert days_of(right) == (dt.date(2026, 12, 3), dt.date(2027, 1, 2))
    rights_follow(signed, {}, at=now, actor=actor)
    assert days_of(right) == (None, None)
    assert told()[-1] == "Contract Lumi · Kirana: “Run it as an ad” waits for the first post again"
    assert len(told()) == 3


def test_each_persons_right_runs_from_her_own_post_and_everybodys_from_the_first(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, person("Sekar Ayu"), said="1 reel 2jt", **TERM)
    first, second = contract.talents
    hers, all_of_it = right_of(contract, actor, now, party=second), right_of(contract, actor, now)
    Contract.objects.filter(pk=contract.pk).update(status="active", signed_at=now, text_sha256="a" * 64)
    contract.refresh_from_db()
    rights_follow(contract, {first.pk: FIRST}, at=now)
    assert (days_of(hers)[0], days_of(all_of_it)[0]) == (None, FIRST)
    rights_follow(contract, {first.pk: FIRST, second.pk: dt.date(2026, 12, 9)}, at=now)
    assert (days_of(hers)[0], days_of(all_of_it)[0]) == (dt.date(2026, 12, 9), FIRST)


def test_what_another_room_saw_posted_starts_the_right_when_the_contract_is_followed(
    signed: Contract, actor: Actor, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    party, right = signed.parties.talents().get(), signed.rights.get()
    post = Engagement(
        ref="x:1", people=frozenset(signed.people), brand=signed.brand_id, window=day_window(FIRST, FIRST, "Asia/Jakarta"),
        certainty=Certainty.PUBLISHED,
    )  # fmt: skip

    def seen(parties: Any) -> Mapping[int, Carried]:
        return {party.pk: Carried(happened=(post,))}

    monkeypatch.setattr(carries_out, "_placed", {})
    carries_out("a_test")(seen)
    with gate(signed.people) as held:
        follow_contract(signed, Door(held, now), actor=actor)
    assert days_of(right) == (FIRST, dt.date(2027, 1, 4))


def test_a_right_survives_an_early_end_but_not_a_void(signed: Contract, actor: Actor, now: dt.datetime) -> None:
    right, party = signed.rights.get(), signed.parties.talents().get()
    rights_follow(signed, {party.pk: FIRST}, at=now)
    end_early(signed, dt.date(2026, 12, 10), "Enough", at=now, actor=actor)
    assert days_of(right) == (FIRST, dt.date(2027, 1, 4))
    Contract.objects.filter(pk=signed.pk).update(status="void")
    signed.refresh_from_db()
    assert rights_follow(signed, {}, at=now) == []
    assert days_of(right) == (FIRST, dt.date(2027, 1, 4))
    assert not UsageRight.objects.running().exists()


def test_access_is_given_on_a_day_and_the_later_word_counts(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", **TERM)
    right = right_of(contract, actor, now, kind="allow_listing", counted_from="grant", days=60)
    with pytest.raises(ValidationError, match="not signed"):
        grant_access(right, FIRST, 30, at=now, actor=actor)
    sign_both(contract, now, actor)
    grant_access(right, dt.date(2026, 11, 20), 30, at=now, actor=actor)
    assert days_of(right) == (dt.date(2026, 11, 20), dt.date(2026, 12, 20))
    grant_access(right, dt.date(2026, 11, 22), None, at=now, actor=actor)
    assert days_of(right) == (dt.date(2026, 11, 22), None)
    assert len(told()) == 2
    take_down(right, "revoked", at=now, actor=actor)
    with pytest.raises(ValidationError, match="taken down"):
        grant_access(right, FIRST, 30, at=now, actor=actor)


def test_going_on_moves_the_last_day_and_becomes_a_line_of_pay_once(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", **TERM)
    price = Money(500_000, "IDR")
    right = right_of(
        contract, actor, now, counted_from="fixed", days=None, start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30),
        extension=price, extension_days=30,
    )  # fmt: skip
    sign_both(contract, now, actor)
    assert go_on(right, dt.date(2026, 11, 30), at=now, actor=actor) is True
    assert go_on(right, dt.date(2026, 11, 30), at=now, actor=actor) is False
    assert days_of(right) == (dt.date(2026, 11, 1), dt.date(2026, 12, 30))
    lines = PayLine.objects.filter(kind="usage_fee").values_list("amount", "note")
    assert [(int(amount), note) for amount, note in lines] == [
        (500_000, "Going on: Run it as an ad until Wed, 30 Dec 2026")
    ]
    entry = Entry.objects.get(verb="contract.right_extended")
    assert (
        entry.sentence_en
        == "Contract Lumi · Kirana: “Run it as an ad” goes on until Wed, 30 Dec 2026 for IDR\xa0500,000"
    )


def test_days_bought_stay_when_the_first_post_moves(signed: Contract, actor: Actor, now: dt.datetime) -> None:
    right, party = signed.rights.get(), signed.parties.talents().get()
    UsageRight.objects.update(extension=500_000, extension_days=30)
    rights_follow(signed, {party.pk: FIRST}, at=now)
    go_on(right, dt.date(2027, 1, 4), at=now, actor=actor)
    rights_follow(signed, {party.pk: dt.date(2026, 12, 6)}, at=now)
    assert days_of(right) == (dt.date(2026, 12, 6), dt.date(2027, 2, 4))


def test_what_was_not_agreed_is_not_bought(signed: Contract, actor: Actor, now: dt.datetime) -> None:
    right = signed.rights.get()
    with pytest.raises(ValidationError, match="not agreed"):
        go_on(right, FIRST, at=now, actor=actor)
    assert (PayLine.objects.filter(kind="usage_fee").count(), days_of(right)) == (0, (None, None))


def test_a_signed_right_is_not_taken_out(signed: Contract, actor: Actor, now: dt.datetime) -> None:
    with pytest.raises(NotEditable):
        right_of(signed, actor, now)
    assert signed.rights.count() == 1


class TestPages:
    def test_a_code_of_tiktok_lasts_one_of_its_lengths(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
    ) -> None:
        contract = write(kirana, said="1 reel 2jt", **TERM)
        right = right_of(contract, actor, now, kind="allow_listing", counted_from="grant", days=30)
        right.platforms.add(Platform.objects.get(code="tiktok"))
        sign_both(contract, now, actor)
        address = reverse("contract-right-access", args=[contract.pk, right.pk])
        offered = as_coordinator.get(address).context["form"].fields["days"].choices
        assert [value for value, _label in offered] == [7, 30, 60, 180, 365]
        refused = as_coordinator.post(address, {"on": "2026-11-20", "days": "45"})
        assert (refused.status_code, days_of(right)) == (422, (None, None))
        future = as_coordinator.post(address, {"on": "2026-11-25", "days": "60"})
        assert (future.status_code, days_of(right)) == (422, (None, None))
        done = as_coordinator.post(address, {"on": "2026-11-20", "days": "60"})
        assert (done.status_code, days_of(right)) == (302, (dt.date(2026, 11, 20), dt.date(2027, 1, 19)))

    def test_extending_says_what_it_costs_before_it_is_done(
        self, signed: Contract, actor: Actor, now: dt.datetime, as_coordinator: Client, as_viewer: Client
    ) -> None:
        right, party = signed.rights.get(), signed.parties.talents().get()
        address = reverse("contract-right-on", args=[signed.pk, right.pk])
        assert "Going on was not agreed for this right" in as_coordinator.get(address).content.decode()
        UsageRight.objects.update(extension=500_000, extension_days=30)
        rights_follow(signed, {party.pk: FIRST}, at=now)
        page = as_coordinator.get(address).content.decode()
        assert "IDR\xa0500,000" in page
        assert 'value="2027-01-04"' in page
        assert as_viewer.post(address, {"until": "2027-01-04"}).status_code == 403
        for junk in ("", "2027-02-30", "yesterday"):
            assert as_coordinator.post(address, {"until": junk}).status_code == 302
        assert days_of(right) == (FIRST, dt.date(2027, 1, 4))
        as_coordinator.post(address, {"until": "2027-01-04"})
        assert days_of(right) == (FIRST, dt.date(2027, 2, 3))


def test_a_void_contract_lets_nobody_in(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt", **TERM)
    right = right_of(contract, actor, now, kind="allow_listing", counted_from="grant", days=60)
    signed = sign_both(contract, now, actor)
    void(signed, "Never meant", at=now, actor=actor)
    with pytest.raises(ValidationError, match="is void"):
        grant_access(right, FIRST, 30, at=now, actor=actor)
    assert days_of(right) == (None, None)
