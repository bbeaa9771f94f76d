"""Somebody asks to be forgotten: parcels keep their value, their city and their days for the books, and nothing that
leads to a door (domain rule 4.5.13)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import Shipment
from crm.influencers.models import Influencer
from crm.timeline.record import Actor, record

KEPT = ("city", "province", "country")
"""What the books need of an address. Whatever else a copy holds goes, also what is added to it later."""
TO_LEAVE = _("A parcel for %(name)s waits to leave. Ship it or call it off first; without an address it goes nowhere.")


def blank_addresses(person: Influencer, *, at: dt.datetime, actor: Actor) -> int:
    """Blank name, phone and street in the address of every parcel to her; how many were. A second time changes none.

    Raises Refused while one of them has still to leave. Taking back the consent to use an address blanks nothing: it only
    forbids new parcels.
    """
    with transaction.atomic():
        parcels = Shipment.objects.select_for_update(of=("self",)).filter(request__influencer=person).order_by("pk")
        found = [parcel for parcel in parcels if set(parcel.address_snapshot) - set(KEPT)]
        if any(parcel.status in Shipment.HERE for parcel in found):
            raise Refused(person, str(TO_LEAVE) % {"name": person.stage_name})
        blank(found)
        if found:
            sentence = _("Name, phone and street were erased from %(number)s parcels; value, city and days stay")
            record(
                "parcel.erased", sentence, at=at, actor=actor, subject=person, influencer=person,
                params={"number": len(found)},
            )  # fmt: skip
    return len(found)


def blank(parcels: Sequence[Shipment]) -> int:
    """Take everything that leads to a door out of these; how many there were."""
    for parcel in parcels:
        parcel.address_snapshot = {
            name: parcel.address_snapshot[name] for name in KEPT if name in parcel.address_snapshot
        }
    return Shipment.objects.bulk_update(parcels, ["address_snapshot"])
