"""Looking at what is online, and what becomes of a case: the doors everybody goes through."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Unpack

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import Deviation, LivePost
from campaigns.approvals.places import tell_of_look
from campaigns.approvals.publishing.cases import Outcome, keep_cases, stand_by_cases
from campaigns.approvals.publishing.comparing import compared, is_compared
from campaigns.approvals.publishing.following import went_out_on
from campaigns.planning.models import Deliverable, Refused
from campaigns.planning.models.told import Told
from campaigns.planning.places import post_quoted
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor, record

SAID_MENDED = _("Says that %(what)s for %(campaign)s on %(platform)s is put right")
SEEN = _("Looked at %(what)s for %(campaign)s on %(platform)s")


@dataclass(frozen=True)
class Seen:
    """What somebody saw online. None: nobody looked for it, and what is known of it stays."""

    caption: str | None = None
    label: bool | None = None
    frames: int | None = None
    frames_labelled: int | None = None
    spoken_at: int | None = None
    shown_from: int | None = None
    shown_for: int | None = None
    url: str | None = None
    posted_on: dt.date | None = None

    def columns(self) -> dict[str, Any]:
        said = {
            "live_caption": self.caption, "label_seen": self.label, "frames": self.frames, "url": self.url,
            "frames_labelled": self.frames_labelled, "spoken_at": self.spoken_at, "shown_from": self.shown_from,
            "shown_for": self.shown_for,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value is not None}


def look(post: LivePost, seen: Seen, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> list[Deviation]:
    """Keep what somebody saw and compare it with what was approved; the cases that are open now."""
    with post.deliverable.collaboration.held():
        values = {**seen.columns(), "seen_at": at, "seen_by": actor.label, "updated_at": at}
        LivePost.objects.filter(pk=post.pk).update(**values)
        found = LivePost.objects.with_card().get(pk=post.pk)
        record("post.seen", SEEN, at=at, actor=actor, subject=found, **found.said(), **told)
        if seen.posted_on is not None:
            went_out_on(found, seen.posted_on, at=at, actor=actor)
        cases = compare(found, at=at, actor=actor)
        if seen.url and found.is_first and found.deliverable.post_url != seen.url:
            found.deliverable.add_link(seen.url, at=at, actor=actor)
        tell_of_look(found, at, actor)
    post.refresh_from_db()
    return cases


def compare(post: LivePost, *, at: dt.datetime, actor: Actor) -> list[Deviation]:
    """Judge everything that is known of a post anew. Under the lock of its card."""
    result = compared(post, at)
    cases = keep_cases(post, result.looked_for, result.found, at=at, actor=actor)
    stand_by_cases(post, is_compared=is_compared(post), at=at, actor=actor)
    return cases


def ask_to_mend(row: Deviation, mend_on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """She is asked to put it right by that day: a task on her page, and reminders."""
    with row.post.deliverable.collaboration.held():
        row.ask(mend_on, at=at, actor=actor)
        ring_on_commit()


def say_mended(post: LivePost, caption: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """She says that it is right again. What she pastes is compared at once; the rest somebody here looks at."""
    with post.deliverable.collaboration.held():
        found = LivePost.objects.with_card().get(pk=post.pk)
        record("post.said_mended", SAID_MENDED, at=at, actor=actor, subject=found, **found.said(), **told)
        if caption.strip():
            look(found, Seen(caption=caption), at=at, actor=actor)
        for row in found.deviations.asked():
            row.said_mended(at=at)
        ring_on_commit()


def close(row: Deviation, outcome: str, note: str = "", *, at: dt.datetime, actor: Actor) -> None:
    """Somebody decides what becomes of it. Raises Refused when it was decided meanwhile, or a breach has no words."""
    if outcome == Outcome.BREACH and not note.strip():
        raise Refused(row, _("Say in a few words what was broken. It stands in her story."))
    with row.post.deliverable.collaboration.held():
        row.close(outcome, note, at=at, actor=actor)
        post = LivePost.objects.with_card().get(pk=row.post_id)
        stand_by_cases(post, is_compared=is_compared(post), at=at, actor=actor)
        tell_of_look(post, at, actor)
        ring_on_commit()


@post_quoted("live")
def quoted(deliverable: Deliverable, caption: str, at: dt.datetime, actor: Actor) -> None:
    """What she says she wrote: compared like anything else."""
    post = deliverable.live_posts.with_card().filter(platform=deliverable.format.platform_id).first()
    if post is not None:
        look(post, Seen(caption=caption), at=at, actor=actor)
