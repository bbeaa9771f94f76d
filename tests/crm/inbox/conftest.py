"""A message that went to Kirana, and what came back about it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm.brands.models import Brand
from crm.inbox.models import InboundMail
from crm.inbox.sorting import sort_in
from crm.inbox.taking_in import take_in
from crm.influencers.models import Influencer
from crm.outbox.models import Contact, Email
from crm.team.models import User
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory

CORPUS = Path(__file__).parent / "corpus"
OURS = "<5d41402abc4b2a76b9719d911017c592@mitra.example>"
SENT_AT = NOW - dt.timedelta(hours=1)
Arrive = Callable[..., InboundMail]


def eml(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Mitra <mitra@mitra.example>"
    settings.INBOUND_ADDRESS = ""
    settings.IMAP_URL = ""


@pytest.fixture
def contact(db: None) -> Contact:
    return ContactFactory(name="Kirana Larasati", email="kirana@contoh.example")


@pytest.fixture
def kirana(contact: Contact) -> Influencer:
    person = InfluencerFactory(stage_name="Kirana Larasati")
    RepresentationFactory(influencer=person, contact=contact)
    return person


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare")


@pytest.fixture
def asked(kirana: Influencer, contact: Contact, lumi: Brand, coordinator: User) -> Email:
    """The reminder that left an hour ago."""
    return Email.objects.create(
        name="draft_due", key="reminder/1", contact=contact, from_name="Dinda, Lumi Skincare", language="en",
        to_address=contact.email, subject="Lumi Skincare: Reel draft, Fri 27 Nov", message_id=OURS,
        influencer_ref=kirana.pk, brand_ref=lumi.pk, sender_ref=coordinator.pk,
        subject_refs=["campaigns.deliverable:12"], state="sent", send_at=SENT_AT, sent_at=SENT_AT,
    )  # fmt: skip


@pytest.fixture
def arrive(organisation: Any, now: dt.datetime) -> Arrive:
    """Take a mail of the corpus in and sort it: `arrive("reply_gmail_en")`."""

    def bring(name: str, raw: bytes = b"") -> InboundMail:
        mail = take_in(raw or eml(name), now)
        assert mail is not None
        sort_in(mail, now)
        mail.refresh_from_db()
        return mail

    return bring
