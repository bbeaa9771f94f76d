"""What platforms take in a caption (domain rules, 5.3): dated, each with where it was read. The lowest credible figure counts."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from campaigns.briefs import reminder_seeds  # noqa: F401  lays its rules
from campaigns.briefs.library_seeds import house_templates
from campaigns.briefs.models import BriefTemplate, CaptionLimit
from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import Format, Platform

TYPECOUNT = "https://typecount.com/blog/"
UPLOADS = "https://docs.upload-post.com/resources/character-limits/"
AYRSHARE = "https://www.ayrshare.com/help-center/technical-support/character_limits"
LONG_AGO = dt.date(2020, 1, 1)


class Row(NamedTuple):
    """One limit: of a platform, or of one of its formats."""

    platform: str
    format: str
    longest: int | None
    fold: int | None
    hashtags: int | None
    mentions: int | None
    since: dt.date
    until: dt.date | None
    source: str
    address: str
    grade: Grade


ROWS = (
    Row("instagram", "", 2200, 125, 30, None, LONG_AGO, dt.date(2025, 11, 30), "shiftdelete.net, what held until then",
        "https://en.shiftdelete.net/an-era-is-ending-on-instagram-hashtag-limit-imposed", Grade.EXPERT),
    Row("instagram", "", 2200, 125, 5, 3, dt.date(2025, 12, 1), None, "Ayrshare, Instagram",
        "https://www.ayrshare.com/docs/es/apis/post/social-networks/instagram", Grade.OFFICIAL),
    Row("instagram", "reel", 2200, 55, 30, None, LONG_AGO, dt.date(2025, 11, 30), "Typecount, Instagram captions",
        f"{TYPECOUNT}instagram-caption-character-limit", Grade.ARTICLE),
    Row("instagram", "reel", 2200, 55, 5, 3, dt.date(2025, 12, 1), None, "Typecount, Instagram captions",
        f"{TYPECOUNT}instagram-caption-character-limit", Grade.ARTICLE),
    Row("instagram", "story", None, None, 10, None, LONG_AGO, None, "Aitoearn, Instagram posts 2025",
        "https://blog.aitoearn.ai/instagram-post-character-limit-2025-guide", Grade.ARTICLE),
    Row("instagram", "story-link", None, None, 10, None, LONG_AGO, None, "Aitoearn, Instagram posts 2025",
        "https://blog.aitoearn.ai/instagram-post-character-limit-2025-guide", Grade.ARTICLE),
    Row("tiktok", "", 4000, 55, None, None, LONG_AGO, dt.date(2025, 7, 31), "Typecount, TikTok captions",
        f"{TYPECOUNT}tiktok-caption-character-limit", Grade.ARTICLE),
    Row("tiktok", "", 4000, 55, 5, None, dt.date(2025, 8, 1), None, "Typecount, TikTok captions",
        f"{TYPECOUNT}tiktok-caption-character-limit", Grade.ARTICLE),
    Row("tiktok", "photo", 4000, None, 5, None, dt.date(2025, 8, 1), None, "Upload-Post, character limits",
        UPLOADS, Grade.OFFICIAL),
    Row("youtube", "", 5000, 125, 15, None, LONG_AGO, None, "Socialbarrel, YouTube hashtags",
        "http://socialbarrel.com/youtube-embraces-hashtags-to-easily-find-videos/116685/", Grade.ARTICLE),
    Row("x", "", 280, None, None, None, LONG_AGO, None, "Ayrshare, character limits", AYRSHARE, Grade.OFFICIAL),
    Row("threads", "", 500, None, 1, None, LONG_AGO, None, "Ayrshare, character limits", AYRSHARE, Grade.OFFICIAL),
    Row("facebook", "", 63206, None, None, None, LONG_AGO, None, "Upload-Post, character limits", UPLOADS,
        Grade.OFFICIAL),
)  # fmt: skip


@seed(CaptionLimit, "platform", "format", "valid_from")
def caption_limits() -> Iterator[CaptionLimit]:
    platforms = {platform.code: platform for platform in Platform.objects.all()}
    formats = {(one.platform_id, one.code): one for one in Format.objects.all()}
    for row in ROWS:
        platform = platforms[row.platform]
        yield CaptionLimit(
            platform=platform, format=formats[platform.pk, row.format] if row.format else None, longest=row.longest,
            fold=row.fold, hashtags=row.hashtags, mentions=row.mentions, valid_from=row.since, valid_to=row.until,
            source=row.source, source_url=row.address, source_year=row.since.year if row.since > LONG_AGO else 2025,
            grade=row.grade,
        )  # fmt: skip


@seed(BriefTemplate, "brand", "name")
def briefs_of_the_house() -> Iterator[BriefTemplate]:
    yield from house_templates()
