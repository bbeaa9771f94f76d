"""Drafts of the season as they were handed in: a picture or a link, a caption in her own words, and a yes bound to it."""

import datetime as dt
import zlib

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentVersion
from campaigns.management.demo.people import marked
from campaigns.management.demo.pictures import SCENES, kept_picture
from campaigns.planning.models import Deliverable
from crm.team.models import User
from crm.timeline.record import Actor

CAPTIONS = (
    "#iklan Dua minggu ini {brand} ikut bangun pagi bareng aku. Teksturnya ringan, jadi aku pakai sebelum bikin sarapan. "
    "Kalian biasanya mulai hari dengan apa?",
    "#iklan bersama {brand}. Jujur aku skeptis di hari pertama, terus lupa kapan mulai suka. Ceritanya aku tulis di komentar ya.",
    "#iklan Rumah berantakan, anak minta digendong, dan lima menit ini buat aku sendiri. Ditemani {brand}.",
    "#iklan Banyak yang tanya di DM. Ini yang aku pakai dari {brand}, dan ini kenapa aku tetap balik lagi.",
)
PICTURED = 3
"""Every so many-th draft brings a picture; the others a link, as people do."""


def draft_of(piece: Deliverable, *, at: dt.datetime, caption: str = "") -> ContentVersion:
    """Her draft on her own page. What it brings hangs on her name and the format, not on a key: keys differ between databases."""
    person = piece.collaboration.influencer
    lot = zlib.crc32(f"{person.main_handle} {piece.format.code}".encode())
    words = caption or CAPTIONS[lot % len(CAPTIONS)].format(brand=piece.collaboration.campaign.brand)
    is_pictured = lot % PICTURED == 0
    files = (
        [kept_picture(SCENES[lot // PICTURED % len(SCENES)], "foto.jpg", by=person.stage_name)] if is_pictured else []
    )
    marked(*files)
    link = "" if is_pictured else f"https://drive.example/{person.main_handle}/draft"
    return hand_in(
        piece, Said(caption=words, link=link, label_on=True), files=files, at=at,
        actor=Actor("contact", person.stage_name),
    )  # fmt: skip


def say_yes(version: ContentVersion, user: User, *, at: dt.datetime) -> None:
    """Whoever looks after the campaign says yes to exactly this version."""
    decide(version.review, user, "approve", sha256=version.sha256, at=at, actor=Actor.user(user))
