"""What is typed and not sent yet: kept as she types, read again on any device, gone once it is a version."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentAsset, ContentVersion, UnsentDraft, Upload
from campaigns.planning.models import Deliverable, Refused
from campaigns.planning.portal import subjects_of
from crm.outbox.models import Contact
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor

NOT_KEPT = ("alts",)


class SentAlready(Refused):
    """A version came since the page was opened: from another tab, from her or from a colleague."""


def unsent_of(deliverable: Deliverable, stage: str) -> UnsentDraft:
    """What is kept for the next version; begun when there is nothing."""
    return UnsentDraft.objects.get_or_create(deliverable=deliverable, stage=stage)[0]


def look_up(deliverable: Deliverable, stage: str) -> UnsentDraft:
    """The same for a page that only shows: begun when something is saved, not when it is looked at."""
    found = UnsentDraft.objects.filter(deliverable=deliverable, stage=stage).first()
    return found or _like_before(deliverable, stage)


def _like_before(deliverable: Deliverable, stage: str) -> UnsentDraft:
    """Begun with the words of the version before, so that one wrong word is one word to type."""
    last = ContentVersion.objects.filter(deliverable=deliverable, stage=stage).order_by("-number").first()
    if last is None:
        return UnsentDraft(deliverable=deliverable, stage=stage)
    return UnsentDraft(
        deliverable=deliverable, stage=stage, caption=last.caption, link=last.link, planned_at=last.planned_at,
        label_on=last.label_on, words=last.words if stage == ContentVersion.Stage.CONCEPT else "",
        captions={str(one.platform_id): one.caption for one in last.captions.all()},
    )  # fmt: skip


def held_before(deliverable: Deliverable, stage: str) -> list[ContentAsset]:
    """The files of the version before that we still have."""
    last = ContentVersion.objects.filter(deliverable=deliverable, stage=stage).order_by("-number").values("pk")[:1]
    rows = ContentAsset.objects.filter(version__in=last).exclude(file__file="")
    return list(rows.select_related("file").order_by("position"))


def uploads_of(unsent: UnsentDraft) -> list[Upload]:
    return list(unsent.uploads.select_related("file")) if unsent.pk else []


def save(unsent: UnsentDraft, said: Said, alts: Mapping[int, str], by: str) -> None:
    """Keep what was typed as it is, finished or not."""
    with unsent.held() as kept:
        for name, value in asdict(said).items():
            if name not in NOT_KEPT:
                setattr(kept, name, {str(pk): words for pk, words in value.items()} if name == "captions" else value)
        kept.saved_by = by[:160]
        kept.save()
        for upload in kept.uploads.all():
            alt = alts.get(upload.pk, upload.alt_text)[:300]
            if alt != upload.alt_text:
                Upload.objects.filter(pk=upload.pk).update(alt_text=alt)


def last_number(deliverable: Deliverable, stage: str) -> int:
    """The number of the newest version of this kind; nought before the first."""
    return ContentVersion.objects.filter(deliverable=deliverable, stage=stage).aggregate(n=Max("number"))["n"] or 0


def send(
    unsent: UnsentDraft, said: Said, *, seen: int, at: dt.datetime, actor: Actor, contact: Contact | None = None,
    channel: str = "", quote: str = "", again: Sequence[ContentAsset] = (),
) -> ContentVersion:  # fmt: skip
    """Turn what was kept into a version. `seen` is the number of the newest version on the page it was sent from.

    Raises SentAlready when there is a newer one, and Refused while a file is still coming or was not taken.
    """
    deliverable = unsent.deliverable
    with deliverable.collaboration.held(), unsent.held() as kept:
        if last_number(deliverable, unsent.stage) != seen:
            raise SentAlready(deliverable, _("A version was sent meanwhile. What you typed is kept here."))
        uploads = uploads_of(kept)
        check_uploads(deliverable, uploads)
        version = hand_in(
            deliverable, _with_alts(said, again, uploads),
            files=[*(one.file for one in again), *(one.file for one in uploads if one.file is not None)],
            stage=unsent.stage, at=at, actor=actor, contact=contact, channel=channel, quote=quote,
        )  # fmt: skip
        stop_asking(subjects_of(deliverable), at)
        kept.delete()
    return version


def check_uploads(deliverable: Deliverable, uploads: list[Upload]) -> None:
    """Refused, in words, while a file is on its way or was not taken: what is sent is what the list shows."""
    for upload in uploads:
        if upload.refused:
            raise Refused(deliverable, _("“%(name)s” was not taken. Remove it, then send.") % {"name": upload.label})
        if upload.file_id is None:
            raise Refused(
                deliverable,
                _("“%(name)s” has not arrived completely. Choose it again, or remove it.") % {"name": upload.label},
            )


def _with_alts(said: Said, again: Sequence[ContentAsset], uploads: list[Upload]) -> Said:
    told: dict[str, Any] = {
        **said.__dict__,
        "alts": [*(one.alt_text for one in again), *(one.alt_text for one in uploads)],
    }
    return Said(**told)
