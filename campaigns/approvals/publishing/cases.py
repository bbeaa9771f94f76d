"""Cases about what went out: opened once for each kind, closed by themselves when what was wrong is right again."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from campaigns.approvals.models import Deviation, LivePost
from crm.timeline.record import Actor

Kind, Outcome, Status = Deviation.Kind, Deviation.Outcome, LivePost.Status
OF_CONTENT = frozenset({Kind.CAPTION, Kind.UNAPPROVED, Kind.LABEL, Kind.FRAMES, Kind.VIDEO})
"""What makes a post differ from what was approved; the others are about when it was posted and for how long."""

Found = Mapping[str, Mapping[str, Any]]


def keep_cases(
    post: LivePost, looked_for: Collection[str], found: Found, *, at: dt.datetime, actor: Actor
) -> list[Deviation]:
    """Open what was found, close what is right again, leave every other kind alone. The cases that are open now.

    Call it under the lock of the card.
    """
    there = {row.kind: row for row in post.deviations.open()}
    for kind in looked_for:
        row = there.get(kind)
        if kind in found and not _is_accepted(post, kind, found[kind]):
            there[kind] = _keep(row, found[kind]) if row else _open(post, kind, found[kind], at=at, actor=actor)
        elif row is not None and kind not in found:
            row.close(Outcome.MENDED, at=at, actor=actor)
            del there[kind]
    return list(there.values())


def stand_by_cases(post: LivePost, *, is_compared: bool, at: dt.datetime, actor: Actor) -> None:
    """Let the status follow the open cases."""
    kinds = set(post.deviations.open().values_list("kind", flat=True))
    if Kind.REMOVED in kinds:
        post.stand(Status.REMOVED, at=at, actor=actor)
    elif kinds & OF_CONTENT:
        post.stand(Status.DEVIATED, at=at, actor=actor)
    else:
        post.stand(Status.VERIFIED if is_compared else Status.PUBLISHED, at=at, actor=actor)


def _open(post: LivePost, kind: str, details: Mapping[str, Any], *, at: dt.datetime, actor: Actor) -> Deviation:
    row = Deviation.objects.create(post=post, kind=kind, details=dict(details), found_at=at)
    row.found(at=at, actor=actor)
    return row


def _keep(row: Deviation, details: Mapping[str, Any]) -> Deviation:
    if row.of_substance != dict(details):
        row.details = dict(details)
        row.save(update_fields=["details", "updated_at"])
    return row


def _is_accepted(post: LivePost, kind: str, details: Mapping[str, Any]) -> bool:
    """Whether this very thing was accepted as it is, or was none: it is not brought up again."""
    settled = post.deviations.closed().filter(kind=kind, outcome__in=[Outcome.ACCEPTED, Outcome.MISTAKE])
    return any(row.of_substance == dict(details) for row in settled)
