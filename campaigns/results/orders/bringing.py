"""Files of orders and of plain redemptions, as a kind of result file."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.planning.models import Campaign
from campaigns.results.files.kinds import FileKind, Judged, Said, bring
from campaigns.results.models import Order, OrderReturn, ResultFile
from campaigns.results.orders.attributing import Known
from campaigns.results.orders.commission import hold_earners, lose_on
from campaigns.results.orders.sheets import COLUMNS, Reader, Redeemed, Refused, as_orders, told
from campaigns.results.orders.taking import KNOWN, OrderSaid, take_order
from crm.ambassadors.pay.commissions import number_of
from crm.base.zones import local_date
from crm.timeline.record import Actor

TWICE = _("This order is in the file twice.")
TWICE_A_DAY = _("This code has this day in the file twice.")
ONE_BY_ONE = _("Orders with this code are known one by one on this day. Redemptions would count them twice.")
AS_REDEEMED = _("Redemptions of this code are known for this day. The order would count twice.")
KNOWN_DAY = _("As many redemptions of this day are known already.")
NOBODYS = _("Kept as nobody’s until somebody has this code.")


class Orders(FileKind):
    """Orders one by one where the file has their numbers, else redemptions of codes by day."""

    code = "orders"
    title = _("Bring orders")
    lead = _("What the shop sold through codes and links. Each order counts once, however often a file has it.")
    hint = _(
        "One row for each order: number, day, amount, and its code or link. Or one row for each code and day: code,"
        " day, redemptions, revenue. More columns are welcome; say which they are on the next page."
    )
    who = _("Order")
    columns = COLUMNS

    def wrong_columns(self, targets: Sequence[str]) -> str:
        wrong = super().wrong_columns(targets)
        if wrong:
            return wrong
        if "number" in targets:
            named = "code" in targets or "link" in targets
            return "" if named else _now("Say which column is the code or the link of an order.")
        whole = "code" in targets and "count" in targets
        return "" if whole else _now("Say which column is the order number, or which are the code and its redemptions.")

    def back(self, campaign: Campaign) -> str:
        return reverse("campaign-orders", args=[campaign.pk])

    def judge(self, file: ResultFile, rows: Sequence[Said], now: dt.datetime) -> list[Judged]:
        zone = file.campaign.zone
        reader = Reader(zone, settings.DEFAULT_CURRENCY, local_date(now, zone))
        if "number" in file.columns["targets"]:
            return _judge_orders(file, rows, reader)
        return _judge_redeemed(file, rows, reader)

    def write(self, file: ResultFile, rows: Iterable[Judged], *, at: dt.datetime, actor: Actor) -> int:
        said: list[OrderSaid] = [one for row in rows for one in row.facts]
        brand = file.campaign.brand
        known = Known(brand.pk, {one.code for one in said}, {one.link for one in said})
        hold_earners(known.owner(one.code, one.link, one.at).card for one in said)
        # By number: two files with the same orders write them in the same order.
        taken = [
            take_order(one, brand=brand, at=at, by=actor.label, result_file=file, known=known).is_new
            for one in sorted(said, key=lambda one: number_of(one.number))
        ]
        return sum(taken)

    def undo(self, file: ResultFile, *, at: dt.datetime, actor: Actor) -> int:
        """Its orders count no longer; what she would have earned by them is taken back."""
        rows = Order.objects.standing().filter(result_file=file).select_for_update(of=("self",))
        orders = list(rows.select_related("collaboration__party__contract", "brand").order_by("pk"))
        back = dict(
            OrderReturn.objects.filter(order__in=orders).order_by().values_list("order").annotate(Sum("amount"))
        )
        hold_earners(order.collaboration for order in orders)
        for order in orders:
            before = back.get(order.pk, Decimal(0))
            rest, on = order.amount.amount - before, local_date(at, file.campaign.zone)
            if rest:
                lose_on(order, rest, before, number=f"undone:{file.pk}", on=on, at=at, by=actor.label)
        Order.objects.filter(pk__in=[one.pk for one in orders]).update(undone_at=at, updated_at=at)
        return len(orders)


def _judge_orders(file: ResultFile, rows: Sequence[Said], reader: Reader) -> list[Judged]:
    read = [_read(row, reader.order) for row in rows]
    said = [one for _judged, one in read if one is not None]
    brand = file.campaign.brand_id
    known = Known(brand, {one.code for one in said}, {one.link for one in said})
    there = _numbers(brand, {one.number for one in said})
    days = _redeemed_days(brand)
    seen: set[str] = set()
    return [_order(judged, one, known, there, days, seen, reader.zone) for judged, one in read]


def _read(row: Said, how: Any) -> tuple[Judged, Any]:
    judged = Judged(row.line, who=row.get("number") or row.get("code"))
    try:
        return judged, how(row)
    except Refused as refused:
        return judged.out(refused), None


def _order(
    judged: Judged,
    one: OrderSaid | None,
    known: Known,
    there: set[str],
    days: set[tuple[str, dt.date]],
    seen: set[str],
    zone: str,
) -> Judged:
    if one is None:
        return judged
    owner, on = known.owner(one.code, one.link, one.at), local_date(one.at, zone)
    judged.facts = [one]
    told(judged, on, one.amount, str(owner.card.influencer) if owner.card is not None else one.code or one.link)
    if one.number in there:
        return judged.known(KNOWN)
    if one.number in seen:
        return judged.out(TWICE)
    seen.add(one.number)
    if owner.code is not None and (owner.code.code.upper(), on) in days:
        return judged.out(AS_REDEEMED)
    if owner.card is None:
        judged.why += [owner.why, str(NOBODYS)]
    return judged


def _judge_redeemed(file: ResultFile, rows: Sequence[Said], reader: Reader) -> list[Judged]:
    read = [_read(row, reader.redeemed) for row in rows]
    said = [one for _judged, one in read if one is not None]
    brand = file.campaign.brand_id
    known = Known(brand, {one.code for one in said}, set())
    there = _by_day(brand, {one.code for one in said})
    seen: set[str] = set()
    return [_redeemed(judged, one, known, there, seen, reader.zone) for judged, one in read]


def _redeemed(
    judged: Judged,
    one: Redeemed | None,
    known: Known,
    there: dict[tuple[str, dt.date], tuple[int, int, Decimal]],
    seen: set[str],
    zone: str,
) -> Judged:
    if one is None:
        return judged
    others, before, worth = there.get((one.code, one.on), (0, 0, Decimal(0)))
    times = ngettext("%(n)s redemption", "%(n)s redemptions", one.times) % {"n": one.times}
    told(judged, one.on, one.amount, times)
    if one.stem in seen:
        return judged.out(TWICE_A_DAY)
    seen.add(one.stem)
    if others:
        return judged.out(ONE_BY_ONE)
    if before >= one.times:
        return judged.known(KNOWN_DAY)
    judged.facts = as_orders(one, before, worth, zone)
    owner = known.owner(one.code, "", judged.facts[0].at)
    if owner.card is None:
        judged.why += [owner.why, str(NOBODYS)]
    return judged


def _numbers(brand: int, numbers: set[str]) -> set[str]:
    rows = Order.objects.standing().filter(brand=brand, number__in=numbers)
    return set(rows.values_list("number", flat=True))


AS_REDEMPTIONS = Q(number__regex=r"/\d{4}-\d{2}-\d{2}/\d+$")
"""Orders that came as redemptions of a day are numbered by code, day and place."""


def _by_day(brand: int, codes: set[str]) -> dict[tuple[str, dt.date], tuple[int, int, Decimal]]:
    """By code and day: orders known one by one, redemptions known, and what those came to. One query."""
    rows = Order.objects.standing().filter(brand=brand, code_said__in=codes).order_by()
    summed = rows.values_list("code_said", "ordered_on").annotate(
        others=Count("pk", filter=~AS_REDEMPTIONS),
        times=Count("pk", filter=AS_REDEMPTIONS),
        worth=Sum("amount", filter=AS_REDEMPTIONS),
    )
    return {(code, on): (others, times, worth or Decimal(0)) for code, on, others, times, worth in summed}


def _redeemed_days(brand: int) -> set[tuple[str, dt.date]]:
    rows = Order.objects.standing().filter(AS_REDEMPTIONS, brand=brand).order_by()
    return set(rows.values_list("code_said", "ordered_on").distinct())


bring(Orders())
