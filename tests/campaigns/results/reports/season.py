"""A campaign in which nearly everything happens at once, always the same: what a report makes of it is kept beside the test."""

import datetime as dt
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from campaigns.events.models import Event, Guest
from campaigns.planning.models import Campaign, Collaboration, KpiShare
from campaigns.results.models import BrandLift, CampaignCost, Confounder, Order, OrderReturn
from campaigns.tracking.models import LinkClick, TrackedLink
from crm.influencers.models import MetricSnapshot
from crm.payments.actions import settle
from tests.campaigns.results.reports.conftest import NOW, aim, card_of
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    FormatFactory,
    InfluencerFactory,
    SampleItemFactory,
    SampleRequestFactory,
    ShipmentFactory,
)
from tests.factories.payments import benefit_of, contract_in_force, due_line
from tests.factories.results import WENT_OUT, a_live_post, a_snapshot

DAY = dt.date(2026, 11, 20)
HOUR = dt.timedelta(hours=1)
PEOPLE = 8
POSTS = 5
AWAY: dict[str, Any] = {
    "delivered": {"shipped_at": WENT_OUT, "delivered_at": NOW}, "damaged": {"shipped_at": WENT_OUT, "delivered_at": NOW},
    "in_transit": {"shipped_at": WENT_OUT},
}  # fmt: skip
LEFT_OUT = ("post", "deliverable", "card", "campaign", "person", "key", "figures")
"""Numbers of rows; and the posts of a group, which stand among all posts already."""


def fill(campaign: Campaign) -> None:
    """Eight people with five posts each, here and in a part of the campaign."""
    part = CampaignFactory(
        name="Bandung", brand=campaign.brand, parent=campaign, goal="sales", budget=None,
        start_on=campaign.start_on, end_on=campaign.end_on,
    )  # fmt: skip
    formats = [FormatFactory(), FormatFactory(platform__code="clips", platform__name="Clips", code="clip")]
    cards = [a_card(n, part if n % 3 == 2 else campaign) for n in range(PEOPLE)]
    for n, card in enumerate(cards):
        for post in range(POSTS):
            a_post(card, n * POSTS + post, formats[(n + post) % 2])
        an_order_book(card, n)
    goods_and_evenings(campaign, cards)
    under_contract(campaign, part, cards)
    beside(campaign, part, cards)


def a_card(n: int, campaign: Campaign) -> Collaboration:
    status = ("posting", "done", "off", "in_talks")[n % 4 if n > 4 else 0]
    card = card_of(
        campaign, f"Person {n}", fee=1_000_000 * n + 333_333, status=status, promised_at=WENT_OUT + n * 30 * HOUR,
        client_price=Money(1_500_000 * n + 7, "IDR" if n != 4 else "USD"),
    )  # fmt: skip
    if n == 3:
        card.fee = Money("199.99", "USD")
        card.save()
    if n == 7:
        card.influencer.merged_into = InfluencerFactory(stage_name="Person 7 as she is called now")
        card.influencer.save()
    return card


def a_post(card: Collaboration, n: int, what: Any) -> None:
    post = a_live_post(card, at=WENT_OUT + n * 5 * HOUR, format=what)
    if n % 4:
        account, many = post.deliverable.account, 3_000 + n * 4_000
        for days, more in ((9, 0), (3, 50)):
            MetricSnapshot.objects.create(
                account=account, taken_at=NOW - days * 24 * HOUR, followers=many + more, likes=100 + n,
                comments=None if n % 5 == 1 else 7, reach=None if n % 3 == 1 else many // 3,
            )  # fmt: skip
    if n % 7 == 6:
        return
    for hours in (20 + n % 6, 71, 168 - n % 3, 172 + n % 2, 500)[: 1 + n % 5]:
        counts = {
            "likes": 400 + n * 31 + hours, "comments": 20 + n, "saves": 9 + n, "shares": n % 6, "reach": 2_000 + 97 * n,
            "impressions": 2_500 + 101 * n, "clicks": n, "views": 900 + n, "positive": n, "neutral": 2, "negative": 1,
        }  # fmt: skip
        for missing, every in (("saves", 11), ("reach", 13), ("comments", 17), ("views", 3), ("clicks", 2)):
            if n % every == 1:
                del counts[missing]
        a_snapshot(post, hours=hours, followers=None if n % 9 == 4 else 4_000 + n * 3_500, **counts)


def an_order_book(card: Collaboration, n: int) -> None:
    for number in range(n % 4):
        order = Order.objects.create(
            brand=card.campaign.brand, number=f"{n}-{number}", ordered_at=NOW, ordered_on=DAY, collaboration=card,
            amount=Money(f"{100_000 * (number + 1)}.50", "USD" if n == 6 else "IDR"), via=("code", "link")[number % 2],
            cost=None if n == 5 else Decimal(40_000 + number),
        )  # fmt: skip
        if number == 1:
            back = order.amount.amount if n == 2 else Decimal("12500.25")
            OrderReturn.objects.create(order=order, number="1", key=f"{n}", amount=back, on=DAY, at=NOW)
    if n % 3 == 0:
        made = card.deliverables.order_by("pk").first()
        link = TrackedLink.objects.create(deliverable=made, slug=f"glow-{n}", target="https://lumi.example/")
        LinkClick.objects.bulk_create([LinkClick(link=link, at=NOW, is_scanner=one > n) for one in range(n + 4)])


def goods_and_evenings(campaign: Campaign, cards: list[Collaboration]) -> None:
    by_hand = SampleRequestFactory(collaboration=cards[0], status="arrived", way="by_hand")
    SampleItemFactory(request=by_hand, quantity=3, value=Money(200_000, "IDR"), cost=Money("80000.10", "IDR"))
    SampleItemFactory(request=by_hand, value=Money(20, "USD"), bought_for=Money("15.55", "USD"))
    SampleItemFactory(request=by_hand, value=Money(777, "IDR"), cost=Money(0, "USD"), bought_for=Money(0, "USD"))
    by_parcel = SampleRequestFactory(collaboration=cards[1], way="parcel")
    lines = [SampleItemFactory(request=by_parcel, quantity=2, value=Money(50_000 + n, "IDR")) for n in range(3)]
    for parcel, (status, arrived) in enumerate([("delivered", None), ("damaged", None), ("in_transit", None)]):
        sent = ShipmentFactory(request=by_parcel, status=status, cost=Money(25_000 + parcel, "IDR"), **AWAY[status])
        sent.items.create(item=lines[parcel], quantity=2, arrived=arrived)
    ShipmentFactory(request=by_parcel, status="cancelled", cost=Money(99_000, "IDR"))
    loan = SampleRequestFactory(
        collaboration=cards[2], purpose="loan", status="arrived", way="by_hand", return_due_on=dt.date(2026, 12, 1)
    )
    SampleItemFactory(request=loan, cost=Money(1_000_000, "IDR"))
    ShipmentFactory(request=loan, cost=Money(9, "USD"))
    night = Event.objects.create(
        brand=campaign.brand, campaign=campaign, name="Night", starts_at=NOW, owner=campaign.owner,
        value=Money("400000.40", "IDR"),
    )  # fmt: skip
    came = {"event": night, "status": "came", "came_at": NOW}
    Guest.objects.create(influencer=cards[0].influencer, collaboration=cards[0], seats=2, **came)
    Guest.objects.create(influencer=InfluencerFactory(), seats=3, **came)
    Guest.objects.create(influencer=InfluencerFactory(), event=night, status="no_show")


def under_contract(campaign: Campaign, part: Campaign, cards: list[Collaboration]) -> None:
    """One contract of two cards with three lines, one that was killed, and one shared with a campaign elsewhere."""
    for place, fee in ((0, 3_000_001), (1, 2_000_000), (6, 900_000)):
        card = cards[place]
        contract = contract_in_force(card.influencer, brand=campaign.brand, fee=fee)
        card.party = contract.parties.talents().get()
        card.save()
        contract.lines.create(kind="deduction", amount=Money(100_000, "IDR"))
        contract.lines.create(kind="usage_fee", amount=Money("50.05", "USD"))
        contract.lines.create(kind="bonus", amount=Money(700_000, "IDR"))
        benefit_of(contract, 250_000 + place, kind="credit", key=f"credit-{place}")
        if place == 0:
            for one in (part, CampaignFactory(brand=campaign.brand)):
                words = {"status": "posting", "promised_at": WENT_OUT, "influencer": card.influencer}
                CollaborationFactory(campaign=one, party=card.party, **words)
        due = due_line(contract, Money(fee + 500_000 * place, "IDR"), key=f"fee-{place}", kind="fee")
        due_line(contract, Money(200_000, "IDR"), key=f"bonus-{place}", kind="bonus")
        due_line(contract, Money(900_000, "IDR"), key=f"loan-{place}", kind="loan")
        settle(due, Money(600_000 + place, "IDR"), key=f"paid-{place}", on=DAY, at=NOW, by="Mitra")


def beside(campaign: Campaign, part: Campaign, cards: list[Collaboration]) -> None:
    for one, kind, amount in ((campaign, "agency", 500_000), (part, "shipping", 25_000), (part, "media", 70_000)):
        CampaignCost.objects.create(campaign=one, kind=kind, amount=Money(amount, "IDR"), on=DAY)
    CampaignCost.objects.create(campaign=campaign, kind="goods", amount=Money(3, "USD"), on=DAY)
    for code, values in (
        ("reach", {"target": 60_000}), ("redemptions", {"target": 10}), ("cpe", {"target": 2_000}),
        ("er_reach", {"target": 5}), ("brand_followers", {"baseline": 1_000, "closing": 1_200}),
    ):  # fmt: skip
        kpi = aim(campaign, code, **values)
        for card in cards[:3]:
            if "target" in values:
                KpiShare.objects.create(kpi=kpi, collaboration=card, target=values["target"])
    for n in range(2):
        Confounder.objects.create(
            campaign=campaign, kind=("price", "media")[n], note=f"Note {n}", first_on=DAY - dt.timedelta(days=n),
            last_on=DAY if n else None,
        )  # fmt: skip
        BrandLift.objects.create(
            campaign=campaign, question=f"Question {n}?", exposed=400, exposed_yes=160 + n, control=410,
            control_yes=120, on=DAY + dt.timedelta(days=n),
        )  # fmt: skip


def plainly(one: Any) -> Any:
    """Everything a report holds, without the numbers of rows: amounts as their plain decimals."""
    if is_dataclass(one) and not isinstance(one, type):
        return {each.name: plainly(getattr(one, each.name)) for each in fields(one) if each.name not in LEFT_OUT}
    if isinstance(one, dict):
        return {str(key): plainly(value) for key, value in sorted(one.items())}
    if isinstance(one, frozenset):
        return sorted(one)
    if isinstance(one, list | tuple):
        return [plainly(each) for each in one]
    if isinstance(one, Decimal):
        return f"{one:.20f}".rstrip("0").rstrip(".")
    if isinstance(one, int | float) or one is None:
        return one
    return str(one)
