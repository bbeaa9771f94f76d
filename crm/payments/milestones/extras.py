"""Costs paid back and bonuses: agreed in the contract, due once a person has signed them off."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.contracts.models import Contract, Party, PayLine
from crm.payments.actions import make_due
from crm.payments.milestones.situation import situation_of
from crm.payments.models import LedgerLine
from crm.timeline.record import Actor, record, subject_of

SIGNED_OFF = _("Signed off: %(amount)s, %(what)s")
KINDS = {
    PayLine.Kind.REIMBURSEMENT: LedgerLine.Kind.REIMBURSED,
    PayLine.Kind.BONUS: LedgerLine.Kind.BONUS,
}


def left_of(line: PayLine) -> Decimal:
    """What of a line of the contract nobody has signed off yet."""
    due = LedgerLine.objects.due().of_contract(base_of(line)).filter(ref=subject_of(line))
    agreed: Decimal = line.amount.amount if line.amount is not None else Decimal(0)
    return agreed - sum((one.amount.amount for one in due), Decimal(0))


def base_of(line: PayLine) -> int:
    """The contract its money belongs to: what an amendment adds belongs to the contract it amends."""
    return line.contract.amends_id or line.contract_id


def sign_off(
    line: PayLine, amount: Money, what: str, *, party: Party, at: dt.datetime, actor: Actor
) -> LedgerLine | None:
    """So much of it is due now. Raises ValidationError beyond what was agreed, and where nothing is in force.

    Two who sign off the same at once: together they never pass what was agreed.
    """
    if line.kind not in KINDS:
        raise ValidationError(_("Only costs paid back and bonuses are signed off by hand."), code="kind")
    with transaction.atomic():
        stored = PayLine.objects.select_for_update(of=("self",)).select_related("contract").get(pk=line.pk)
        contract = Contract.objects.with_terms().get(pk=base_of(stored))
        if not contract.makes_due:
            raise ValidationError(_("The contract is not in force."), code="not_in_force")
        _check(amount, left_of(stored), str(stored.amount.currency) if stored.amount else "")
        now = situation_of(contract, at)
        count = LedgerLine.objects.due().of_contract(contract.pk).filter(ref=subject_of(stored)).count()
        who: dict[str, Any] = {"influencer": party.influencer_id or 0, "brand": contract.brand_id}
        made = make_due(
            KINDS[PayLine.Kind(stored.kind)], amount, key=f"{subject_of(stored)}:{count + 1}", contract=contract.pk,
            due_on=now.due_on(now.today), on=now.today, at=at, by=actor.label, label=what, ref=subject_of(stored),
            is_net=stored.tax == PayLine.Tax.NET, **who,
        )  # fmt: skip
        params = {"amount": money_full(amount), "what": what}
        record("milestone.signed_off", SIGNED_OFF, at=at, actor=actor, subject=contract, params=params, **who)
    return made


def _check(amount: Money, left: Decimal, currency: str) -> None:
    if str(amount.currency) != currency:
        said = _("It was agreed in %(currency)s.")
        raise ValidationError({"amount": said % {"currency": currency}}, code="currency")
    if not 0 < amount.amount <= left:
        said = _("At most %(left)s of it is left to sign off.")
        raise ValidationError({"amount": said % {"left": money_full(left, currency)}}, code="too_much")
