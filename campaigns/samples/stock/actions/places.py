"""Keeping the places samples leave from."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import StockLocation
from crm.timeline.record import Actor, record


def keep_place(place: StockLocation, *, at: dt.datetime, actor: Actor) -> StockLocation:
    """Add a place or save it as it was typed. Raises `Refused` when somebody took the name a moment ago."""
    is_new = place.pk is None
    try:
        with transaction.atomic():
            place.save()
            verb, sentence = (
                ("stock.place_added", _("Place %(name)s was added"))
                if is_new
                else ("stock.place_changed", _("Place %(name)s was changed"))
            )
            record(verb, sentence, at=at, actor=actor, subject=place, brand=place.brand_id, params={"name": place})
    except IntegrityError as clash:
        raise Refused(place, _now("There is a place of this name already. Choose another name.")) from clash
    return place


def place_called(name: str, *, at: dt.datetime, actor: Actor) -> StockLocation:
    """The place of that name, made when there is none."""
    found = StockLocation.objects.filter(name__iexact=name).first()
    return found or keep_place(StockLocation(name=name), at=at, actor=actor)


def close_place(place: StockLocation, *, at: dt.datetime, actor: Actor) -> bool:
    """Nothing leaves from here any more; False when that was so. Raises `Refused` while something stands there."""
    with transaction.atomic():
        held = StockLocation.objects.select_for_update(of=("self",)).get(pk=place.pk)
        if held.batches.filter(on_hand__gt=0).exists():
            raise Refused(place, _now("Something still stands there. Write it off, or send it, first."))
        if held.archived_at:
            return False
        StockLocation.objects.filter(pk=place.pk).update(archived_at=at, updated_at=at)
        record(
            "stock.place_closed", _("Place %(name)s was closed"), at=at, actor=actor, subject=place,
            brand=place.brand_id, params={"name": place},
        )  # fmt: skip
    return True
