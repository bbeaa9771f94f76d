"""Everything the page of one version shows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from campaigns.approvals.models import ContentAsset, ContentVersion, Review
from campaigns.approvals.reviewing.captions import Caption, captions_of
from campaigns.approvals.reviewing.queue import Clock, Stand, Wanted, clock_of, stand_of

if TYPE_CHECKING:
    from crm.team.models import User

SIDE, SLIDER, ALONE = "side", "slider", "alone"
VIEWS = (SIDE, SLIDER, ALONE)


@dataclass(frozen=True)
class Asked:
    """How somebody wants to look at it, as the address says."""

    wanted: Wanted
    view: str = ""
    against: int | None = None
    platform: str = ""

    @classmethod
    def of(cls, asked: Any) -> "Asked":
        against = asked.get("against", "")
        view = asked.get("view", "")
        return cls(
            Wanted.of(asked),
            view if view in VIEWS else SIDE,
            int(against) if against.isdecimal() and len(against) < 6 else None,
            asked.get("platform", "")[:20],
        )


@dataclass(frozen=True)
class Side:
    """One version on the page: the one looked at, or the one it is compared with."""

    version: ContentVersion
    review: Review | None
    assets: Sequence[ContentAsset] = ()
    is_old: bool = False

    @property
    def short_hash(self) -> str:
        return f"{self.version.sha256[:4]}…{self.version.sha256[-4:]}"

    @property
    def pictures(self) -> list[ContentAsset]:
        return [one for one in self.assets if one.family == "image"]


@dataclass
class Page:
    """The page of one version."""

    side: Side
    other: Side | None
    sides: list[ContentVersion]
    asked: Asked
    stand: Stand
    caption: Caption
    captions: list[Caption]
    now: dt.datetime
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> ContentVersion:
        return self.side.version

    @property
    def view(self) -> str:
        """What is shown: a lone version has no other side, and only pictures slide."""
        if self.other is None:
            return ALONE
        if self.asked.view == SLIDER and not self.pairs_of_pictures:
            return SIDE
        return self.asked.view

    @property
    def shown(self) -> list[Side]:
        return [self.side] if self.view == ALONE or self.other is None else [self.other, self.side]

    @cached_property
    def pairs_of_pictures(self) -> list[tuple[ContentAsset, ContentAsset]]:
        """The pictures that stand at the same place in both."""
        return list(zip(self.other.pictures, self.side.pictures, strict=False)) if self.other else []

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.side.review, self.now) if self.side.review else None


def page_of(version: ContentVersion, asked: Asked, user: "User", now: dt.datetime) -> Page:
    """The page, in a fixed number of queries."""
    sides = versions_like(version)
    other = compared_with(version, sides, asked.against)
    files = assets_of([version] if other is None else [version, other])
    captions = captions_of(version, other)
    caption = next((one for one in captions if one.code == asked.platform), captions[0])
    return Page(
        side=side_of(version, files),
        other=side_of(other, files, is_old=True) if other else None,
        sides=sides,
        asked=asked,
        stand=stand_of(version, user, asked.wanted, now),
        caption=caption,
        captions=captions,
        now=now,
    )


def versions_like(version: ContentVersion) -> list[ContentVersion]:
    """Every version of the same thing, the newest first."""
    same = ContentVersion.objects.filter(deliverable=version.deliverable_id, stage=version.stage)
    return list(same.select_related("review").newest_first())


def compared_with(
    version: ContentVersion, sides: Sequence[ContentVersion], number: int | None
) -> ContentVersion | None:
    """The one that was asked for, else the one before."""
    others = [one for one in sides if one.pk != version.pk]
    asked = next((one for one in others if one.number == number), None)
    return asked or next((one for one in others if one.number < version.number), None)


def assets_of(versions: Sequence[ContentVersion]) -> dict[int, list[ContentAsset]]:
    found: dict[int, list[ContentAsset]] = {}
    for one in ContentAsset.objects.filter(version__in=versions).select_related("file"):
        found.setdefault(one.version_id, []).append(one)
    return found


def side_of(version: ContentVersion, files: Mapping[int, Sequence[ContentAsset]], *, is_old: bool = False) -> Side:
    return Side(version, getattr(version, "review", None), files.get(version.pk, ()), is_old)
