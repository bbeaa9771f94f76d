"""Charges of a period and their lines in the ledger of money: raised at once, or proposed until somebody decides."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, RetainerCharge
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words, money_full
from crm.payments.actions import make_due
from crm.payments.models import LedgerLine
from crm.timeline.record import Actor, in_language, subject_of

Kind, State = RetainerCharge.Kind, RetainerCharge.State

BOOKED_AS: dict[str, str] = {
    Kind.RETAINER: LedgerLine.Kind.RETAINER,
    Kind.ADJUSTMENT: LedgerLine.Kind.ADJUSTMENT,
    Kind.DEDUCTION: LedgerLine.Kind.DEDUCTION,
    Kind.EXTRA: LedgerLine.Kind.EXTRA,
}
PERIOD: Any = _("%(program)s, period %(number)s")
RAISED: Any = _("%(what)s for period %(number)s of %(program)s: %(amount)s, to be paid by %(day)s")
NOTHING: Any = _("%(what)s for period %(number)s of %(program)s: nothing")


def held(period: DealPeriod) -> DealPeriod:
    """The period as it stands, held until the transaction is over: of two who charge it, one does."""
    rows = DealPeriod.objects.select_for_update(of=("self",))
    return rows.select_related("deal__contract", "deal__program", "deal__influencer").get(pk=period.pk)


def add_charge(
    period: DealPeriod,
    kind: str,
    amount: Money,
    parts: Sequence[dict[str, Any]],
    *,
    at: dt.datetime,
    state: str = State.PROPOSED,
    why: str = "",
) -> RetainerCharge:
    """One more charge of a period that is held; its number is the next of its kind."""
    number = period.charges.filter(kind=kind).count() + 1
    worth: Any = amount  # the stubs know no Money
    return RetainerCharge.objects.create(
        period=period, kind=kind, number=number, amount=worth, parts=list(parts), state=state, why=why[:300],
        decided_at=at if state == State.RAISED else None,
    )  # fmt: skip


def book(
    charge: RetainerCharge, due_on: dt.date, *, on: dt.date, at: dt.datetime, actor: Actor, kind: str = ""
) -> LedgerLine | None:
    """A raised charge becomes due; one of nothing leaves no line."""
    deal = charge.period.deal
    return due_of(
        deal, kind or BOOKED_AS[charge.kind], charge.amount, key=f"{subject_of(charge)}:due", due_on=due_on, on=on, at=at,
        by=actor.label, label=in_language(deal.contract.language, PERIOD, _names(charge)), ref=subject_of(charge),
        note=charge.why,
    )  # fmt: skip


def due_of(deal: AmbassadorDeal, kind: str, amount: Money, **said: Any) -> LedgerLine | None:
    """Something becomes due under the contract of a deal."""
    contract = deal.contract
    sides: dict[str, Any] = {"influencer": deal.influencer_id, "brand": contract.brand_id, "contract": contract.pk}
    return make_due(kind, amount, **sides, **said)


def _names(charge: RetainerCharge) -> dict[str, Any]:
    return {"program": charge.period.deal.program, "number": charge.period.number}


def tell_raised(charge: RetainerCharge, due_on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    params = {
        "what": Kind(charge.kind).label,
        "amount": money_full(charge.amount),
        "day": day_in_words(due_on),
        **_names(charge),
    }
    sentence = RAISED if charge.amount.amount else NOTHING
    tell(charge.period.deal, f"retainer.{charge.kind}", sentence, params=params, at=at, actor=actor)
