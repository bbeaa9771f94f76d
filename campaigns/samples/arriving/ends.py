"""The ways in which a colleague notes how a parcel ended: what each asks, what it does, and when it may be chosen."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import few_words
from campaigns.planning.forms.boxes import helper
from campaigns.samples.arriving.actions import correct, damaged, delivered, lost, may_end, not_there, returned
from campaigns.samples.arriving.forms import DayForm, lines_of, noon_of, numbers_in, with_lines
from campaigns.samples.arriving.replacing import may_be_replaced, replace
from campaigns.samples.models import Shipment
from crm.base.zones import local_date
from crm.timeline.record import Actor

Words = Mapping[str, Any]


class NoteForm(forms.Form):
    """What is known of it."""

    note = few_words(_("What do you know? (optional)"), required=False)


@dataclass(frozen=True)
class End:
    """One way: its words, its form, what it does with what was typed, and when it is offered."""

    title: Any
    lead: Any
    button: Any
    done: Any
    icon: str
    act: Callable[[Shipment, Words, dt.datetime, Actor], Any]
    may: Callable[[Shipment], bool]
    form: Callable[[Shipment], type[forms.Form]] = lambda parcel: NoteForm
    is_grave: bool = False


def _arrived(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    on_at, numbers = noon_of(data["on"], parcel, at), numbers_in(data)
    if parcel.is_there:
        correct(parcel, on_at=on_at, arrived=numbers, at=at, actor=actor)
    else:
        delivered(parcel, on_at=on_at, arrived=numbers, at=at, actor=actor)


def _not_there(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    not_there(parcel, at=at, actor=actor, quote=data["note"])


def _lost(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    lost(parcel, at=at, actor=actor, quote=data["note"])


def _damaged(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    damaged(parcel, arrived=numbers_in(data), at=at, actor=actor, quote=data["note"])


def _returned(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    returned(parcel, at=at, actor=actor, quote=data["note"])


def _replace(parcel: Shipment, data: Words, at: dt.datetime, actor: Actor) -> None:
    replace(parcel, at=at, actor=actor)


ENDS: dict[str, End] = {
    "arrived": End(
        _("The parcel has arrived"),
        _("What waits for it becomes due, counted from this day."),
        _("It is there"), _("Noted. What waited for it follows its day."), "box-seam", _arrived,
        lambda parcel: parcel.is_there or may_end(parcel, "delivered"),
        lambda parcel: with_lines(DayForm, lines_of(parcel), whole=True),
    ),
    "not-there": End(
        _("It has not arrived"),
        _("You get a task to look for it. She is asked nothing until there is news."),
        _("Look for it"), _("It is being looked for. She is asked nothing until there is news."), "search", _not_there,
        lambda parcel: parcel.status in Shipment.TRACEABLE and not parcel.is_looked_for,
    ),
    "damaged": End(
        _("It arrived broken"),
        _("What is not whole is written off and never counts as pay. You can send it again afterwards."),
        _("It arrived broken"), _("Noted. Send what is missing again, or let it be."), "exclamation-triangle", _damaged,
        lambda parcel: may_end(parcel, "damaged"), lambda parcel: with_lines(NoteForm, lines_of(parcel)), is_grave=True,
    ),
    "lost": End(
        _("It is lost"),
        _("What was in it is written off and never counts as pay. What waits for it waits on, until another parcel comes."),
        _("It is lost"), _("Noted. Send it again, or let it be."), "question-circle", _lost,
        lambda parcel: may_end(parcel, "lost"), is_grave=True,
    ),
    "returned": End(
        _("It comes back to us"),
        _("Nobody took it, or the address was wrong. She is asked for her address again; what comes back is looked at first."),
        _("It comes back"), _("Noted. She is asked where it should go."), "arrow-return-left", _returned,
        lambda parcel: may_end(parcel, "returned_to_sender"), is_grave=True,
    ),
    "replace": End(
        _("Send it again"),
        _("A new parcel with what did not arrive whole, to her address as it is now."),
        _("Put a new parcel together"), _("A new parcel is put together."), "arrow-repeat", _replace, may_be_replaced,
        lambda parcel: forms.Form,
    ),
}  # fmt: skip


def offered(parcel: Shipment) -> list[tuple[str, End]]:
    """The ways this parcel may end now."""
    return [(key, end) for key, end in ENDS.items() if end.may(parcel)]


def form_of(end: End, parcel: Shipment, now: dt.datetime, data: Any = None) -> forms.Form:
    """Its form, begun with what is known."""
    form = end.form(parcel)(data, initial={"on": parcel.arrived_on or local_date(now, parcel.zone)})
    form.helper = helper(*form.fields)  # type: ignore[attr-defined]
    return form
