"""Files that go with a message: added and taken away as long as nothing of it was sent."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, UploadRefused, at_most, keep
from crm.base.files.letting_go import bytes_go
from crm.messages.models import Message, MessageFile
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

MOST = 5
MOST_BYTES = 12 * 1024 * 1024
"""Together: as text in a mail that is a third more, and many mail servers take no message above 20 MB."""


class SentMeanwhile(Exception):
    """It was sent; its files stay as they left."""


def room_for(message: Message, size: int) -> None:
    """Raises UploadRefused when one more file of this size is too many or too much for one mail."""
    at_most(MOST, message.files.count())(size)
    there = message.files.aggregate(bytes=Sum("file__size"))["bytes"] or 0
    if there + size > MOST_BYTES:
        raise UploadRefused(
            _("Together the files may have %(limit)s, and %(there)s are there. Send a link to a large file instead."),
            code="size",
            params={"limit": filesizeformat(MOST_BYTES), "there": filesizeformat(there)},
        )


def attach(message: Message, safe: SafeFile, *, by: "User", at: dt.datetime) -> MessageFile:
    """Keep a checked file with the message. Raises SentMeanwhile, or UploadRefused when there is no more room."""
    with transaction.atomic():
        locked = _unsent(message)
        room_for(locked, safe.size)
        made = MessageFile.objects.create(message=locked, file=keep(safe, by=by.get_short_name()))
        _tell("message.file_added", _("Added the file “%(name)s” to “%(subject)s”"), locked, made, by, at)
    return made


def detach(message: Message, file: MessageFile, *, by: "User", at: dt.datetime) -> None:
    """Take a file away, from the disk once the transaction holds. Raises SentMeanwhile."""
    with transaction.atomic():
        locked = _unsent(message)
        _tell("message.file_removed", _("Took the file “%(name)s” out of “%(subject)s”"), locked, file, by, at)
        _forget(file)


def forget_files(message: Message) -> None:
    """All of them, of a message nobody sent; to be called in the transaction that forgets the message."""
    for file in message.files.select_related("file"):
        _forget(file)


def _forget(file: MessageFile) -> None:
    stored = file.file
    file.delete()
    stored.delete()
    bytes_go([stored.file])


def _unsent(message: Message) -> Message:
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if not locked.may_be_changed:
        raise SentMeanwhile
    return locked


def _tell(verb: str, sentence: object, message: Message, file: MessageFile, by: "User", at: dt.datetime) -> None:
    record(
        verb,
        sentence,
        params={"name": file.file.label, "subject": str(message)},
        at=at,
        actor=Actor.user(by),
        subject=message,
        brand=message.brand_ref,
    )
