"""What she answers before a parcel leaves: where it goes, which one she would like, or that she would rather not have it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused, ring_after_commit
from campaigns.samples.asking.actions import call_off
from campaigns.samples.models import SampleItem, SampleRequest
from crm.base.models import StoredFile
from crm.base.zones import local_date
from crm.brands.models import ProductVariant
from crm.influencers.actions.details import add_detail
from crm.influencers.majority import is_minor
from crm.influencers.models import Address, Influencer, Representation
from crm.outbox.models import Contact
from crm.outbox.topics import Purpose
from crm.preferences.actions import ConsentRefused, Evidence, agree
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, subject_of

GONE = _("This is no longer asked for. Nothing was changed.")
NOBODY = _("Nobody is on file who could agree for her. Add how she is reached first.")
SAID = _("Said where %(what)s goes: %(city)s")
STILL = _("Her address is still right, for %(what)s")
CHOSE = _("Chose %(chosen)s")
ONLY_ONCE = _("For one parcel")
DETAILS = (
    "country", "recipient", "phone", "street", "rt_rw", "kelurahan", "kecamatan", "city", "province", "postcode", "landmark",
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """Who answers, when, and how we know; `contact` is whoever agrees."""

    at: dt.datetime
    actor: Actor
    contact: Contact | None = None
    channel: str = ""
    quote: str = ""
    file: StoredFile | None = None
    told: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", {"channel": self.channel, "quote": self.quote, "file": self.file})


def who_agrees(person: Influencer, now: dt.datetime) -> Contact | None:
    """Whose yes counts: her own, and while she is a minor her guardian's."""
    on = local_date(now, person.zone)
    stands = Representation.objects.filter(influencer=person).standing(on).select_related("contact")
    rows = stands.guarding() if is_minor(person, on) else stands.own_first()
    first = rows.first()
    return first.contact if first is not None else None


def still_right(
    request: SampleRequest, heard: Heard, *, agrees: bool, choices: Mapping[int, ProductVariant]
) -> None:  # fmt: skip
    """The address on file is right, and these are the ones she would like. Raises Refused."""
    with transaction.atomic():
        held = _held(request)
        rows = Address.objects.select_for_update().filter(influencer=held.influencer_id)
        address = rows.filter(pk=held.address_id or 0).first() or rows.filter(is_current=True).first()
        if address is None:
            raise Refused(held, GONE)
        _agree(held, heard, agrees)
        Address.objects.filter(pk=address.pk).update(confirmed_at=heard.at)
        _choose(held, choices, heard)
        held.tell("sample.address", STILL, heard.at, heard.actor, **heard.told)
        _settled(held, heard)


def goes_to(
    request: SampleRequest, details: Mapping[str, Any], heard: Heard, *, only_once: bool, agrees: bool,
    choices: Mapping[int, ProductVariant],
) -> Address:  # fmt: skip
    """Where it goes, for this parcel alone or from now on; and the ones she would like. Raises Refused.

    Parcels that have left keep the address they left with (domain 4.5.2).
    """
    with transaction.atomic():
        held = _held(request)
        _agree(held, heard, agrees)
        made = Address(influencer_id=held.influencer_id, confirmed_at=heard.at, is_current=not only_once)
        for name in DETAILS:
            setattr(made, name, details.get(name) or "")
        made.label = str(ONLY_ONCE) if only_once else ""
        add_detail(made, at=heard.at, actor=heard.actor)
        SampleRequest.objects.filter(pk=held.pk).update(address=made if only_once else None, updated_at=heard.at)
        _choose(held, choices, heard)
        held.tell("sample.address", SAID, heard.at, heard.actor, params={"city": made.city}, **heard.told)
        _settled(held, heard)
    return made


def rather_not(request: SampleRequest, heard: Heard) -> None:
    """She does not want a gift: nothing is sent, and nobody asks again. Raises Refused."""
    with transaction.atomic():
        held = _held(request)
        why = heard.quote or _now("She would rather not have it")
        call_off(held, why[:200], at=heard.at, actor=heard.actor, channel=heard.channel, file=heard.file)
        _settled(held, heard)


def _held(request: SampleRequest) -> SampleRequest:
    """The request while nothing of it has left; the person is held first, so that she has one address in use."""
    list(Influencer.objects.select_for_update().filter(pk=request.influencer_id).values_list("pk"))
    rows = SampleRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk).to_send()
    found = rows.select_related("influencer").first()
    if found is None:
        raise Refused(request, GONE)
    return found


def _agree(held: SampleRequest, heard: Heard, agrees: bool) -> None:
    if not agrees:
        return
    contact = heard.contact or who_agrees(held.influencer, heard.at)
    if contact is None:
        raise Refused(held, NOBODY)
    how = Evidence(heard.at, heard.channel, heard.quote, heard.file)
    try:
        agree(contact, Purpose.ADDRESS, at=heard.at, actor=heard.actor, how=how)
    except ConsentRefused as refused:
        raise Refused(held, refused) from refused


def _choose(held: SampleRequest, choices: Mapping[int, ProductVariant], heard: Heard) -> None:
    """Her choice with what it is worth; what she said before stays unless she says it anew."""
    waiting = {line.pk: line for line in held.items.select_for_update().filter(she_chooses=True)}
    chosen = []
    for pk, variant in choices.items():
        line = waiting.get(pk)
        if line is None or variant.product_id != line.product_id:
            raise Refused(held, GONE)
        worth = {name: value for name in ("value", "cost", "bought_for") if (value := getattr(variant, name))}
        SampleItem.objects.filter(pk=pk).update(variant=variant, chosen_at=heard.at, **worth)
        chosen.append(str(variant))
    if chosen:
        held.tell("sample.chosen", CHOSE, heard.at, heard.actor, params={"chosen": ", ".join(chosen)}, **heard.told)


def _settled(held: SampleRequest, heard: Heard) -> None:
    """What asked for it stops in the same transaction."""
    card = held.collaboration if held.collaboration_id else None
    stop_asking([subject_of(card or held)], heard.at)
    ring_after_commit()
