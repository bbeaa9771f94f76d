"""YouTube Data API v3: what everybody can see of a video, with a key of the house's own project.

https://developers.google.com/youtube/v3/docs/videos/list (read 2026-11); one question costs one unit of quota.
"""

import re
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from campaigns.approvals.models import LivePost
from campaigns.results.fetching.asking import ask, count_in
from campaigns.results.fetching.providers import Failed, Figures, GaveUp, provide

VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
COUNTS = {"likes": "likeCount", "comments": "commentCount", "views": "viewCount"}


class YouTube:
    name = "youtube"
    platform = "youtube"

    def is_on(self) -> bool:
        return bool(settings.YOUTUBE_KEY)

    def figures(self, post: LivePost) -> Figures:
        video = video_of(post.url)
        if not video:
            raise GaveUp("the address names no video")
        address = f"{settings.YOUTUBE_API_URL}/youtube/v3/videos"
        # The key goes in a header: addresses end up in logs.
        headers = {"X-Goog-Api-Key": settings.YOUTUBE_KEY}
        said = ask(address, {"part": "statistics", "id": video}, headers=headers)
        items = said.get("items")
        if not isinstance(items, list):
            raise Failed("its answer has no list")
        if not items:
            raise GaveUp("it is not there")
        numbers = items[0].get("statistics") if isinstance(items[0], dict) else None
        found = {ours: count_in(numbers, theirs) for ours, theirs in COUNTS.items()}
        counts = {name: value for name, value in found.items() if value is not None}
        if not counts:
            raise GaveUp("it tells no numbers of it")
        return Figures(counts)


def video_of(url: str) -> str:
    """The id in any address of a video; empty when there is none."""
    try:
        parts = urlsplit(url)
        path = [part for part in parts.path.split("/") if part]
        asked = parse_qs(parts.query).get("v", [""])[0]
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    found = ""
    if host == "youtu.be":
        found = path[0] if path else ""
    elif host in ("youtube.com", "youtube-nocookie.com"):
        found = path[1] if len(path) > 1 and path[0] in ("shorts", "live", "embed", "v") else asked
    return found if VIDEO.fullmatch(found) else ""


provide(YouTube())
