"""Leaving a person in peace: nobody reminds her through a day, and reminders go on afterwards without catching up."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.zones import end_of_day
from crm.influencers.models import Influencer, ReminderPause
from crm.outbox.tasks import ring_on_commit
from crm.reminders.pauses import Quiet
from crm.team.models import User
from crm.timeline.record import Actor, record

PAUSED = _("Reminders to %(name)s are paused through %(day)s: %(why)s")
GO_ON = _("Reminders to %(name)s go on")


def pause_reminders(person: Influencer, *, until: dt.date, why: str, by: User, at: dt.datetime) -> ReminderPause:
    """Nobody reminds her through that day, where she is. A pause that runs ends, and this one follows."""
    with transaction.atomic():
        for running in _running(person, at):
            ReminderPause.objects.filter(pk=running.pk).update(ended_at=at, updated_at=at)
        pause = ReminderPause.objects.create(influencer=person, since_at=at, until_on=until, why=why, decided_by=by)
        params = {"name": person, "day": day_in_words(until), "why": why}
        _tell("reminder.paused", PAUSED, params, person, by, at)
    ring_on_commit()
    return pause


def resume_reminders(person: Influencer, *, by: User, at: dt.datetime) -> bool:
    """She is reminded again from now on; False when she is anyway."""
    with transaction.atomic():
        running = _running(person, at)
        if not running:
            return False
        ReminderPause.objects.filter(pk__in=[pause.pk for pause in running]).update(ended_at=at, updated_at=at)
        _tell("reminder.resumed", GO_ON, {"name": person}, person, by, at)
    ring_on_commit()
    return True


def _running(person: Influencer, at: dt.datetime) -> list[ReminderPause]:
    """Her pauses that hold, with her row held: two people deciding at once take turns."""
    Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return running_of(person, at)


def running_of(person: Influencer, at: dt.datetime) -> list[ReminderPause]:
    return [pause for pause in person.reminder_pauses.standing() if pause.holds_at(at, person.zone)]


def quiet_of(pauses: Iterable[ReminderPause], now: dt.datetime) -> Quiet:
    """What her pauses come to now."""
    known = list(pauses)
    running = max(
        (pause for pause in known if pause.holds_at(now, pause.influencer.zone)),
        key=lambda one: one.until_on,
        default=None,
    )
    ends = [pause.ended_at or end_of_day(pause.until_on, pause.influencer.zone) for pause in known]
    ended_at = max((at for at in ends if at <= now), default=None)
    return Quiet(running.until_on, running.why, ended_at) if running else Quiet(ended_at=ended_at)


def _tell(
    verb: str, sentence: object, params: dict[str, object], person: Influencer, by: User, at: dt.datetime
) -> None:
    record(verb, sentence, params=params, subject=person, influencer=person.pk, at=at, actor=Actor.user(by))
