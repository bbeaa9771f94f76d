"""A person asks about her own data: on her page, or told to a colleague, who writes down how and keeps what shows it."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation, StoredFile
from crm.influencers.models import Influencer
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.privacy.models.requests import WITHIN
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record

TO_ANSWER = _("She asks: %(what)s. Answer within three times 24 hours.")
ALREADY = _("She has asked for this already, and nobody has answered yet.")
ASKED = {
    PrivacyRequest.Kind.EXPORT: _("Asked what we know about her"),
    PrivacyRequest.Kind.ERASURE: _("Asked to be forgotten"),
}


@dataclass(frozen=True)
class Said:
    """How she said it."""

    kind: str
    asked_at: dt.datetime
    channel: str = Channel.MITRA
    words: str = ""
    proof: StoredFile | None = None


def ask(person: Influencer, said: Said, *, at: dt.datetime, actor: Actor) -> PrivacyRequest:
    """Write her request down; three times 24 hours run from the moment she asked.

    Raises ValidationError while the same is open already, or once she is forgotten; nothing is changed then.
    """
    if person.erased_at is not None:
        raise ValidationError(_("She is forgotten already: there is nothing left to ask for."))
    try:
        with transaction.atomic():
            asked = PrivacyRequest.objects.create(
                influencer=person, kind=said.kind, asked_at=said.asked_at, due_at=said.asked_at + WITHIN,
                channel=said.channel, words=said.words, proof=said.proof, recorded_by=actor.label,
            )  # fmt: skip
            record(
                "privacy.asked", ASKED[PrivacyRequest.Kind(said.kind)], at=at, actor=actor, subject=asked, influencer=person,
                channel=said.channel, quote=said.words, file=said.proof,
            )  # fmt: skip
            _put_on_today(asked, person)
    except IntegrityError as taken:
        raise ValidationError(ALREADY) from taken
    return asked


def _put_on_today(asked: PrivacyRequest, person: Influencer) -> None:
    """Whoever looks after her sees it until it is answered; without anybody everybody does."""
    leave_todo(
        asked.todo_key, TO_ANSWER, language=Organisation.load().language, kind=Todo.Kind.CHECK, due_at=asked.due_at,
        params={"what": asked.get_kind_display()}, owner=person.owner, influencer_ref=person.pk,
        influencer_label=person.stage_name[:160], url=reverse("privacy-request", args=[asked.pk]),
    )  # fmt: skip


def hold(person: Influencer, held: LegalHold, *, at: dt.datetime, actor: Actor) -> LegalHold:
    """Nothing about her goes from now on, and why."""
    with transaction.atomic():
        held.influencer = person
        held.set_by_id = actor.user_id
        held.save()
        sentence = _("Held: nothing about her may go")
        record("privacy.held", sentence, at=at, actor=actor, subject=held, influencer=person, quote=held.why)
    return held


def lift(held: LegalHold, why: str, *, at: dt.datetime, actor: Actor) -> bool:
    """The hold is over, and why; False when somebody lifted it already."""
    with transaction.atomic():
        standing = LegalHold.objects.filter(pk=held.pk, lifted_at__isnull=True)
        if not standing.update(lifted_at=at, lifted_why=why, updated_at=at):
            return False
        sentence = _("No longer held")
        record("privacy.lifted", sentence, at=at, actor=actor, influencer=held.influencer_id, quote=why)
    return True
