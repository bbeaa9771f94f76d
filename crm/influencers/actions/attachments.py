"""Files kept with a person: added, taken away, each with its line in the story; notes pinned above the others."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.files.letting_go import bytes_go
from crm.influencers.models import Attachment, Note
from crm.timeline.record import Actor, record

MOST = 50


def add_attachment(attachment: Attachment, file: SafeFile, *, at: dt.datetime, actor: Actor) -> Attachment:
    """Keep a file; without a name of its own it is called as the file was."""
    with transaction.atomic():
        attachment.file = keep(file, by=actor.label)
        attachment.name = attachment.name or file.label
        attachment.save(force_insert=True)
        record(
            "attachment.added",
            _("Added the file “%(name)s”"),
            params={"name": attachment.name},
            at=at,
            actor=actor,
            subject=attachment,
            influencer=attachment.influencer_id,
        )
    return attachment


def remove_attachment(attachment: Attachment, *, at: dt.datetime, actor: Actor) -> None:
    """Take a file away from the person, and from the disk once the transaction holds."""
    stored = attachment.file
    with transaction.atomic():
        record(
            "attachment.removed",
            _("Removed the file “%(name)s”"),
            params={"name": attachment.name},
            at=at,
            actor=actor,
            subject=attachment,
            influencer=attachment.influencer_id,
        )
        attachment.delete()
        stored.delete()
        bytes_go([stored.file])


def pin_note(note: Note, *, pinned: bool, at: dt.datetime, actor: Actor) -> bool:
    """Put a note above the others, or back among them; False when it stands there already."""
    with transaction.atomic():
        rows = Note.objects.filter(pk=note.pk, pinned_at__isnull=pinned)
        if not rows.update(pinned_at=at if pinned else None):
            return False
        sentence = _("Pinned a note") if pinned else _("Unpinned a note")
        verb = "note.pinned" if pinned else "note.unpinned"
        record(verb, sentence, at=at, actor=actor, subject=note, influencer=note.influencer_id)
    return True
