"""Everything the page of one version shows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from campaigns.approvals.models import ContentAsset, ContentVersion, Review
from campaigns.approvals.reviewing.captions import Caption, captions_of
from campaigns.approvals.reviewing.forms import About
from campaigns.approvals.reviewing.noted import Noted, Notes, about_of, notes_of
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

    def link(self, **change: Any) -> str:
        """The same page, looked at otherwise."""
        said = {
            "view": self.view if self.view != SIDE else "",
            "against": self.against,
            "platform": self.platform,
            **change,
        }
        kept = urlencode({name: value for name, value in said.items() if value})
        return "?" + "&".join(part for part in (self.wanted.query, kept) if part)


@dataclass(frozen=True)
class File:
    """One file of a version, with the notes that have a place on it. What is no longer kept is only told of."""

    asset: ContentAsset
    notes: Sequence[Noted] = ()

    @property
    def kind(self) -> str:
        if not self.asset.file.file:
            return "gone"
        return self.asset.family if self.asset.family in ("image", "video") else "paper"


@dataclass(frozen=True)
class Side:
    """One version on the page: the one looked at, or the one it is compared with."""

    version: ContentVersion
    review: Review | None
    files: Sequence["File"] = ()
    is_old: bool = False

    @property
    def short_hash(self) -> str:
        return f"{self.version.sha256[:4]}…{self.version.sha256[-4:]}"

    @property
    def pictures(self) -> list[ContentAsset]:
        return [one.asset for one in self.files if one.asset.family == "image"]


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
    about: About
    notes: Notes
    now: dt.datetime

    @property
    def version(self) -> ContentVersion:
        return self.side.version

    @property
    def view(self) -> str:
        """What is shown: a lone version has no other side, and only pictures slide."""
        if self.other is None:
            return ALONE
        if self.asked.view == SLIDER and not self.pairs:
            return SIDE
        return self.asked.view

    @property
    def shown(self) -> list[Side]:
        return [self.side] if self.view == ALONE or self.other is None else [self.other, self.side]

    @cached_property
    def pairs(self) -> list[tuple[ContentAsset, ContentAsset]]:
        """The pictures that stand at the same place in both."""
        return list(zip(self.other.pictures, self.side.pictures, strict=False)) if self.other else []

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The ways to look at two versions."""
        named = {SIDE: _("Side by side"), SLIDER: _("Slider"), ALONE: _("%(version)s only") % {"version": self.version}}
        shown = [SIDE, *([SLIDER] if self.pairs else []), ALONE] if self.other else []
        return [{"label": named[one], "url": self.asked.link(view=one), "active": one == self.view} for one in shown]

    @property
    def others(self) -> list[dict[str, Any]]:
        """With which version it may be compared, when there is a choice."""
        rows = [one for one in self.sides if one.pk != self.version.pk]
        other = self.other.version.pk if self.other else None
        found = [
            {"label": str(one), "url": self.asked.link(against=one.number), "active": one.pk == other} for one in rows
        ]
        return found if len(found) > 1 else []

    @property
    def platforms(self) -> list[dict[str, Any]]:
        """The captions to choose from, when there are several."""
        found = [
            {
                "label": str(one.platform),
                "url": self.asked.link(platform="" if one.is_own else one.code),
                "active": one is self.caption,
            }
            for one in self.captions
        ]
        return found if len(found) > 1 else []

    @property
    def newer(self) -> ContentVersion | None:
        """What came after it; the one looked at is then history."""
        return self.sides[0] if self.sides[0].number > self.version.number else None

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.side.review, self.now) if self.side.review else None


def page_of(version: ContentVersion, asked: Asked, user: "User", now: dt.datetime) -> Page:
    """The page, in a fixed number of queries."""
    sides = versions_like(version)
    other = compared_with(version, sides, asked.against)
    files = assets_of([version] if other is None else [version, other])
    about = about_of(version, files.get(version.pk, []))
    notes = notes_of(version, about, user)
    captions = captions_of(version, other)
    captions[0].ranges = [*notes.ranges(version), *about.found]
    captions[0].old_ranges = notes.ranges(other) if other else []
    return Page(
        side=side_of(version, files, notes),
        other=side_of(other, files, notes, is_old=True) if other else None,
        sides=sides,
        asked=asked,
        stand=stand_of(version, user, asked.wanted, now),
        caption=next((one for one in captions if one.code == asked.platform), captions[0]),
        captions=captions,
        about=about,
        notes=notes,
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


def side_of(
    version: ContentVersion, files: Mapping[int, Sequence[ContentAsset]], notes: Notes, *, is_old: bool = False
) -> Side:
    shown = [File(one, notes.on(one)) for one in files.get(version.pk, ())]
    return Side(version, getattr(version, "review", None), shown, is_old)
