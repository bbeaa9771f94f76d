"""Rows of a file of orders as they are read: one order each, or so many redemptions of a code on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.results.files.cells import amount, count, moment
from campaigns.results.files.kinds import Column, Judged, Said
from campaigns.results.orders.attributing import code_of
from campaigns.results.orders.taking import OrderSaid
from crm.ambassadors.pay.commissions import number_of
from crm.base.formats import day_words, money_full
from crm.base.zones import local_date, local_instant

MOST_REDEEMED = 500
NO_DAY = _("“%(said)s” is not a day.")
NO_AMOUNT = _("“%(said)s” is not an amount.")
NO_COUNT = _("“%(said)s” is not a number of redemptions from 1 to 500.")
AHEAD = _("This day has not come yet.")
NO_CODE = _("The code is missing.")
NO_NUMBER = _("The order number is missing.")
NO_CURRENCY = _("“%(said)s” is not a currency.")
YES = {"yes", "y", "true", "1", "ya", "new", "baru"}
NO = {"no", "n", "false", "0", "tidak", "returning", "lama"}

COLUMNS: Sequence[Column] = (
    Column("number", _("Order number"), ("order", "order number", "order id", "number", "no order", "nomor pesanan", "no pesanan", "pesanan", "name", "id pesanan", "order no")),
    Column("at", _("Day or moment"), ("date", "day", "ordered", "ordered at", "ordered on", "created at", "order date", "tanggal", "tgl", "hari", "waktu", "tanggal pesanan", "waktu pesanan dibuat", "created"), is_needed=True),
    Column("amount", _("Paid for goods"), ("amount", "revenue", "subtotal", "total", "paid for goods", "sales", "omzet", "jumlah", "nilai", "pendapatan", "nilai pesanan"), is_needed=True),
    Column("code", _("Code"), ("code", "discount code", "voucher", "voucher code", "coupon", "coupon code", "kode", "kode voucher", "kode promo", "promo code")),
    Column("link", _("Link"), ("link", "slug", "utm content", "landing page", "tracked link", "tautan")),
    Column("count", _("Redemptions"), ("count", "redemptions", "uses", "orders", "redeemed", "times used", "dipakai", "penukaran", "jumlah pesanan", "jumlah pemakaian")),
    Column("discount", _("Discount"), ("discount", "discount amount", "diskon", "potongan")),
    Column("tax", _("Tax"), ("tax", "taxes", "vat", "ppn", "pajak")),
    Column("shipping", _("Shipping"), ("shipping", "shipping fee", "ongkir", "ongkos kirim")),
    Column("cost", _("What the goods cost"), ("cost", "cogs", "cost of goods", "hpp", "modal")),
    Column("currency", _("Currency"), ("currency", "mata uang")),
    Column("new", _("New customer"), ("new customer", "customer type", "pelanggan baru")),
)  # fmt: skip
SUMS = ("discount", "tax", "shipping")


@dataclass(frozen=True)
class Redeemed:
    """So many redemptions of a code on a day, which came to this much together."""

    code: str
    on: dt.date
    times: int
    amount: Money

    @property
    def stem(self) -> str:
        """What the numbers of its orders begin with: the same day again is the same orders."""
        return f"{self.code}/{self.on.isoformat()}/"


class Refused(ValueError):
    """The row cannot be read; the words say why."""


@dataclass(frozen=True)
class Reader:
    """Reads rows as of one day in one zone and currency."""

    zone: str
    currency: str
    today: dt.date

    def order(self, row: Said) -> OrderSaid:
        """One order. Raises Refused."""
        number = number_of(row.get("number"))
        if not number:
            raise Refused(NO_NUMBER)
        sums = {name: self._sum(row, name) or Decimal(0) for name in SUMS}
        said = row.get("new").casefold()
        return OrderSaid(
            number, self._at(row), self._money(row), code=row.get("code"), link=row.get("link"),
            cost=self._sum(row, "cost"), is_new_customer=True if said in YES else False if said in NO else None, **sums,
        )  # fmt: skip

    def redeemed(self, row: Said) -> Redeemed:
        """Redemptions of one code on one day. Raises Refused."""
        code, times = code_of(row.get("code")), count(row.get("count"))
        if not code:
            raise Refused(NO_CODE)
        if times is None or not 1 <= times <= MOST_REDEEMED:
            raise Refused(NO_COUNT % {"said": row.get("count")})
        return Redeemed(code, local_date(self._at(row), self.zone), times, self._money(row))

    def _at(self, row: Said) -> dt.datetime:
        said = row.get("at")
        at = moment(said, self.zone, self.today)
        if at is None:
            raise Refused(NO_DAY % {"said": said})
        if local_date(at, self.zone) > self.today:
            raise Refused(AHEAD)
        return at

    def _money(self, row: Said) -> Money:
        said, currency = row.get("amount"), row.get("currency").upper() or self.currency
        worth = amount(said)
        if worth is None:
            raise Refused(NO_AMOUNT % {"said": said})
        if currency not in settings.CURRENCIES:
            raise Refused(NO_CURRENCY % {"said": currency})
        return Money(worth, currency)

    def _sum(self, row: Said, name: str) -> Decimal | None:
        said = row.get(name)
        if not said:
            return None
        worth = amount(said)
        if worth is None:
            raise Refused(NO_AMOUNT % {"said": said})
        return worth


def as_orders(row: Redeemed, there: int, already: Decimal, zone: str) -> list[OrderSaid]:
    """The redemptions that are new, as orders: what they came to is shared out evenly, the last has what is left over."""
    missing = row.times - there
    left = max(row.amount.amount - already, Decimal(0))
    each = (left / missing).quantize(Decimal("1"), rounding=ROUND_DOWN)
    at = local_instant(row.on, dt.time(12), zone)
    first = OrderSaid("", at, Money(each, row.amount.currency), code=row.code)
    made = [replace(first, number=f"{row.stem}{there + one}") for one in range(1, missing + 1)]
    made[-1] = replace(made[-1], amount=Money(left - each * (missing - 1), row.amount.currency))
    return made


def told(judged: Judged, at: dt.date, worth: Money, extra: str = "") -> Judged:
    """What a row says, for people."""
    judged.what = ", ".join(part for part in (day_words(at), money_full(worth), extra) if part)
    return judged
