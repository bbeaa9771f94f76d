"""Parcels to a person: value, city and days stay for the books, nothing leads to a door."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from campaigns.samples.after.erasing import blank_addresses
from campaigns.samples.models import (
    Courier,
    ReturnItem,
    ReturnRequest,
    SampleItem,
    SampleRequest,
    Shipment,
    ShipmentEvent,
)
from crm.base.hers import Forgetting, Held, Her, Lost, called_by_name, hers
from crm.base.places import forgets, holds
from crm.influencers.models import Influencer

called_by_name(Courier)
ASKED = "request__influencer"


@forgets("campaigns.Shipment.address", model=Shipment, what=Shipment._meta.verbose_name_plural, held="", order=50)
def addresses_of_parcels(one: Forgetting) -> Lost:
    people = Influencer.objects.filter(pk__in=one.her.people).order_by("pk")
    return Lost(emptied=sum(blank_addresses(person, at=one.at, actor=one.actor) for person in people))


hers(
    Shipment, ASKED, empties="note", stays="address_snapshot", why=_("Of the address only city, province and country stay: for the books."),
)  # fmt: skip
hers(SampleItem, ASKED)
hers(SampleRequest, "influencer", empties="address note why_not receipt paid_back_note post_url", order=90)
hers(ShipmentEvent, "shipment__request__influencer", empties="raw_status place")
hers(ReturnRequest, "shipment__request__influencer", empties="note")
hers(ReturnItem, "back__shipment__request__influencer", empties="note")


@holds("parcel")
def parcels_to_leave(her: Her, on: dt.date) -> list[Held]:
    """Without an address a parcel goes nowhere."""
    waiting = Shipment.objects.filter(request__influencer_id__in=her.people, status__in=Shipment.HERE)
    if not waiting.exists():
        return []
    way_out = _("Ship it or call it off first.")
    return [Held("parcel", _("A parcel waits to leave"), _("what was promised"), blocks=True, way_out=way_out)]
