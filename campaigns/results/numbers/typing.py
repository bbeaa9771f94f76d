"""Reading one stop of the round: keeping what was typed, and taking the last one back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.results.models import PostSnapshot, Screenshot
from campaigns.results.numbers.forms import NumbersForm
from campaigns.results.numbers.pictures import move_picture, unread
from campaigns.results.numbers.queue import Item
from campaigns.results.numbers.taking import take, withdraw
from crm.timeline.record import Actor

Source = PostSnapshot.Source


def keep_typed(item: Item, form: NumbersForm, *, at: dt.datetime, actor: Actor) -> PostSnapshot:
    """Keep what was typed; the picture it was read from becomes its evidence.

    Raises ValidationError, nothing kept, when that moment is known or somebody read the picture meanwhile.
    """
    counted, picture = form.counted(), item.picture
    with transaction.atomic():
        if picture is not None:
            picture = _held(picture)
            move_picture(picture, form.chosen, at=at)
        kept = take(
            form.chosen, counted.counts, taken_at=counted.taken_at, at=at, actor=actor, by=actor.label,
            source=Source.TYPED if picture is None else Source.SCREENSHOT, followers=counted.followers,
            evidence=picture.file if picture else None,
        )  # fmt: skip
        if kept is None:
            raise ValidationError(
                _("There are numbers of this very moment already. Change the time, or withdraw them.")
            )
        if picture is not None:
            Screenshot.objects.filter(pk=picture.pk).update(snapshot=kept, updated_at=at)
    return kept


def take_back(snapshot: PostSnapshot, *, at: dt.datetime, actor: Actor) -> None:
    """Undo: the numbers are withdrawn and their picture waits again. Raises ValidationError when they are withdrawn already."""
    with transaction.atomic():
        withdraw(snapshot, _("Taken back right after typing"), at=at, actor=actor)


def _held(picture: Screenshot) -> Screenshot:
    rows = unread(Screenshot.objects.select_for_update(of=("self",)))
    found = rows.filter(pk=picture.pk).first()
    if found is None:
        raise ValidationError(_("Somebody has read this picture meanwhile. Go on with the next one."))
    return found
