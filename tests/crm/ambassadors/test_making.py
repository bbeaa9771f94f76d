"""A deal is written down once: a draft contract with both sides that says what it owes and pays, and nothing is promised."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.making.actions import change_draft, make_deal, make_many
from crm.ambassadors.making.figures import figures_of
from crm.ambassadors.making.said import SaidDeal, read_deal
from crm.ambassadors.making.terms import DealTerms, QuotaTerms
from crm.ambassadors.models import AmbassadorDeal, CommissionRule, Program, QuotaQuantity, RetainerRate
from crm.contracts.actions.drafting import NotEditable
from crm.contracts.actions.words import words_of
from crm.contracts.models import Contract, Party, PayLine
from crm.contracts.own_page import line_about, read_it
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import Standing
from crm.influencers.models import Influencer, Platform, SocialAccount
from crm.portal.registry import Asking
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import format_of
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(kirana: Influencer, circle: Program, coordinator: User) -> DealTerms:
    """Two reels and four stories a month for five million, a year from 11 March 2027."""
    return terms_of(kirana, circle, coordinator)


def terms_of(person: Influencer | None, program: Program, owner: User, **more: Any) -> DealTerms:
    usual: dict[str, Any] = {
        "program": program, "person": person, "owner": owner, "start_on": dt.date(2027, 3, 11),
        "end_on": dt.date(2028, 3, 10), "zone": "Asia/Jakarta", "retainer": Money(5_000_000, "IDR"),
        "quotas": [QuotaTerms(format_of("reel"), 2), QuotaTerms(format_of("story"), 4)],
    }  # fmt: skip
    return DealTerms(**{**usual, **more})


def test_a_draft_says_what_it_owes_and_pays_and_promises_nothing(
    terms: DealTerms, now: dt.datetime, actor: Actor
) -> None:
    deal = make_deal(terms, at=now, actor=actor)
    contract = Contract.objects.get(pk=deal.contract_id)
    assert (contract.kind, contract.status, contract.title) == ("ambassador", "draft", "Lumi Circle · Kirana Maheswari")
    assert sorted(contract.parties.values_list("role", "name")) == [
        ("brand", "Lumi Skincare"),
        ("talent", "Kirana Maheswari"),
    ]
    quantities = QuotaQuantity.objects.order_by("pk").values_list("line__format__code", "quantity", "from_on")
    assert list(quantities) == [("reel", 2, terms.start_on), ("story", 4, terms.start_on)]
    assert list(RetainerRate.objects.values_list("amount", "from_on")) == [(Decimal(5_000_000), terms.start_on)]
    lines = [(line.kind, line.amount, line.note) for line in contract.lines.all()]
    assert lines == [("cash_fee", Money(60_000_000, "IDR"), "IDR\u00a05,000,000 each month")]
    assert not Clause.objects.exists()
    assert Entry.objects.filter(verb__in=["contract.drafted", "deal.drafted"]).count() == 2


def test_the_paper_says_what_each_month_owes(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    rules = {"rollover": "carry", "carry_cap": 2, "over": "bonus", "extra_price": Money(750_000, "IDR")}
    commission = {"rate_bp": 1_000, "hold_days": 14}
    deal = make_deal(terms_with(terms, rules=rules, commission=commission), at=now, actor=actor)
    words = words_of(Contract.objects.get(pk=deal.contract_id))
    many = "Too many: noted as extra, each paid IDR\u00a0750,000."
    few = "Too few: they are owed in the next period, at most 2, for 1 period."
    for line in (
        f"- 2 × Instagram Reel each month. {few} {many}\n- 4 × Instagram Story each month. {few} {many}\n"
        "- Periods count from 11 March 2027.\n",
        "- Fee: IDR\u00a060,000,000, IDR\u00a05,000,000 each month (Kirana Maheswari)\n"
        "- Commission: 10 % of what is sold (Kirana Maheswari)\n"
        "- The fee is due in parts, at the end of a period, and paid within 30 days.\n"
        "- A part of a period is paid by the days.\n"
        "- The commission is taken of the price after discounts, without tax and without shipping, and due 14 days after "
        "an order.\n",
    ):
        assert line in words


def test_before_she_signs_she_reads_what_each_month_owes(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    deal = make_deal(terms, at=now, actor=actor)
    contract = Contract.objects.get(pk=deal.contract_id)
    said = read_it(contract, Asking(deal.influencer_id, contract.brand_id, now, "Asia/Jakarta"))
    few_and_many = "Too few: they lapse. Too many: noted as extra."
    assert said.posts == [
        f"2 × Instagram Reel each month. {few_and_many}",
        f"4 × Instagram Story each month. {few_and_many}",
        "Periods count from 11 March 2027.",
    ]
    assert said.pay[-1] == "A part of a period is paid by the days."
    assert line_about(contract).startswith(f"2 × Instagram Reel each month. {few_and_many}; ")


def terms_with(terms: DealTerms, **more: Any) -> DealTerms:
    return DealTerms(**{**terms.__dict__, **more})


def test_her_paper_is_in_her_language(circle: Program, coordinator: User, now: dt.datetime, actor: Actor) -> None:
    sekar = InfluencerFactory(stage_name="Sekar", language="id")
    deal = make_deal(terms_of(sekar, circle, coordinator), at=now, actor=actor)
    assert deal.contract.language == "id"
    assert PayLine.objects.get().note.startswith("Rp5.000.000 ")


def test_asking_twice_writes_one(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    make_deal(terms, at=now, actor=actor)
    with pytest.raises(ValidationError, match="is in this programme on these days already"):
        make_deal(terms, at=now, actor=actor)
    assert (AmbassadorDeal.objects.count(), Contract.objects.count()) == (1, 1)
    after = terms_with(terms, start_on=dt.date(2028, 3, 11), end_on=None)
    make_deal(after, at=now, actor=actor)
    assert AmbassadorDeal.objects.count() == 2


def test_a_closed_programme_takes_nobody(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    Program.objects.update(archived_at=now)
    with pytest.raises(ValidationError, match="takes nobody any more"):
        make_deal(terms, at=now, actor=actor)
    assert Contract.objects.count() == 0


def test_nothing_owed_is_no_deal(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(ValidationError, match="Name at least one kind of post"):
        make_deal(terms_with(terms, quotas=[]), at=now, actor=actor)
    assert Contract.objects.count() == 0


def test_exclusivity_is_one_sentence_over_the_term_and_its_tail(
    terms: DealTerms, now: dt.datetime, actor: Actor
) -> None:
    asked = terms_with(terms, exclusive=True, tail_days=30, rests_in_pauses=True)
    make_deal(asked, at=now, actor=actor)
    clause = Clause.objects.get()
    assert (clause.anchor, clause.end_offset, clause.survival, clause.tail_days) == ("term", 30, "tail", 30)
    assert (clause.suspend_during_pause, clause.standing) == (True, Standing.DRAFT)
    assert [row.slug for row in clause.categories.all()] == ["skincare"]
    assert [(one.start_at, one.end_at) for one in clause.stretches.all()] == [
        (dt.datetime(2027, 3, 10, 17, tzinfo=dt.UTC), dt.datetime(2028, 4, 9, 17, tzinfo=dt.UTC))
    ]


def test_a_draft_says_something_else(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    deal = make_deal(terms_with(terms, exclusive=True), at=now, actor=actor)
    fresh = terms_with(
        terms, quotas=[QuotaTerms(format_of("reel"), 3)], retainer=Money(6_000_000, "IDR"), exclusive=True, tail_days=14,
        commission={"rate_bp": 500}, deal={"label": "exclusive"},
    )  # fmt: skip
    change_draft(deal, fresh, at=now, actor=actor)
    deal.refresh_from_db()
    assert deal.label == "exclusive"
    assert list(QuotaQuantity.objects.values_list("line__format__code", "quantity")) == [("reel", 3)]
    assert [(line.kind, line.amount) for line in PayLine.objects.order_by("pk")] == [
        ("cash_fee", Money(72_000_000, "IDR")), ("commission", None),
    ]  # fmt: skip
    assert list(CommissionRule.objects.values_list("rate_bp", flat=True)) == [500]
    assert list(Clause.objects.values_list("standing", "end_offset")) == [("draft", 14)]
    change_draft(deal, terms, at=now, actor=actor)
    assert list(Clause.objects.values_list("standing", flat=True)) == ["void"]


def test_what_was_sent_is_not_changed_in_place(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    deal = make_deal(terms, at=now, actor=actor)
    Contract.objects.update(text="Words.", text_sha256="a" * 64)
    Contract.objects.get().put(Contract.Status.SENT, at=now)
    with pytest.raises(NotEditable):
        change_draft(deal, terms_with(terms, quotas=[QuotaTerms(format_of("reel"), 9)]), at=now, actor=actor)
    assert list(QuotaQuantity.objects.order_by("pk").values_list("quantity", flat=True)) == [2, 4]


def test_each_of_many_gets_a_draft_or_a_reason(
    circle: Program, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    sekar, kirana = InfluencerFactory(stage_name="Sekar"), InfluencerFactory(stage_name="Kirana")
    for person, platform in ((sekar, "tiktok"), (kirana, "instagram")):
        account = {"platform": Platform.objects.get(code=platform), "handle": person.stage_name.lower()}
        SocialAccount.objects.create(influencer=person, followers=10_000, **account)
    asked = terms_of(None, circle, coordinator, quotas=[], posts=[("video", 2)])
    made = make_many([sekar, kirana], asked, at=now, actor=actor)
    assert [(one.person, one.deal is not None, one.why) for one in made] == [
        (sekar, True, ""),
        (
            kirana,
            False,
            "“video” exists on several platforms, and Kirana has an account on none of them. Name the format below.",
        ),
    ]
    assert list(QuotaQuantity.objects.values_list("line__format__platform__code", "quantity")) == [("tiktok", 2)]
    again = make_many([sekar], asked, at=now, actor=actor)
    assert [one.deal for one in again] == [None]
    assert AmbassadorDeal.objects.count() == 1


def test_a_year_by_the_calendar_pays_its_stubs_by_the_days(terms: DealTerms) -> None:
    asked = terms_with(terms, deal={"alignment": "calendar"}, retainer=Money(10_000_000, "IDR"),
                       start_on=dt.date(2026, 3, 11), end_on=dt.date(2027, 3, 10))  # fmt: skip
    figures = figures_of(asked)
    assert [(one.span.active_days, one.quantities, one.retainer) for one in figures.stubs] == [
        (21, [1, 3], Decimal(6_774_194)), (10, [1, 1], Decimal(3_225_806)),
    ]  # fmt: skip
    assert (len(figures.periods), figures.cash) == (13, Decimal(120_000_000))


def test_a_month_of_thirty_days_pays_its_parts_in_thirtieths(terms: DealTerms) -> None:
    asked = terms_with(terms, deal={"alignment": "calendar", "proration": "30_360"}, retainer=Money(3_000_000, "IDR"),
                       start_on=dt.date(2026, 3, 11), end_on=dt.date(2026, 4, 30))  # fmt: skip
    assert [one.retainer for one in figures_of(asked).periods] == [Decimal(2_000_000), Decimal(3_000_000)]


@pytest.mark.parametrize(
    ("words", "posts", "amount", "unit", "tax"),
    [
        ("2 reels 4 stories a month, 5jt", (("reel", 2), ("story", 4)), 5_000_000, "month", ""),
        ("2 reel 4 story sebulan 5jt nett", (("reel", 2), ("story", 4)), 5_000_000, "month", "net"),
        ("1 reel 2 story 2,8jt/bulan", (("reel", 1), ("story", 2)), 2_800_000, "month", ""),
        ("3 vt per minggu 1,5jt", (("video", 3),), 1_500_000, "week", ""),
        ("1 reel 1 story 1 reel", (("reel", 2), ("story", 1)), None, "", ""),
    ],
)
def test_words_of_a_chat_are_read(words: str, posts: Any, amount: int | None, unit: str, tax: str) -> None:
    read = read_deal(words)
    currency = "IDR" if amount else ""
    assert read == SaidDeal(posts, Decimal(amount) if amount else None, currency, tax, unit)


@pytest.mark.parametrize("words", ["something with reels", "5jt", "as we said"])
def test_other_words_are_not_guessed_at(words: str) -> None:
    assert read_deal(words) is None


def test_a_deal_has_a_talent_and_its_tier(terms: DealTerms, now: dt.datetime, actor: Actor) -> None:
    terms.program.has_tiers = True
    terms.program.save()
    glow = terms.program.tiers.create(rank=1, name="Glow")
    deal = make_deal(terms, at=now, actor=actor)
    assert deal.tier == glow
    assert Party.objects.get(role="talent").influencer == terms.person
