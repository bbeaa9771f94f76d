"""A draft from her phone to the post: corrected twice, said yes to by us and by the client, changed on the way, and noticed.

The clock is moved, the mail is real, and everything else is pressed and typed.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from campaigns.approvals.models import ContentVersion, Deviation, LivePost
from campaigns.planning.models import Deliverable
from crm.base.seeding import lay_all
from crm.brands.models import Brand
from crm.reminders.tick import tick
from crm.team.models import User
from crm.vetting.models import Fact
from tests.chaos.sink import Sink
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)
from tests.journeys.test_channels import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]
HERS, CLIENTS = "kirana@contoh.example", "ratih@lumi.example"
JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST = "Dua minggu ini Lumi ikut bangun pagi bareng aku. Kalian mulai hari dengan apa?"
LABELLED = "#iklan " + FIRST
LAST = LABELLED + " Ceritaku lengkap di komentar."
LIVE = LAST.replace("#iklan ", "") + " Dijamin putih."


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Tuesday, 24 November, half past seven in Jakarta; it goes on by itself."""
    with time_machine.travel(at(24, 7, 30), tick=True) as travelling:
        yield travelling


@pytest.fixture
def reel(clock: time_machine.Traveller, coordinator: User) -> Deliverable:
    lay_all()
    brand: Brand = BrandFactory(name="Lumi Skincare", zone="Asia/Jakarta")
    campaign = CampaignFactory(brand=brand, name="Glow Ramadan", owner=coordinator, end_on=dt.date(2026, 12, 31))
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, zone="Asia/Jakarta")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", email=HERS, language="en"))
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="making")
    return DeliverableFactory(collaboration=card, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 7))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """What a phone brings: a JPEG of its camera."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 1500)).convert("RGB").save(written, "JPEG", quality=80)
    path = tmp_path / "IMG_4711.jpg"
    path.write_bytes(written.getvalue())
    return path


def rings(post_office: Sink, to: str) -> list[Message]:
    """What the clock's next round sends to somebody."""
    before = len(post_office.messages)
    tick(timezone.now)
    return [one for one in post_office.messages[before:] if to in str(one["To"])]


def newest(post_office: Sink, to: str) -> Message:
    return next(one for one in reversed(post_office.messages) if to in str(one["To"]))


def follow(open_page: Open, letter: Message, door: str) -> Page:
    """The link of a letter, opened on a phone and gone through."""
    link = re.search(rf"https?://[^/\s]+({door}\S+)", plain(letter))
    assert link is not None
    page = open_page(link[1], width=390)
    page.locator("main button.btn-primary").first.click()
    page.wait_for_load_state()
    return page


def client_says_yes_too(page: Page, reel: Deliverable) -> None:
    """The only preparation, the house's: after us, the client."""
    page.goto(f"/campaigns/{reel.collaboration.campaign_id}/approvals/")
    page.check("[name=roles][value=client]")
    page.locator("main summary", has_text="Somebody new from outside").click()
    page.fill("[name=new_name]", "Ratih Anggraini")
    page.fill("[name=new_email]", CLIENTS)
    page.select_option("[name=new_role]", "client")
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_load_state()


def hands_in(page: Page, reel: Deliverable, caption: str, picture: Path | None = None) -> ContentVersion:
    """Picture with progress, caption kept while she types, and one button."""
    if picture is not None:
        page.set_input_files("#id_files", str(picture))
        expect(page.locator(".draft-files img")).to_have_count(1, timeout=30_000)
    page.fill("[name=caption]", caption)
    page.locator("[name=caption]").blur()
    expect(page.locator(".draft-saved")).to_be_visible(timeout=30_000)
    page.locator(".draft-send button.btn-primary").click()
    page.wait_for_load_state()
    return ContentVersion.objects.filter(deliverable=reel).latest("number")


def asks_for_changes(page: Page, version: ContentVersion, note: str) -> None:
    """From the queue to the version, a note on the whole of it, and everything sent at once."""
    page.goto("/reviews/")
    page.get_by_role("link", name="Kirana Maheswari").first.click()
    page.wait_for_url(re.compile(rf"/reviews/{version.pk}/"))
    page.locator("#write > summary").click()
    page.fill("#write [name=body]", note)
    page.locator("#write button[type=submit]").last.click()
    page.wait_for_load_state()
    page.locator("#decision button[value=changes]").click()
    page.wait_for_load_state()


def test_a_draft_from_her_phone_to_a_post_that_was_changed(
    open_page: Open,
    violations: Violations,
    post_office: Sink,
    clock: time_machine.Traveller,
    reel: Deliverable,
    picture: Path,
    coordinator: User,
    owner: User,
) -> None:
    client_says_yes_too(open_page("/", user=owner), reel)
    ours = open_page("/", user=coordinator)

    clock.move_to(at(24, 9, 5))
    (asked,) = rings(post_office, HERS)
    hers = follow(open_page, asked, "/p/")
    hers.get_by_role("link", name="Send the draft").first.click()
    hers.wait_for_url(re.compile(rf"/draft/{reel.pk}/"))
    assert violations(hers) == []
    hers.fill("[name=caption]", FIRST)
    hers.locator("[name=caption]").blur()
    expect(hers.locator(".draft-findings")).to_contain_text("says", timeout=30_000)
    first = hands_in(hers, reel, FIRST, picture)
    assert (first.number, first.assets.get().width) == (1, 1200)

    ours.goto(f"/reviews/{first.pk}/")
    assert violations(ours) == []
    expect(ours.locator("#decision button.is-held")).to_be_disabled()
    asks_for_changes(ours, first, "Please say first that it is an ad.")
    (told,) = rings(post_office, HERS)
    assert "Please say first that it is an ad." in plain(told)

    clock.move_to(at(24, 14, 0))
    hers = follow(open_page, told, "/p/")
    hers.get_by_role("link", name=re.compile("Send the (new )?draft")).first.click()
    expect(hers.locator("main")).to_contain_text("Please say first that it is an ad.")
    second = hands_in(hers, reel, LABELLED, picture)
    asks_for_changes(ours, second, "Tell them where your whole story is.")
    (told,) = rings(post_office, HERS)

    clock.move_to(at(25, 9, 30))
    hers = follow(open_page, told, "/p/")
    hers.get_by_role("link", name=re.compile("Send the (new )?draft")).first.click()
    third = hands_in(hers, reel, LAST, picture)
    assert (third.number, third.sha256) != (second.number, second.sha256)
    ours.goto(f"/reviews/{third.pk}/")
    ours.locator("#decision button[value=approve]").click()
    ours.wait_for_load_state()
    reel.refresh_from_db()
    assert reel.status == "submitted"

    clock.move_to(at(25, 10, 0))
    tick(timezone.now)  # what one round writes to guests leaves with the next
    rings(post_office, CLIENTS)
    client = follow(open_page, newest(post_office, CLIENTS), "/r/")
    client.get_by_role("link", name="Look at it").click()
    assert violations(client) == []
    expect(client.locator("main")).to_contain_text("Ceritaku lengkap di komentar.")
    client.locator("button[value=approve]").click()
    client.wait_for_load_state()
    reel.refresh_from_db()
    assert reel.status == "approved"
    assert {one.sha256 for one in third.decisions.all()} == {third.sha256}

    rings(post_office, HERS)
    clock.move_to(at(7, 19, 0, month=12))
    hers = follow(open_page, newest(post_office, HERS), "/p/")
    hers.get_by_role("link", name="It is posted").first.click()
    hers.fill("[name=url]", "https://www.instagram.com/p/C4711/")
    hers.fill("[name=caption]", LIVE)
    hers.locator("main button.btn-primary").click()
    hers.wait_for_load_state()

    post = LivePost.objects.get(deliverable=reel)
    assert (post.status, post.version) == ("deviated", third)
    assert "caption" in set(Deviation.objects.open().filter(post=post).values_list("kind", flat=True))
    ours.goto("/deviations/")
    ours.get_by_role("link", name="Kirana Maheswari").first.click()
    expect(ours.locator("main")).to_contain_text("Dijamin putih")
    assert violations(ours) == []
    assert Fact.objects.get(kind="rounds", ref__contains=f"{reel.pk}").amount == 2
