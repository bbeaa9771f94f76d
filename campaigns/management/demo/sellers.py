"""The ambassador of the demo who sells: she rose to Gold, her deal went on once, and a deduction waits for somebody."""

import datetime as dt
from typing import Any

from campaigns.management.demo.circles import LUMI
from campaigns.management.demo.lived import Lived, Met, agree
from crm.ambassadors.models import PerkGrant
from crm.ambassadors.pay.commissions import return_sale
from crm.ambassadors.pay.perks import left_of, use_perk
from crm.ambassadors.reviewing.deciding import decide_review
from crm.base.windows import months_later, notice_deadline

DAYS = dt.timedelta(days=1)
ORDERS = (
    (31, 567_000, 56_700), (44, 1_245_000, 124_500), (58, 1_890_000, 189_000), (86, 1_645_000, 164_500),
    (99, 1_830_000, 183_000), (133, 1_420_000, 142_000), (149, 756_000, 75_600), (166, 1_430_000, 143_000),
    (183, 1_120_000, 112_000), (190, 645_000, 64_500), (197, 318_000, 31_800),
)  # fmt: skip
"""Days after her first, before discounts, discount."""
RETURNED = {99: 14, 190: 6}
"""Which of them came back, after so many days: one that was held still, one of this month."""


def sell_and_rise(met: Met) -> None:
    """Half a year by quarters, then half a year more; the second quarter came in one reel short."""
    start_on = months_later(met.today - 21 * DAYS, -6)
    lived = agree(
        met, start_on, 6, {"reel": 3}, 9_000_000, rules={"rollover": "deduct"},
        deal={"unit": "quarter", "plans_posts": False, "label": "featured"},
        contract={"renewal": "auto", "renew_months": 6, "notice_value": 30, "notice_span": "days", "most_renewals": 3},
    )  # fmt: skip
    lived.sign()
    lived.look(start_on)
    decided_on = notice_deadline(months_later(start_on, 6) - DAYS, days=30) - 9 * DAYS
    reels = {start_on + days * DAYS for days in (14, 40, 76, 104, 139)} | {met.today - 9 * DAYS}
    looks = {
        start_on + 60 * DAYS, months_later(start_on, 3), decided_on, decided_on + 11 * DAYS, met.today - 21 * DAYS,
        met.today - 13 * DAYS,
    }  # fmt: skip
    orders = {start_on + days * DAYS: (days, gross, discount) for days, gross, discount in ORDERS}
    for on in sorted(day for day in {*reels, *looks, *orders} if day < met.today):
        if on in orders:
            sell(lived, on, *orders[on])
        if on in reels:
            lived.told(on)
        if on in looks:
            lived.look(on)
        if on == decided_on:
            go_on(lived, on)
    use_some(lived)
    lived.look_now()
    lived.pay()


def sell(lived: Lived, on: dt.date, days: int, gross: int, discount: int) -> None:
    sale = lived.sold(10_200 + days, on, gross, discount)
    back = RETURNED.get(days)
    if back is not None and on + back * DAYS <= lived.met.today:
        day = on + back * DAYS
        return_sale(sale, on=day, at=lived.at(day), actor=lived.colleague)


def go_on(lived: Lived, on: dt.date) -> None:
    """The manager looked at it in time, and it goes on."""
    for review in lived.deal.reviews.open().before_the_end():
        decide_review(
            review, "continue", scores={"content": 5, "reliability": 4, "fit": 5, "results": 5},
            note=f"The strongest of {LUMI}. She sells without sounding like it.", at=lived.at(on),
            by=lived.met.team["manager"],
        )  # fmt: skip


def use_some(lived: Lived) -> None:
    """One box was used up, of the credit a part."""
    told: dict[str, Any] = {
        "on": lived.met.today - 5 * DAYS,
        "at": lived.at(lived.met.today - 5 * DAYS),
        "actor": lived.colleague,
    }
    grants = PerkGrant.objects.filter(deal=lived.deal).select_related("deal").order_by("pk")
    first = grants[0]
    use_perk(first, None, **told)
    credit = grants.filter(kind=PerkGrant.Kind.CREDIT).first()
    left = left_of(credit) if credit is not None else None
    if credit is not None and left:
        use_perk(credit, left / 4, **told)
