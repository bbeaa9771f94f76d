"""Reviews of the season: a second round with notes, a client who is asked, an idea before shooting, a caption that was changed."""

import datetime as dt

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.deciding.policies import Stage
from campaigns.approvals.deciding.policy_actions import Place, newcomer, save_policy
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentVersion, LivePost, Review
from campaigns.approvals.publishing.actions import Seen, look
from campaigns.approvals.reviewing.notes import solve, write
from campaigns.briefs.models import BriefItem
from campaigns.management.demo.online import looked_at
from campaigns.management.demo.people import marked
from campaigns.management.demo.pictures import FIRST, SECOND, Scene, kept_picture
from campaigns.planning.models import Campaign, Deliverable
from campaigns.shortlist.votes_actions import Guest
from campaigns.tracking.models import VoucherCode
from crm.base.zones import local_date
from crm.team.models import User
from crm.timeline.record import Actor

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
BEFORE = (
    "Akhirnya nemu serum yang cocok buat puasa. Kulitku tetap lembap dari sahur sampai buka. Paling ampuh pokoknya. "
    "Aku pakai Lumi Dew Serum tiap malam, dua minggu ini. Cek bio ya. #kulittropis #iklan"
)
AFTER = (
    "#iklan bersama @lumi.id. Dua minggu puasa, serum ini nemenin terus. Kulitku tetap lembap dari sahur sampai buka. "
    "Noda hitam hilang.\nAku pakai Lumi Dew Serum tiap malam, dua minggu ini. #kulittropis"
)
IDEA = (
    "Aku mau cerita dari dapur ibu: tiga bumbu, satu wajan, dan kenapa aku baru berani masak santan tahun ini. "
    "Video satu menit, suara aku sendiri, tanpa musik keras."
)


class Desk:
    """Who looks at drafts, and the moments everything is told from."""

    def __init__(self, team: dict[str, User], now: dt.datetime) -> None:
        self.user, self.manager, self.now = team["coordinator"], team["manager"], now
        self.actor = Actor.user(self.user)

    def says(self, version: ContentVersion, verdict: str, *, at: dt.datetime, comment: str = "") -> None:
        decide(
            version.review, self.user, verdict, sha256=version.sha256, comment=comment, at=at, actor=self.actor,
            because="Brief menyusul" if verdict == "approve" else "",
        )  # fmt: skip


def review_drafts(team: dict[str, User], now: dt.datetime) -> None:
    """One of each: what a coordinator meets in a week of reviews."""
    desk = Desk(team, now)
    live = Campaign.objects.filter(name="Kulit Tropis").select_related("brand").first()
    if live is None:
        return
    waiting = list(
        Deliverable.objects.filter(collaboration__campaign=live, status="expected", format__lasts_hours__isnull=True)
        .filter(collaboration__status__in=("agreed", "making")).with_card().order_by("pk")
    )  # fmt: skip
    if len(waiting) > 1:
        second_round(desk, waiting[0])
        client_is_asked(desk, live, waiting[1])
    compare_posts(desk, live)
    first_ideas(desk)


def handed_in(piece: Deliverable, caption: str, scene: Scene, at: dt.datetime) -> ContentVersion:
    person = piece.collaboration.influencer
    picture = kept_picture(scene, "serum pagi.jpg", by=person.stage_name)
    marked(picture)
    said = Said(caption=caption, label_on=True, alts=("Aku dengan botol serum di dekat jendela",))
    return hand_in(piece, said, files=[picture], at=at, actor=Actor("contact", person.stage_name))


def second_round(desk: Desk, piece: Deliverable) -> None:
    """Draft 1 went back with notes in the picture; draft 2 solves them, and promises something a cosmetic may not."""
    first = handed_in(piece, BEFORE, FIRST, desk.now - 3 * DAY)
    asset = first.assets.get()
    item = BriefItem.objects.filter(version__brief__campaign=piece.collaboration.campaign, level="must").first()
    at = desk.now - 2 * DAY
    for data in (
        {"kind": "whole", "level": "good", "body": "Cahayanya cantik, dan senyummu bikin ikut senang."},
        {"kind": "box", "level": "must", "body": "Botolnya terlalu kecil, labelnya belum terbaca", "asset": asset,
         "x": 0.63, "y": 0.64, "w": 0.18, "h": 0.26, "brief_item": item},
        {"kind": "pin", "level": "should", "body": "Jendela di belakangmu terlalu terang", "asset": asset,
         "x": 0.76, "y": 0.22},
    ):  # fmt: skip
        write(first, desk.user, data, at=at, actor=desk.actor)
    desk.says(first, "changes", at=at, comment="Sedikit lagi.")
    piece.refresh_from_db()
    second = handed_in(piece, AFTER, SECOND, desk.now - 5 * HOUR)
    for note in first.notes.open():
        solve(note, second.number, at=desk.now - HOUR, actor=desk.actor)
    ask = {"kind": "whole", "level": "should", "body": "Boleh teksturnya diperlihatkan di punggung tangan?"}
    write(second, desk.user, ask, at=desk.now - HOUR, actor=desk.actor)


def client_is_asked(desk: Desk, campaign: Campaign, piece: Deliverable) -> None:
    """In this campaign the client says yes after us; one draft waits for her."""
    client = newcomer(Guest("Ratih Anggraini", "ratih@lumi.example"), "id")
    if client is None:
        return
    marked(client)
    stages = (Stage(1, "coordinator"), Stage(2, "client", guests=(client.pk,)))
    marked(save_policy(Place(campaign=campaign), {}, stages, at=desk.now - 2 * DAY, actor=desk.actor))
    code = VoucherCode.objects.filter(collaboration=piece.collaboration_id).values_list("code", flat=True).first()
    words = AFTER.replace(" Noda hitam hilang.", f" Pakai kode {code} ya." if code else "")
    version = handed_in(piece, words, SECOND, desk.now - 20 * HOUR)
    desk.says(version, "approve", at=desk.now - 6 * HOUR)


def compare_posts(desk: Desk, campaign: Campaign) -> None:
    """One post says what was approved, the next was changed on the way; the first story that is gone again was fine."""
    posts = LivePost.objects.with_card().filter(
        deliverable__collaboration__campaign=campaign, version__isnull=False, deliverable__format__lasts_hours__isnull=True
    )  # fmt: skip
    for post, ending in zip(posts.order_by("pk")[:2], ("", " Dijamin putih dalam 3 hari."), strict=False):
        approved = post.version.caption if post.version else ""
        look(post, Seen(caption=approved + ending, label=True), at=desk.now - 2 * HOUR, actor=desk.actor)
    gone = Deliverable.objects.filter(collaboration__campaign=campaign, format__lasts_hours__isnull=False)
    oldest = gone.filter(live_posts__isnull=False).order_by("published_at").first()
    if oldest is not None:
        looked_at(oldest, at=desk.now - 2 * HOUR, actor=desk.actor)


def first_ideas(desk: Desk) -> None:
    """The other brand wants the idea before anybody shoots; one has told hers, and those who shoot soon have their yes."""
    waiting = Deliverable.objects.draft_open().filter(collaboration__campaign__status="live").with_card()
    piece = waiting.exclude(collaboration__campaign__name="Kulit Tropis").order_by("pk").first()
    if piece is None or Review.objects.filter(version__deliverable=piece).exists():
        return
    place = Place(campaign=piece.collaboration.campaign)
    marked(save_policy(place, {"concept_first": True}, (), at=desk.now - 4 * DAY, actor=desk.actor))
    idea_of(piece, desk.now - 8 * HOUR)
    soon = waiting.filter(
        collaboration__campaign=place.campaign, draft_due_on__lt=local_date(desk.now, piece.zone) + 6 * DAY
    )
    for other in soon.exclude(collaboration=piece.collaboration_id).order_by("pk"):
        desk.says(idea_of(other, desk.now - 3 * DAY), "approve", at=desk.now - 2 * DAY)


def idea_of(piece: Deliverable, at: dt.datetime) -> ContentVersion:
    herself = Actor("contact", piece.collaboration.influencer.stage_name)
    return hand_in(piece, Said(caption=IDEA), stage="concept", at=at, actor=herself)
