"""Entering who is paid: payees, the way money takes from a person to one of them, and what the tax office knows."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.influencers.majority import is_minor
from crm.influencers.models import Influencer
from crm.payments.models import PaidThrough, Payee
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record

FIELDS = (
    "name", "kind", "country", "contact", "tax_id_status", "tax_number", "tax_checked_at", "is_vat_registered", "address",
)  # fmt: skip
PRIVATE = ("tax_number", "address")
TAX_SIDE = ("name", "kind", "country", "tax_id_status", "tax_number")
"""What the check with the tax office was about: after a change of these it has to be made again."""


class MinorPaidHerself(ValidationError):
    """Money of a minor goes to her guardian."""

    def __init__(self, person: Influencer) -> None:
        said = _("%(name)s is a minor. Enter her guardian as the one who is paid.")
        super().__init__(said, code="minor", params={"name": person.stage_name})


def herself(person: Influencer) -> Payee:
    """She as her own payee, not saved: what is known of her already."""
    return Payee(name=person.legal_name or person.stage_name, country=str(person.country) or "ID")


def add_payee(payee: Payee, *, person: Influencer | None = None, on: dt.date, at: dt.datetime, actor: Actor) -> Payee:
    """Enter a payee, and let a person's money go there from that day on. Raises MinorPaidHerself, ValidationError."""
    with transaction.atomic():
        payee.full_clean()
        payee.save(force_insert=True)
        tell(payee, "payee.added", _("%(payee)s can be paid"), at=at, actor=actor, people=[person.pk] if person else [])
        if person is not None:
            pay_through(person, payee, since_on=on, at=at, actor=actor)
    return payee


def change_payee(payee: Payee, *, seen: dt.datetime, checked: bool, at: dt.datetime, actor: Actor) -> bool:
    """Save what was typed; a check of before does not hold for other details. Raises ChangedMeanwhile, ValidationError."""
    with transaction.atomic():
        stored = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
        differs = any(getattr(stored, name) != getattr(payee, name) for name in TAX_SIDE)
        payee.tax_checked_at = at if checked else None if differs else stored.tax_checked_at
        payee.full_clean()
        for person in people_of(payee):
            _check_age(person, payee, at.date())
        return save_edit(
            payee, seen=seen, fields=FIELDS, private=PRIVATE, verb="payee.changed",
            sentence=_("%(payee)s: details for payments changed"), params={"payee": payee.name}, at=at, actor=actor,
            influencer=_only(payee),
        )  # fmt: skip


def note_check(payee: Payee, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody has looked up what the tax office knows her by, and it is as it stands here."""
    with transaction.atomic():
        held = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
        held.tax_checked_at = at
        held.save(update_fields=["tax_checked_at", "updated_at"])
        tell(held, "payee.checked", _("%(payee)s: checked with the tax office"), at=at, actor=actor)


def pay_through(person: Influencer, payee: Payee, *, since_on: dt.date, at: dt.datetime, actor: Actor) -> PaidThrough:
    """From that day on her money goes there, and no longer to whoever got it before.

    A way that began on that day or later never carried anything and is taken out. Raises MinorPaidHerself.
    """
    with transaction.atomic():
        held = Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        _check_age(held, payee, since_on)
        former = PaidThrough.objects.endless().filter(influencer=held).first()
        if former is not None and former.payee_id == payee.pk:
            return former
        if former is not None:
            _end(former, since_on)
        way = PaidThrough.objects.create(influencer=held, payee=payee, since_on=since_on)
        tell(
            payee, "payee.paid_through", _("Is paid through %(payee)s from %(day)s"), at=at, actor=actor,
            people=[held.pk], params={"day": day_in_words(since_on)},
        )  # fmt: skip
    return way


def archive(payee: Payee, *, at: dt.datetime, actor: Actor) -> None:
    """Nobody is paid there any more. Raises ValidationError while somebody still is."""
    with transaction.atomic():
        held = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
        if PaidThrough.objects.endless().filter(payee=held).exists():
            raise ValidationError(
                _("Somebody is still paid there. Choose another payee for them first."), code="in_use"
            )
        held.archived_at = at
        held.save(update_fields=["archived_at", "updated_at"])
        tell(held, "payee.archived", _("%(payee)s is not paid any more"), at=at, actor=actor)


def people_of(payee: Payee) -> list[Influencer]:
    """Whose money goes there now."""
    ways = PaidThrough.objects.endless().filter(payee=payee).select_related("influencer")
    return [way.influencer for way in ways.order_by("influencer__stage_name", "pk")]


def tell(
    payee: Payee,
    verb: str,
    sentence: Any,
    *,
    at: dt.datetime,
    actor: Actor,
    people: list[int] | None = None,
    params: dict[str, Any] | None = None,
    quote: str = "",
) -> None:
    """One line in the story of everybody who is paid there; in nobody's where nobody is. Never a number."""
    whose = people if people is not None else [person.pk for person in people_of(payee)]
    said = {"payee": payee.name, **(params or {})}
    subjects: list[int | None] = [*whose] or [None]
    for pk in subjects:
        record(verb, sentence, params=said, at=at, actor=actor, subject=payee, influencer=pk, quote=quote)


def _only(payee: Payee) -> int | None:
    people = people_of(payee)
    return people[0].pk if len(people) == 1 else None


def _check_age(person: Influencer, payee: Payee, on: dt.date) -> None:
    if payee.is_herself and is_minor(person, on):
        raise MinorPaidHerself(person)


def _end(way: PaidThrough, since_on: dt.date) -> None:
    if way.since_on >= since_on:
        way.delete()
        return
    way.until_on = since_on - dt.timedelta(days=1)
    way.save(update_fields=["until_on", "updated_at"])
