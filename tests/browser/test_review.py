"""The page of a version in a real browser: pins by mouse and by keyboard, the slider, a yes by key, and nothing for axe to find."""

import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from campaigns.approvals.deciding.actions import open_review
from campaigns.approvals.models import CheckResult, ContentAsset, ContentVersion, Note, Review
from campaigns.approvals.reviewing import notes
from campaigns.briefs.models import Brief, BriefItem, BriefVersion
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
OLD = "Akhirnya nemu serum yang cocok buat puasa. Kulitku tetap lembap dari sahur sampai buka. #LumiRamadanGlow #iklan"
NEW = (
    "#iklan bersama @lumi.id. Dua minggu puasa, serum ini nemenin terus. Kulitku tetap lembap dari sahur sampai buka. "
    "Noda hitam hilang. #LumiRamadanGlow"
)


def picture(tone: str) -> ContentFile[bytes]:
    image = Image.new("RGB", (440, 440), tone)
    draw = ImageDraw.Draw(image)
    draw.ellipse((120, 110, 240, 280), fill="#d9a27c")
    draw.rounded_rectangle((290, 300, 350, 420), 12, fill="#dbe9ea")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return ContentFile(kept.getvalue(), "a.png")


def handed_in(reel: Deliverable, number: int, tone: str, **more: object) -> ContentVersion:
    now = timezone.now()
    version = ContentVersion.objects.create(
        deliverable=reel, number=number, sha256=f"{number}" * 64, submitted_at=now, **more
    )
    file = StoredFile.objects.create(file=picture(tone), label="Foto.png", mime="image/png", size=900, sha256="a" * 64)
    ContentAsset.objects.create(
        version=version, file=file, label="Foto.png", mime="image/png", size=900, sha256="a" * 64, width=440, height=440
    )
    open_review(version, at=now, actor=Actor("system", "Mitra"))
    return version


@pytest.fixture
def version(coordinator: User) -> ContentVersion:
    campaign = CampaignFactory(
        name="Ramadan Glow", brand=BrandFactory(name="Lumi Skincare"), owner=coordinator, status="live"
    )
    salsa = InfluencerFactory(stage_name="Salsa Prameswari")
    card = CollaborationFactory(campaign=campaign, influencer=salsa, status="making")
    reel: Deliverable = DeliverableFactory(collaboration=card, title="Reel", status="submitted", drafts=2)
    brief = BriefVersion.objects.create(brief=Brief.objects.create(campaign=campaign), number=3)
    BriefItem.objects.bulk_create([BriefItem(version=brief, text="Perlihatkan tekstur serum di punggung tangan")])
    first, actor, now = handed_in(reel, 1, "#eec3a8", caption=OLD), Actor.user(coordinator), timezone.now()
    box = {"kind": "box", "x": 0.65, "y": 0.66, "w": 0.15, "h": 0.28, "asset": first.assets.get()}
    notes.write(first, coordinator, {"body": "Botolnya terlalu kecil", **box}, at=now, actor=actor)
    notes.send(first, at=now)
    Review.objects.filter(version=first).update(status="changes", decided_at=now)
    second = handed_in(reel, 2, "#f6d6b2", caption=NEW, brief_version=brief.pk)
    notes.write(second, coordinator, {"body": "Cahayanya cantik", "level": "good"}, at=now, actor=actor)
    CheckResult.objects.create(
        version=second, rule="CAP-18", outcome="warn", start=113, end=130, quoted="Noda hitam hilang", said_en="To prove",
        said_id="Perlu bukti",
    )  # fmt: skip
    return second


def test_a_version_is_looked_at_noted_and_approved(
    open_page: Open, violations: Callable[[Page], list[str]], owner: User, version: ContentVersion
) -> None:
    page = open_page(f"/reviews/{version.pk}/", user=owner)
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]
    pad = page.locator("pin-pad[data-asset]")
    page.get_by_role("button", name="Add pin").click()
    frame = pad.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.5, frame["y"] + frame["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.75, frame["y"] + frame["height"] * 0.5, steps=4)
    page.mouse.up()
    page.locator(".note-form [name=body]").fill("Teksturnya belum kelihatan")
    page.get_by_role("button", name="Keep the note").click()
    drawn = Note.objects.get(body="Teksturnya belum kelihatan")
    assert (drawn.kind, round(drawn.x or 0, 2), round(drawn.w or 0, 2)) == ("box", 0.5, 0.25)
    page.get_by_role("button", name="Stands on Brief v3, item 1?").click()
    expect(page.get_by_text("If you can, Brief v3, item 1")).to_be_visible()

    page.keyboard.press("Shift+P")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("Label lebih jelas")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Label lebih jelas").first).to_be_visible()
    typed = Note.objects.get(body="Label lebih jelas")
    assert (typed.kind, typed.x, typed.y) == ("pin", 0.54, 0.52)

    page.keyboard.press("s")
    slider = page.get_by_role("slider")
    slider.press("ArrowRight")
    clip = page.locator(".slide img").nth(1).evaluate("image => image.style.clipPath")
    assert clip == "inset(0px 0px 0px 51%)"
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]
    phone = open_page(f"/reviews/{version.pk}/", user=owner, width=390)
    assert (phone.complaints, violations(phone)) == ([], [])  # type: ignore[attr-defined]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390

    Note.objects.unsent().exclude(level="good").delete()
    page.get_by_role("heading", name="Salsa Prameswari, Draft 2").click()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    assert Review.objects.get(version=version).status == "in_review"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/")
    assert Review.objects.get(version=version).status == "approved"
