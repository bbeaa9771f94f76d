"""What a guest sees: what waits, one version with its files and findings, and what was said before. Nothing else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import get_language

from campaigns.approvals.guests.waiting import CAMPAIGN, shown_to, waiting_for
from campaigns.approvals.models import (
    CheckResult,
    ContentAsset,
    ContentCaption,
    ContentVersion,
    Note,
    Review,
    ReviewDecision,
    ReviewGuest,
)
from campaigns.approvals.reviewing.reading import line_of

WITH_CARD = (
    "version__deliverable__format__platform", "version__deliverable__collaboration__influencer",
    "version__deliverable__collaboration__campaign",
)  # fmt: skip
MOST_SAID = 20


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a yes."""

    review: Review
    now: dt.datetime

    @property
    def is_late(self) -> bool:
        return self.review.due_at is not None and self.review.due_at <= self.now


def waiting_rows(guest: ReviewGuest, now: dt.datetime) -> list[Waiting]:
    return [Waiting(review, now) for review in waiting_for(guest).select_related(*WITH_CARD)]


def said_before(guest: ReviewGuest) -> Sequence[ReviewDecision]:
    """What this guest said in this campaign, newest first."""
    mine = ReviewDecision.objects.filter(by_contact=guest.contact_id, **{CAMPAIGN: guest.campaign_id})
    about = ("version__deliverable__format", "version__deliverable__collaboration__influencer")
    return list(mine.select_related(*about).order_by("-at", "-pk")[:MOST_SAID])


@dataclass
class Shown:
    """One version on a guest's page."""

    guest: ReviewGuest
    version: ContentVersion
    review: Review
    is_open: bool
    notes: Sequence[Note] = ()
    decisions: Sequence[ReviewDecision] = ()
    findings: Sequence[str] = field(default_factory=list)

    @cached_property
    def assets(self) -> list[ContentAsset]:
        return list(self.version.assets.all())

    @property
    def note_lines(self) -> list[tuple[Note, str]]:
        """The guest's own notes with their places; unsent ones may be removed."""
        return [(note, line_of(note)) for note in self.notes]


def shown_version(guest: ReviewGuest, pk: int) -> Shown | None:
    """A version this guest is or was asked about, or None."""
    captions = Prefetch("captions", ContentCaption.objects.select_related("platform"))
    rows = shown_to(guest).filter(pk=pk).select_related(
        "review", "deliverable__format__platform", "deliverable__collaboration__influencer", "deliverable__collaboration__campaign"
    )  # fmt: skip
    version = rows.prefetch_related("assets__file", captions).first()
    if version is None:
        return None
    notes = Note.objects.filter(version=version, guest=guest.contact_id).select_related("asset", "brief_item")
    said = ReviewDecision.objects.filter(version=version, by_contact=guest.contact_id)
    return Shown(
        guest,
        version,
        version.review,
        is_open=waiting_for(guest).filter(version=version).exists(),
        notes=list(notes),
        decisions=list(said),
        findings=findings_of(version),
    )


def findings_of(version: ContentVersion) -> list[str]:
    """What the machine noticed in the words, in plain words of the reader's language; what was waived is left out."""
    noticed = (CheckResult.Outcome.FAIL, CheckResult.Outcome.WARN)
    rows = CheckResult.objects.filter(version=version, outcome__in=noticed, waived_at__isnull=True).order_by(
        "-holds", "pk"
    )
    is_english = (get_language() or "").startswith("en")
    said = (row.said_en if is_english else row.said_id or row.said_en for row in rows)
    return list(dict.fromkeys(one for one in said if one))
