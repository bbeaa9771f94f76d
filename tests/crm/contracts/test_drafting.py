"""A contract is written down from the words of a chat, and changed while nobody outside has seen it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.base.formats import money_full
from crm.contracts.actions.drafting import NotEditable, note_bid, save_contract
from crm.contracts.actions.terms import add_term, take_out
from crm.contracts.actions.words import words_of
from crm.contracts.models import Bid, Contract, Party, PayLine, PromisedPost, UsageRight
from crm.contracts.said import read_terms
from crm.contracts.worth import cash_in, worth_of
from crm.influencers.models import Format, Influencer, Representation
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "posts", "amount", "currency", "tax"),
    [
        ("1 reel 3 story 2,8jt nett", (("reel", 1), ("story", 3)), Decimal(2_800_000), "IDR", "net"),
        ("2 video + 1 feed 5jt", (("video", 2), ("feed", 1)), Decimal(5_000_000), "IDR", ""),
        ("750rb/story", (("story", 1),), Decimal(750_000), "IDR", ""),
        ("reel 500-750rb", (("reel", 1),), None, "IDR", ""),
    ],
)
def test_words_of_a_chat_are_posts_and_a_price(
    said: str, posts: tuple[tuple[str, int], ...], amount: Decimal | None, currency: str, tax: str
) -> None:
    terms = read_terms(said)
    assert terms is not None
    assert (terms.posts, terms.amount, terms.currency, terms.tax) == (posts, amount, currency, tax)


@pytest.mark.parametrize("said", ["ok deal kak", "2 reel", "1 reel 2jt atau 3jt"])
def test_words_without_one_price_are_no_terms(said: str) -> None:
    assert read_terms(said) is None


def test_a_contract_from_a_chat_has_a_post_for_each_and_one_fee(write: Write, kirana: Influencer) -> None:
    contract = write(kirana, said="1 reel 3 story 2,8jt nett")
    talent = contract.parties.talents().get()
    assert [(party.role, party.name) for party in contract.parties.all()] == [
        ("brand", "Lumi Skincare"), ("talent", "Kirana Maheswari"),
    ]  # fmt: skip
    assert [post.format.code for post in talent.posts.all()] == ["reel", "story", "story", "story"]
    line = contract.lines.get()
    assert (line.party, line.kind, line.amount, line.tax) == (talent, "cash_fee", Money(2_800_000, "IDR"), "net")
    bid = contract.bids.get()
    assert (bid.kind, bid.amount, bid.said) == ("agreed", Money(2_800_000, "IDR"), "1 reel 3 story 2,8jt nett")
    assert Entry.objects.get(verb="contract.drafted").influencer == kirana


def test_a_range_is_what_she_asks_and_no_fee_yet(write: Write, kirana: Influencer) -> None:
    contract = write(kirana, said="1 reel 2-3jt")
    assert (contract.lines.count(), contract.bids.get().kind) == (0, "ask")


def test_a_word_two_platforms_know_means_the_one_she_is_on(write: Write) -> None:
    dara = person("Dara Puspita", platform="tiktok")
    assert write(dara, said="2 video 4jt").posts.first().format.platform.code == "tiktok"  # type: ignore[union-attr]


def test_a_word_nobody_can_place_is_refused_with_the_way_out(write: Write, kirana: Influencer) -> None:
    with pytest.raises(ValidationError) as refused:
        write(kirana, said="2 video 4jt")
    assert "“video” exists on several platforms, and Kirana Maheswari" in str(refused.value)
    assert (Contract.objects.count(), Party.objects.count()) == (0, 0)


def test_several_people_make_one_contract_and_each_owes_her_own(write: Write, kirana: Influencer) -> None:
    agent = ContactFactory(kind="agent", name="Bu Ratna")
    dara = person("Dara Puspita")
    Representation.objects.create(influencer=dara, contact=agent, capacity="agent")
    contract = write(kirana, dara, said="1 reel 2jt", payee=agent)
    assert [(party.role, party.name) for party in contract.parties.all()] == [
        ("brand", "Lumi Skincare"), ("talent", "Kirana Maheswari"), ("talent", "Dara Puspita"), ("agent", "Bu Ratna"),
    ]  # fmt: skip
    assert [(post.party.name, post.format.code) for post in contract.posts.all()] == [
        ("Kirana Maheswari", "reel"), ("Dara Puspita", "reel"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="contract.drafted").count() == 2


def test_worth_tells_cash_from_kind_and_leaves_costs_out(write: Write, kirana: Influencer) -> None:
    contract = write(kirana)
    for kind, amount in [
        ("cash_fee", 3_000_000),
        ("product", 1_000_000),
        ("deduction", 500_000),
        ("reimbursement", 90_000),
    ]:
        PayLine.objects.create(contract=contract, kind=kind, amount=Money(amount, "IDR"))
    PayLine.objects.create(contract=contract, kind="commission", rate_bp=750)
    (sums,) = worth_of(contract.lines.all())
    assert (sums.cash, sums.in_kind, sums.total, sums.cash_share) == (2_500_000, 1_000_000, 3_500_000, 71)
    assert cash_in(contract.lines.all(), "IDR") == 2_500_000
    assert cash_in(contract.lines.all(), "USD") is None


def test_the_words_are_the_template_with_the_terms_of_the_day(write: Write, kirana: Influencer) -> None:
    contract = write(
        kirana, said="1 reel 3 story 2,8jt nett", language="en", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31),
        extra_words="She keeps the products.", entity="PT Lumi Cantik",
    )  # fmt: skip
    words = words_of(contract)
    assert "between **PT Lumi Cantik**, for the brand Lumi Skincare, and **Kirana Maheswari**" in words
    assert "- 1 × Instagram Reel\n- 3 × Instagram Story" in words
    assert f"- Fee: {money_full(Money(2_800_000, 'IDR'))} (net: tax comes on top)" in words
    assert "She keeps the products." in words
    assert "{{" not in words


def test_the_words_follow_the_language_of_the_contract(write: Write, kirana: Influencer) -> None:
    assert "## 2. Yang dibayar dan diberikan" in words_of(write(kirana, language="id"))


def test_a_name_with_marks_stays_a_name(write: Write, kirana: Influencer) -> None:
    assert r"\*\*Lumi\*\*" in words_of(write(kirana, title="**Lumi**", language="en"))


def test_terms_are_added_and_taken_out_while_it_is_written(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana)
    talent = contract.parties.talents().get()
    story = Format.objects.get(platform__code="instagram", code="story")
    add_term(PromisedPost(contract=contract, party=talent, format=story), count=2, at=now, actor=actor)
    assert contract.posts.count() == 2
    right = UsageRight(contract=contract, kind="paid_ads", days=90)
    add_term(right, at=now, actor=actor)
    take_out(contract.posts.first(), at=now, actor=actor)  # type: ignore[arg-type]
    assert (contract.posts.count(), contract.rights.count()) == (1, 1)
    verbs = Entry.objects.filter(subject=f"crm.contract:{contract.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["contract.drafted", "contract.term_added", "contract.term_added", "contract.term_removed"]


def test_what_was_sent_is_changed_by_nobody_in_place(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    Contract.objects.filter(pk=contract.pk).update(status="sent", text="x", text_sha256="a" * 64)
    contract.title = "Another"
    with pytest.raises(NotEditable):
        save_contract(contract, at=now, actor=actor)
    with pytest.raises(NotEditable):
        take_out(contract.lines.get(), at=now, actor=actor)
    assert Contract.objects.values_list("title", flat=True).get() == "Lumi · Kirana"
    assert contract.lines.count() == 1


def test_saving_tells_what_changed_once(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana)
    contract.entity = "PT Lumi Cantik"
    save_contract(contract, at=now, actor=actor)
    save_contract(contract, at=now, actor=actor)
    assert Entry.objects.get(verb="contract.changed").changes == {"entity": ["", "PT Lumi Cantik"]}
    assert contract.parties.get(role="brand").name == "PT Lumi Cantik"


def test_a_price_on_the_way_changes_no_line(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt")
    bid = Bid(kind="counter", amount=Money(3_000_000, "IDR"), said="3jt ya kak")
    note_bid(contract, bid, at=now, actor=actor)
    assert [one.kind for one in contract.bids.all()] == ["agreed", "counter"]
    assert contract.lines.get().amount == Money(2_000_000, "IDR")


def test_what_is_added_is_told_in_both_languages(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana)
    right = UsageRight(contract=contract, kind="paid_ads", days=90)
    add_term(right, at=now, actor=actor)
    told = Entry.objects.get(verb="contract.term_added")
    assert (told.sentence_en, told.sentence_id) == (
        "Contract Lumi · Kirana: right “Run it as an ad” added",
        "Kontrak Lumi · Kirana: hak “Dipakai sebagai iklan” ditambahkan",
    )
