"""What stands online against what was approved: pure, from what somebody saw there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.approvals.models import Deviation, LivePost

Kind = Deviation.Kind


@dataclass(frozen=True)
class Video:
    """How a video has to say that it is paid (rule VID-01): begins by this second, stays that many."""

    starts_by: int = 30
    stays: int = 10


def wrong_marks(post: LivePost, video: Video) -> dict[str, dict[str, Any]]:
    """What the eye found: the platform's label, the frames of a story, what a video says and shows."""
    found: dict[str, dict[str, Any]] = {}
    if post.frames is not None and post.frames_labelled is not None and post.frames_labelled < post.frames:
        found[Kind.FRAMES] = {"frames": post.frames, "labelled": post.frames_labelled}
    if said := wrong_in_video(post, video):
        found[Kind.VIDEO] = {"why": said, "starts_by": video.starts_by, "stays": video.stays}
    return found


def wrong_in_video(post: LivePost, video: Video) -> list[str]:
    """Why the video does not say it well enough; nothing where nobody looked or it does."""
    why = []
    if post.shown_from is not None and post.shown_from > video.starts_by:
        why.append("shown_late")
    if post.shown_for is not None and post.shown_for < video.stays:
        why.append("shown_short")
    if post.spoken_at is not None and post.spoken_at > video.starts_by:
        why.append("spoken_late")
    return why


def marks_seen(post: LivePost) -> set[str]:
    """The kinds somebody looked for by hand: only those are opened or closed."""
    looked = {
        Kind.FRAMES: post.frames is not None and post.frames_labelled is not None,
        Kind.VIDEO: not {post.shown_from, post.shown_for, post.spoken_at} <= {None},
    }
    return {kind for kind, was_looked_for in looked.items() if was_looked_for}


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
