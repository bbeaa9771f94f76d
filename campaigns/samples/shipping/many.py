"""The same done to many parcels: each in its own transaction, so that a refusal stops nobody, with a result for each."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.planning.verdicts import Verdict
from campaigns.samples.models import SampleRequest, Shipment
from campaigns.samples.shipping.actions import Leave, pack, put_together, ship
from campaigns.samples.shipping.couriers import warning_about
from campaigns.samples.shipping.queries import here_of
from crm.team.models import User
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused


@dataclass(frozen=True)
class Chosen:
    """One ticked row: a request, and its parcel once it has one."""

    request: SampleRequest
    parcel: Shipment | None


def chosen_by(user: User, picked: Sequence[str]) -> list[Chosen]:
    """The ticked rows this colleague may see, in the order of the list: r12 is a request, p7 a parcel."""
    parcels, requests = _numbers("p", picked), _numbers("r", picked)
    seen = Shipment.objects.visible_to(user).with_request().filter(Q(pk__in=parcels))
    found = {f"p{row.pk}": Chosen(row.request, row) for row in seen}
    asked = list(SampleRequest.objects.visible_to(user).with_person().filter(pk__in=requests))
    here = here_of(asked)
    found |= {f"r{row.pk}": Chosen(row, here.get(row.pk)) for row in asked}
    return [found[word] for word in dict.fromkeys(picked) if word in found]


def _numbers(letter: str, picked: Sequence[str]) -> list[int]:
    words = [word[1:] for word in picked if word[:1] == letter]
    return [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 18]


def put_many(chosen: Sequence[Chosen], *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """A parcel for each that has none yet."""

    def step(one: Chosen) -> str:
        if one.parcel is not None:
            return _("It was put together before.")
        put_together(one.request, at=at, actor=actor)
        return _("Put together; its contents are set aside.")

    return [_each(one, step) for one in chosen]


def pack_many(chosen: Sequence[Chosen], *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Packed, and put together before where that was not done."""

    def step(one: Chosen) -> str:
        pack(one.parcel or put_together(one.request, at=at, actor=actor), at=at, actor=actor)
        return _("Packed.")

    return [_each(one, step) for one in chosen]


def ship_many(
    leaving: Sequence[tuple[Shipment, Leave]], *, at: dt.datetime, actor: Actor
) -> list[Verdict]:  # fmt: skip
    """Each with its own number, one transaction each."""
    verdicts = []
    for parcel, leave in leaving:

        def step(_one: Chosen, parcel: Shipment = parcel, leave: Leave = leave) -> str:
            sent = ship(parcel, leave, at=at, actor=actor)
            odd = warning_about(leave.courier, sent.waybill)
            said = _("Sent with %(courier)s, %(waybill)s.") if sent.waybill else _("Sent with %(courier)s.")
            return " ".join(filter(None, (said % {"courier": leave.courier.name, "waybill": sent.waybill}, odd)))

        verdicts.append(_each(Chosen(parcel.request, parcel), step))
    return verdicts


def _each(one: Chosen, step: Callable[[Chosen], Any]) -> Verdict:
    who, url = one.request.influencer.stage_name, reverse("sample", args=[one.request.pk])
    try:
        return Verdict(who, step(one), True, url)
    except TransitionRefused as refused:
        return Verdict(who, str(refused), False, url)
