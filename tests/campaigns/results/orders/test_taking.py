"""An order counts once, for whoever it came through; a code goes before a link, and nobody's order stays nobody's."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from campaigns.results.models import Order
from campaigns.results.orders.attributing import slug_of
from campaigns.results.orders.giving import give_to, look_again, reasons_of
from campaigns.results.orders.taking import take_order
from campaigns.tracking.codes import retire
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.results.orders.conftest import NOON, Take, said
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


def test_an_order_with_her_code_is_hers(take: Take, code: VoucherCode, collaboration: Collaboration) -> None:
    taken = take("#1001 ", code=" kirana10")
    order = taken.order
    assert (taken.is_new, taken.why) == (True, "")
    assert (order.number, order.via, order.code, order.collaboration) == ("1001", "code", code, collaboration)
    assert (order.ordered_on, int(order.amount.amount), order.deliverable) == (dt.date(2026, 11, 20), 270_000, None)


def test_an_order_by_her_link_names_the_post(
    take: Take, link: TrackedLink, reel: Deliverable, collaboration: Collaboration
) -> None:
    order = take(link="https://mitra.example/l/glow-k/?utm_source=ig").order
    assert (order.via, order.link, order.deliverable, order.collaboration) == ("link", link, reel, collaboration)


def test_a_code_goes_before_the_link_of_somebody_else(
    take: Take, code: VoucherCode, campaign: Campaign, collaboration: Collaboration
) -> None:
    other = DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign))
    TrackedLink.objects.create(deliverable=other, slug="other", target="https://lumi.contoh.example/")
    order = take(code="KIRANA10", link="other").order
    assert (order.via, order.collaboration, order.deliverable) == ("code", collaboration, None)


def test_a_code_and_the_same_ones_link_name_the_post_as_well(
    take: Take, code: VoucherCode, link: TrackedLink, reel: Deliverable
) -> None:
    order = take(code="KIRANA10", link="glow-k").order
    assert (order.via, order.deliverable) == ("code", reel)


def test_the_same_number_counts_once_whatever_it_says(take: Take, code: VoucherCode) -> None:
    first = take("1001", 270_000, code="KIRANA10")
    again = take("# 1001", 999_000)
    assert (again.is_new, again.order.pk, again.why) == (False, first.order.pk, "This order is known already.")
    assert [int(one.amount.amount) for one in Order.objects.all()] == [270_000]


def test_another_brand_may_have_the_same_number(take: Take, now: dt.datetime) -> None:
    take("1001")
    other = take_order(said("1001"), brand=CampaignFactory().brand, at=now, by="the shop")
    assert (other.is_new, Order.objects.count()) == (True, 2)


def test_the_code_of_another_brand_is_nobodys_here(take: Take, now: dt.datetime) -> None:
    card = CollaborationFactory()
    VoucherCode.objects.create(
        campaign=card.campaign, collaboration=card, code="OTHER10", valid_from_on=NOON.date(), valid_to_on=NOON.date()
    )
    assert take(code="OTHER10").order.collaboration is None


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ({"code": "wrong5"}, "Nobody has the code “WRONG5”."),
        ({"link": "/l/none/"}, "No link is called “none”."),
        ({}, "It names neither a code nor a link."),
    ],
)
def test_an_order_nobody_brought_is_kept_with_the_reason(take: Take, by: dict[str, str], why: str) -> None:
    taken = take(**by)
    assert (taken.is_new, taken.order.collaboration, taken.why) == (True, None, why)
    assert reasons_of([taken.order]) == {taken.order.pk: why}


def test_an_order_placed_after_a_code_was_retired_is_nobodys_and_one_before_is_hers(
    take: Take, code: VoucherCode, actor: Actor
) -> None:
    retire(code, "It leaked.", at=NOON, actor=actor)
    late, early = take("1", code="KIRANA10"), take("2", code="KIRANA10", at=NOON - dt.timedelta(hours=1))
    assert (late.order.collaboration, late.why) == (None, "The code “KIRANA10” was retired before this order.")
    assert early.order.code == code


def test_an_order_of_nobody_is_hers_once_she_has_the_code(
    take: Take, campaign: Campaign, collaboration: Collaboration, now: dt.datetime
) -> None:
    order = take(code="KIRANA10").order
    assert look_again(campaign.brand, at=now, by="Dinda") == 0
    code = VoucherCode.objects.create(
        campaign=campaign, collaboration=collaboration, code="KIRANA10",
        valid_from_on=NOON.date(), valid_to_on=NOON.date(),
    )  # fmt: skip
    assert look_again(campaign.brand, at=now, by="Dinda") == 1
    order.refresh_from_db()
    assert (order.code, order.collaboration) == (code, collaboration)


def test_an_order_of_nobody_is_given_by_hand_once_and_told(
    take: Take, collaboration: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    order = take().order
    give_to(order, collaboration, "She told us.", at=now, actor=actor)
    with pytest.raises(Refused, match="given to somebody already"):
        give_to(order, collaboration, "Again", at=now, actor=actor)
    order.refresh_from_db()
    assert order.collaboration == collaboration
    assert [one.sentence_en for one in Entry.objects.filter(verb="order.given")] == [
        "Order 1001 of nobody is hers: She told us."
    ]


def test_an_order_is_not_given_to_another_brands_card(take: Take, now: dt.datetime, actor: Actor) -> None:
    order = take().order
    with pytest.raises(Refused, match="another brand"):
        give_to(order, CollaborationFactory(), "Why", at=now, actor=actor)
    order.refresh_from_db()
    assert order.collaboration is None


@pytest.mark.parametrize(("number", "amount"), [("", 1), ("  # ", 1), ("1", -1), ("1", 10**12)])
def test_what_cannot_be_an_order_is_refused(take: Take, number: str, amount: int) -> None:
    with pytest.raises(ValidationError):
        take(number, amount)
    assert Order.objects.count() == 0


@pytest.mark.parametrize("said_of_it", ["glow-k", "/l/glow-k/", "https://x.example/l/glow-k/?a=b#c", " glow-k "])
def test_a_link_is_known_by_its_last_part(said_of_it: str) -> None:
    assert slug_of(said_of_it) == "glow-k"
