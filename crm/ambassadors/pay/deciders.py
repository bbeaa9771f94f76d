"""Who is asked for a decision about money, and the decision."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import RetainerCharge
from crm.ambassadors.pay.charging import Kind, State, book
from crm.ambassadors.pay.days import pay_day
from crm.base.formats import money_full
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo, settle_todo
from crm.team.models import User
from crm.team.permissions import DECIDERS
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import move

QUESTIONS = {
    Kind.DEDUCTION: _("%(amount)s for posts missed in period %(number)s of %(program)s: is it taken off?"),
    Kind.EXTRA: _("%(amount)s for posts beyond the quota in period %(number)s of %(program)s: is it paid?"),
}
APPROVED = _("%(what)s for period %(number)s of %(program)s: %(amount)s, agreed")
REFUSED = _("%(what)s for period %(number)s of %(program)s: %(amount)s, not charged")


def decider_of(contract: Contract) -> User:
    """The contract's owner, or the first manager who may see its brand, or an owner of the house."""
    if contract.owner.has_perm("crm.decide_ambassadordeal"):
        return contract.owner
    people = User.objects.active().filter(role__in=DECIDERS).order_by("pk")
    sees = (one for one in people if (brands := one.brand_ids()) is None or contract.brand_id in brands)
    return min(sees, key=lambda one: (DECIDERS[::-1].index(one.role), one.pk), default=contract.owner)


def ask_somebody(charge: RetainerCharge) -> None:
    """Leave the question with somebody who decides."""
    deal = charge.period.deal
    who = decider_of(deal.contract)
    amount = Money(abs(charge.amount.amount), charge.amount.currency)
    leave_todo(
        _key(charge), QUESTIONS[Kind(charge.kind)], language=who.language,
        params={"amount": money_full(amount), "number": charge.period.number, "program": deal.program},
        kind=Todo.Kind.CHECK, owner=who, influencer_ref=deal.influencer_id, influencer_label=str(deal.influencer)[:160],
        brand_ref=deal.contract.brand_id, subject=subject_of(deal), subject_label=str(deal)[:200],
        url=f"{reverse('ambassador-money', args=[deal.pk])}#decide",
    )  # fmt: skip


def approve_charge(charge: RetainerCharge, *, by: User, at: dt.datetime, amount: Money | None = None) -> None:
    """Yes: it becomes due, at what was proposed or at less. Raises TransitionRefused and ValidationError."""
    with transaction.atomic():
        stored = _held(charge)
        if amount is not None:
            _check_less(stored, amount)
            stored.amount = amount
            stored.save(update_fields=["amount", "updated_at"])
        _decide(stored, State.RAISED, APPROVED, by, at)
        deal = stored.period.deal
        on = local_date(at, deal.contract.zone)
        book(stored, pay_day(deal, on), on=on, at=at, actor=Actor.user(by))


def refuse_charge(charge: RetainerCharge, why: str, *, by: User, at: dt.datetime) -> None:
    """No: nothing becomes due. Raises TransitionRefused."""
    with transaction.atomic():
        _decide(_held(charge), State.REFUSED, REFUSED, by, at, why)


def _held(charge: RetainerCharge) -> RetainerCharge:
    rows = RetainerCharge.objects.select_for_update(of=("self",))
    return rows.select_related("period__deal__contract", "period__deal__program").get(pk=charge.pk)


def _check_less(charge: RetainerCharge, amount: Money) -> None:
    is_part = amount.currency == charge.amount.currency and amount.amount * charge.amount.amount > 0
    if not is_part or abs(amount.amount) > abs(charge.amount.amount):
        said = _("At most %(amount)s was proposed.")
        proposed = Money(abs(charge.amount.amount), charge.amount.currency)
        raise ValidationError({"amount": said % {"amount": money_full(proposed)}})


def _decide(charge: RetainerCharge, to: str, sentence: object, by: User, at: dt.datetime, why: str = "") -> None:
    deal = charge.period.deal
    also = {"decided_by": by.get_short_name()[:160], "decided_at": at, "why": why or charge.why}
    params = {"what": Kind(charge.kind).label, "number": charge.period.number, "program": deal.program,
              "amount": money_full(charge.amount)}  # fmt: skip
    move(
        charge, to, moves=RetainerCharge.MOVES, field="state", at=at, actor=Actor.user(by), verb=f"retainer.{to}",
        sentence=sentence, params=params, also=also, influencer=deal.influencer_id, brand=deal.contract.brand_id,
        quote=why,
    )  # fmt: skip
    for task in Todo.objects.open().filter(key=_key(charge)):
        settle_todo(task, by=by, at=at)


def _key(charge: RetainerCharge) -> str:
    return f"charge:{charge.pk}"
