"""Agreed by chat, signed on paper, countersigned: the last side makes it binding, through the gate of exclusivity."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from crm.base.anchors import anchor_moved
from crm.base.models import Organisation, StoredFile
from crm.brands.models import Brand, Category
from crm.contracts.actions.signing import needs_approval, sign
from crm.contracts.actions.steps import approve, ask_approval, back_to_draft, end_early, void
from crm.contracts.models import Contract, Party, Signature
from crm.contracts.works import works_of
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.gate import PromiseRefused
from crm.exclusivity.models import Claim, Clause
from crm.influencers.models import Influencer
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import TransitionRefused
from tests.crm.contracts.conftest import Write, person
from tests.factories import BrandFactory, UserFactory

pytestmark = pytest.mark.django_db


def yes(party: Party, at: dt.datetime, **fields: Any) -> Signature:
    usual = {"how": "chat", "name": party.name, "said": "ok deal", "signed_at": at, "zone": "Asia/Jakarta"}
    return Signature(party=party, **{**usual, **fields})


def sign_both(contract: Contract, at: dt.datetime, actor: Actor) -> Contract:
    talent, brand = contract.parties.talents().get(), contract.parties.get(role="brand")
    sign(yes(talent, at), at=at, actor=actor)
    return sign(yes(brand, at, how="house", said=""), at=at, actor=actor)


def promise(contract: Contract, at: dt.datetime, actor: Actor, category: str = "skincare") -> Clause:
    """Nothing for other brands of the category during the whole term."""
    party = contract.parties.talents().get()
    for work in works_of(contract):
        anchor_moved(work.ref, work.days, now=at)
    blank = Clause(
        influencer=party.influencer, brand=contract.brand, work_ref=subject_of(party), anchor="term", zone="Asia/Jakarta",
        act_numbers=frozenset({1, 2}),
    )  # fmt: skip
    return save_clause(blank, {"categories": [Category.objects.get(slug=category).pk]}, at=at, actor=actor)


def test_the_last_signature_makes_it_signed_and_freezes_the_words(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    first = sign(yes(contract.parties.talents().get(), now), at=now, actor=actor)
    assert (first.status, len(first.text_sha256)) == ("draft", 64)
    signed = sign(yes(contract.parties.get(role="brand"), now, how="house", said=""), at=now, actor=actor)
    assert (signed.status, signed.signed_at) == ("signed", now)
    assert set(Signature.objects.values_list("document_sha256", flat=True)) == {first.text_sha256}
    assert Entry.objects.filter(verb="contract.signed").count() == 1


def test_a_side_signs_once(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt")
    talent = contract.parties.talents().get()
    sign(yes(talent, now), at=now, actor=actor)
    with pytest.raises(ValidationError, match="signed already"):
        sign(yes(talent, now), at=now, actor=actor)
    assert Signature.objects.count() == 1


def test_there_is_something_to_sign_first(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, wording=None)
    with pytest.raises(ValidationError, match="nothing to sign yet"):
        sign(yes(contract.parties.talents().get(), now), at=now, actor=actor)
    assert Signature.objects.count() == 0


def test_their_paper_is_signed_by_its_own_hash(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    paper = StoredFile.objects.create(label="Kontrak.pdf", mime="application/pdf", size=9, sha256="c" * 64)
    contract = write(kirana, wording=None, paper=paper)
    signed = sign_both(contract, now, actor)
    assert (signed.status, signed.text) == ("signed", "")
    assert set(Signature.objects.values_list("document_sha256", flat=True)) == {"c" * 64}


def test_a_signature_is_known_by_what_proves_it(write: Write, kirana: Influencer, now: dt.datetime) -> None:
    talent = write(kirana).parties.talents().get()
    for fields in ({"how": "chat", "said": ""}, {"how": "paper"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            yes(talent, now, document_sha256="d" * 64, **fields).save()


def test_too_large_a_fee_is_not_agreed_to_by_chat(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    Organisation.load()
    Organisation.objects.update(contracts_by_chat_up_to=Decimal(1_000_000))
    contract = write(kirana, said="1 reel 2jt")
    with pytest.raises(ValidationError, match="above what may be agreed to by chat"):
        sign(yes(contract.parties.talents().get(), now), at=now, actor=actor)
    assert Contract.objects.values_list("text", flat=True).get() == ""


def test_a_managers_yes_holds_for_the_sum_it_was_given_for(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    Organisation.load()
    Organisation.objects.update(contracts_approved_above=Decimal(1_000_000))
    contract = write(kirana, said="1 reel 2jt")
    with pytest.raises(ValidationError, match="A manager approves"):
        sign(yes(contract.parties.talents().get(), now), at=now, actor=actor)
    ask_approval(contract, at=now, actor=actor)
    approve(contract, UserFactory(role=Role.MANAGER), at=now)
    contract.refresh_from_db()
    assert (contract.status, needs_approval(contract)) == ("in_review", False)
    line = contract.lines.get()
    line.amount = line.amount * 2
    line.save()
    assert needs_approval(contract) is True


def test_nobody_is_asked_to_approve_what_needs_no_approval(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    with pytest.raises(ValidationError, match="Nobody has to approve"):
        ask_approval(write(kirana, said="1 reel 2jt"), at=now, actor=actor)


def test_what_was_signed_bars_rivals_and_what_was_not_does_not(
    write: Write, kirana: Influencer, coordinator: User, actor: Actor, now: dt.datetime
) -> None:
    days = {"start_on": dt.date(2026, 12, 1), "end_on": dt.date(2026, 12, 31)}
    contract = write(kirana, said="1 reel 2jt", **days)
    clause = promise(contract, now, actor)
    assert Claim.objects.active().count() == 0
    sign_both(contract, now, actor)
    clause.refresh_from_db()
    assert (clause.standing, Claim.objects.active().filter(side=0).count()) == ("active", 1)
    rival: Brand = BrandFactory(name="Senja Glow", category=Category.objects.get(slug="serum"))
    other = write(kirana, said="1 reel 3jt", brand=rival, title="Senja", **days)
    sign(yes(other.parties.talents().get(), now), at=now, actor=actor)
    with pytest.raises(PromiseRefused):
        sign(yes(other.parties.get(role="brand"), now, how="house", said=""), at=now, actor=actor)
    other.refresh_from_db()
    assert (other.status, other.signed_at, other.parties.unsigned().count()) == ("draft", None, 1)


def test_a_voided_contract_frees_what_it_promised(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    clause = promise(contract, now, actor)
    signed = sign_both(contract, now, actor)
    void(signed, "Written twice", at=now, actor=actor)
    clause.refresh_from_db()
    assert (clause.standing, Claim.objects.count(), signed.status) == ("void", 0, "void")


def test_an_early_end_lies_inside_its_days(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    signed = sign_both(contract, now, actor)
    for on in (dt.date(2026, 12, 31), dt.date(2026, 11, 30)):
        with pytest.raises(ValidationError):
            end_early(signed, on, "Moved abroad", at=now, actor=actor)
    end_early(signed, dt.date(2026, 12, 20), "Moved abroad", at=now, actor=actor)
    assert (signed.status, signed.last_on) == ("terminated", dt.date(2026, 12, 20))
    with pytest.raises(TransitionRefused):
        end_early(signed, dt.date(2026, 12, 10), "Again", at=now, actor=actor)


def test_what_somebody_signed_is_no_draft_again(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    signed = sign(yes(contract.parties.talents().get(), now), at=now, actor=actor)
    with pytest.raises(ValidationError, match="Somebody has signed already"):
        back_to_draft(signed, at=now, actor=actor)


def test_every_step_is_told_in_the_story_of_everybody_it_is_about(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sinta = person("Sinta Larasati")
    contract = write(kirana, sinta, said="1 reel 2jt", title="Two of them")
    void(contract, "Asked for somebody else", at=now, actor=actor)
    told = Entry.objects.filter(verb="contract.void").order_by("influencer_id")
    assert [(one.influencer_id, one.changes) for one in told] == [
        (who.pk, {"status": ["draft", "void"]}) for who in (kirana, sinta)
    ]
