"""What she says without settling anything: it becomes a task for the campaign's owner and a line in the story."""

import datetime as dt
from typing import Any, Unpack

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Deliverable, Told
from crm.base.formats import day_in_words
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record, subject_of


def say_more_time(
    deliverable: Deliverable, until: dt.date, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]
) -> None:
    """She needs more time and proposes a day; somebody answers by moving the date."""
    _say(
        deliverable,
        Todo.Kind.MORE_TIME,
        f"more_time/{deliverable.pk}/{until.isoformat()}",
        _("Needs more time for %(what)s (%(campaign)s): until %(until)s"),
        at,
        actor,
        until=day_in_words(until),
        **told,
    )


def say_question(deliverable: Deliverable, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """She has a question; every question is a task of its own."""
    _say(
        deliverable,
        Todo.Kind.QUESTION,
        f"question/{deliverable.pk}/{at.isoformat()}",
        _("Has a question about %(what)s (%(campaign)s)"),
        at,
        actor,
        **told,
    )


def say_not_this_time(deliverable: Deliverable, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """She does not want to go on; nobody reminds her until a colleague has decided what becomes of it."""
    card = deliverable.collaboration
    with transaction.atomic():
        _say(
            deliverable,
            Todo.Kind.NOT_THIS_TIME,
            f"not_this_time/{card.pk}",
            _("Not this time: %(what)s (%(campaign)s)"),
            at,
            actor,
            **told,
        )
        if card.paused_at is None:
            card.pause_reminders(at=at, actor=actor)


def _say(
    deliverable: Deliverable,
    kind: str,
    key: str,
    sentence: Any,
    at: dt.datetime,
    actor: Actor,
    *,
    until: Any = "",
    **told: Unpack[Told],
) -> None:
    card = deliverable.collaboration
    params = {"what": deliverable, "campaign": card.campaign, "until": until}
    with transaction.atomic():
        record(
            f"deliverable.{kind}",
            sentence,
            at=at,
            actor=actor,
            subject=deliverable,
            params=params,
            influencer=card.influencer_id,
            brand=card.campaign.brand_id,
            **told,
        )
        _leave(deliverable, kind, key, sentence, params, told.get("quote", ""), at)


def _leave(
    deliverable: Deliverable, kind: str, key: str, sentence: Any, params: dict[str, Any], quote: str, at: dt.datetime
) -> None:
    """The task for the campaign's owner, in her or his language, due today: somebody waits. One while it is open."""
    card = deliverable.collaboration
    zone = card.campaign.owner.zone
    leave_todo(
        key,
        sentence,
        language=card.campaign.owner.language,
        params=params,
        kind=kind,
        quote=quote,
        due_at=end_of_day(local_date(at, zone), zone),
        owner=card.campaign.owner,
        influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id,
        subject=subject_of(deliverable),
        subject_label=str(card)[:200],
        url=f"{reverse('collaboration', args=[card.pk])}#made-{deliverable.pk}",
    )
