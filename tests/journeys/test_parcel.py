"""Samples from the first question to the last piece that comes back: she says where and which shade, the parcel is three days
late and takes the dates along, another is lost and sent again, and a loan returns.

The clock is moved, the mail is real, and everything else is pressed and typed.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.samples.models import ReturnRequest, SampleRequest
from crm.base.seeding import lay_all
from crm.base.zones import local_date
from crm.brands.models import Brand, Product, ProductVariant
from crm.outbox.reasons import in_words
from crm.reminders.models import Reminder
from crm.reminders.tick import tick
from crm.team.models import User
from tests.chaos.sink import Sink
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    ProductFactory,
    RepresentationFactory,
)
from tests.journeys.test_channels import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]
HERS = "kirana@contoh.example"
JAKARTA = ZoneInfo("Asia/Jakarta")
HOME = {
    "recipient": "Kirana Maheswari", "phone": "+62 812 3456 7890", "street": "Jl. Cempaka Putih 14", "rt_rw": "003/007",
    "kelurahan": "Bangka", "kecamatan": "Mampang Prapatan", "city": "Jakarta Selatan", "province": "DKI Jakarta",
    "postcode": "12730", "landmark": "Green gate beside the mosque",
}  # fmt: skip


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), JAKARTA)


def day(number: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Tuesday, 24 November, half past seven in Jakarta; it goes on by itself."""
    with time_machine.travel(at(day(24), 7, 30), tick=True) as travelling:
        yield travelling


@pytest.fixture
def lumi(clock: time_machine.Traveller, coordinator: User) -> Brand:
    lay_all()
    return BrandFactory(name="Lumi Skincare", zone="Asia/Jakarta")


@pytest.fixture
def cushion(lumi: Brand) -> Product:
    product = ProductFactory(brand=lumi, name="Lumi Cushion", value=289_000, notification_no="NA18230104521")
    for position, (name, colour) in enumerate((("02 Warm Sand", "#c58c5e"), ("03 Honey", "#b0764a"))):
        ProductVariant.objects.create(product=product, name=name, swatch=colour, position=position)
    return product


@pytest.fixture
def card(lumi: Brand, cushion: Product, coordinator: User) -> Collaboration:
    campaign = CampaignFactory(brand=lumi, name="Glow Ramadan", owner=coordinator, end_on=day(31, 12))
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, zone="Asia/Jakarta")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", email=HERS, language="en"))
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="agreed")
    DeliverableFactory(collaboration=card, draft_due_on=day(3, 12), post_due_on=day(10, 12))
    return card


def press(page: Page) -> None:
    """The one filled button of a form page."""
    page.locator(".form-actions button.btn-primary, .form-actions button.btn-danger").first.click()
    page.wait_for_load_state()


def rings(post_office: Sink) -> list[str]:
    """What the clock's next round sends: the subjects, in order."""
    before = len(post_office.messages)
    tick(timezone.now)
    return [str(one["Subject"]) for one in post_office.messages[before:]]


def asked_for(
    page: Page, card: Collaboration, product: Product, purpose: str, *, by: dt.date, back: dt.date | None = None
) -> SampleRequest:
    """Sent to her from the card, with everything else as it stands: what she makes waits for it."""
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    page.locator("#samples").get_by_role("link", name="Send something").click()
    page.fill(f"[name=product_{product.pk}]", "1")
    page.check(f"[name=purpose][value={purpose}]")
    page.fill("[name=needed_by_on]", str(by))
    if back is not None:
        page.fill("[name=return_due_on]", str(back))
    press(page)
    page.wait_for_url(re.compile(r"/samples/\d+/"))
    return SampleRequest.objects.latest("pk")


def her_page(open_page: Open, post_office: Sink) -> Page:
    """The link of her newest letter, on a phone."""
    letter = next(one for one in reversed(post_office.messages) if HERS in str(one["To"]))
    link = re.search(r"https?://[^/\s]+(/p/\S+)", plain(letter))
    assert link is not None
    page = open_page(link[1], width=390)
    page.locator("button.btn-primary").click()
    page.wait_for_load_state()
    return page


def says_where_and_which(page: Page, violations: Violations) -> None:
    """Until the parcel is there she reads no day that does not hold."""
    assert violations(page) == []
    page.get_by_role("link", name="Glow Ramadan").first.click()
    expect(page.locator("main")).to_contain_text("after the parcel")
    for late in ("3 Dec", "10 Dec"):
        expect(page.locator("main")).not_to_contain_text(late)
    page.get_by_role("link", name="Give my address").click()
    assert violations(page) == []
    for name, words in HOME.items():
        page.fill(f"[name={name}]", words)
    page.get_by_text("03 Honey").click()
    page.check("[name=agrees]")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[role=status]")).to_contain_text("we know where it goes")


def verb(page: Page, request: SampleRequest, part: str, label: str) -> None:
    """A button or link of one part of the request's page."""
    page.goto(f"/samples/{request.pk}/")
    page.locator(f"#{part} .btn", has_text=re.compile(f"^\\s*{label}\\s*$")).last.click()
    page.wait_for_load_state()


def packed(page: Page, request: SampleRequest) -> None:
    verb(page, request, "parcels", "Put a parcel together")
    press(page)
    verb(page, request, "parcels", "Mark packed")
    expect(page.locator("#parcels")).to_contain_text("Packed")


def papers(page: Page, request: SampleRequest) -> list[bytes]:
    """Its label, and the packing list of everything that is packed."""
    page.goto(f"/samples/{request.pk}/")
    with page.expect_download() as label:
        page.locator("#parcels .btn", has_text="Label").click()
    page.goto("/samples/?tab=packed")
    page.locator("tr[data-row]", has_text="Kirana").locator("[name=pick]").check()
    with page.expect_download() as listed:
        page.locator("button[name=action][value=list]").click()
    return [Path(one.value.path()).read_bytes()[:5] for one in (label, listed)]


def shipped(page: Page, request: SampleRequest, courier: str, waybill: str) -> None:
    verb(page, request, "parcels", "Ship it")
    page.select_option("[name=courier]", label=courier)
    page.fill("[name=waybill]", waybill)
    press(page)
    expect(page.locator("#parcels")).to_contain_text(waybill or courier)


def ends(page: Page, request: SampleRequest, label: str) -> None:
    """What became of the newest parcel, on the page that asks what it needs to know."""
    verb(page, request, "arrival", label)
    press(page)


def moves_house(page: Page, card: Collaboration) -> None:
    page.goto(f"/people/{card.influencer_id}/details/")
    page.get_by_role("link", name="Edit this address").click()
    page.fill("[name=street]", "Jl. Anggrek 2")
    press(page)


def has_it(page: Page) -> None:
    """She has it in her hands; everything that waited follows."""
    page.get_by_role("link", name="Yes, it is here").first.click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[role=status]")).to_contain_text("glad that it is with you")
    page.get_by_role("link", name="Glow Ramadan").first.click()
    expect(page.locator("main")).to_contain_text("Sunday, 6 December 2026")
    expect(page.locator("main")).to_contain_text("13 December 2026")


def moved_by_three_days(page: Page, request: SampleRequest, card: Collaboration, reel: Deliverable) -> None:
    """On the request, on the card with the reason, and in what became of every reminder."""
    page.goto(f"/samples/{request.pk}/")
    for words in (
        "Draft Thu 3 Dec, post Thu 10 Dec",
        "Draft Sun 6 Dec, post Sun 13 Dec",
        "The parcel came 3 days late",
    ):
        expect(page.locator("#dates")).to_contain_text(words)
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    expect(page.locator(".story")).to_contain_text("because the parcel came 3 days late")
    expect(page.locator("main")).to_contain_text("Sunday, 13 December 2026")
    page.goto(f"/outbox/why/?about=campaigns.deliverable:{reel.pk}")
    expect(page.locator("main")).to_contain_text("Waits for the parcel")
    drafts = Reminder.objects.filter(kind="deliverable.draft", subject=f"campaigns.deliverable:{reel.pk}")
    gone = drafts.exclude(state="queued")
    assert {(one.state, in_words(one.why)) for one in gone} == {("void", "On hold: Waits for the parcel")}
    assert sorted({local_date(one.send_at, "Asia/Jakarta") for one in drafts.filter(state="queued")})[0] == day(3, 12)


def comes_back(page: Page, hers: Page, loan: SampleRequest, violations: Violations) -> None:
    """She says that she has sent it, a colleague looks at it, and it is closed."""
    assert violations(hers) == []
    hers.get_by_role("link", name="I have sent it back").click()
    hers.fill("[name=waybill]", "JP3234567890")
    hers.get_by_role("button", name="Send").click()
    expect(hers.locator("[role=status]")).to_contain_text("We look out for it")
    verb(page, loan, "returns", "It is back")
    press(page)
    verb(page, loan, "returns", "Look at it")
    press(page)
    expect(page.locator("#returns")).to_contain_text("As new")


def test_a_parcel_comes_late_another_is_lost_and_a_loan_returns(
    open_page: Open, violations: Violations, clock: time_machine.Traveller, coordinator: User, lumi: Brand,
    cushion: Product, card: Collaboration, post_office: Sink,
) -> None:  # fmt: skip
    reel = card.deliverables.get()
    assert rings(post_office) == []
    page = open_page("/", user=coordinator)
    request = asked_for(page, card, cushion, "contractual", by=day(27))
    clock.move_to(at(day(24), 9, 5))
    assert rings(post_office) == ["Lumi Skincare: where to, and which one?"]
    says_where_and_which(her_page(open_page, post_office), violations)
    assert str(request.items.get()) == "Lumi Cushion, 03 Honey"

    clock.move_to(at(day(25), 10))
    packed(page, request)
    assert papers(page, request) == [b"%PDF-"] * 2
    shipped(page, request, "JNE", "JP1234567890")
    moves_house(page, card)
    page.goto(f"/samples/{request.pk}/")
    expect(page.locator("#parcels")).to_contain_text("Jl. Cempaka Putih 14")
    expect(page.locator("#parcels")).not_to_contain_text("Jl. Anggrek 2")

    for number in (26, 27, 28):  # the 28th, when it should be there, is a Saturday
        clock.move_to(at(day(number), 9, 5))
        assert rings(post_office) == []
    clock.move_to(at(day(30), 9, 5))
    assert "Lumi Skincare: has your parcel arrived?" in rings(post_office)
    has_it(her_page(open_page, post_office))
    rings(post_office)
    reel.refresh_from_db()
    assert (reel.draft_due_on, reel.post_due_on) == (day(6, 12), day(13, 12))
    moved_by_three_days(page, request, card, reel)

    serum = ProductFactory(brand=lumi, name="Lumi Glow Serum", value=185_000, notification_no="NA18230104522")
    second = asked_for(page, card, serum, "shoot_use", by=day(4, 12))
    packed(page, second)
    shipped(page, second, "JNE", "JP2234567890")
    clock.move_to(at(day(2, 12), 10))
    ends(page, second, "It is lost")
    expect(page.locator("#arrival")).to_contain_text("Written off")
    ends(page, second, "Put a new parcel together")
    verb(page, second, "parcels", "Mark packed")
    shipped(page, second, "SiCepat", "002345678901")
    clock.move_to(at(day(4, 12), 10))
    ends(page, second, "It is there")
    expect(page.locator("#arrival")).to_contain_text("In place of JP2234567890")
    expect(page.locator("#dates")).to_contain_text("Came in time")
    first, again = second.shipments.order_by("pk")
    assert (first.status, again.status, again.replaces, again.waybill) == ("lost", "delivered", first, "002345678901")

    light = ProductFactory(brand=lumi, name="Ring light", value=900_000, may_be_lent=True)
    loan = asked_for(page, card, light, "loan", by=day(8, 12), back=day(20, 12))
    packed(page, loan)
    shipped(page, loan, "GoSend", "")
    ends(page, loan, "It is there")
    clock.move_to(at(day(14, 12), 9, 5))
    rings(post_office)
    office = open_page("/", user=coordinator)  # two weeks on she signs in anew
    comes_back(office, her_page(open_page, post_office), loan, violations)
    assert ReturnRequest.objects.get().status == "checked"
