"""What she bought herself or got by hand: it counts as arrived on the day somebody says, and what she paid is paid back."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input, few_words
from campaigns.planning.models.told import Refused, ring_after_commit
from campaigns.samples.asking.answers import Heard
from campaigns.samples.dates import lift
from campaigns.samples.models import SampleRequest
from campaigns.samples.paid import follow_pay
from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.formats import money_full
from crm.base.money import MoneyField
from crm.base.zones import local_instant
from crm.timeline.record import Actor

NOON = dt.time(12)
BOUGHT = _("Bought %(what)s herself for %(paid)s")
HANDED = _("%(what)s was handed over")
PAID_BACK = _("Paid back what she spent on %(what)s: %(note)s")
GONE = _("This is no longer asked for. Nothing was changed.")
NOT_BOUGHT = _("Nothing is to be paid back here, or it was paid back already. Reload the page to see it as it is.")
NO_RECEIPT = _("No receipt arrived. Add a photo or the PDF of it.")


class BoughtForm(forms.Form):
    """What she paid, on which day, with the receipt."""

    amount = MoneyField(label=_("What it cost"), min_value=Decimal(1), max_digits=14, decimal_places=2)
    day = forms.DateField(label=_("Since when do you have it?"), widget=day_input())
    file = SafeFileField(label=_("Receipt (photo or PDF)"), kinds=IMAGES | DOCUMENTS)
    note = few_words(_("Anything to add? (optional)"), required=False)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("That day has not come yet. Choose today or an earlier day."), code="future")
        return day


def bought(request: SampleRequest, paid: Any, on: dt.date, heard: Heard) -> None:
    """She has it since that day, and this is what she paid. Raises Refused."""
    with transaction.atomic():
        held = _held(request, SampleRequest.Way.BOUGHT)
        if heard.file is None:
            raise Refused(held, NO_RECEIPT)
        rows = SampleRequest.objects.filter(pk=held.pk)
        rows.update(bought_for=paid, bought_for_currency=str(paid.currency), receipt=heard.file)
        params = {"paid": money_full(paid)}
        held.tell("sample.bought", BOUGHT, heard.at, heard.actor, params=params, **heard.told)
        _has_it(held, on, heard.at, heard.actor)


def hand_over(request: SampleRequest, on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody gave it to her that day. Raises Refused."""
    with transaction.atomic():
        held = _held(request, SampleRequest.Way.BY_HAND)
        held.tell("sample.handed", HANDED, at, actor)
        _has_it(held, on, at, actor)


def pay_back(request: SampleRequest, note: str, *, at: dt.datetime, actor: Actor) -> None:
    """What she paid was paid back: noted here, until money is kept in Mitra. Raises Refused the second time."""
    with transaction.atomic():
        owed = SampleRequest.objects.to_pay_back().filter(pk=request.pk)
        if not owed.update(paid_back_at=at, paid_back_note=note, updated_at=at):
            raise Refused(request, NOT_BOUGHT)
        request.tell("sample.paid_back", PAID_BACK, at, actor, params={"note": note})
        request.refresh_from_db(fields=["paid_back_at", "paid_back_note"])


def _held(request: SampleRequest, way: str) -> SampleRequest:
    rows = SampleRequest.objects.select_for_update(of=("self",)).to_send().filter(pk=request.pk, way=way)
    found = rows.with_person().first()
    if found is None:
        raise Refused(request, GONE)
    return found


def _has_it(held: SampleRequest, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """It has arrived on that day: what waited for it is due, and a gift is spoken of from then on."""
    card = held.collaboration
    zone = card.campaign.zone if card is not None else held.owner.zone
    held.had_at = min(local_instant(on, NOON, zone), at)
    SampleRequest.objects.filter(pk=held.pk).update(had_at=held.had_at)
    held.arrive(at=at, actor=actor)
    lift(held, arrived_on=on, is_our_fault=False, at=at, actor=actor)
    follow_pay(held, at=at, actor=actor)
    ring_after_commit()
