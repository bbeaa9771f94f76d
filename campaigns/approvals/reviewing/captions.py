"""The words of a version beside those of another, for each platform they go out on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from campaigns.approvals.models import ContentCaption, ContentVersion
from campaigns.approvals.reviewing.diff import SAME, Bit, Range, caption_diff, cut, of_new, of_old
from campaigns.briefs.models import CaptionLimit
from campaigns.planning.models import Deliverable
from crm.influencers.models import Platform

LONG_WORD = 30


@dataclass
class Caption:
    """The caption for one platform: now, and in the version it is compared with (None: there is none)."""

    platform: Platform
    text: str
    before: str | None = None
    fold: int | None = None
    is_own: bool = True
    ranges: list[Range] = field(default_factory=list)
    old_ranges: list[Range] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.platform.code

    @property
    def bits(self) -> list[Bit]:
        """Alone, compared with nothing."""
        return cut(alone(self.text), self.ranges, place_of(self.text, self.fold))

    @property
    def new_bits(self) -> list[Bit]:
        bits = of_new(caption_diff(self.before, self.text)) if self.before is not None else alone(self.text)
        return cut(bits, self.ranges, place_of(self.text, self.fold))

    @property
    def old_bits(self) -> list[Bit]:
        before = self.before or ""
        return cut(of_old(caption_diff(before, self.text)), self.old_ranges, place_of(before, self.fold))


def alone(text: str) -> list[Bit]:
    """A caption that is compared with nothing."""
    return [Bit(SAME, text, 0)] if text else []


def captions_of(version: ContentVersion, other: ContentVersion | None) -> list[Caption]:
    """The deliverable's own caption first, then those for further platforms. Two queries."""
    deliverable = version.deliverable
    on = (version.planned_at.date() if version.planned_at else None) or deliverable.post_due_on
    further = further_captions([version, other] if other else [version])
    new = further.get(version.pk, {})
    old = further.get(other.pk, {}) if other else {}
    folds = folds_of([deliverable.format.platform, *new], on, deliverable)
    own = Caption(
        deliverable.format.platform,
        version.caption,
        other.caption if other else None,
        folds.get(deliverable.format.platform),
    )
    return [own, *(Caption(one, said, old.get(one), folds.get(one), is_own=False) for one, said in new.items())]


def further_captions(versions: Sequence[ContentVersion]) -> dict[int, dict[Platform, str]]:
    found: dict[int, dict[Platform, str]] = {}
    for row in ContentCaption.objects.filter(version__in=versions).select_related("platform"):
        found.setdefault(row.version_id, {})[row.platform] = row.caption
    return found


def folds_of(platforms: Sequence[Platform], on: dt.date, deliverable: Deliverable) -> dict[Platform, int | None]:
    """How much is seen before “more”; the row of the deliverable's format wins over that of its platform."""
    rows = CaptionLimit.objects.valid_on(on).filter(platform__in=platforms).order_by("valid_from")
    found: dict[int, int | None] = {}
    formats: dict[int, int | None] = {}
    for row in rows:
        if row.format_id is None:
            found[row.platform_id] = row.fold
        elif row.format_id == deliverable.format_id:
            formats[row.platform_id] = row.fold
    return {one: formats.get(one.pk) or found.get(one.pk) for one in platforms}


def place_of(text: str, fold: int | None) -> int | None:
    """Where what is seen at once ends: the last word that begins before it; platforms count UTF-16 units. None: all is seen."""
    units = 0
    for place, character in enumerate(text):
        if fold and units >= fold:
            return word_at(text, place)
        units += 2 if ord(character) > 0xFFFF else 1
    return None


def word_at(text: str, place: int) -> int:
    """Where the word at this place begins; the place itself in the midst of a very long one."""
    begins = place
    while begins and place - begins < LONG_WORD and not text[begins - 1].isspace():
        begins -= 1
    return begins if begins and text[begins - 1].isspace() else place
