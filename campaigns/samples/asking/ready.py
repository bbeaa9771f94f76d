"""Whether something may leave (domain 4.5.1), and what is missing, in words that say what to do."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.samples.asking.addresses import Goes, places_of
from campaigns.samples.models import SampleItem, SampleRequest
from campaigns.samples.stock.queries import missing_of
from crm.brands.regulated import without_number

TO_APPROVE = _("Somebody who decides has not said yes yet.")
NOT_SENT = _("It is not sent: it was declined or cancelled.")
NO_PARCEL = _("Nothing is sent: she buys it herself, or it is handed over.")
CHOOSES = _("She has not said which {product} she would like.")
NO_NUMBER = _(
    "{product} has no notification number, and cosmetics need one before they are sent. Add it to the product."
)
EMPTY = _("There is nothing in it.")


def ready_to_send(requests: Sequence[SampleRequest], now: dt.datetime) -> dict[int, list[Any]]:
    """What keeps each request from leaving; an empty list when nothing does. A fixed number of queries."""
    prefetch_related_objects(list(requests), "brand", "items__product__brand", "items__variant")
    lines = {one.pk: list(one.items.all()) for one in requests}
    places, stock = places_of(requests, now), missing_of(requests, now)
    bare = _bare(line for made in lines.values() for line in made)
    return {
        one.pk: [*_standing(one), *_kept_by(lines[one.pk], places[one.pk], bare), *stock.get(one.pk, [])]
        for one in requests
    }


def _standing(request: SampleRequest) -> list[Any]:
    if not request.is_standing:
        return [NOT_SENT]
    if request.way != SampleRequest.Way.PARCEL:
        return [NO_PARCEL]
    return [TO_APPROVE] if request.status == SampleRequest.Status.TO_APPROVE else []


def _kept_by(lines: list[SampleItem], goes: Goes, bare: set[int]) -> list[Any]:
    why = [goes.why] if goes.why else []
    why += [format_lazy(CHOOSES, product=line.product.name) for line in lines if line.waits_for_choice]
    why += _unnotified(lines, bare)
    return why if lines else [*why, EMPTY]


def unnotified(request: SampleRequest) -> list[Any]:
    """Cosmetics in it that have no notification number, in words: nothing of them is approved or sent (domain 4.5.4)."""
    lines = list(request.items.select_related("product__brand"))
    return _unnotified(lines, _bare(lines))


def _bare(lines: Iterable[SampleItem]) -> set[int]:
    return {row.pk for row in without_number([line.product for line in lines])}


def _unnotified(lines: Sequence[SampleItem], bare: set[int]) -> list[Any]:
    return [format_lazy(NO_NUMBER, product=line.product.name) for line in lines if line.product_id in bare]
