"""What she reads on her page about what she handed in: where it stands, our notes, and the caption to copy once it is approved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from campaigns.approvals.guests.letters import window_of
from campaigns.approvals.guests.words import by_level
from campaigns.approvals.models import ContentCaption, ContentVersion, Note, Review
from campaigns.approvals.reviewing.reading import HER_WORDS
from campaigns.planning.models import Collaboration, Deliverable
from crm.base.formats import day_words
from crm.portal.registry import Asking

Status = Review.Status
ENDED = (Status.CHANGES, Status.REJECTED)


@dataclass(frozen=True)
class Level:
    """The notes of one level, under the words she reads."""

    title: Any
    lines: Sequence[str]


@dataclass
class Hers:
    """One thing she makes with the newest version of it, as she reads it."""

    version: ContentVersion
    now: dt.datetime
    may_act: bool = False
    notes: Sequence[Level] = ()
    solved: Sequence[str] = ()
    captions: Sequence[ContentCaption] = field(default_factory=list)

    @property
    def row(self) -> Deliverable:
        return self.version.deliverable

    @property
    def review(self) -> Review:
        return self.version.review

    @property
    def is_idea(self) -> bool:
        return self.version.stage == ContentVersion.Stage.CONCEPT

    @property
    def is_with_us(self) -> bool:
        return self.review.status == Status.IN_REVIEW

    @property
    def is_late(self) -> bool:
        """We said when she hears from us, and it has passed."""
        return self.review.due_at is not None and self.review.due_at <= self.now

    @property
    def answer_by(self) -> str:
        """The day she hears from us by, where she is."""
        return day_words(self.review.due_at, "brief") if self.review.due_at else ""

    @property
    def may_take_back(self) -> bool:
        return self.is_with_us and self.may_act

    @property
    def is_settled_with_words(self) -> bool:
        return self.review.status in ENDED

    @property
    def may_post(self) -> bool:
        """Approved, and not out yet: here is what she copies."""
        return self.review.status == Status.APPROVED and not self.is_idea and self.row.status == "approved"

    @property
    def may_change(self) -> bool:
        """A newer version takes the place of what was approved, and is looked at once more."""
        return self.may_post and self.may_act

    @property
    def is_idea_fine(self) -> bool:
        return self.review.status == Status.APPROVED and self.is_idea and self.row.status == "expected"

    @property
    def when(self) -> str:
        return window_of(self.version, self.row)

    @property
    def has_something(self) -> bool:
        return self.is_with_us or self.is_settled_with_words or self.may_post or self.is_idea_fine


def hers_of(card: Collaboration, asking: Asking) -> list[Hers]:
    """What she handed in for this collaboration and is not out yet, the newest version of each; in five queries at most."""
    versions = newest_of(card)
    notes = sent_notes(versions)
    may_act = asking.powers is None or "settle" in asking.powers
    found = [_hers(version, notes, may_act, asking.now) for version in versions]
    return [one for one in found if one.has_something]


def newest_of(card: Collaboration) -> list[ContentVersion]:
    """The newest version of each thing that is not out yet: its draft, else its idea."""
    rows = ContentVersion.objects.filter(
        deliverable__collaboration=card, deliverable__status__in=Deliverable.UNPOSTED, review__isnull=False
    )
    captions = Prefetch("captions", ContentCaption.objects.select_related("platform"))
    ordered = rows.select_related("review", "deliverable__format").prefetch_related(captions)
    newest: dict[int, ContentVersion] = {}
    for version in ordered.order_by("deliverable__post_due_on", "deliverable", "stage", "number"):
        there = newest.get(version.deliverable_id)
        if there is None or there.stage != ContentVersion.Stage.DRAFT or version.stage == ContentVersion.Stage.DRAFT:
            newest[version.deliverable_id] = version
    for version in newest.values():
        version.deliverable.collaboration = card
    return list(newest.values())


def sent_notes(versions: Sequence[ContentVersion]) -> list[Note]:
    """Every note that was sent about these things, whichever version it was about."""
    things = {version.deliverable_id for version in versions}
    rows = Note.objects.filter(version__deliverable__in=things, is_for_us=False).sent().in_order()
    return list(rows.select_related("brief_item", "asset", "version")) if things else []


def _hers(version: ContentVersion, notes: Sequence[Note], may_act: bool, now: dt.datetime) -> Hers:
    about = [note for note in notes if _is_of(note, version)]
    this = [note for note in about if note.version_id == version.pk and note.solved_in is None]
    solved = [note for note in about if note.solved_in is not None]
    lines = by_level(this)
    return Hers(
        version,
        now,
        may_act,
        notes=[Level(HER_WORDS[level], said) for level, said in lines.items() if said],
        solved=[line for said in by_level(solved).values() for line in said],
        captions=list(version.captions.all()),
    )


def _is_of(note: Note, version: ContentVersion) -> bool:
    return note.version.deliverable_id == version.deliverable_id and note.version.stage == version.stage
