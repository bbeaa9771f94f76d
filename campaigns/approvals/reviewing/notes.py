"""Notes on a version: written, kept back until they leave together, and solved by a later version."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import ContentVersion, Note, Review
from campaigns.approvals.models.notes import NoteQuerySet
from campaigns.approvals.reviewing.reading import as_text as as_text
from campaigns.planning.models import Refused
from crm.outbox.models import Contact
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

TAKES_NOTES = (Review.Status.IN_REVIEW, Review.Status.APPROVED)
"""Where a note may still leave with a decision."""

SETTLED = _("This version is settled already. Nothing was written; look at the newest one.")
SENT = _("This note was sent already. Write another one instead.")
NOT_YOURS = _("Only whoever wrote this note changes it.")
NOT_SENT = _("This note was never sent, so nobody solved it. Remove it instead.")


class NoteRefused(Refused):
    """The note cannot be written, changed or solved now; nothing was changed."""


def write(
    version: ContentVersion,
    voice: "User | Contact",
    data: Mapping[str, Any],
    *,
    at: dt.datetime,
    actor: Actor,
    channel: str = "",
    noted_for: str = "",
) -> Note:
    """A new note; it leaves with the next decision. `channel` and `noted_for`: somebody outside said it, a colleague typed it."""
    with version.deliverable.collaboration.held():
        if not data.get("is_for_us"):
            _still_open(version)
        note = Note.objects.create(
            version=version,
            author=None if isinstance(voice, Contact) else voice,
            guest=voice.pk if isinstance(voice, Contact) else None,
            author_label=noted_for or actor.label,
            channel=channel,
            **data,
        )
        if channel or note.is_for_us:
            record(
                "note.heard" if channel else "note.kept",
                HEARD if channel else KEPT,
                params={"who": note.author_label, "what": version, "which": version.deliverable},
                quote=note.body,
                **_about(version, at, actor, channel),
            )
    return note


HEARD = _("%(who)s about %(what)s of %(which)s")
KEPT = _("%(who)s wrote a note for colleagues about %(what)s of %(which)s")
SOLVED = _("Version %(number)s of %(which)s solves: %(body)s")
OPEN_AGAIN = _("Not solved after all in %(which)s: %(body)s")


def change(note: Note, voice: "User | Contact", data: Mapping[str, Any]) -> Note:
    """Other words while it is unsent, by whoever wrote it."""
    _own(note, voice)
    if not Note.objects.unsent().filter(pk=note.pk).update(**data):
        raise NoteRefused(note, SENT)
    note.refresh_from_db()
    return note


def remove(note: Note, voice: "User | Contact") -> None:
    """Gone, as if never written; only while it is unsent, by whoever wrote it."""
    _own(note, voice)
    removed, _by_model = Note.objects.unsent().filter(pk=note.pk).delete()
    if not removed:
        raise NoteRefused(note, SENT)


def unsent(version: ContentVersion) -> NoteQuerySet:
    """What leaves with the next decision, what is good first."""
    rows: NoteQuerySet = Note.objects.filter(version=version, is_for_us=False)
    return rows.unsent().in_order()


def send(version: ContentVersion, *, at: dt.datetime) -> list[Note]:
    """All of them leave now, together; in order, what is good first. Called by the decision, under the card's lock."""
    leaving = list(unsent(version).values_list("pk", flat=True))
    Note.objects.unsent().filter(pk__in=leaving).update(sent_at=at)
    return list(Note.objects.filter(pk__in=leaving, sent_at=at).in_order().select_related("brief_item", "asset"))


def solve(note: Note, number: int, *, at: dt.datetime, actor: Actor) -> None:
    """Version `number` does what the note asked for; saying so twice changes nothing."""
    with transaction.atomic():
        if Note.objects.open().filter(pk=note.pk).update(solved_in=number):
            note.solved_in = number
            _tell_end("note.solved", SOLVED, note, {"number": number}, at, actor)
        elif not Note.objects.sent().filter(pk=note.pk).exists():
            raise NoteRefused(note, NOT_SENT)


def reopen(note: Note, *, at: dt.datetime, actor: Actor) -> None:
    """It was not solved after all."""
    with transaction.atomic():
        if Note.objects.filter(pk=note.pk, solved_in__isnull=False).update(solved_in=None):
            note.solved_in = None
            _tell_end("note.reopened", OPEN_AGAIN, note, {}, at, actor)


def solve_all(version: ContentVersion, *, at: dt.datetime, actor: Actor) -> int:
    """Everything that was asked for before this version is solved by it; how many notes that were."""
    found = list(open_before(version).select_related("version__deliverable__collaboration__campaign"))
    with transaction.atomic():
        for note in found:
            solve(note, version.number, at=at, actor=actor)
    return len(found)


def open_before(version: ContentVersion) -> NoteQuerySet:
    """What earlier versions were asked for and nobody called solved."""
    rows: NoteQuerySet = Note.objects.filter(
        version__deliverable=version.deliverable_id, version__stage=version.stage, version__number__lt=version.number
    )
    return rows.open()


def _still_open(version: ContentVersion) -> None:
    """Asked while the card is held, as a decision holds it: a note comes before it and leaves with it, or is refused."""
    if not Review.objects.filter(version=version, status__in=TAKES_NOTES).exists():
        raise NoteRefused(version, SETTLED)


def _own(note: Note, voice: "User | Contact") -> None:
    mine = note.guest == voice.pk if isinstance(voice, Contact) else note.author_id == voice.pk
    if not mine:
        raise NoteRefused(note, NOT_YOURS)


def _tell_end(verb: str, sentence: Any, note: Note, said: Mapping[str, Any], at: dt.datetime, actor: Actor) -> None:
    version = note.version
    params = {"which": version.deliverable, "body": note.body[:120], **said}
    record(verb, sentence, params=params, **_about(version, at, actor, Channel.MITRA))


def _about(version: ContentVersion, at: dt.datetime, actor: Actor, channel: str) -> dict[str, Any]:
    """Whose story it is told in."""
    card = version.deliverable.collaboration
    return {
        "at": at,
        "actor": actor,
        "subject": version.deliverable,
        "influencer": card.influencer_id,
        "brand": card.campaign.brand_id,
        "channel": channel,
    }
