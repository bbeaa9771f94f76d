"""The page of one live post: what was approved, what stands there, what differs, whether it stays."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from campaigns.approvals.models import Deviation, LiveCheck, LivePost, ReplyPromise
from campaigns.approvals.publishing.comparing import approved_caption
from campaigns.approvals.publishing.steps import Step, steps_for
from campaigns.approvals.reviewing.diff import SAME, Span, caption_diff
from campaigns.planning.collaboration_page import story_about
from campaigns.planning.models import Deliverable
from crm.base.formats import when_zone
from crm.base.models import StoredFile
from crm.team.models import User
from crm.timeline.queries import Page as Story
from crm.timeline.record import subject_of


@dataclass(frozen=True)
class Case:
    """One deviation with what it says and what can be done about it."""

    row: Deviation
    says: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class Page:
    approved: str
    apart: list[Span]
    open: list[Case]
    closed: list[Case]
    checks: list[LiveCheck]
    proofs: list[StoredFile]
    others: list[LivePost]
    promise: ReplyPromise | None
    story: Story

    @property
    def next_check(self) -> LiveCheck | None:
        return next((check for check in self.checks if check.done_at is None), None)


def page_of(post: LivePost, user: User) -> Page:
    """In a fixed number of queries."""
    approved = approved_caption(post)
    cases = [
        Case(row, says(row), steps_for(row)) for row in post.deviations.select_related("closed_by").order_by("-pk")
    ]
    return Page(
        approved=approved,
        apart=apart(approved, post.live_caption),
        open=[case for case in cases if case.row.is_open],
        closed=[case for case in cases if not case.row.is_open],
        checks=list(post.live_checks.order_by("due_on")),
        proofs=list(post.proofs.order_by("pk")),
        others=list(LivePost.objects.filter(deliverable=post.deliverable_id).exclude(pk=post.pk).select_related("platform")),
        promise=promise_of(post.deliverable),
        story=story_about([subject_of(post), subject_of(post.deliverable)], user),
    )  # fmt: skip


def apart(approved: str, live: str) -> list[Span]:
    """Both captions in reading order; nothing where they are the same or one is not known."""
    spans = caption_diff(approved, live) if approved and live else []
    return spans if {span.tone for span in spans} - {SAME} else []


def promise_of(deliverable: Deliverable) -> ReplyPromise | None:
    return getattr(deliverable, "reply_promise", None)


def says(row: Deviation) -> str:
    """The details of a case in a sentence; empty where its name says it all."""
    told = WORDS.get(row.kind)
    if told is not None:
        return str(told(row))
    language = "id" if get_language() == "id" else "en"
    return " ".join(one[language] for one in row.details.get("said", ()))


def _days(row: Deviation) -> str:
    n = int(row.details.get("days", 0))
    return ngettext("%(n)d day from its posting day", "%(n)d days from its posting day", n) % {"n": n}


def _embargo(row: Deviation) -> str:
    at = dt.datetime.fromisoformat(row.details["embargo_at"])
    return _("Not before %(moment)s") % {"moment": when_zone(at, row.post.deliverable.zone)}


WORDS: dict[str, Any] = {
    Deviation.Kind.EARLY: _days,
    Deviation.Kind.LATE: _days,
    Deviation.Kind.EMBARGO: _embargo,
}
