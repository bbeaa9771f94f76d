"""Letting money go and what comes of it: released, handed to the bank, paid, come back, withdrawn.

A payment takes its lines when it is released (crm.payments.queries.free_amounts) and settles them in the ledger when it is
paid. One that comes back after that turns each settlement by a row of the same step with the sign turned
(crm.payments.actions.unsettle): nothing in the ledger is ever changed.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.files import SafeFile, keep
from crm.base.formats import day_in_words, money_full
from crm.contracts.models import Contract
from crm.payments.actions import settle, unsettle
from crm.payments.milestones.meeting import look
from crm.payments.models import BankAccount, BankSheet, LedgerLine, Payment, PaymentPart
from crm.payments.papers.own import bill_for, receipt_for, void_papers_of
from crm.payments.payees.queries import lock_payees
from crm.payments.paying.plan import Plan, Share, Wanted, plan_of
from crm.payments.paying.telling import tell_failed, tell_paid
from crm.payments.paying.ways import ways_of
from crm.team.models import User
from crm.timeline.record import Actor, record
from crm.timeline.transitions import move

Status = Payment.Status
RELEASED = _("Payment of %(amount)s released, to be paid on %(day)s")
SENT = _("Payment of %(amount)s handed to the bank")
PAID = _("Paid: %(amount)s on %(day)s")
FAILED = _("Payment of %(amount)s came back: %(why)s")
WITHDRAWN = _("Payment of %(amount)s withdrawn: %(why)s")
CHANGED = _("Somebody changed one of these amounts at the same moment. Look at them again.")
ONE_CURRENCY = _("A sheet is in one currency.")
NONE_CHOSEN = _("Choose at least one payment that is released.")
NOTHING_TO_SEND = _("%(payee)s: nothing is transferred, it was set off. Note it as paid.")
ACCOUNT_GONE = _("%(payee)s: the bank account is not in use any more. Withdraw the payment and release it again.")
PAYEE_CHANGED = _("%(payee)s: the money goes to somebody else by now. Withdraw the payment and release it again.")


def release(wanted: Wanted, *, pay_on: dt.date, at: dt.datetime, user: User) -> Payment:
    """Let the money for these lines of one person and brand go: each in whole (None) or by an amount.

    What she owes is taken off first, benefits no payment has taxed yet are taxed with it. Of two who release the same line
    at once, one wins. Raises ValidationError (MoreThanOpen among them), and nothing is written.
    """
    with transaction.atomic():
        _hold(wanted, pay_on)
        plan = plan_of(wanted, pay_on=pay_on)
        payment = _written(plan, pay_on, at, user)
        _write_parts(payment, plan.shares)
        actor = Actor.user(user)
        _tell(payment, "payment.released", RELEASED, at, actor, day=day_in_words(pay_on))
        bill_for(payment, plan.contracts, at=at, by=actor)
    return payment


def pay(
    payment: Payment,
    *,
    paid_on: dt.date,
    proof: SafeFile | None = None,
    bank_ref: str = "",
    at: dt.datetime,
    actor: Actor,
) -> None:
    """It has arrived: settle its lines, write the receipt, tell her. Raises TransitionRefused, nothing changed."""
    with transaction.atomic():
        also: dict[str, Any] = {"paid_on": paid_on, "bank_ref": bank_ref[:80]}
        if proof is not None:
            also["proof"] = keep(proof, by=actor.label)
        _put(payment, Status.PAID, PAID, at, actor, also=also, day=day_in_words(paid_on), file=also.get("proof"))
        for part in _parts(payment):
            amount = Money(part.amount, part.line.amount.currency)
            if settle(part.line, amount, key=_key(part), on=paid_on, at=at, by=actor.label) is None:
                raise ValidationError(CHANGED, code="changed")
        receipt_for(payment, at=at, by=actor)
        tell_paid(payment, at)


def came_back(payment: Payment, why: str, *, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """The bank sent it back, before or after it was noted as paid. Its lines are open again.

    Raises TransitionRefused, nothing changed.
    """
    with transaction.atomic():
        was_paid = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk).is_paid
        _put(payment, Status.FAILED, FAILED, at, actor, also={"failed_why": why[:200]}, why=why)
        if was_paid:
            keys = {_key(part) for part in _parts(payment)}
            for row in LedgerLine.objects.settled().filter(key__in=keys).order_by("of_id", "pk"):
                unsettle(row, key=f"{row.key}:back", on=on, at=at, by=actor.label, note=why)
        void_papers_of(payment, why, at=at, actor=actor)
        tell_failed(payment, at)
    _judge_again(payment, at, actor)


def withdraw(payment: Payment, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """It does not leave after all. Raises TransitionRefused, nothing changed."""
    with transaction.atomic():
        _put(payment, Status.WITHDRAWN, WITHDRAWN, at, actor, why=why)
        void_papers_of(payment, why, at=at, actor=actor)
    _judge_again(payment, at, actor)


def send(payments: Sequence[Payment], *, at: dt.datetime, user: User) -> BankSheet:
    """Put released payments on one sheet for the bank. All or none. Raises ValidationError or TransitionRefused."""
    with transaction.atomic():
        chosen = [one.pk for one in payments]
        held = Payment.objects.select_for_update(of=("self",)).select_related("payee", "account").order_by("pk")
        rows = list(held.filter(pk__in=chosen))
        currency, pay_on = _fit_for_the_bank(rows)
        sheet = BankSheet.objects.create(currency=currency, pay_on=pay_on, made_by=user, made_at=at)
        for payment in rows:
            _put(payment, Status.SENT, SENT, at, Actor.user(user), also={"sheet": sheet})
    return sheet


def _judge_again(payment: Payment, at: dt.datetime, actor: Actor) -> None:
    """What is open again may not be owed any more: a post that is gone meanwhile. After the payment, which is held last."""
    for contract in Contract.objects.filter(pk__in={part.line.contract_id or 0 for part in _parts(payment)}).order_by(
        "pk"
    ):
        look(contract, at=at, actor=actor)


def slip_noted(payment: Payment, number: str, *, at: dt.datetime, actor: Actor) -> None:
    """The number of the withholding slip, which the tax office gives later."""
    with transaction.atomic():
        held = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if held.slip == number:
            return
        changes = {"slip": (held.slip, number)}
        held.slip = payment.slip = number
        held.save(update_fields=["slip", "updated_at"])
        params = {"number": number}
        record("payment.slip", _("Withholding slip %(number)s"), at=at, actor=actor, subject=held, params=params,
               changes=changes, influencer=held.influencer_id, brand=held.brand_id)  # fmt: skip


def _hold(wanted: Wanted, pay_on: dt.date) -> None:
    """Keep everybody else out: who is paid, for the tax of the month; then the lines, in the order of their keys.

    What she owes to the brand is held with them, because it is taken off.
    """
    people, brands = {line.influencer_id for line in wanted}, {line.brand_id for line in wanted}
    payees = {way.payee.pk for way in ways_of(people, pay_on).by_person.values() if way.payee}
    lock_payees(payees)
    list(BankAccount.objects.verified().select_for_update(of=("self",)).filter(payee__in=payees).order_by("pk"))
    against = LedgerLine.objects.due().to_be_paid().against().filter(influencer__in=people, brand__in=brands)
    pks = {line.pk for line in wanted} | set(against.values_list("pk", flat=True))
    list(LedgerLine.objects.due().select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))


def _written(plan: Plan, pay_on: dt.date, at: dt.datetime, user: User) -> Payment:
    payment = plan.as_payment(pay_on)
    payment.released_at, payment.released_by = at, user
    payment.save(force_insert=True)
    return payment


def _write_parts(payment: Payment, shares: Sequence[Share]) -> None:
    rows = PaymentPart.objects.filter(line__in=[share.line.pk for share in shares]).order_by()
    last = dict(rows.values_list("line").annotate(Max("sequence")))
    for share in shares:
        number = last.get(share.line.pk, 0) + 1
        PaymentPart.objects.create(payment=payment, line=share.line, sequence=number, amount=share.amount)


def _parts(payment: Payment) -> Sequence[PaymentPart]:
    return list(payment.parts.select_related("line").order_by("line_id"))


def _key(part: PaymentPart) -> str:
    return f"payment:{part.payment_id}:{part.line_id}"


def _goes_elsewhere(rows: Sequence[Payment]) -> set[int]:
    """Those of people whose money goes to somebody else by the day it is to be paid."""
    found = set[int]()
    for day in {row.pay_on for row in rows}:
        of_day = [row for row in rows if row.pay_on == day]
        ways = ways_of({row.influencer_id for row in of_day}, day)
        found |= {row.pk for row in of_day if ways.of(row.influencer_id).payee != row.payee}
    return found


def _fit_for_the_bank(rows: Sequence[Payment]) -> tuple[str, dt.date]:
    """The currency and the day of a sheet of these."""
    if not rows:
        raise ValidationError(NONE_CHOSEN, code="none")
    elsewhere = _goes_elsewhere(rows)
    for row in rows:
        said = {"payee": row.payee.name}
        if row.pk in elsewhere:
            raise ValidationError(PAYEE_CHANGED, code="payee", params=said)
        if not row.net:
            raise ValidationError(NOTHING_TO_SEND, code="nothing", params=said)
        if not row.account.is_verified:
            raise ValidationError(ACCOUNT_GONE, code="account", params=said)
    if len({row.currency for row in rows}) > 1:
        raise ValidationError(ONE_CURRENCY, code="currency")
    return rows[0].currency, min(row.pay_on for row in rows)


def _put(
    payment: Payment, to: str, sentence: Any, at: dt.datetime, actor: Actor, *, also: dict[str, Any] | None = None,
    file: Any = None, **params: Any,
) -> None:  # fmt: skip
    """Move it, telling her story."""
    said = {"amount": money_full(payment.net, payment.currency), **params}
    move(
        payment, to, moves=Payment.MOVES, at=at, actor=actor, verb=f"payment.{to}", sentence=sentence, also=also,
        params=said, influencer=payment.influencer_id, brand=payment.brand_id, file=file,
    )  # fmt: skip


def _tell(payment: Payment, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **params: Any) -> None:
    said = {"amount": money_full(payment.net, payment.currency), **params}
    record(verb, sentence, at=at, actor=actor, subject=payment, params=said, influencer=payment.influencer_id,
           brand=payment.brand_id)  # fmt: skip
