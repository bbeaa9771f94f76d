"""One kind of task, asked for by real mail and answered by every channel there is: it settles the same way, and asking stops.

The reminders leave over SMTP, the answer comes in over IMAP, everything else is a browser. A channel is one line in
CHANNELS: how the answer is given.
"""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.inbox.models import InboundMail
from crm.inbox.reading import read_mailbox
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from scripts.test_services import dovecot_bin
from tests.chaos.sink import Sink
from tests.conftest import today_here
from tests.crm.inbox.imap_server import Imap, dovecot
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
World = tuple[Open, User, Imap]
DRAFT = "https://drive.example/draft"


def on_her_page(world: World, draft: Deliverable, letter: EmailMessage) -> None:
    """She opens the link of her mail, presses the button and sends the draft herself."""
    open_page, _colleague, _imap = world
    link = re.search(r"https?://[^/\s]+(/p/\S+)", plain(letter))
    assert link is not None
    page = open_page(link[1])
    page.locator("button.btn-primary").click()
    page.locator("section.card a[href$='/draft/']").first.click()
    page.fill("input[inputmode=url]", DRAFT)
    page.locator("form button.btn-primary").click()
    page.wait_for_url("**/?thanks=*")


def told_by_whatsapp(world: World, draft: Deliverable, letter: EmailMessage) -> None:
    """A colleague notes it from the board: the card, told me, note it."""
    open_page, colleague, _imap = world
    page = open_page(reverse("campaign", args=[draft.collaboration.campaign_id]), user=colleague)
    card = page.locator(".kcard", has_text=draft.collaboration.influencer.stage_name)
    card.hover()
    card.locator("summary").click()
    card.get_by_role("link", name="Told me").click()
    assert page.locator("input[name=settles]").is_checked()
    page.locator(f"input[name=deliverable-{draft.pk}-url]").fill(DRAFT)
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(f"**{reverse('campaign', args=[draft.collaboration.campaign_id])}")


def answered_by_mail(world: World, draft: Deliverable, letter: EmailMessage) -> None:
    """She presses reply in her mail program; a colleague opens it from the tray and enters what it says."""
    open_page, colleague, imap = world
    imap.put(reply_to(letter).as_bytes())
    assert dict(+read_mailbox(timezone.now)) == {"taken in": 1}
    mail = InboundMail.objects.get()
    assert (mail.state, mail.found_by, mail.text) == ("delivered", "thread", ANSWER)
    page = open_page(f"{reverse('inbox')}?part=delivered", user=colleague)
    page.get_by_role("link", name=mail.subject).click()
    page.locator("a", has_text="Draft is here").first.click()
    assert page.input_value("select[name=channel]") == "email"
    page.fill("input[inputmode=url]", DRAFT)
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(f"**{reverse('person', args=[draft.collaboration.influencer_id])}")


def reply_to(letter: EmailMessage) -> EmailMessage:
    """What a mail program makes of "reply": the same thread, her words above the quoted ones."""
    reply = EmailMessage()
    reply["From"] = f"Kirana <{letter['To']}>"
    reply["To"] = str(letter["Reply-To"])
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["Message-ID"] = "<her.answer@contoh.example>"
    reply["In-Reply-To"] = str(letter["Message-ID"])
    reply["References"] = f"{letter['References']} {letter['Message-ID']}"
    quoted = "\n".join(f"> {line}" for line in plain(letter).splitlines())
    reply.set_content(f"{ANSWER}\n\nOn Tuesday Dinda wrote:\n{quoted}\n")
    return reply


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


ANSWER = "Kak, draftnya sudah aku kirim ya."

CHANNELS: dict[str, Callable[[World, Deliverable, EmailMessage], None]] = {
    "": on_her_page,
    "whatsapp": told_by_whatsapp,
    "email": answered_by_mail,
}


@pytest.fixture
def imap(settings: Any) -> Iterator[Imap]:
    if dovecot_bin() is None:
        if os.geteuid() == 0:
            pytest.fail("Dovecot is not installed (apt-get install dovecot-imapd), and root could have installed it.")
        pytest.skip("Dovecot is not installed: no real mailbox to answer to.")
    with dovecot() as running:
        settings.IMAP_URL, settings.INBOUND_ADDRESS = running.url, "mitra@mitra.example"
        yield running


@pytest.fixture
def drafts(organisation: Organisation, coordinator: User) -> dict[str, Deliverable]:
    """One draft for each channel, due in eight days and planned; nothing has left yet."""
    campaign = CampaignFactory(owner=coordinator)
    today = today_here()
    found: dict[str, Deliverable] = {}
    for number, channel in enumerate(CHANNELS):
        person = InfluencerFactory(stage_name=f"Kirana {number + 1}")
        RepresentationFactory(influencer=person, contact=ContactFactory(name=person.stage_name))
        found[channel] = DeliverableFactory(
            collaboration=CollaborationFactory(campaign=campaign, influencer=person),
            draft_due_on=today + dt.timedelta(days=8),
            post_due_on=today + dt.timedelta(days=15),
        )
    entered_at = timezone.now() - dt.timedelta(days=9)
    for model in (Campaign, Collaboration, Deliverable):
        model._base_manager.update(created_at=entered_at)
    plan(timezone.now())
    return found


def asked_about(draft: Deliverable) -> Any:
    return Reminder.objects.filter(subject=f"campaigns.deliverable:{draft.pk}", kind="deliverable.draft")


def letters_of(drafts: dict[str, Deliverable], post_office: Sink) -> tuple[dt.datetime, dict[str, EmailMessage]]:
    """The first reminder about each draft leaves when its moment has come; what arrived, and when."""
    at = max(asked_about(draft).queued().earliest("send_at").send_at for draft in drafts.values())
    mail_due(at)
    assert send_due(lambda: at)["sent"] == len(drafts)
    by_address = {str(letter["To"]): letter for letter in post_office.messages}
    contacts = {
        channel: draft.collaboration.influencer.representations.get().contact for channel, draft in drafts.items()
    }
    return at, {channel: by_address[contact.email] for channel, contact in contacts.items()}


def test_the_same_task_settles_by_every_channel_and_asking_stops(
    open_page: Open, coordinator: User, drafts: dict[str, Deliverable], post_office: Sink, imap: Imap
) -> None:
    at, letters = letters_of(drafts, post_office)
    for channel, draft in drafts.items():
        assert (asked_about(draft).mailed().count(), asked_about(draft).queued().count() > 0) == (1, True)
        CHANNELS[channel]((open_page, coordinator, imap), draft, letters[channel])
        draft.refresh_from_db()
        assert (channel, draft.status, draft.draft_url) == (channel, "submitted", DRAFT)
        told = Entry.objects.get(verb="deliverable.submitted", subject=f"campaigns.deliverable:{draft.pk}")
        assert told.channel == channel
        assert asked_about(draft).queued().count() == 0
        whys = {in_words(row.why) for row in asked_about(draft).taken_back()}
        # On some weekdays one of the later reminders falls onto the next one's day, and has made room for it before.
        assert whys - {"A newer reminder about the same thing took its place."} == {"The draft is here"}
    for days in range(1, 15):
        mail_due(at + dt.timedelta(days=days))
    asked = Email.objects.filter(reminders__kind="deliverable.draft").distinct()
    assert (asked.count(), len(post_office.accepted)) == (3, 3)
