"""Taking a shop's message: once by its own number, with what came of it kept where people can look."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from campaigns.results.models import HookMessage, Order, OrderHook
from campaigns.results.orders.hooks.reading import MessageSaid, RefundSaid, Wrong, read_message
from campaigns.results.orders.returning import give_back
from campaigns.results.orders.taking import OrderSaid, take_order
from crm.ambassadors.pay.commissions import number_of
from crm.base.inserts import insert_missing

ONCE = "(hook_id, number) WHERE NOT (outcome = 'refused')"
UNKNOWN = "This order is not known. Send order.created first, then this message again."
Outcome = HookMessage.Outcome


@dataclass(frozen=True)
class Answer:
    """What the shop is told: a status of HTTP, what came of it, and why."""

    status: int
    outcome: str
    why: str = ""


class NotYet(Wrong):
    """It can work later: the shop should send it again."""


def receive(hook: OrderHook, body: bytes, *, now: dt.datetime) -> Answer:
    """Read a signed message and do what it says, once. Never raises for anything a shop can send."""
    OrderHook.objects.filter(pk=hook.pk).update(seen_at=now)
    with override("en"):
        try:
            message = read_message(body, now)
        except Wrong as wrong:
            return _refused(hook, "?", str(wrong), 422, now)
        try:
            return _take(hook, message, now)
        except NotYet as wrong:
            return _refused(hook, message.number, str(wrong), 409, now)
        except ValidationError as wrong:
            return _refused(hook, message.number, " ".join(wrong.messages), 422, now)


def _take(hook: OrderHook, message: MessageSaid, now: dt.datetime) -> Answer:
    with transaction.atomic():
        row = HookMessage(hook=hook, number=message.number, at=now, outcome=Outcome.TAKEN)
        if not insert_missing([row], ONCE):
            return Answer(200, Outcome.KNOWN, "This message is known already.")
        is_new, why = _done(hook, message.what, now)
        outcome = Outcome.TAKEN if is_new else Outcome.KNOWN
        mine = HookMessage.objects.filter(hook=hook, number=message.number, outcome=Outcome.TAKEN)
        mine.update(outcome=outcome, why=why[:300])
    return Answer(201 if is_new else 200, outcome, why)


def _done(hook: OrderHook, what: OrderSaid | RefundSaid, now: dt.datetime) -> tuple[bool, str]:
    if isinstance(what, OrderSaid):
        taken = take_order(what, brand=hook.brand, at=now, by=hook.name)
        return taken.is_new, taken.why
    order = Order.objects.standing().filter(brand=hook.brand_id, number=number_of(what.order)).first()
    if order is None:
        raise NotYet(UNKNOWN)
    row = give_back(order, what.amount, number=what.number, on=what.on, at=now, by=hook.name)
    return row is not None, "" if row is not None else "This refund is known already."


def _refused(hook: OrderHook, number: str, why: str, status: int, now: dt.datetime) -> Answer:
    HookMessage.objects.create(hook=hook, number=number[:120], at=now, outcome=Outcome.REFUSED, why=why[:300])
    return Answer(status, Outcome.REFUSED, why)
