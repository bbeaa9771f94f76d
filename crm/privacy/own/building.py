"""Putting her file together: a colleague says yes, a worker writes it, it waits some days and goes."""

import datetime as dt
import secrets
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction

from crm.base.files.streams import copied
from crm.base.models import StoredFile
from crm.privacy.files import remove_files
from crm.privacy.models import PrivacyRequest
from crm.privacy.own.archive import write_archive
from crm.privacy.whose import her_of
from crm.timeline.record import SYSTEM, Actor

Clock = Callable[[], dt.datetime]
WAITS = dt.timedelta(days=14)
TRIED_AGAIN_AFTER = dt.timedelta(minutes=30)
"""A worker that has not come back by then is dead."""


def approve(asked: PrivacyRequest, *, at: dt.datetime, actor: Actor) -> None:
    """It may be put together; whoever calls this calls a worker. Raises TransitionRefused."""
    asked.build(at=at, actor=actor)


def write(pk: int, clock: Clock) -> bool:
    """Write the file of a request that was approved; False when there is nothing to write any more."""
    asked = PrivacyRequest.objects.building().select_related("influencer").filter(pk=pk).first()
    if asked is None:
        return False
    with TemporaryFile() as target:
        write_archive(target, her_of(asked.influencer_id), asked.influencer.language, clock())
        _keep(asked.pk, target, clock())
    return True


def _keep(pk: int, target: IO[bytes], now: dt.datetime) -> None:
    """Keep it with the request, unless somebody else was faster; only the row it belongs to ever names it."""
    target.seek(0)
    size, sha = copied(target)
    target.seek(0)
    with transaction.atomic():
        asked = PrivacyRequest.objects.building().select_for_update(of=("self",)).filter(pk=pk).first()
        if asked is None:
            return
        stored = StoredFile.objects.create(
            file=File(target, name=f"{secrets.token_hex(16)}.zip"), label=f"mitra-{pk}.zip", mime="application/zip",
            size=size, sha256=sha, uploaded_by="Mitra",
        )  # fmt: skip
        asked.ready(stored, until=now + WAITS, at=now, actor=SYSTEM)


def take_up(clock: Clock) -> int:
    """Write what a dead worker left behind; how many."""
    late = PrivacyRequest.objects.building().filter(updated_at__lt=clock() - TRIED_AGAIN_AFTER)
    return sum(write(pk, clock) for pk in late.order_by("pk").values_list("pk", flat=True))


def fetched(asked: PrivacyRequest, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody took the file along; the first time is noted."""
    if asked.fetched_at is None:
        asked.fetched(at=at, actor=actor)


def remove_expired(now: dt.datetime) -> int:
    """Files nobody may fetch any more go; how many."""
    over = PrivacyRequest.objects.expired(now).order_by("pk")
    gone = 0
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            asked: Any = PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=pk)
            file = asked.file_id
            asked.expire(at=now, actor=SYSTEM)
            remove_files([file] if file else [])
            gone += 1
    return gone
