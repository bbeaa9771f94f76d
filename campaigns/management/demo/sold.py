"""Orders of the season by code, what else its campaigns cost, what also happened, and a report a client may read."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from campaigns.management.demo.counted import LIVE, WRAPPED
from campaigns.management.demo.people import marked
from campaigns.planning.models import Campaign
from campaigns.results.models import BrandLift, CampaignCost, Confounder, Order, ReportSettings
from campaigns.results.orders.hooks.opening import open_hook
from campaigns.results.orders.hooks.receiving import receive
from campaigns.results.orders.returning import give_back
from campaigns.results.orders.taking import OrderSaid, take_order
from campaigns.results.sharing.actions import share
from campaigns.tracking.models import VoucherCode
from crm.base.zones import local_date
from crm.team.models import User
from crm.vetting.models import BenchmarkSet

SEED = 10
BASKETS = ((189_000, 71_000), (129_000, 52_000), (215_000, 83_000), (318_000, 123_000), (404_000, 154_000))
"""What is paid for goods, and what they cost the brand."""
OFTEN = (9, 6, 4, 3, 2, 1)
"""How many orders came by the first code, the second, and so on."""
SPIKE = 13
"""So many more came by one code yesterday: somebody may have put it on a page of coupons."""
DAYS = dt.timedelta(days=1)
MESSAGE = (
    '{"id": "evt-%(number)s", "type": "order.created", "order": {"number": "%(number)s", "at": "%(at)s", "amount": "264000",'
    ' "currency": "IDR", "code": "%(code)s"}}'
)


def sell_by_codes(team: dict[str, User], now: dt.datetime) -> None:
    """Orders of the live campaign, a shop that sends them, costs of both campaigns, and a link for the client."""
    live, wrapped = Campaign.objects.get(name=LIVE), Campaign.objects.get(name=WRAPPED)
    codes = list(VoucherCode.objects.standing().filter(campaign=live).order_by("pk"))
    if codes:
        _orders(live, codes, team, now)
    _costs(live, wrapped, team["coordinator"], now)
    _also_happened(live, wrapped, now)
    _report(wrapped, team, now)


def _orders(live: Campaign, codes: list[VoucherCode], team: dict[str, User], now: dt.datetime) -> None:
    luck = random.Random(SEED)  # noqa: S311  the same orders every time, no secret
    by, number = team["coordinator"].name, 40_100
    for place, code in enumerate(codes):
        for _one in range(OFTEN[place % len(OFTEN)]):
            number += 1
            _sold(live, code, f"LS-{number}", now - luck.randint(2, 9) * DAYS, luck, by)
    for _one in range(SPIKE):
        number += 1
        _sold(live, codes[0], f"LS-{number}", now - DAYS, luck, by)
    first = Order.objects.filter(brand=live.brand, collaboration__campaign=live).order_by("pk")[0]
    give_back(first, None, number="RF-1001", on=local_date(now, live.zone), at=now, by=by)
    hook = open_hook(live.brand, "Toko Lumi", user=team["manager"], at=now - 6 * DAYS)
    marked(hook)
    for day in (3, 1):
        said = {"number": f"WEB-{900 - day}", "at": (now - day * DAYS).isoformat(), "code": codes[-1].code}
        receive(hook, (MESSAGE % said).encode(), now=now - day * DAYS)
    marked(*Order.objects.filter(brand=live.brand))


def _sold(live: Campaign, code: VoucherCode, number: str, at: dt.datetime, luck: random.Random, by: str) -> None:
    paid, cost = luck.choice(BASKETS)
    said = OrderSaid(
        number=number, at=at, amount=Money(paid * 9 // 10, "IDR"), code=code.code, discount=Decimal(paid // 10),
        shipping=Decimal(18_000), cost=Decimal(cost), is_new_customer=luck.random() < 0.62,
    )  # fmt: skip
    take_order(said, brand=live.brand, at=at, by=by)


def _costs(live: Campaign, wrapped: Campaign, by: User, now: dt.datetime) -> None:
    today = local_date(now, live.zone)
    rows = (
        (live, "agency", 6_000_000, today - 14 * DAYS, "Casting and handling, first half"),
        (live, "media", 4_500_000, today - 6 * DAYS, "Boosting of two reels"),
        (wrapped, "agency", 5_000_000, wrapped.start_on, "Casting and handling"),
        (wrapped, "shipping", 640_000, wrapped.start_on + 3 * DAYS, "Courier by motorbike in the city"),
    )
    for campaign, kind, amount, on, note in rows:
        worth: Any = Money(amount, "IDR")
        marked(CampaignCost.objects.create(campaign=campaign, kind=kind, amount=worth, on=on, note=note, by=by))


def _also_happened(live: Campaign, wrapped: Campaign, now: dt.datetime) -> None:
    today = local_date(now, live.zone)
    marked(
        Confounder.objects.create(
            campaign=live, kind="price", first_on=today - 4 * DAYS, last_on=today - 2 * DAYS,
            note="Serum 15 % off in the shop's own sale",
        ),
        Confounder.objects.create(
            campaign=wrapped, kind="season", first_on=wrapped.start_on + 10 * DAYS, last_on=wrapped.start_on + 13 * DAYS,
            note="Independence Day week, shops full anyway",
        ),
        BrandLift.objects.create(
            campaign=wrapped, question="Have you heard of Lumi's sunscreen gel?", exposed=412, exposed_yes=201, control=398,
            control_yes=148, on=wrapped.end_on + 9 * DAYS, source="Phone panel, 800 women in the city",
        ),
    )  # fmt: skip


def _report(wrapped: Campaign, team: dict[str, User], now: dt.datetime) -> None:
    """The client reads the finished campaign by a link for four weeks more."""
    settings = ReportSettings.objects.create(campaign=wrapped, mark=720, target_match=64)
    settings.benchmarks.set(
        BenchmarkSet.objects.filter(platform__code="instagram", measure="public").order_by("-is_chosen", "pk")[:2]
    )
    link, _address = share(
        wrapped, label="Ibu Melati, Lumi Nusantara", language="id", at=now - 2 * DAYS, user=team["coordinator"]
    )
    marked(settings, link)
