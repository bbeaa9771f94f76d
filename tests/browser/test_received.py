"""Received mail in a real browser: every width, nothing for axe to find, and an answer settles its task in two clicks."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from campaigns.planning.models import Deliverable
from crm.inbox.models import AnswerHold, InboundFile, InboundMail
from crm.reminders.models import Todo
from crm.team.models import User
from tests.conftest import today_here
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def reel(coordinator: User) -> Deliverable:
    person = InfluencerFactory(stage_name="Kirana Maheswari")
    card = CollaborationFactory(influencer=person, campaign=CampaignFactory(owner=coordinator), status="making")
    made: Deliverable = DeliverableFactory(collaboration=card, draft_due_on=today_here() + dt.timedelta(days=3))
    return made


@pytest.fixture
def answer(reel: Deliverable, coordinator: User) -> InboundMail:
    now, about = timezone.now(), f"campaigns.deliverable:{reel.pk}"
    card = reel.collaboration
    brand = card.campaign.brand_id
    mail = InboundMail.objects.create(
        key="answer", kind="reply", state="delivered", from_name="Kirana", from_address="kirana@contoh.example",
        subject="Re: Reel draft, Fri 27 Nov", text="Drafnya sudah jadi, Kak.", whole_text="Drafnya sudah jadi, Kak.\n> ?",
        received_at=now, influencer_ref=card.influencer_id, influencer_label="Kirana Maheswari", brand_ref=brand,
        subject_refs=[about], owner=coordinator,
    )  # fmt: skip
    InboundFile.objects.create(mail=mail, label="bom.zip", size=4096, why="It is not a file we can take here.")
    AnswerHold.objects.create(mail=mail, subject=about, brand_ref=brand, until_at=now + dt.timedelta(days=1))
    Todo.objects.create(
        key=f"inbound:{mail.pk}", kind="reply", text="Answered by e-mail", owner=coordinator, brand_ref=brand
    )
    return mail


@pytest.fixture
def stranger(db: None) -> InboundMail:
    return InboundMail.objects.create(
        key="stranger", state="unmatched", why="Nobody with this address is on file.", from_name="Bagus Wibisono",
        from_address="bagus@foto.example", subject="Kerja sama", text="Selamat pagi.", received_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_these_pages(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    owner: User,
    answer: InboundMail,
    stranger: InboundMail,
    width: int,
) -> None:
    for path in (
        reverse("inbox"),
        reverse("inbox-mail", args=[answer.pk]),
        reverse("inbox-mail", args=[stranger.pk]),
        reverse("inbox-about", args=[stranger.pk]),
    ):
        page = open_page(path, user=owner, width=width)
        assert (path, page.complaints) == (path, [])  # type: ignore[attr-defined]
        assert (path, violations(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)


def test_an_answer_settles_the_very_task_with_its_own_words(
    open_page: Open, coordinator: User, reel: Deliverable, answer: InboundMail
) -> None:
    page = open_page(reverse("inbox-mail", args=[answer.pk]), user=coordinator)
    page.get_by_role("link", name="Draft is here").click()
    assert page.input_value("textarea[name=quote]") == "Drafnya sudah jadi, Kak."
    assert page.input_value("select[name=channel]") == "email"
    page.fill("input[inputmode=url]", "https://drive.example/draft")
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(f"**{reverse('person', args=[reel.collaboration.influencer_id])}")
    reel.refresh_from_db()
    answer.refresh_from_db()
    assert (reel.status, answer.state, Todo.objects.open().count()) == ("submitted", "filed", 0)
