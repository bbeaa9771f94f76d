"""Orders pasted from a sheet, a row each: number, day, amount, code. Read and shown first, then noted one by one."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, Sale
from crm.ambassadors.pay.commissions import Order, check_day, number_of, record_sale
from crm.ambassadors.pay.rates import Claim, Price, Via
from crm.ambassadors.places import code_owner
from crm.base.amounts import read_amount
from crm.base.zones import local_date
from crm.influencers.imports.values.dates import read_date
from crm.team.models import User
from crm.timeline.record import Actor

MOST = 500
HEADS = {"order", "order number", "nomor pesanan", "pesanan", "no", "id"}
PLAIN = re.compile(r"\d+(?:\.\d{1,2})?")


@dataclass(frozen=True)
class Row:
    """One pasted line: what was read of it, whose it is, and why it is left out, where it is."""

    line: int
    text: str
    number: str = ""
    on: dt.date | None = None
    amount: Decimal | None = None
    code: str = ""
    deal: AmbassadorDeal | None = None
    refused: str = ""
    noted: Sale | None = None


def read_rows(text: str, deal: AmbassadorDeal, user: User, *, at: dt.datetime) -> list[Row]:
    """Every line that says something, with what is wrong with it. A fixed number of queries.

    Raises ValidationError where there is nothing to read, or too much.
    """
    said = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    rows = [_read(number, line, deal, at) for number, line in said if not _is_head(line)]
    if not rows:
        raise ValidationError(_("Paste at least one row: order; day; amount; code."), code="empty")
    if len(rows) > MOST:
        raise ValidationError(_("At most %(most)s rows at a time.") % {"most": MOST}, code="many")
    return list(_checked(_with_owner(rows, deal, user), deal, at))


def note_rows(rows: Sequence[Row], *, currency: str, at: dt.datetime, actor: Actor) -> list[Row]:
    """Note what can be noted; each row says what became of it, and none keeps another from being noted."""
    return [_noted(row, currency, at, actor) for row in rows]


def _noted(row: Row, currency: str, at: dt.datetime, actor: Actor) -> Row:
    if row.refused or row.deal is None or row.on is None or row.amount is None:
        return row
    claim = Claim(row.deal, Via.CODE, code=row.code)
    try:
        return replace(
            row, noted=record_sale(Order(row.number, row.on, Price(row.amount, currency), [claim]), at=at, actor=actor)
        )
    except ValidationError as refused:
        return replace(row, refused=" ".join(refused.messages))


def _is_head(line: str) -> bool:
    return _cells(line)[0].casefold() in HEADS


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"') for cell in re.split(r"[;\t]", line)]


def _read(number: int, line: str, deal: AmbassadorDeal, at: dt.datetime) -> Row:
    order, day, amount, code, *_more = [*_cells(line), "", "", "", ""]
    found = Row(number, line[:200], number_of(order)[:80], code=code[:60], deal=deal)
    if not found.number:
        return replace(found, refused=_("The order number is missing."))
    on = read_date(day, local_date(at, deal.contract.zone)).value
    if on is None:
        return replace(found, refused=_("“%(said)s” is not a day.") % {"said": day})
    worth = _amount(amount)
    if worth is None:
        return replace(found, on=on, refused=_("“%(said)s” is not an amount.") % {"said": amount})
    return replace(found, on=on, amount=worth)


def _amount(said: str) -> Decimal | None:
    return Decimal(said) if PLAIN.fullmatch(said) else read_amount(said)


def _with_owner(rows: Sequence[Row], deal: AmbassadorDeal, user: User) -> list[Row]:
    """A code belongs to whoever has it: a row of somebody else's goes to her deal."""
    codes = {row.code.casefold() for row in rows if row.code}
    owners: dict[str, int] = {}
    for placed in code_owner.all() if codes else ():
        owners |= placed.call(deal.contract.brand_id, codes)
    others = AmbassadorDeal.objects.visible_to(user).with_contract().in_bulk({*owners.values()} - {deal.pk})
    return [_owned(row, owners, deal, others) for row in rows]


def _owned(row: Row, owners: Mapping[str, int], deal: AmbassadorDeal, others: Mapping[int, AmbassadorDeal]) -> Row:
    pk = owners.get(row.code.casefold(), deal.pk)
    if pk == deal.pk:
        return row
    if pk not in others:
        return replace(row, deal=None, refused=row.refused or _("This code belongs to somebody else."))
    return replace(row, deal=others[pk])


def _checked(rows: Sequence[Row], deal: AmbassadorDeal, at: dt.datetime) -> Iterator[Row]:
    numbers = {row.number for row in rows if row.number}
    known = set(Sale.objects.filter(brand=deal.contract.brand_id, number__in=numbers).values_list("number", flat=True))
    seen: set[str] = set()
    for row in rows:
        yield row if row.refused else replace(row, refused=_wrong(row, known, seen, at))
        seen.add(row.number)


def _wrong(row: Row, known: set[str], seen: set[str], at: dt.datetime) -> str:
    if row.number in known:
        return _("This order is known already.")
    if row.number in seen:
        return _("This order is in the list twice.")
    try:
        if row.deal is not None and row.on is not None:
            check_day(row.deal, row.on, at)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """How many are noted, or would be, and how many are left out."""
    good = [row for row in rows if not row.refused]
    return {"good": len(good), "bad": len(rows) - len(good)}
