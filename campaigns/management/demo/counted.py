"""What the posts of the season reached, as somebody typed it after 24 and 72 hours, 7 and 30 days; two pictures wait."""

import datetime as dt
import io
import random
from collections.abc import Mapping
from decimal import Decimal

from PIL import Image, ImageDraw

from campaigns.approvals.models import LivePost
from campaigns.management.demo.people import marked
from campaigns.planning.models import Campaign
from campaigns.planning.wrapping.closing import note_closing
from campaigns.results.models import MARKS, PostSnapshot
from campaigns.results.numbers.pictures import add_picture
from campaigns.results.numbers.taking import take
from crm.base.files.kinds import Kind
from crm.base.files.upload import SafeFile, keep
from crm.base.models import StoredFile
from crm.influencers.models import Influencer
from crm.timeline.record import Actor

SEED = 81
LIVE, WRAPPED = "Kulit Tropis", "Kemerdekaan 81"
GROWN = {24: 0.58, 72: 0.82, 168: 0.94, 720: 1.0}
"""How much of what a post ever reaches it has reached by then."""
IN_THE_CITY = {
    "Reach in the city": (300_000, 21_500, 214_300),
    "Store visits": (1_200, 1_040, 1_071),
    "Codes used in the city": (400, 0, 238),
}
"""Target, before and after: the reach grew, the visits did not move to speak of."""
POSITIVE, NEGATIVE = 0.71, 0.06


def count_posts(actor: Actor, now: dt.datetime) -> None:
    """Every post but the two newest of the live campaign: their pictures are here, and nobody has read them yet."""
    luck = random.Random(SEED)  # noqa: S311  the same numbers every time, no secret
    posts = list(
        LivePost.objects.standing().with_card().select_related("deliverable__account").order_by("published_at", "pk")
    )
    waiting = [post for post in posts if post.deliverable.collaboration.campaign.name == LIVE][-2:]
    for post in posts:
        if post not in waiting:
            _count(post, luck, actor, now)
    for post in waiting:
        add_picture(post, _screenshot(post), at=now - dt.timedelta(hours=5), actor=Actor("contact", str(_person(post))))
    _measure(actor, now)


def _count(post: LivePost, luck: random.Random, actor: Actor, now: dt.datetime) -> None:
    most = _most(post, luck)
    for hours in MARKS:
        taken_at = post.published_at + dt.timedelta(hours=hours, minutes=luck.randint(5, 190))
        if taken_at >= now or (post.deliverable.format.lasts_hours and hours > MARKS[0]):
            return
        share = GROWN[hours] * luck.uniform(0.97, 1.03)
        counts = {name: int(value * share) for name, value in most.items()}
        take(
            post, counts, taken_at=taken_at, source=PostSnapshot.Source.TYPED, by=actor.label, at=taken_at, actor=actor,
            followers=_person(post).followers,
        )  # fmt: skip


def _most(post: LivePost, luck: random.Random) -> Mapping[str, int]:
    """What this post comes to in the end: the larger the account, the smaller the share that answers."""
    followers = _person(post).followers or 8_000
    reach = int(followers * luck.uniform(0.22, 0.38))
    rate = luck.uniform(0.024, 0.042) * (30_000 / followers) ** 0.16
    if post.deliverable.format.lasts_hours:
        return {
            "reach": int(reach * 0.6),
            "impressions": int(reach * 0.7),
            "views": int(reach * 0.66),
            "shares": reach // 300,
        }
    likes = int(followers * rate)
    comments = max(4, int(likes * luck.uniform(0.045, 0.085)))
    return {
        "likes": likes, "comments": comments, "saves": int(likes * luck.uniform(0.05, 0.14)),
        "shares": int(likes * luck.uniform(0.02, 0.07)), "views": int(reach * 1.4), "reach": reach,
        "impressions": int(reach * luck.uniform(1.2, 1.4)), "clicks": int(reach * luck.uniform(0.008, 0.02)),
        "positive": int(comments * POSITIVE), "negative": int(comments * NEGATIVE),
        "neutral": comments - int(comments * POSITIVE) - int(comments * NEGATIVE),
    }  # fmt: skip


def _measure(actor: Actor, now: dt.datetime) -> None:
    """What stood before the wrapped campaign and after it."""
    campaign = Campaign.objects.get(name=WRAPPED)
    after: dict[int, Decimal | None] = {}
    for kpi in campaign.kpis.select_related("kind"):
        known = IN_THE_CITY.get(kpi.kind.name_en)
        if known is None:
            continue
        kpi.target, kpi.baseline = Decimal(known[0]), Decimal(known[1])
        kpi.save(update_fields=["target", "baseline", "updated_at"])
        after[kpi.pk] = Decimal(known[2])
    note_closing(campaign, after, at=now - dt.timedelta(days=2), actor=actor)


def _person(post: LivePost) -> Influencer:
    return post.deliverable.collaboration.influencer


def _screenshot(post: LivePost) -> StoredFile:
    """A page of figures as a phone shows it."""
    picture = Image.new("RGB", (720, 1280), "#101318")
    pen = ImageDraw.Draw(picture)
    pen.text((48, 60), "Insights", fill="#ffffff", font_size=48)
    lines = (("Accounts reached", "12.481"), ("Likes", "1.036"), ("Comments", "58"), ("Saves", "94"), ("Shares", "31"))
    for place, (name, value) in enumerate(lines):
        top = 220 + place * 150
        pen.text((48, top), name, fill="#9aa4b2", font_size=40)
        pen.text((672, top), value, fill="#ffffff", font_size=40, anchor="ra")
        pen.line((48, top + 90, 672, top + 90), fill="#262d38", width=2)
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    name = f"insight_{_person(post).main_handle}.png"
    file = keep(SafeFile(out, Kind.PNG, name, *picture.size), by=str(_person(post)))
    marked(file)
    return file
