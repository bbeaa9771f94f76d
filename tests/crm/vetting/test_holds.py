"""A failed hard item holds an offer until somebody logs why; a large offer needs the authenticity check."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.actions.campaigns import save_terms
from campaigns.planning.models import Collaboration, Refused
from crm.influencers.merging.actions import MergeRefused, merge
from crm.influencers.models import Influencer
from crm.influencers.places import Offer, holds_of
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.vetting.actions import override_hold
from crm.vetting.models import CheckItem, Threshold
from crm.vetting.queries.holds import holds_on
from tests.crm.vetting.conftest import TODAY, check
from tests.factories import CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db

HELD = "“Unsafe content” failed on 24 November 2026 (Dinda)."
UNSCREENED = "IDR\N{NO-BREAK SPACE}10,000,001 is above IDR\N{NO-BREAK SPACE}10,000,000, and “Authenticity screen” has not passed or is too old."


@pytest.fixture
def card(kirana: Influencer) -> Collaboration:
    return CollaborationFactory(influencer=kirana, status="shortlist")


def words(person: Influencer, now: dt.datetime, fee: Money | None = None) -> list[str]:
    return [hold.why for hold in holds_on(person, now, fee)]


def test_a_failed_hard_item_holds_and_says_which_when_and_who(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    (hold,) = holds_on(kirana, now)
    assert (hold.why, hold.url) == (HELD, reverse("person-vetting", args=[kirana.pk]))


@pytest.mark.parametrize(
    ("code", "verdict"), [("unsafe", "pass"), ("unsafe", "concern"), ("unsafe", "na"), ("past-content", "fail")]
)
def test_nothing_else_holds(code: str, verdict: str, kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    check(kirana, code, verdict, coordinator)
    assert words(kirana, now) == []


def test_an_old_fail_holds_until_somebody_looks_again(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    old = check(kirana, "unsafe", "fail", coordinator, on=TODAY - dt.timedelta(days=300))
    assert len(words(kirana, now)) == 1
    check(kirana, "unsafe", "pass", coordinator, seen=old.pk)
    assert words(kirana, now) == []


def test_an_override_lets_go_and_the_next_fail_holds_again(
    kirana: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    override_hold(failed, "The brand knows.", user=manager, at=now)
    assert words(kirana, now) == []
    check(kirana, "unsafe", "fail", coordinator, seen=failed.pk)
    assert words(kirana, now) == [HELD]


def test_an_item_out_of_force_holds_nobody(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    CheckItem.objects.filter(code="unsafe").update(valid_to=TODAY - dt.timedelta(days=1))
    assert words(kirana, now) == []


# ---- large offers ------------------------------------------------------------------------------------------------


def test_a_large_offer_needs_the_authenticity_check(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    assert words(kirana, now, Money(10_000_000, "IDR")) == []
    assert words(kirana, now, Money(10_000_001, "IDR")) == [UNSCREENED]
    check(kirana, "authenticity", "concern", coordinator)
    assert words(kirana, now, Money(10_000_001, "IDR")) == []
    assert words(kirana, now + dt.timedelta(days=93), Money(10_000_001, "IDR")) == [UNSCREENED]


def test_a_failed_authenticity_check_holds_large_offers_only_and_can_be_overridden(
    kirana: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    failed = check(kirana, "authenticity", "fail", coordinator)
    assert (words(kirana, now), words(kirana, now, Money(10_000_001, "IDR"))) == ([], [UNSCREENED])
    override_hold(failed, "Her sales speak for her.", user=manager, at=now)
    assert words(kirana, now, Money(10_000_001, "IDR")) == []


def test_each_currency_has_its_own_amount_and_one_without_an_amount_asks_nothing(
    kirana: Influencer, now: dt.datetime
) -> None:
    assert len(words(kirana, now, Money(651, "USD"))) == 1
    assert words(kirana, now, Money(10_000_001, "JPY")) == []
    Threshold.objects.create(code="OFFER", currency="USD", limit=900, valid_from=TODAY)
    assert words(kirana, now, Money(651, "USD")) == []


def test_many_offers_are_asked_about_in_a_fixed_number_of_queries(coordinator: User, now: dt.datetime) -> None:
    people = [InfluencerFactory() for _number in range(3)]
    for person in people:
        check(person, "unsafe", "fail", coordinator)

    def queries(count: int) -> int:
        offers = [Offer(person.pk, Money(20_000_000, "IDR")) for person in people[:count]]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert [len(holds) for holds in holds_of(offers, now).values()] == [2] * count
        return len(asked)

    assert (queries(1), queries(3)) == (5, 5)


# ---- campaigns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["shortlist", "in_talks", "off"])
@pytest.mark.parametrize("to", ["agreed", "making"])
def test_nobody_whose_offer_is_held_can_be_agreed(
    start: str, to: str, card: Collaboration, kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    Collaboration.objects.filter(pk=card.pk).update(status=start)
    card.refresh_from_db()
    if (start, to) == ("off", "making"):
        card.off_why = ""
    check(kirana, "unsafe", "fail", coordinator)
    told = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        card.put(to, at=now, actor=Actor.user(coordinator))
    assert str(refused.value) == (
        f"The offer is held. {HELD} Settle this on her page, or let somebody who may decide log a reason there."
    )
    card.refresh_from_db()
    assert (card.status, card.promised_at, Entry.objects.count()) == (start, None, told)


def test_talking_and_dropping_go_on_while_the_offer_is_held(
    card: Collaboration, kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    card.put("in_talks", at=now, actor=Actor.user(coordinator))
    card.put("off", at=now, actor=Actor.user(coordinator), why="Failed the check")
    assert card.status == "off"


def test_an_override_lets_the_card_go_on(
    card: Collaboration, kirana: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    override_hold(failed, "The brand knows.", user=manager, at=now)
    card.put("agreed", at=now, actor=Actor.user(coordinator))
    assert (card.status, card.promised_at) == ("agreed", now)


def test_who_said_yes_before_the_fail_goes_on(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    agreed = CollaborationFactory(influencer=kirana, status="agreed")
    check(kirana, "unsafe", "fail", coordinator)
    agreed.put("making", at=now, actor=Actor.user(coordinator))
    assert agreed.status == "making"


def test_a_stale_page_does_not_slip_past_the_hold(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    stale = CollaborationFactory(influencer=kirana, status="making")
    Collaboration.objects.filter(pk=stale.pk).update(status="off")
    check(kirana, "unsafe", "fail", coordinator)
    with pytest.raises(Refused):
        stale.put("agreed", at=now, actor=Actor.user(coordinator))
    assert Collaboration.objects.get(pk=stale.pk).status == "off"


def test_a_larger_fee_for_somebody_agreed_is_an_offer_too(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    card = CollaborationFactory(influencer=kirana, status="agreed", fee=Money(5_000_000, "IDR"))
    card.fee = Money(10_000_001, "IDR")
    with pytest.raises(Refused, match="The offer is held"):
        save_terms(card, at=now, actor=Actor.user(coordinator))
    assert Collaboration.objects.get(pk=card.pk).fee == Money(5_000_000, "IDR")
    card.fee, card.note = Money(4_000_000, "IDR"), "Less this time"
    save_terms(card, at=now, actor=Actor.user(coordinator))
    assert Collaboration.objects.get(pk=card.pk).fee == Money(4_000_000, "IDR")


def test_the_terms_page_keeps_what_was_typed_when_the_offer_is_held(kirana: Influencer, as_coordinator: Client) -> None:
    card = CollaborationFactory(influencer=kirana, status="agreed", fee=Money(5_000_000, "IDR"))
    answer = as_coordinator.post(
        reverse("collaboration-terms", args=[card.pk]), {"fee_0": "20000000", "fee_1": "IDR", "note": "More"}
    )
    assert answer.status_code == 422
    assert "The offer is held." in answer.content.decode()
    assert Collaboration.objects.get(pk=card.pk).note == ""


def test_a_drag_on_the_board_is_refused_with_the_reason(
    card: Collaboration, kirana: Influencer, coordinator: User, as_coordinator: Client
) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    answer = as_coordinator.post(
        reverse("collaboration-put", args=[card.pk]), {"to": "agreed"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.json()["error"][:19]) == (409, "The offer is held. ")
    board = as_coordinator.get(reverse("campaign", args=[card.campaign_id])).content.decode()
    assert "Offer held" in board


def test_the_collaboration_says_why_and_leads_to_the_vetting_page(
    card: Collaboration, kirana: Influencer, coordinator: User, as_coordinator: Client
) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    page = as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode()
    assert HELD in page
    assert f'href="{reverse("person-vetting", args=[kirana.pk])}"' in page


def test_moving_many_says_before_and_after_whose_offer_is_held(
    card: Collaboration, kirana: Influencer, coordinator: User, as_coordinator: Client
) -> None:
    free = CollaborationFactory(campaign=card.campaign, status="shortlist", influencer__stage_name="Laras Ayu")
    check(kirana, "unsafe", "fail", coordinator)
    url = reverse("campaign-bulk", args=[card.campaign_id])
    asked = {"action": "move", "all_matching": "1", "to": "agreed", "seen": ""}
    preview = as_coordinator.post(url, asked)
    assert [(line.who, line.happens, line.text) for line in preview.context["preview"].lines] == [
        ("Kirana Maheswari", False, f"The offer is held. {HELD}"),
        ("Laras Ayu", True, "From Shortlist"),
    ]
    as_coordinator.post(url, {**asked, "seen": preview.context["seen"]})
    assert dict(Collaboration.objects.values_list("pk", "status")) == {card.pk: "shortlist", free.pk: "agreed"}


def test_a_fail_is_not_lost_behind_an_older_pass_when_two_become_one(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    twin = InfluencerFactory(stage_name="Maheswari Kirana")
    older = check(kirana, "unsafe", "pass", coordinator)
    check(twin, "unsafe", "fail", coordinator)
    with pytest.raises(MergeRefused) as refused:
        merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
    assert refused.value.reasons == [
        "“Unsafe content” failed for Maheswari Kirana, and Kirana Maheswari has an older answer. Check it again for "
        "Kirana Maheswari first."
    ]
    check(kirana, "unsafe", "pass", coordinator, seen=older.pk)
    merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
    assert words(kirana, now) == []


def test_a_fail_goes_along_to_the_one_who_stays(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    twin = InfluencerFactory(stage_name="Maheswari Kirana")
    check(twin, "unsafe", "fail", coordinator)
    merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
    assert words(kirana, now) == [HELD]
