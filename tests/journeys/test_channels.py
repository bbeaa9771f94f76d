"""One kind of task, answered by every channel there is: it settles the same way, and asking stops for each.

A channel is one line in CHANNELS: how the answer is given in a browser.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.inbox.sorting import sort_in
from crm.inbox.taking_in import take_in
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.portal.links import mint
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
DRAFT = "https://drive.example/draft"


def on_her_page(open_page: Open, draft: Deliverable, colleague: User) -> None:
    """She opens the link of her mail, presses the button and sends the draft herself."""
    card = draft.collaboration
    link = mint(
        contact=card.influencer.representations.get().contact,
        influencer_id=card.influencer_id,
        brand_id=card.campaign.brand_id,
        at=timezone.now(),
    )
    page = open_page(link[link.index("/p/") :])
    page.locator("button.btn-primary").click()
    page.locator("section.card a[href$='/draft/']").first.click()
    page.fill("input[inputmode=url]", DRAFT)
    page.locator("form button.btn-primary").click()
    page.wait_for_url("**/?thanks=*")


def told_by_whatsapp(open_page: Open, draft: Deliverable, colleague: User) -> None:
    """A colleague notes it from the board: the card, told me, note it."""
    page = open_page(reverse("campaign", args=[draft.collaboration.campaign_id]), user=colleague)
    card = page.locator(".kcard", has_text=draft.collaboration.influencer.stage_name)
    card.hover()
    card.locator("summary").click()
    card.get_by_role("link", name="Told me").click()
    assert page.locator("input[name=settles]").is_checked()
    page.locator(f"input[name=deliverable-{draft.pk}-url]").fill(DRAFT)
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(f"**{reverse('campaign', args=[draft.collaboration.campaign_id])}")


def answered_by_mail(open_page: Open, draft: Deliverable, colleague: User) -> None:
    """She answers the reminder's mail; a colleague opens it from the tray and enters what it says."""
    person = draft.collaboration.influencer
    contact = person.representations.get().contact
    now = timezone.now()
    asked = Email.objects.create(
        name="draft_due",
        key=f"asked/{draft.pk}",
        contact=contact,
        from_name="Dinda",
        to_address=contact.email,
        subject="Reel draft",
        message_id=f"<{draft.pk}.asked@mitra.example>",
        influencer_ref=person.pk,
        brand_ref=draft.collaboration.campaign.brand_id,
        sender_ref=colleague.pk,
        subject_refs=[f"campaigns.deliverable:{draft.pk}"],
        state="sent",
        send_at=now,
        sent_at=now,
    )
    mail = take_in(REPLY.format(address=contact.email, asked=asked.message_id).encode(), now)
    assert mail is not None
    sort_in(mail, now)
    page = open_page(reverse("inbox-mail", args=[mail.pk]), user=colleague)
    page.locator("a", has_text="Draft is here").first.click()
    page.select_option("select[name=channel]", "email")
    page.fill("input[inputmode=url]", DRAFT)
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_load_state()


REPLY = """From: Kirana <{address}>
To: mitra@mitra.example
Subject: Re: Reel draft
Message-ID: <her.answer@contoh.example>
In-Reply-To: {asked}
Content-Type: text/plain; charset=utf-8

Kak, draftnya sudah aku kirim ya.
"""

CHANNELS: dict[str, Callable[[Open, Deliverable, User], None]] = {
    "": on_her_page,
    "whatsapp": told_by_whatsapp,
    "email": answered_by_mail,
}


@pytest.fixture
def drafts(organisation: Organisation, coordinator: User) -> dict[str, Deliverable]:
    """One draft for each channel, due in four days, asked for since it was planned; nothing has left yet."""
    campaign = CampaignFactory(owner=coordinator)
    today = timezone.localdate()
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


def test_the_same_task_settles_by_every_channel_and_asking_stops(
    open_page: Open, coordinator: User, drafts: dict[str, Deliverable]
) -> None:
    for channel, draft in drafts.items():
        assert asked_about(draft).queued().count() > 0
        CHANNELS[channel](open_page, draft, coordinator)
        draft.refresh_from_db()
        assert (channel, draft.status, draft.draft_url) == (channel, "submitted", DRAFT)
        told = Entry.objects.get(verb="deliverable.submitted", subject=f"campaigns.deliverable:{draft.pk}")
        assert told.channel == channel
        assert asked_about(draft).queued().count() == 0
        assert {in_words(row.why) for row in asked_about(draft)} == {"The draft is here"}
    for days in range(14):
        mail_due(timezone.now() + dt.timedelta(days=days))
    assert not Email.objects.filter(reminders__kind="deliverable.draft").exists()
