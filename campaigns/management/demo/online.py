"""Posts of the demo that somebody has looked at: as approved, with her screenshot where the post itself is gone after a day."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from campaigns.approvals.models import Deviation, LivePost
from campaigns.approvals.publishing.actions import Seen, close, look
from campaigns.approvals.publishing.evidence import add_proof
from campaigns.management.demo.people import marked
from campaigns.planning.models import Deliverable
from crm.base.files.kinds import Kind
from crm.base.files.upload import SafeFile, keep
from crm.base.models import StoredFile
from crm.timeline.record import Actor

SIZE = (360, 640)
FRAMES = 1


def looked_at(piece: Deliverable, *, at: dt.datetime, actor: Actor) -> None:
    """What is online says what was approved, and a colleague has seen so; another day than the agreed one was fine."""
    for post in LivePost.objects.with_card().select_related("version").filter(deliverable=piece):
        if not post.lasts and post.deliverable.proof_id is None:
            add_proof(post, screenshot_of(post), at=at, actor=actor)
        frames = None if post.lasts else FRAMES
        caption = post.version.caption if post.version else None
        for case in look(
            post, Seen(caption=caption, label=True, frames=frames, frames_labelled=frames), at=at, actor=actor
        ):
            close(case, Deviation.Outcome.ACCEPTED, "Told us the day before.", at=at, actor=actor)


def screenshot_of(post: LivePost) -> StoredFile:
    """Her story as her phone showed it."""
    person = post.deliverable.collaboration.influencer
    picture = Image.new("RGB", SIZE, "#e9b79b")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((20, 20, 340, 26), radius=3, fill="#ffffff")
    pen.text((20, 44), f"@{person.main_handle}", fill="#3c4043", font_size=22)
    pen.text((20, 580), "#iklan", fill="#3c4043", font_size=22)
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    file = keep(SafeFile(out, Kind.PNG, "story.png", *SIZE), by=person.stage_name)
    marked(file)
    return file
