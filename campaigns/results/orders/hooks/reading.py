"""A message of a shop as it is read: an order or a refund, every field checked, nothing guessed."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from djmoney.money import Money

from campaigns.results.orders.taking import OrderSaid

CREATED, REFUNDED = "order.created", "order.refunded"
AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")
AHEAD = dt.timedelta(hours=24)
OLDEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Wrong(ValueError):
    """The message is not as it should be; the words say which field, in English as all answers to machines."""


@dataclass(frozen=True)
class RefundSaid:
    """What came back of which order."""

    order: str
    number: str
    on: dt.date
    amount: Decimal | None


@dataclass(frozen=True)
class MessageSaid:
    """A message with its own number."""

    number: str
    what: OrderSaid | RefundSaid


def read_message(body: bytes, now: dt.datetime) -> MessageSaid:
    """Raises Wrong."""
    try:
        said = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Wrong("The body is not JSON.") from error
    whole = _object(said, "the message")
    number, kind = _text(whole, "id", 120, needed=True), _text(whole, "type", 40, needed=True)
    if kind == CREATED:
        return MessageSaid(number, _order(_object(whole.get("order"), "order"), now))
    if kind == REFUNDED:
        return MessageSaid(number, _refund(_object(whole.get("refund"), "refund")))
    raise Wrong(f"type must be {CREATED} or {REFUNDED}.")


def _no_number(_said: str) -> None:
    raise ValueError


def _order(said: dict[str, Any], now: dt.datetime) -> OrderSaid:
    currency = _text(said, "currency", 3) or settings.DEFAULT_CURRENCY
    if currency not in settings.CURRENCIES:
        raise Wrong(f"currency must be one of {', '.join(settings.CURRENCIES)}.")
    new = said.get("new_customer")
    if new is not None and not isinstance(new, bool):
        raise Wrong("new_customer must be true or false.")
    amount = _amount(said, "amount")
    if amount is None:
        raise Wrong("amount is missing.")
    return OrderSaid(
        _text(said, "number", 80, needed=True), _moment(said, now), Money(amount, currency),
        code=_text(said, "code", 60), link=_text(said, "link", 500), discount=_amount(said, "discount") or Decimal(0),
        tax=_amount(said, "tax") or Decimal(0), shipping=_amount(said, "shipping") or Decimal(0),
        cost=_amount(said, "cost"), is_new_customer=new,
    )  # fmt: skip


def _refund(said: dict[str, Any]) -> RefundSaid:
    on = _parsed(parse_date, _text(said, "on", 40, needed=True))
    if on is None:
        raise Wrong("on must be a day like 2026-11-22.")
    number = _text(said, "number", 80, needed=True)
    return RefundSaid(_text(said, "order", 80, needed=True), number, on, _amount(said, "amount"))


def _moment(said: dict[str, Any], now: dt.datetime) -> dt.datetime:
    at: dt.datetime | None = _parsed(parse_datetime, _text(said, "at", 40, needed=True))
    if at is None or at.tzinfo is None:
        raise Wrong("at must be a moment with its offset, like 2026-11-20T12:05:00+07:00.")
    if not OLDEST <= at <= now + AHEAD:
        raise Wrong("at must lie in the past.")
    return at


def _parsed(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except (ValueError, OverflowError):
        return None


def _object(said: Any, name: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Wrong(f"{name} must be an object.")
    return said


def _text(said: dict[str, Any], name: str, longest: int, *, needed: bool = False) -> str:
    value = said.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else None
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or len(value) > longest or not (value.strip() or not needed) or not _is_clean(value):
        raise Wrong(f"{name} must be text of at most {longest} characters.")
    return value.strip()


def _is_clean(value: str) -> bool:
    return value.isprintable() and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _amount(said: dict[str, Any], name: str) -> Decimal | None:
    value = said.get(name)
    if value is None:
        return None
    text = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    if len(text) > 20 or not AMOUNT.fullmatch(text):
        raise Wrong(f"{name} must be an amount like 270000 or 270000.50, never below zero.")
    return Decimal(text)
