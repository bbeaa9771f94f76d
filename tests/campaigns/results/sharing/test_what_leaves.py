"""What whoever holds a link reads: results and client prices, and nothing of ours, on the page and in both files."""

import datetime as dt
import io

import pytest
from django.test import Client
from djmoney.money import Money
from fpdf import FPDF
from openpyxl import load_workbook

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.models import BrandLift, CampaignCost, Confounder, ReportLink
from campaigns.results.sharing.actions import share
from crm.team.models import User
from tests.campaigns.results.papers.test_pages_drawn import spying
from tests.campaigns.results.sharing.conftest import Shared
from tests.campaigns.results.sharing.test_sharing import press
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory
from tests.factories.results import a_live_post, a_snapshot
from tests.permissions_world import written

pytestmark = pytest.mark.django_db

OURS = ("7,654,321", "7654321", "7.7M", "Zirkonia", "1,234,567", "1234567", "Rival", "Quartz")


@pytest.fixture
def client_of_lumi() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def card(campaign: Campaign, coordinator: User, now: dt.datetime) -> Collaboration:
    """Kirana with a fee of ours, a price of the client's, a note, and a cost nobody outside knows of."""
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    kirana.notes.create(text="Zirkonia likes her", created_at=now)
    made = CollaborationFactory(
        campaign=campaign, influencer=kirana, status="making", fee=Money(7_654_321, "IDR"),
        client_price=Money(9_000_000, "IDR"), promised_at=now,
    )  # fmt: skip
    a_snapshot(a_live_post(made))
    CampaignCost.objects.create(
        campaign=campaign, amount=Money(1_234_567, "IDR"), on=now.date(), note="Zirkonia agency"
    )
    Confounder.objects.create(campaign=campaign, kind="rival", first_on=now.date(), note="Quartz launched")
    BrandLift.objects.create(
        campaign=campaign, question="Do you know Lumi?", exposed=100, exposed_yes=40, control=100, control_yes=30, on=now.date()
    )  # fmt: skip
    return made


@pytest.fixture
def umbrella(campaign: Campaign, now: dt.datetime) -> Collaboration:
    """A part of the campaign that is another brand's of the same house."""
    other = CampaignFactory(
        name="Rival's Glow", brand=BrandFactory(name="Rival", owner=campaign.brand.owner), parent=campaign
    )
    made = CollaborationFactory(
        campaign=other, influencer=InfluencerFactory(stage_name="Quartz"), status="making", promised_at=now,
        client_price=Money(1_234_567, "IDR"),
    )  # fmt: skip
    a_snapshot(a_live_post(made))
    return made


def leaves(client: Client, shared: Shared, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Everything a link hands out, as text."""
    said: list[str] = []
    for name in ("cell", "multi_cell"):
        monkeypatch.setattr(FPDF, name, spying(getattr(FPDF, name), said))
    press(client, shared.door)
    found = {language: client.get(f"{shared.page}?in={language}").content.decode() for language in ("en", "id")}
    workbook = client.get(f"{shared.page}report.xlsx")
    assert workbook.status_code == 200
    content = b"".join(workbook)  # type: ignore[arg-type]
    book = load_workbook(io.BytesIO(content))
    found["xlsx"] = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert client.get(f"{shared.page}report.pdf").content[:5] == b"%PDF-"
    found["pdf"] = " ".join(said)
    return {name: text.replace("\xa0", " ") for name, text in found.items()}


def test_nothing_of_ours_leaves(
    client_of_lumi: Client,
    shared: Shared,
    card: Collaboration,
    umbrella: Collaboration,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = leaves(client_of_lumi, shared, monkeypatch)
    assert [(name, word) for name, text in found.items() for word in OURS if word in text] == []


def test_what_it_is_for_is_there(
    client_of_lumi: Client, shared: Shared, card: Collaboration, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in leaves(client_of_lumi, shared, monkeypatch).items():
        assert "Kirana Maheswari" in text, name
        assert "15" in text, name


def test_without_prices_no_sum_of_money_is_told(
    client_of_lumi: Client, campaign: Campaign, card: Collaboration, coordinator: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    told = Shared(*share(campaign, label="Press", language="en", shows_money=False, at=now, user=coordinator))
    found = leaves(client_of_lumi, told, monkeypatch)
    prices = ("9,000,000", "9000000", "9.0M", "9M", "9 jt")
    assert [(name, word) for name, text in found.items() for word in prices if word in text] == []


def test_reading_and_taking_along_change_nothing(client_of_lumi: Client, shared: Shared, card: Collaboration) -> None:
    press(client_of_lumi, shared.door)
    with written() as seen:
        for url in (shared.page, f"{shared.page}report.pdf"):
            client_of_lumi.get(url), client_of_lumi.head(url), client_of_lumi.options(url)
        client_of_lumi.get(f"{shared.page}report.xlsx").close()
    assert seen == []


def test_files_stay_in_no_cache_and_are_read_with_the_visit_only(client_of_lumi: Client, shared: Shared) -> None:
    for ending in ("pdf", "xlsx"):
        assert client_of_lumi.get(f"{shared.page}report.{ending}").status_code == 404
    press(client_of_lumi, shared.door)
    answer = client_of_lumi.get(f"{shared.page}report.pdf")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    ReportLink.objects.update(revoked_at=shared.link.created_at)
    assert client_of_lumi.get(f"{shared.page}report.pdf").status_code == 404


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_speaks_the_language_of_the_link(
    client_of_lumi: Client, campaign: Campaign, coordinator: User, now: dt.datetime, language: str
) -> None:
    told = Shared(*share(campaign, label="Board", language=language, at=now, user=coordinator))
    press(client_of_lumi, told.door)
    page = client_of_lumi.get(told.page)
    assert f'<html lang="{language}"' in page.content.decode()
