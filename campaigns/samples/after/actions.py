"""What comes back: asked for, or paid for when somebody decides so."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import Purpose, ReturnRequest, Shipment
from crm.base.formats import day_in_words
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM, Actor

if TYPE_CHECKING:
    from djmoney.money import Money

    from crm.team.models import User

NOT_AWAY = (*Shipment.HERE, Shipment.Status.CANCELLED, Shipment.Status.LOST)


def ask_back(
    shipment: Shipment, reason: str, due_on: dt.date, *, at: dt.datetime, actor: Actor, note: str = ""
) -> ReturnRequest:
    """Ask for what is in a parcel, after it left: a loan, a parcel nobody took, one that was cancelled too late (domain
    rule 4.5.12). While one return of a parcel is open, asking again gives that one.
    """
    with transaction.atomic():
        parcel = Shipment.objects.select_for_update(of=("self",)).get(pk=shipment.pk)
        open_one = ReturnRequest.objects.unsettled().with_request().filter(shipment=parcel).first()
        if open_one is not None:
            return open_one
        if parcel.status in NOT_AWAY:
            raise Refused(parcel, _("This parcel has nothing that could come back: it has not left, or it is lost."))
        row = ReturnRequest.objects.create(shipment=parcel, reason=reason, due_on=due_on, note=note)
        asked = ReturnRequest.objects.with_request().get(pk=row.pk)
        sentence = _("Asked for %(what)s back by %(day)s: %(reason)s")
        told = ReturnRequest.Reason(reason).label
        asked.tell("return.asked", sentence, at, actor, day=day_in_words(due_on), reason=told)
    return asked


@upkeep("lent")
def ask_for_loans(now: dt.datetime) -> dict[str, int]:
    """Loans that are there and nobody asked back yet: due on the day their request names. Asked again, it does nothing."""
    there = Shipment.objects.filter(request__purpose=Purpose.LOAN, status__in=Shipment.THERE, returns__isnull=True)
    asked = [loan_back(parcel, at=now) for parcel in there.with_request().order_by("pk")[:200]]
    return {"asked for": len(asked)} if asked else {}


def loan_back(parcel: Shipment, *, at: dt.datetime) -> ReturnRequest | None:
    """The return of a loan that has just arrived; of anything else none."""
    request = parcel.request
    if request.purpose != Purpose.LOAN or request.return_due_on is None:
        return None
    return ask_back(parcel, ReturnRequest.Reason.LOAN, request.return_due_on, at=at, actor=SYSTEM)


def decide_charge(
    row: ReturnRequest, amount: "Money | None", because: str, *, user: "User", at: dt.datetime
) -> None:  # fmt: skip
    """Charge for a loan that did not come back, or waive it with `amount` None. Only a person does (domain rule 4.5.9).

    Charging ends the waiting; who waives goes on waiting, or gives it up in so many words.
    """
    actor = Actor.user(user)
    change: dict[str, Any] = {
        "charged": amount is not None, "charge_decided_at": at, "decided_by": user, "updated_at": at,
    }  # fmt: skip
    with transaction.atomic():
        rows = ReturnRequest.objects.open().filter(
            pk=row.pk, charge_proposed_at__isnull=False, charge_decided_at__isnull=True
        )
        if not rows.update(**change, **({"charge": amount} if amount is not None else {})):
            raise Refused(row, _("There is nothing to decide any more. Reload the page to see how it stands."))
        sentence = _("Charged for %(what)s: %(amount)s") if amount is not None else _("Waived the charge for %(what)s")
        verb = "return.charged" if amount is not None else "return.waived"
        row.tell(verb, sentence, at, actor, quote=because, amount=str(amount or ""))
        row.refresh_from_db()
        if amount is not None:
            row.give_up(at=at, actor=actor, because=because)
