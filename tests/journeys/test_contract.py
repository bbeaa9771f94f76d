"""A contract from the words of a chat to its last day: drafted, sent, signed with a code in her own browser, countersigned,
proven, amended, and ended early with days of exclusivity that run on."""

import datetime as dt
import re
from collections.abc import Callable
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.base.seeding import lay_all
from crm.base.zones import local_date
from crm.brands.models import Brand, Category
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.papers import make_papers
from crm.contracts.models import Contract, Signature
from crm.exclusivity.models import Clause
from crm.influencers.models import Influencer, Platform, SocialAccount
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.team.models import Role, User
from tests.chaos.sink import Sink
from tests.conftest import today_here
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory, UserFactory
from tests.journeys.test_channels import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
DAY = dt.timedelta(days=1)


@pytest.fixture
def manager(coordinator: User) -> User:
    return UserFactory(role=Role.MANAGER, name="Ratna Kusuma")


@pytest.fixture
def lumi(coordinator: User) -> Brand:
    lay_all()
    return BrandFactory(name="Lumi Skincare", category=Category.objects.get(slug="skincare"))


@pytest.fixture
def kirana(lumi: Brand, coordinator: User) -> Influencer:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, zone="Asia/Jakarta")
    instagram = Platform.objects.get(code="instagram")
    SocialAccount.objects.create(influencer=kirana, platform=instagram, handle="kirana", followers=34_000)
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", language="en"))
    return kirana


def drafted(page: Page, brand: Brand) -> Contract:
    """From what was said in the chat."""
    today = today_here()
    page.fill("[name=who]", "@kirana")
    page.select_option("[name=brand]", str(brand.pk))
    page.fill("[name=said]", "1 reel 3 story 2,8jt nett")
    page.fill("[name=start_on]", str(today))
    page.fill("[name=end_on]", str(today + 89 * DAY))
    page.select_option("[name=template]", label="Campaign")
    page.locator(".form-actions button.btn-primary").click()
    expect(page.locator("h1")).to_have_text("Lumi Skincare · Kirana Maheswari")
    expect(page.locator("#posts")).to_contain_text("3 × Instagram Story")
    expect(page.locator("#pay")).to_contain_text("IDR 2,800,000")
    return Contract.objects.get()


def promise_skincare(page: Page) -> None:
    """No other skincare while it runs, and ten days on when it ends early."""
    page.locator("#exclusivity a.btn", has_text="Add a promise").click()
    page.select_option("[name=anchor]", "term")
    for name in ("before", "after"):
        page.fill(f"[name={name}]", "0")
    page.locator("details:has([name=survival]) summary").click()
    page.select_option("[name=survival]", "tail")
    page.fill("[name=tail_days]", "10")
    page.locator(".form-actions button.btn-primary").click()
    expect(page.locator("#exclusivity")).to_contain_text("Skincare")


def verb(page: Page, label: str) -> None:
    """A verb from the menu, confirmed."""
    page.locator(".page-head details.menu summary").click()
    page.locator(".menu-list a", has_text=label).click()


def confirm(page: Page) -> None:
    page.locator(".form-actions button.btn-primary, .form-actions button.btn-danger").first.click()


def letter(name: str, post_office: Sink) -> EmailMessage:
    """The newest of these letters, delivered when its moment has come."""
    email = Email.objects.filter(name=name).latest("pk")
    for _try in range(2):  # at night it waits for the morning
        at = max(timezone.now(), email.send_at)
        send_due(lambda: at)  # noqa: B023  called at once
        email.refresh_from_db()
    found = [one for one in post_office.messages if one["Message-ID"] == email.message_id]
    assert (name, email.state, len(found)) == (name, "sent", 1)
    return found[0]


def signed_by_her(open_page: Open, post_office: Sink, violations: Callable[[Page], list[str]]) -> None:
    """In a browser of her own: she opens the link of the letter, reads, types her name, and the code from the next letter."""
    link = re.search(r"https?://[^/\s]+(/p/\S+)", plain(letter("contract_sent", post_office)))
    assert link is not None
    page = open_page(link[1], width=390)
    page.locator("button.btn-primary").click()
    page.get_by_role("link", name="Read and sign").click()
    expect(page.locator(".musts")).to_contain_text("3 × Instagram Story")
    assert violations(page) == []
    page.get_by_role("link", name="Sign now").click()
    page.check("[name=yes]")
    page.get_by_role("button", name="Send me the code").click()
    page.wait_for_url("**/sign-code/**")
    code = re.search(r"\b\d{6}\b", str(letter("contract_code", post_office)["Subject"]))
    assert code is not None
    page.fill("[name=code]", "000000" if code[0] != "000000" else "000001")
    page.get_by_role("button", name="Sign now").click()
    expect(page.locator("main")).to_contain_text("not the code")
    page.fill("[name=code]", code[0])
    page.get_by_role("button", name="Sign now").click()
    expect(page.locator(".p-thanks")).to_contain_text("it is signed")


def countersigned(page: Page) -> None:
    page.locator("#signatures a.btn", has_text="Sign").click()
    page.check("[name=yes]")
    page.locator(".form-actions button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("Everybody has signed.")


def proven(page: Page, her_letter: EmailMessage, tmp_path: Path) -> None:
    """The paper on the page is the one she got; it is unchanged, and one letter more in it is found."""
    with page.expect_download() as download:
        page.locator(".page-head button", has_text="PDF").click()
    paper = Path(download.value.path()).read_bytes()
    attached = [part.get_content() for part in her_letter.iter_attachments()]
    assert attached == [paper]
    kept, bent, said = tmp_path / "kept.pdf", tmp_path / "bent.pdf", StringIO()
    kept.write_bytes(paper)
    call_command("verify_contract", str(kept), stdout=said)
    assert said.getvalue().splitlines()[-1] == "unchanged"
    bent.write_bytes(paper.replace(b"Kirana Maheswari", b"Kirana Maheswara"))
    with pytest.raises(CommandError, match="not the contract as it was signed"):
        call_command("verify_contract", str(bent), stdout=said)


def longer_by_a_month(page: Page, contract: Contract) -> None:
    """An amendment from today on: agreed by chat, signed for the brand, and carried out."""
    last = contract.end_on + 30 * DAY if contract.end_on else None
    page.goto(f"/contracts/{contract.pk}/")
    verb(page, "Amend")
    page.check("[name=what][value=last-day]")
    page.locator(".form-actions button.btn-primary").click()
    page.fill("[name=end_on]", str(last))
    page.locator(".form-actions button.btn-primary").click()
    made = Contract.objects.get(amends=contract)
    page.goto(f"/contracts/{made.pk}/")
    page.locator("#signatures a.btn", has_text="She agreed").click()
    page.fill("[name=said]", "Oke kak, tambah sebulan ya")
    page.locator(".form-actions button.btn-primary").click()
    countersigned(page)
    move_by_date(timezone.now())
    contract.refresh_from_db()
    made.refresh_from_db()
    assert (contract.end_on, made.status) == (last, "active")


def ended_early(page: Page, contract: Contract) -> None:
    """It says what that means before it happens: her promise runs on for ten days."""
    today = today_here()
    page.goto(f"/contracts/{contract.pk}/")
    verb(page, "End it early")
    page.fill("[name=on]", str(today))
    page.fill("[name=why]", "The product is not sold any more")
    page.get_by_role("button", name="Show what it means").click()
    expect(page.locator("#ending")).to_contain_text("Skincare")
    assert Contract.objects.get(pk=contract.pk).status == "active"
    page.get_by_role("button", name="End it early").click()
    expect(page.locator(".page-head .pill")).to_have_text("Ended early")
    clause = Clause.objects.get(influencer=kirana_of(contract), standing="active")
    tail = clause.stretches.get()
    assert (local_date(tail.end_at, "Asia/Jakarta"), clause.ended_on) == (today + 11 * DAY, today)


def kirana_of(contract: Contract) -> int:
    return contract.parties.talents().get().influencer_id or 0


def test_from_the_words_of_a_chat_to_a_contract_that_ended_early(
    open_page: Open, violations: Callable[[Page], list[str]], coordinator: User, manager: User, lumi: Brand,
    kirana: Influencer, post_office: Sink, tmp_path: Path,
) -> None:  # fmt: skip
    page = open_page("/contracts/new/", user=coordinator)
    contract = drafted(page, lumi)
    promise_skincare(page)
    verb(page, "Send")
    confirm(page)
    expect(page.locator(".page-head .pill")).to_have_text("Sent")

    signed_by_her(open_page, post_office, violations)
    office = open_page(f"/contracts/{contract.pk}/", user=manager)
    countersigned(office)
    how = Signature.objects.filter(party__contract=contract).order_by("pk").values_list("how", "name")
    assert list(how) == [("code", "Kirana Maheswari"), ("house", "Ratna Kusuma")]

    move_by_date(timezone.now())
    assert make_papers(timezone.now()) == {"made": 1}
    office.reload()
    proven(office, letter("contract_signed", post_office), tmp_path)
    longer_by_a_month(office, contract)
    ended_early(office, contract)
    assert [text for text in page.complaints + office.complaints if "422" not in text] == []  # type: ignore[attr-defined]
