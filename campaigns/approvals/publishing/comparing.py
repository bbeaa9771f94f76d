"""What stands online against what was approved, and against the rules a caption is judged by before it goes out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from campaigns.approvals.checking.asked import FAIL, PASS, WARN, Asked, Finding, Seen
from campaigns.approvals.checking.asking import asked_of
from campaigns.approvals.checking.rules import judge, same_after
from campaigns.approvals.models import CheckRule, Deviation, LivePost
from crm.base.zones import local_date

Kind = Deviation.Kind
DISCLOSURE, PLATFORM_LABEL, VIDEO, FRAMES = "CAP-05", "CAP-11", "VID-01", "STO-01"
KINDS = {DISCLOSURE: Kind.LABEL, PLATFORM_LABEL: Kind.LABEL, VIDEO: Kind.VIDEO, FRAMES: Kind.FRAMES}
"""Which rules make a case of what is online already; everything else was for before it went out."""


@dataclass
class Compared:
    """The kinds that were looked for, and what was found of them."""

    looked_for: set[str] = field(default_factory=set)
    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, kind: str, finding: Finding) -> None:
        """A rule had enough to go by; what it found stands in both languages."""
        self.looked_for.add(kind)
        if finding.outcome in (WARN, FAIL):
            said = {"en": finding.said_en, "id": finding.said_id}
            self.found.setdefault(kind, {"said": []})["said"].append(said)


def compared(post: LivePost, at: dt.datetime) -> Compared:
    """Everything that is known of a post, judged."""
    result = Compared()
    approved = approved_caption(post)
    if approved and post.live_caption:
        result.looked_for.add(Kind.CAPTION)
        if same_after(approved, post.live_caption):
            result.found[Kind.CAPTION] = {"live": post.live_caption}
    for finding in judge(as_seen(post, at)):
        kind = KINDS.get(finding.rule)
        if kind is not None and finding.outcome in (PASS, WARN, FAIL) and _was_looked_for(post, finding.rule):
            result.add(kind, finding)
    return result


def as_seen(post: LivePost, at: dt.datetime) -> Asked:
    """What the rules go by, with what somebody saw online."""
    asked = asked_of([post.deliverable], at)[post.deliverable_id]
    eyes = Seen(
        first_s=post.shown_from, for_s=post.shown_for, is_spoken=post.spoken_at is not None, frames=post.frames,
        labelled=post.frames_labelled,
    )  # fmt: skip
    seen = replace(asked, caption=post.live_caption, label_on=bool(post.label_seen), is_live=True, seen=eyes)
    return seen if post.is_first else replace(seen, platform=post.platform.code, is_story=False, is_video=False)


def _was_looked_for(post: LivePost, rule: str) -> bool:
    """The caption says nothing while nobody pasted it, nor the switch while nobody looked at it."""
    known = {DISCLOSURE: bool(post.live_caption), PLATFORM_LABEL: post.label_seen is not None}
    return known.get(rule, True)


def approved_caption(post: LivePost) -> str:
    """What was approved for this platform: its own words, else those of the version."""
    if post.version is None:
        return ""
    own: Mapping[int, str] = dict(post.version.captions.values_list("platform_id", "caption"))
    return own.get(post.platform_id) or post.version.caption


def is_compared(post: LivePost) -> bool:
    """Whether somebody has looked at everything there is to compare: the caption where one was approved, or the frames."""
    if post.seen_at is None:
        return False
    return bool(post.live_caption or (not post.lasts and post.frames) or not approved_caption(post))


def is_filmed(post: LivePost, at: dt.datetime) -> bool:
    """Whether its format is one the rule about videos names."""
    rows = CheckRule.objects.filter(code=VIDEO, is_on=True).valid_on(local_date(at, post.deliverable.zone))
    named = {code for numbers in rows.values_list("settings", flat=True) for code in numbers.get("formats", ())}
    return post.deliverable.format.code in named
