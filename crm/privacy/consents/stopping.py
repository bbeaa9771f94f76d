"""The end of the 72 hours after somebody took an agreement back: what was done, in words, in her story."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.outbox.topics import IN_WORDS
from crm.preferences.models import Consent
from crm.preferences.places import people_told
from crm.reminders.models import Todo
from crm.reminders.todos import settle_todo
from crm.team.models import User
from crm.timeline.record import Actor, record


def task_of(consent: Consent) -> Todo | None:
    """The open task to stop, while nobody has said what was done."""
    return Todo.objects.open().filter(key=f"consent:{consent.pk}").first()


def stopped(consent: Consent, done: str, *, by: User, at: dt.datetime) -> bool:
    """Say what was done; the task is settled with it. False when somebody said so first, and then nothing changes."""
    with transaction.atomic():
        task = Todo.objects.open().select_for_update(of=("self",)).filter(key=f"consent:{consent.pk}").first()
        if task is None or not settle_todo(task, by=by, at=at):
            return False
        told: list[int | None] = [*people_told(consent.contact_id)]
        for person in told or [None]:
            record(
                "consent.stopped", _("We stopped after %(name)s took back: %(what)s"), at=at, actor=Actor.user(by),
                subject=consent.contact, influencer=person, quote=done,
                params={"name": consent.contact.name, "what": IN_WORDS[consent.purpose]},
            )  # fmt: skip
    return True
