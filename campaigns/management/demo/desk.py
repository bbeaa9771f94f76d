"""What the demo's team does at its desk: views for everybody, one thing done to many people, files, quick answers."""

import datetime as dt
from io import BytesIO
from itertools import cycle

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from campaigns.management.demo.people import marked
from campaigns.planning.models import Collaboration, Deliverable
from crm.base.files import accept_upload
from crm.influencers.actions.attachments import add_attachment
from crm.influencers.actions.saved_views import keep_view
from crm.influencers.actions.told import Heard, note_told
from crm.influencers.bulk_runs.actions import begin, carry_on
from crm.influencers.models import Attachment, Influencer, Tag
from crm.influencers.places import talks_with
from crm.influencers.queries.audience import audience_of
from crm.outbox.models import Email
from crm.portal.registry import Asking
from crm.team.models import User
from crm.timeline.record import Actor, subject_of

PAPER, INK, ACCENT = "#ffffff", "#131a26", "#0f766e"
SIZE = (720, 900)
WAITS = (5, 2, 31, 9)
"""Hours until an answer."""


def work_at_desks(people: list[Influencer], team: dict[str, User], now: dt.datetime) -> None:
    """Everything the season's colleagues left lying about."""
    share_views(team, now)
    tag_many(team["coordinator"], now)
    for number, person in enumerate(people[:6]):
        keep_files(person, number, team["coordinator"], now - dt.timedelta(days=12 + number))
    answer_quickly(now)
    talk(team["coordinator"], now)


def share_views(team: dict[str, User], now: dt.datetime) -> None:
    """Two tabs for everybody, and one the coordinator keeps for herself."""
    for role, name, query, is_shared in (
        ("manager", "Micro, parenting", "tier=micro&niche=parenting", True),
        ("manager", "Nobody's yet", "owner=nobody", True),
        ("coordinator", "Mine in Bandung", "city=Bandung&owner=me", False),
    ):
        marked(keep_view(team[role], "people", name, query, is_shared=is_shared, at=now))


def tag_many(user: User, now: dt.datetime) -> None:
    """A tag for everybody who posts about parenting: new for most, some had it already."""
    tag = Tag.objects.filter(name="Family").first()
    if tag is None:
        return
    people = Influencer.objects.visible_to(user).present().filter(main_niche__slug="parenting")
    at = now - dt.timedelta(days=2)
    run = begin("tag", people, data={"tag": tag.name}, query="niche=parenting", user=user, now=at)
    carry_on(run.pk, now=at)
    marked(run)


def keep_files(person: Influencer, number: int, user: User, at: dt.datetime) -> None:
    """A picture of her insights for everybody, a media kit for every other."""
    reached = audience_of(person, user).newest
    lines = [f"{share.words} {share.percent:.0f} %" for one in reached for _label, part in one.parts for share in part]
    add_file(person, Attachment.Kind.INSIGHTS, "insights.png", [f"@{person.main_handle}", *lines], user, at)
    if number % 2 == 0:
        kit = [person.stage_name, person.aesthetic, person.palette, person.city]
        add_file(person, Attachment.Kind.MEDIA_KIT, "media-kit.pdf", kit, user, at)


def add_file(person: Influencer, kind: str, name: str, lines: list[str], user: User, at: dt.datetime) -> None:
    safe = accept_upload(ContentFile(drawn(lines, name), name=name))
    attachment = Attachment(influencer=person, kind=kind, added_by=user)
    add_attachment(attachment, safe, at=at, actor=Actor.user(user))
    Attachment.objects.filter(pk=attachment.pk).update(created_at=at)
    marked(attachment.file)


def drawn(lines: list[str], name: str) -> bytes:
    """A page with a few lines, as a picture or as paper."""
    page = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, SIZE[0], 12), fill=ACCENT)
    for place, line in enumerate(lines):
        pen.text((48, 60 + place * 44), line, fill=INK, font_size=40 if place == 0 else 24)
    paper = BytesIO()
    page.save(paper, format="PDF" if name.endswith(".pdf") else "PNG")
    return paper.getvalue()


def answer_quickly(now: dt.datetime) -> None:
    """Mail of the campaign that is over, so that three people have answers to count."""
    pieces = Deliverable.objects.filter(collaboration__campaign__status="wrapped", submitted_at__isnull=False)
    hours = cycle(WAITS)
    for piece in pieces.select_related("collaboration__influencer").order_by("pk")[:6]:
        for name, answered_at in (("draft_due", piece.submitted_at), ("post_today", piece.published_at)):
            if answered_at is not None:
                write_before(piece, name, answered_at - dt.timedelta(hours=next(hours)))


TALKS = (
    ("call", False, "Minta brief dikirim lagi, yang lama hilang waktu ganti HP."),
    ("dm", True, "Kak, sudah kami kirim ulang ya lewat e-mail."),
    ("whatsapp", False, "Makasih kak, nanti malam aku baca."),
)
"""How, whether it was us, and the words."""


def talk(user: User, now: dt.datetime) -> None:
    """A short talk with one of the people at work, over three channels: it settles nothing and stands in her story."""
    card = Collaboration.objects.filter(campaign__status="live", status="making").order_by("pk").first()
    if card is None:
        return
    person = card.influencer
    about = next(one for one in talks_with(user, person.pk) if one.thing == card)
    account = person.accounts.order_by("pk").first()
    for number, (channel, ours, words) in enumerate(TALKS):
        at = now - dt.timedelta(days=2, hours=3 - number)
        heard = Heard(user, at, channel, words, account=account, ours=ours, about=about)
        note_told(person, heard, [], Asking(person.pk, None, at, person.zone))


def write_before(piece: Deliverable, name: str, at: dt.datetime) -> None:
    person = piece.collaboration.influencer
    contact = person.representations.own_first()[0].contact
    Email.objects.create(
        name=name, key=f"demo {name} {piece.pk}", contact=contact, language=contact.language, from_name="Dinda",
        to_address=contact.email, subject=f"{piece.format.name}, {person.stage_name.split()[0]}",
        text=f"Hi {person.stage_name.split()[0]}", influencer_ref=person.pk, brand_ref=piece.collaboration.campaign.brand_id,
        subject_refs=[subject_of(piece)], state=Email.State.SENT, send_at=at, sent_at=at,
    )  # fmt: skip
