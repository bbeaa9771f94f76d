"""What the rules say of a live caption: whether it is what was approved, and whether it still says that it is paid."""

import datetime as dt
from typing import Any

from campaigns.approvals.models import CheckRule, Deviation, LivePost
from campaigns.approvals.publishing.comparing import Video, approved_caption
from campaigns.approvals.reviewing.diff import SAME, caption_diff

VIDEO_RULE = "VID-01"
Kind = Deviation.Kind


def words_changed(post: LivePost) -> dict[str, dict[str, Any]]:
    """CAP-20: what differs from the approved caption once both are written the same way."""
    approved = approved_caption(post)
    if not approved or {one.tone for one in caption_diff(approved, post.live_caption)} <= {SAME}:
        return {}
    return {Kind.CAPTION: {"live": post.live_caption}}


def lacks_label(post: LivePost, at: dt.datetime) -> dict[str, Any] | None:
    """Where the label is missing: in the caption, on the platform; empty when it is there, None when nobody looked."""
    if post.label_seen is None:
        return None
    missing: dict[str, Any] = {}
    if post.label_seen is False:
        missing["platform"] = True
    return missing


def video_rule(at: dt.datetime) -> Video:
    """The numbers of the rule as they are on that day."""
    row = CheckRule.objects.filter(code=VIDEO_RULE, country="").valid_on(at.date()).first()
    said = row.settings if row is not None else {}
    return Video(**{name: int(said[name]) for name in ("starts_by", "stays") if name in said})
