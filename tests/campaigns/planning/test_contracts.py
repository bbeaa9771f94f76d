"""A card under a contract: one promise and one claim, whoever signs first; days, links and what is still to plan."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.actions.contracts import (
    Wish,
    free_posts,
    link_contract,
    match_posts,
    plan_promised,
    unlink_contract,
    write_contract,
    write_many,
)
from campaigns.planning.board import Look, board_of
from campaigns.planning.merging import both_in_one_contract
from campaigns.planning.models import Collaboration, Deliverable, Refused
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.papers import papers_of
from crm.base.anchors import anchor_moved
from crm.brands.models import Brand, BrandOwner, Category
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.renewing import draft_replacement
from crm.contracts.actions.signing import sign
from crm.contracts.actions.steps import void
from crm.contracts.models import Contract, Party, PromisedPost, Signature, UsageRight
from crm.contracts.works import conflicts_of, works_of
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.gate import PromiseRefused
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.merging.actions import merge
from crm.influencers.models import Format, Influencer
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor, subject_of
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

pytestmark = pytest.mark.django_db
PAID = frozenset({ACT_NUMBERS[Act.PAID_POST]})


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


def of(code: str) -> Format:
    return Format.objects.get(code=code, platform__code="instagram")


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari", zone="Asia/Jakarta", language="id")


@pytest.fixture
def lumi() -> Brand:
    return house_of("Lumi")


def house_of(name: str) -> Brand:
    owner: BrandOwner = BrandOwnerFactory(name=f"{name} House")
    return BrandFactory(name=name, owner=owner, category=Category.objects.get(slug="skincare"))


def card_of(brand: Brand, person: Influencer, status: str = "in_talks", **fields: Any) -> Collaboration:
    campaign = CampaignFactory(
        name=f"{brand} Season {Collaboration.objects.count()}", brand=brand, category=brand.category,
        start_on=on(12, 1), end_on=on(12, 31), zone="Asia/Jakarta",
    )  # fmt: skip
    return CollaborationFactory(campaign=campaign, influencer=person, status=status, **fields)


def plan(card: Collaboration, code: str, day: dt.date) -> Deliverable:
    return DeliverableFactory(
        collaboration=card, format=of(code), draft_due_on=None, post_due_on=day, zone="Asia/Jakarta"
    )


@pytest.fixture
def card(lumi: Brand, kirana: Influencer) -> Collaboration:
    """A reel and a story, for 2,8 million."""
    made = card_of(lumi, kirana, fee=Money(2_800_000, "IDR"), fee_said="2,8jt nett")
    plan(made, "reel", on(12, 4))
    plan(made, "story", on(12, 6))
    return made


@pytest.fixture
def contract(card: Collaboration, now: dt.datetime, actor: Actor) -> Contract:
    return write_contract(card, Wish(), at=now, actor=actor)


def sign_both(contract: Contract, at: dt.datetime, actor: Actor) -> Contract:
    told = {"signed_at": at, "zone": "Asia/Jakarta"}
    for party in contract.parties.talents():
        sign(Signature(party=party, how="chat", name=party.name, said="ok", **told), at=at, actor=actor)
    ours = contract.parties.get(role=Party.Role.BRAND)
    return sign(Signature(party=ours, how="house", name="Dinda", **told), at=at, actor=actor)


def bar(contract: Contract, at: dt.datetime, actor: Actor, **days: Any) -> Clause:
    """No other skincare, during the contract or around its posts."""
    party = contract.parties.talents().get()
    for work in works_of(Contract.objects.get(pk=contract.pk)):
        anchor_moved(work.ref, work.days, now=at)
    blank = Clause(
        influencer=party.influencer, brand=contract.brand, work_ref=subject_of(party), zone="Asia/Jakarta",
        act_numbers=PAID, **{"anchor": "term", **days},
    )  # fmt: skip
    return save_clause(blank, {"categories": [Category.objects.get(slug="skincare").pk]}, at=at, actor=actor)


def claims() -> list[tuple[str, int]]:
    """What is claimed for work, and how often."""
    rows = Claim.objects.filter(side=Claim.Side.ENGAGEMENT, active=True).values_list("source", flat=True)
    return sorted((source, list(rows).count(source)) for source in set(rows))


def test_a_contract_says_what_its_card_says(card: Collaboration, contract: Contract, lumi: Brand) -> None:
    card.refresh_from_db()
    assert card.party is not None and card.party.contract == contract
    assert (contract.status, contract.brand, contract.category, contract.said) == (
        "draft", lumi, lumi.category, "2,8jt nett",
    )  # fmt: skip
    assert (contract.start_on, contract.end_on, contract.zone, contract.language) == (
        on(12, 1), on(12, 31), "Asia/Jakarta", "id",
    )  # fmt: skip
    assert contract.title == f"{card.campaign.name} · Kirana Maheswari"
    assert [(line.kind, line.amount) for line in contract.lines.all()] == [("cash_fee", Money(2_800_000, "IDR"))]
    assert [(post.format.code, post.due_on) for post in contract.posts.all()] == [
        ("reel", on(12, 4)), ("story", on(12, 6)),
    ]  # fmt: skip
    assert [row.promised for row in card.deliverables.order_by("pk")] == list(contract.posts.order_by("pk"))
    assert contract.wording is not None and contract.wording.template.kind == "campaign"
    assert contract.bids.count() == 0


def test_a_card_without_a_fee_in_money_gets_a_contract_about_a_gift(
    lumi: Brand, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    made = write_contract(card_of(lumi, kirana, fee=Money(0, "IDR")), Wish(), at=now, actor=actor)
    assert (made.kind, made.lines.count()) == ("gifting", 0)
    assert made.wording is not None and made.wording.template.kind == "gifting"


def test_a_card_has_one_open_contract(card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(Refused, match="There is a contract already"):
        write_contract(card, Wish(), at=now, actor=actor)
    assert Contract.objects.count() == 1
    void(contract, "Wrong brand", at=now, actor=actor)
    again = write_contract(card, Wish(), at=now, actor=actor)
    card.refresh_from_db()
    assert card.party is not None and card.party.contract == again
    assert set(card.deliverables.values_list("promised__contract", flat=True)) == {again.pk}


def test_nobody_writes_a_contract_for_a_card_that_is_off(
    lumi: Brand, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(Refused, match="not going ahead"):
        write_contract(card_of(lumi, kirana, "off"), Wish(), at=now, actor=actor)
    assert Contract.objects.count() == 0


def test_many_cards_get_theirs_at_once_each_with_its_answer(
    card: Collaboration, contract: Contract, lumi: Brand, now: dt.datetime, actor: Actor
) -> None:
    other = card_of(lumi, InfluencerFactory(stage_name="Nadia Puspita"))
    gone = card_of(lumi, InfluencerFactory(stage_name="Sekar Arum"), "off")
    verdicts = write_many([card, other, gone], Wish(), at=now, actor=actor)
    made = Contract.objects.exclude(pk=contract.pk).get()
    assert [(one.who, one.done, str(one.text)) for one in verdicts] == [
        ("Kirana Maheswari", False, f"There is a contract already: {contract}. Open it, or take the card out from under it first."),
        ("Nadia Puspita", True, f"Contract {made.number} is a draft."),
        ("Sekar Arum", False, "Is not going ahead. Bring the card back first."),
    ]  # fmt: skip


def test_a_signature_makes_the_card_agreed_and_each_post_is_claimed_once(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    assert claims() == []
    sign_both(contract, now, actor)
    card.refresh_from_db()
    assert (card.status, card.promised_at) == ("agreed", now)
    assert claims() == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]
    said = Entry.objects.get(verb="collaboration.moved").sentence_en
    assert said == f"{card.campaign}: agreed, because the contract is signed"


def test_a_post_nobody_planned_is_claimed_by_the_contract_until_something_stands_for_it(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    reel, story = Deliverable.objects.order_by("pk")
    story.collaboration = card
    story.drop(at=now, actor=actor)
    owed = contract.posts.get(format__code="story")
    assert claims() == [(subject_of(reel), 1), (subject_of(owed), 1)]
    assert plan_promised(card, at=now, actor=actor) == 1
    made = Deliverable.objects.get(promised=owed)
    assert (made.post_due_on, made.format, made.status) == (on(12, 6), of("story"), "expected")
    assert claims() == sorted([(subject_of(reel), 1), (subject_of(made), 1)])


def test_an_agreed_card_with_a_signed_contract_refuses_a_rival_once_with_one_reason(
    card: Collaboration, contract: Contract, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    bar(contract, now, actor)
    card.put("agreed", at=now, actor=actor)
    sign_both(contract, now, actor)
    rival = card_of(house_of("Melati"), kirana)
    piece = plan(rival, "reel", on(12, 10))
    before = list(Claim.objects.order_by("pk").values_list("pk", "active"))
    with pytest.raises(PromiseHeld) as refused:
        rival.put("agreed", at=now, actor=actor)
    assert [one.engagement.ref for one in refused.value.conflicts] == [subject_of(piece)]
    rival.refresh_from_db()
    assert rival.status == "in_talks"
    assert list(Claim.objects.order_by("pk").values_list("pk", "active")) == before


def test_a_rival_agreed_first_keeps_the_contract_from_being_signed_with_one_reason(
    card: Collaboration, contract: Contract, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    rival = card_of(house_of("Melati"), kirana)
    plan(rival, "reel", on(12, 10))
    theirs = write_contract(rival, Wish(), at=now, actor=actor)
    bar(theirs, now, actor)
    sign_both(theirs, now, actor)
    before = claims()
    told = [one.engagement.ref for one in conflicts_of(Contract.objects.get(pk=contract.pk), now) if one.blocks]
    assert told == [subject_of(row) for row in card.deliverables.order_by("pk")]
    with pytest.raises(PromiseRefused) as refused:
        sign_both(contract, now, actor)
    assert [one.engagement.ref for one in refused.value.conflicts] == told
    card.refresh_from_db()
    contract.refresh_from_db()
    assert (card.status, contract.status, claims()) == ("in_talks", "draft", before)


def test_windows_of_the_contract_follow_the_days_of_the_card_and_what_was_really_posted(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    clause = bar(contract, now, actor, anchor="last_post", start_offset=0, end_offset=9)
    sign_both(contract, now, actor)
    story = card.deliverables.get(format__code="story")
    story.reschedule(draft_due_on=None, post_due_on=on(12, 12), at=now, actor=actor)
    assert last_days(clause) == [on(12, 21)]
    reel = card.deliverables.get(format__code="reel")
    for row in (reel, story):
        row.publish(at=now, actor=actor, posted_at=dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC))
    assert last_days(clause) == [on(12, 3)]
    assert claims() == sorted((subject_of(row), 1) for row in (reel, story))


def last_days(clause: Clause) -> list[dt.date]:
    rows = Clause.objects.get(pk=clause.pk).stretches.all()
    return [last for row in rows if (last := row.window.first_and_last(clause.zone)[1])]


def test_a_card_stays_agreed_while_its_contract_is_signed(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    card.refresh_from_db()
    with pytest.raises(Refused, match="The contract of this card is signed"):
        card.put("in_talks", at=now, actor=actor)
    card.refresh_from_db()
    assert card.status == "agreed"


def test_a_card_that_goes_off_leaves_its_posts_to_the_contract_and_takes_them_back(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    card.refresh_from_db()
    card.put("off", at=now, actor=actor, why="Ill")
    posts = list(contract.posts.order_by("pk"))
    assert claims() == [(subject_of(post), 1) for post in posts]
    assert list(free_posts([posts[0].party_id]).order_by("pk")) == posts
    card.put("agreed", at=now, actor=actor)
    assert claims() == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]


def test_a_contract_that_came_to_nothing_leaves_the_yes_of_the_card(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    void(contract, "Wrong company", at=now, actor=actor)
    card.refresh_from_db()
    assert card.status == "agreed"
    assert claims() == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]


def test_an_unsigned_contract_takes_nothing_from_an_agreed_card(
    card: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    card.put("agreed", at=now, actor=actor)
    before = claims()
    contract = write_contract(card, Wish(), at=now, actor=actor)
    assert claims() == before == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]
    void(contract, "Never mind", at=now, actor=actor)
    assert claims() == before


def test_a_card_goes_on_under_an_ambassador_contract_and_posts_are_matched_by_format(
    card: Collaboration, lumi: Brand, now: dt.datetime, actor: Actor, kirana: Influencer
) -> None:
    first = card_of(lumi, kirana)
    contract = write_contract(first, Wish(), at=now, actor=actor)
    party = contract.parties.talents().get()
    for code in ("story", "story", "carousel"):
        PromisedPost.objects.create(contract=contract, party=party, format=of(code))
    sign_both(contract, now, actor)
    assert link_contract(card, party, at=now, actor=actor) == 1
    card.refresh_from_db()
    reel, story = card.deliverables.order_by("pk")
    assert (card.status, card.party, reel.promised) == ("agreed", party, None)
    assert story.promised is not None and story.promised.format == of("story")
    left = free_posts([party.pk]).order_by("pk")
    assert [post.format.code for post in left] == ["story", "carousel"]
    by_hand = left.get(format__code="carousel")
    match_posts(card, {reel.pk: by_hand.pk, story.pk: story.promised_id}, at=now, actor=actor)
    rest = left.get().pk
    assert claims() == sorted([(subject_of(reel), 1), (subject_of(story), 1), (f"crm.promisedpost:{rest}", 1)])
    unlink_contract(card, at=now, actor=actor)
    card.refresh_from_db()
    left = free_posts([party.pk]).order_by("pk")
    assert (card.party, card.status, left.count()) == (None, "agreed", 3)
    assert claims() == sorted(
        [(subject_of(reel), 1), (subject_of(story), 1), *((subject_of(post), 1) for post in left)]
    )


def test_a_card_goes_under_no_contract_of_another_house_or_person(
    card: Collaboration, kirana: Influencer, lumi: Brand, now: dt.datetime, actor: Actor
) -> None:
    strange = write_contract(card_of(house_of("Melati"), kirana), Wish(), at=now, actor=actor)
    other = write_contract(card_of(lumi, InfluencerFactory()), Wish(), at=now, actor=actor)
    for contract in (strange, other):
        with pytest.raises(Refused, match="Choose one from the list"):
            link_contract(card, contract.parties.talents().get(), at=now, actor=actor)
    card.refresh_from_db()
    assert card.party is None


def test_a_post_that_is_not_hers_cannot_be_matched(
    card: Collaboration, contract: Contract, lumi: Brand, now: dt.datetime, actor: Actor
) -> None:
    other = card_of(lumi, InfluencerFactory())
    plan(other, "reel", on(12, 4))
    strange = write_contract(other, Wish(), at=now, actor=actor).posts.get()
    reel = card.deliverables.get(format__code="reel")
    before = reel.promised_id
    with pytest.raises(Refused, match="not owed under this contract"):
        match_posts(card, {reel.pk: strange.pk}, at=now, actor=actor)
    reel.refresh_from_db()
    assert reel.promised_id == before


def test_planned_days_stand_inside_the_campaign(
    lumi: Brand, kirana: Influencer, now: dt.datetime, actor: Actor
) -> None:
    card = card_of(lumi, kirana)
    contract = write_contract(card, Wish(), at=now, actor=actor)
    party = contract.parties.talents().get()
    for due_on in (on(11, 20), None, None, on(12, 24)):
        PromisedPost.objects.create(contract=contract, party=party, format=of("story"), due_on=due_on)
    assert plan_promised(card, at=now, actor=actor) == 4
    days = [row.post_due_on for row in Deliverable.objects.order_by("promised_id")]
    assert (days[0], days[3]) == (on(12, 1), on(12, 24))
    assert all(on(12, 1) <= day <= on(12, 31) for day in days)
    with pytest.raises(Refused, match="planned already"):
        plan_promised(card, at=now, actor=actor)
    assert Deliverable.objects.count() == 4


def test_a_yes_without_a_signature_is_held_for_a_week(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    card.refresh_from_db()
    assert papers_of([card], now)[card.pk].hold == ""
    card.put("agreed", at=now, actor=actor)
    assert papers_of([card], now)[card.pk].hold == "Held until Tue 1 Dec"
    late = now + dt.timedelta(days=8)
    paper = papers_of([card], late)[card.pk]
    assert (paper.hold, paper.hold_is_over) == ("Not signed, held until Tue 1 Dec", True)
    sign_both(contract, now, actor)
    card = Collaboration.objects.get(pk=card.pk)
    assert papers_of([card], late)[card.pk].hold == ""


def test_the_board_says_how_far_each_contract_is_and_what_is_still_to_plan(
    card: Collaboration, contract: Contract, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    party = contract.parties.talents().get()
    PromisedPost.objects.create(contract=contract, party=party, format=of("story"))
    (shown,) = board_of(card.campaign, coordinator, now, Look()).cards
    labels = [mark.label for mark in shown.marks]
    assert [one for one in labels if "ontract" in one or "plan" in one] == ["Contract: Draft", "Still to plan: Story"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_with_contracts_costs_the_same_for_one_and_for_three(
    count: int, lumi: Brand, coordinator: User, now: dt.datetime, actor: Actor, django_assert_num_queries: Any
) -> None:
    campaign = card_of(lumi, InfluencerFactory(stage_name="Sekar Arum")).campaign
    for number in range(count):
        made = CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name=f"Ayu {number}"))
        plan(made, "reel", on(12, 4))
        write_contract(made, Wish(), at=now, actor=actor)
    with django_assert_num_queries(8):
        found = board_of(campaign, coordinator, now, Look())
        assert sum(bool(card.paper) and bool(card.marks) for card in found.cards) == count


def test_the_pages_write_link_match_plan_and_unlink(
    card: Collaboration, lumi: Brand, kirana: Influencer, as_coordinator: Client, now: dt.datetime, actor: Actor
) -> None:
    here = reverse("collaboration", args=[card.pk])
    assert "Nothing in writing" in as_coordinator.get(here).content.decode()
    made = as_coordinator.post(reverse("card-contract-new", args=[card.pk]))
    contract = Contract.objects.get()
    assert made["Location"] == reverse("contract", args=[contract.pk])
    assert card.campaign.name in as_coordinator.get(made["Location"]).content.decode()
    Deliverable.objects.filter(format__code="story").delete()
    page = as_coordinator.get(here).content.decode()
    assert "Promised and not planned here: Story" in page
    assert "Plan 1 post from the contract" in page
    as_coordinator.post(reverse("card-contract-plan", args=[card.pk]))
    assert Deliverable.objects.filter(promised__contract=contract).count() == 2
    reel, story = Deliverable.objects.order_by("pk")
    match = reverse("card-contract-match", args=[card.pk])
    twice = as_coordinator.post(match, {f"work-{reel.pk}": reel.promised_id, f"work-{story.pk}": reel.promised_id})
    assert (twice.status_code, "chosen twice" in twice.content.decode()) == (422, True)
    as_coordinator.post(match, {f"work-{reel.pk}": reel.promised_id, f"work-{story.pk}": ""})
    assert list(Deliverable.objects.order_by("pk").values_list("promised", flat=True)) == [reel.promised_id, None]
    as_coordinator.post(reverse("card-contract-unlink", args=[card.pk]))
    card.refresh_from_db()
    assert card.party is None
    link = reverse("card-contract-link", args=[card.pk])
    assert contract.number in as_coordinator.get(link).content.decode()
    done = as_coordinator.post(link, {"party": contract.parties.talents().get().pk})
    assert done["Location"] == f"{here}#contract"
    card.refresh_from_db()
    assert card.party is not None and card.party.contract == contract


def test_an_unsigned_yes_is_due_on_the_last_day_of_its_hold(
    card: Collaboration, contract: Contract, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    asked = Asked(now=now, from_at=now - dt.timedelta(days=9), to_at=now + dt.timedelta(days=20), user=coordinator)
    assert list(dues(asked, ["collaboration.hold"])) == []
    card.refresh_from_db()
    card.put("agreed", at=now, actor=actor)
    (found,) = dues(asked, ["collaboration.hold"])
    assert (found.due_on, found.owner_id, str(found.title)) == (
        on(12, 1), card.campaign.owner_id, "Agreed, but the contract is not signed",
    )  # fmt: skip
    named = Asked(now=now, subjects=[card.pk])
    assert [str(one.stopped_why) for one in dues(named, ["collaboration.hold"])] == [""]
    Contract.objects.update(offer_until_on=on(12, 3))
    assert [one.due_on for one in dues(asked, ["collaboration.hold"])] == [on(12, 3)]
    sign_both(contract, now, actor)
    assert list(dues(asked, ["collaboration.hold"])) == []
    assert [str(one.stopped_why) for one in dues(named, ["collaboration.hold"])] == [
        "The contract is signed, or nobody holds it any more"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_holds_cost_one_question_for_one_and_for_three(
    count: int, lumi: Brand, now: dt.datetime, actor: Actor, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        made = card_of(lumi, InfluencerFactory(stage_name=f"Ayu {number}"))
        made.put("agreed", at=now, actor=actor)
        write_contract(made, Wish(), at=now, actor=actor)
    with django_assert_num_queries(1):
        assert len(list(dues(Asked(now=now), ["collaboration.hold"]))) == count


def test_two_people_of_one_contract_become_one_only_when_no_card_would_lose_its_contract(
    lumi: Brand, kirana: Influencer, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    twin = InfluencerFactory(stage_name="Kirana M.")
    card = card_of(lumi, twin)
    contract = write_contract(card, Wish(), at=now, actor=actor)
    assert both_in_one_contract(kirana, twin, coordinator) == []
    Party.objects.create(contract=contract, role="talent", influencer=kirana, name="Kirana Maheswari")
    assert [str(one) for one in both_in_one_contract(kirana, twin, coordinator)] == [
        f"Both are named in contract “{contract}”, and the card of Kirana M. in “{card.campaign}” goes on under it. "
        "Take the card out from under the contract first, or let Kirana M. stay."
    ]
    assert both_in_one_contract(twin, kirana, coordinator) == []


def test_a_merged_person_keeps_card_and_contract_together(
    card: Collaboration, contract: Contract, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    stays = InfluencerFactory(stage_name="Kirana Maheswari Putri")
    merge(stays.pk, card.influencer_id, {}, at=now, actor=actor, user=coordinator)
    card = Collaboration.objects.select_related("party").get(pk=card.pk)
    assert card.party is not None and (card.influencer, card.party.influencer) == (stays, stays)
    card.deliverables.get(format__code="story").reschedule(
        draft_due_on=None, post_due_on=on(12, 9), at=now, actor=actor
    )
    assert claims() == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]


def test_contracts_for_many_cards_are_seen_before_they_are_written(card: Collaboration, as_coordinator: Client) -> None:
    table = as_coordinator.get(f"{reverse('campaign', args=[card.campaign_id])}?view=table").content.decode()
    assert '<button class="btn btn-sm" name="action" value="contract"' in table
    bulk = reverse("campaign-bulk", args=[card.campaign_id])
    asked = {"action": "contract", "pick": card.pk, "template": "", "offer_until_on": "", "seen": ""}
    first = as_coordinator.post(bulk, asked)
    page = first.content.decode()
    assert ("Writes 1 contract." in page, "2 posts, IDR" in page) == (True, True)
    assert Contract.objects.count() == 0
    seen = first.context["seen"]
    done = as_coordinator.post(bulk, {**asked, "seen": seen})
    assert f"Contract {Contract.objects.get().number} is a draft." in done.content.decode()
    late = as_coordinator.post(bulk, {**asked, "offer_until_on": "2026-11-01"})
    assert "This day is over" in late.content.decode()
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_contract_with_cards_costs_the_same_for_one_and_for_three(
    count: int, card: Collaboration, contract: Contract, as_coordinator: Client, django_assert_num_queries: Any
) -> None:
    for _number in range(count - 1):
        other = card_of(card.campaign.brand, card.influencer)
        Collaboration.objects.filter(pk=other.pk).update(party=Collaboration.objects.get(pk=card.pk).party)
        plan(other, "reel", on(12, 8))
    with django_assert_num_queries(41):
        page = as_coordinator.get(reverse("contract", args=[contract.pk])).content.decode()
    assert page.count('<div><a href="/campaigns/collaborations/') == count


def test_a_right_runs_from_the_first_post_of_the_card(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    right = UsageRight.objects.create(contract=contract, kind="paid_ads", counted_from="first_post", days=30)
    sign_both(contract, now, actor)
    right.refresh_from_db()
    assert (right.start_on, right.end_on) == (None, None)
    reel = card.deliverables.get(format__code="reel")
    reel.publish(at=now, actor=actor, posted_at=dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC))
    right.refresh_from_db()
    assert (right.start_on, right.end_on) == (on(11, 23), on(12, 23))


def test_a_card_goes_over_to_the_contract_that_takes_the_place_of_its_own(
    card: Collaboration, contract: Contract, now: dt.datetime, actor: Actor
) -> None:
    sign_both(contract, now, actor)
    later = dt.datetime(2026, 12, 2, 3, tzinfo=dt.UTC)
    move_by_date(later)
    fresh = draft_replacement(Contract.objects.get(pk=contract.pk), on(12, 5), at=later, actor=actor)
    sign_both(fresh, later, actor)
    move_by_date(later + dt.timedelta(days=4))
    card = Collaboration.objects.select_related("party__contract").get(pk=card.pk)
    contract.refresh_from_db()
    assert contract.status == "superseded"
    assert card.party is not None and (card.party.contract, card.status) == (fresh, "agreed")
    assert claims() == [(subject_of(row), 1) for row in card.deliverables.order_by("pk")]
    story = card.deliverables.get(format__code="story")
    assert story.promised is not None and story.promised.contract == fresh
