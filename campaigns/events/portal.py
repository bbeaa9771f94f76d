"""An invitation on her own page: when, where, how many seats; yes, or no. A colleague settles the same as "told me"."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.events.actions.planning import tell_moved_up
from campaigns.events.actions.seats import say_no, say_yes
from campaigns.events.forms import NoForm, YesForm
from campaigns.events.models import Guest
from campaigns.events.words import when_hers, when_words
from campaigns.planning.portal import in_words
from crm.base.zones import local_date
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task
from crm.reminders.settled import stop_asking
from crm.timeline.record import subject_of
from crm.timeline.transitions import TransitionRefused

FEATURE = "event"
YES = _("Wonderful, your seat is kept. See you there!")
WAITS = _("All seats are taken just now. You are on the waiting list, and we write as soon as one is free.")
NO = _("Thank you for telling us. Another time, gladly.")
ANSWERED: dict[str, Any] = {
    Guest.Status.COMING: _("You are coming"),
    Guest.Status.WAITING: _("You are on the waiting list"),
    Guest.Status.NOT_COMING: _("You are not coming"),
}
HER_CLOCK = _("By your clock: {when}")
TOO_LATE = _("The day to answer is over. Ask us, and we see what can be done.")


def yes_form(most: int) -> type[forms.Form]:
    """The form of a yes with so many seats to choose from."""

    class SeatsForm(YesForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, most=most, **kwargs)

    return SeatsForm


class Invitations:
    """Events she is asked to, until they begin."""

    THANKS = {"yes": YES, "waits": WAITS, "no": NO}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [_task(guest, asking) for guest in _rows(asking).order_by("event__starts_at", "pk")]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> str | None:
        guest = _rows(asking).filter(pk=task.subject_id).first()
        if guest is None:
            raise AnswerRefused(_("This invitation is over. Nothing was changed."))
        if asking.contact is not None and _is_too_late(guest, asking):
            raise AnswerRefused(TOO_LATE)
        said = in_words(told)
        try:
            if told.code == "yes":
                seats = told.data.get("seats") or 1
                companion = str(told.data.get("companion") or "")
                up = say_yes(guest, seats=seats, companion=companion, at=told.at, actor=told.actor, **said)
            else:
                up = say_no(guest, note=str(told.data.get("note") or ""), at=told.at, actor=told.actor, **said)
            tell_moved_up(up, told.at)
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        stop_asking([subject_of(guest)], told.at)
        return "waits" if guest.status == Guest.Status.WAITING else None


def _rows(asking: Asking) -> Any:
    rows = Guest.objects.with_event().to_answer()
    rows = rows.filter(influencer=asking.influencer_id, event__starts_at__gt=asking.now)
    return rows if asking.brand_id is None else rows.filter(event__brand=asking.brand_id)


def _is_too_late(guest: Guest, asking: Asking) -> bool:
    """After the day to answer a no is still welcome, from whoever had said yes."""
    by_on = guest.event.answer_by_on
    return by_on is not None and by_on < local_date(asking.now, guest.event.zone) and not guest.is_coming


def _task(guest: Guest, asking: Asking) -> PortalTask:
    event = guest.event
    yes = Answer("yes", _("Yes, I come"), _("Comes"), YES, yes_form(event.seats_each), guest.is_asked, "check2")
    no = Answer("no", _("I cannot come"), _("Does not come"), NO, NoForm, icon="x-circle")
    answers = {"invited": (yes, no), "coming": (no,), "waiting": (no,), "not_coming": (yes,)}[guest.status]
    hers = when_hers(event, asking.zone)
    hers = str(HER_CLOCK).format(when=hers) if hers and asking.contact is not None else hers
    return PortalTask(
        FEATURE,
        guest.pk,
        format_lazy(_("{event}: {when}"), event=event.name, when=when_words(event)),
        answers,
        brand_id=event.brand_id,
        due_on=event.answer_by_on if guest.is_asked else None,
        zone=event.zone,
        campaign=event.campaign.name if event.campaign is not None else "",
        lines=[part for part in (_said(guest, asking), event.place, hers, event.about) if part],
    )


def _said(guest: Guest, asking: Asking) -> str:
    """What she answered: to her in her words, to a colleague as the list of guests has it."""
    if guest.is_asked:
        return ""
    return str(ANSWERED[guest.status] if asking.contact is not None else guest.get_status_display())


@portal_task(FEATURE, order=15)
def invitations() -> PortalFeature:
    return Invitations()
