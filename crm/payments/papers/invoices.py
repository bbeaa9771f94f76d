"""Invoices that come in: handed in by her or a colleague, accepted, or sent back with a reason."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.models import StoredFile
from crm.base.zones import local_date
from crm.influencers.queries.mail import mail_routes
from crm.outbox.compose import enqueue
from crm.outbox.models import Contact, Email
from crm.payments.models import Invoice, InvoiceLine, LedgerLine
from crm.payments.papers.emails import BACK
from crm.payments.payees.queries import payee_of
from crm.reminders.settled import stop_asking
from crm.reminders.wordings import greeting_for
from crm.team.models import User
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record, subject_of
from crm.timeline.transitions import move

Status = Invoice.Status
RECEIVED = _("Invoice %(number)s over %(amount)s received")
ACCEPTED = _("Invoice %(number)s accepted")
REFUSED = _("Invoice %(number)s sent back: %(why)s")
NOTHING_OPEN = _("None of this is open any more. Reload the page.")
IS_THERE = _("An invoice about “%(label)s” is here already: %(number)s.")
KNOWN = _("This invoice is here already.")
ONE_BRAND = _("An invoice is about one person, one brand and one currency.")


@dataclass(frozen=True)
class InvoiceSaid:
    """What stands on an invoice."""

    number: str
    issued_on: dt.date
    amount: Money
    vat: Decimal = Decimal(0)
    faktur: str = ""
    file: StoredFile | None = None


def receive(
    lines: Sequence[LedgerLine], said: InvoiceSaid, *, at: dt.datetime, actor: Actor, channel: str = Channel.MITRA
) -> Invoice:
    """An invoice about these due lines. Raises ValidationError, and nothing is written."""
    with transaction.atomic():
        pks = [line.pk for line in lines]
        held = list(LedgerLine.objects.due().select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
        _check(held)
        first = held[0]
        invoice = _made(first, said, at, actor)
        InvoiceLine.objects.bulk_create(InvoiceLine(invoice=invoice, line=line) for line in held)
        params = {"number": invoice.number, "amount": money_full(invoice.amount)}
        record("invoice.received", RECEIVED, at=at, actor=actor, subject=invoice, params=params, channel=channel,
               influencer=first.influencer_id, brand=first.brand_id, file=said.file)  # fmt: skip
        stop_asking([subject_of(line) for line in held], at)
    return invoice


def accept(invoice: Invoice, *, at: dt.datetime, user: User) -> None:
    """What it is about may be paid. Raises TransitionRefused."""
    _put(invoice, Status.ACCEPTED, ACCEPTED, at, Actor.user(user))


def refuse(invoice: Invoice, why: str, *, at: dt.datetime, user: User) -> None:
    """Back to her with the reason, by e-mail; she hands in another. Raises TransitionRefused."""
    with transaction.atomic():
        _put(invoice, Status.REFUSED, REFUSED, at, Actor.user(user), also={"refused_why": why[:300]}, why=why)
        _tell_her(invoice, why, at, user)


def _check(lines: Sequence[LedgerLine]) -> None:
    """They are open, of one kind, and none has an invoice that stands."""
    if not lines:
        raise ValidationError(NOTHING_OPEN, code="open")
    if len({(one.influencer_id, one.brand_id, str(one.amount.currency)) for one in lines}) > 1:
        raise ValidationError(ONE_BRAND, code="mixed")
    about = InvoiceLine.objects.filter(line__in=lines, invoice__in=Invoice.objects.standing())
    there = about.select_related("invoice", "line").first()
    if there is not None:
        params = {"label": there.line.label, "number": there.invoice.number}
        raise ValidationError(IS_THERE, code="there", params=params)


def _made(first: LedgerLine, said: InvoiceSaid, at: dt.datetime, actor: Actor) -> Invoice:
    worth: Any = said.amount  # the stubs know no Money
    invoice = Invoice(
        payee=payee_of(first.influencer_id, local_date(at, first.brand.zone)), influencer_id=first.influencer_id,
        brand_id=first.brand_id, number=said.number, issued_on=said.issued_on, amount=worth, vat=said.vat,
        faktur=said.faktur, file=said.file, received_at=at, received_by=actor.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            invoice.save(force_insert=True)
    except IntegrityError as taken:
        raise ValidationError(KNOWN, code="known") from taken
    return invoice


def _put(
    invoice: Invoice, to: str, sentence: Any, at: dt.datetime, actor: Actor, also: Any = None, **more: str
) -> None:
    move(
        invoice, to, moves=Invoice.MOVES, at=at, actor=actor, verb=f"invoice.{to}", sentence=sentence, also=also,
        params={"number": invoice.number, **more}, influencer=invoice.influencer_id, brand=invoice.brand_id,
    )  # fmt: skip


def _tell_her(invoice: Invoice, why: str, at: dt.datetime, user: User) -> None:
    brand = invoice.brand
    route = mail_routes([invoice.influencer_id], at).of(invoice.influencer_id, BACK.topic)
    contacts = Contact.objects.in_bulk(route.everybody)
    for pk in route.everybody:
        greeting = greeting_for(contacts[pk], {"form_of_address": brand.form_of_address})
        enqueue(
            BACK.name, to=contacts[pk], key=f"{BACK.name}:{invoice.pk}:{pk}", at=at,
            context={"greeting": greeting, "brand": brand.name, "number": invoice.number, "why": why},
            from_name=f"{user.get_short_name()}, {brand}", reply_to=user.email, doubt=Email.Doubt.HOLD,
            brand_ref=brand.pk, influencer_ref=invoice.influencer_id, sender_ref=user.pk,
            subject_refs=[subject_of(invoice)],
            late_fields={"page": {"influencer": invoice.influencer_id, "brand": brand.pk}},
        )  # fmt: skip
