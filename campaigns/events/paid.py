"""An evening that is pay: a benefit in kind for whoever was there, and none for whoever was not."""

import datetime as dt

from djmoney.money import Money

from campaigns.events.models import Guest
from crm.base.zones import local_date
from crm.payments.milestones.giving import bring_to
from crm.timeline.record import Actor, subject_of


def follow_attendance(guest: Guest, *, at: dt.datetime, actor: Actor) -> None:
    """Only being there delivers it (domain rule R1-66). Whoever came without working with us was a guest, and is not paid."""
    event, worth = guest.event, worth_of(guest)
    if worth is None:
        return
    has_it = guest.status == Guest.Status.CAME
    amount = worth if has_it else Money(0, worth.currency)
    on = local_date(event.starts_at, event.zone)
    bring_to(
        amount, retail=amount.amount, ref=subject_of(guest), day_back=local_date(at, event.zone), kind="event",
        influencer=guest.influencer_id, brand=event.brand_id, contract=contract_of(guest), on=on, at=at, by=actor.label,
        label=str(event), actor=actor,
    )  # fmt: skip


def worth_of(guest: Guest) -> Money | None:
    """What it is worth as pay: what the line of the contract says, else her seats at what a seat is worth."""
    if guest.pay_line is not None:
        amount: Money | None = guest.pay_line.amount
        return amount
    if not guest.is_work or guest.event.value is None:
        return None
    seats: Money = guest.event.value * guest.seats
    return seats


def contract_of(guest: Guest) -> int | None:
    """Under which contract she is paid so."""
    if guest.pay_line is not None:
        return guest.pay_line.contract.amends_id or guest.pay_line.contract_id
    card = guest.collaboration
    contract = card.party.contract if card is not None and card.party is not None else None
    return (contract.amends_id or contract.pk) if contract is not None else None
