"""Pages about who hears what, and why, in a real browser: nothing for axe to find, no width too narrow, and no mouse needed."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.seeding import lay_all
from crm.inbox.models import InboundMail
from crm.outbox.models import Contact, Email
from crm.portal.links import choices_address
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.team.leaves import plan_leave
from crm.team.models import User
from tests.conftest import today_here
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def kirana(owner: User, coordinator: User) -> Contact:
    """Somebody who makes two things of one brand, both due on the same day, asked for since they were entered."""
    lay_all()
    person = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator)
    contact: Contact = ContactFactory(name="Kirana Maheswari", language="en")
    RepresentationFactory(influencer=person, contact=contact)
    campaign = CampaignFactory(owner=coordinator, brand=BrandFactory(name="Lumi Skincare"))
    card = CollaborationFactory(influencer=person, campaign=campaign, status="making")
    for _number in range(2):
        DeliverableFactory(
            collaboration=card,
            draft_due_on=today_here() + dt.timedelta(days=8),
            post_due_on=today_here() + dt.timedelta(days=15),
        )
    for model in (Campaign, Collaboration, Deliverable):
        model._base_manager.update(created_at=timezone.now() - dt.timedelta(days=9))
    plan(timezone.now())
    return contact


@pytest.fixture
def digest(kirana: Contact) -> Email:
    """The one message that asks for both."""
    mail_due(Reminder.objects.queued().earliest("send_at").send_at)
    return Email.objects.get(name="digest", contact=kirana)


@pytest.fixture
def answer(kirana: Contact, digest: Email, coordinator: User) -> InboundMail:
    return InboundMail.objects.create(
        key="answer", kind="reply", state="delivered", from_name="Kirana", from_address=kirana.email, parent=digest,
        subject=f"Re: {digest.subject}", text="The first is ready.", whole_text="The first is ready.\n> ?",
        message_id="<her.answer@contoh.example>", facts={"answers": [digest.message_id]}, received_at=timezone.now(),
        contact=kirana, influencer_ref=digest.influencer_ref, influencer_label=kirana.name, brand_ref=digest.brand_ref,
        subject_refs=digest.subject_refs, owner=coordinator,
    )  # fmt: skip


def sound(page: Page, violations: Callable[[Page], list[str]], width: int) -> tuple[list[str], list[str], int]:
    """What the console and axe complain about, and how wide the page is."""
    return page.complaints, violations(page), page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [1440, 390])
def test_colleagues_can_use_every_page_about_mail(
    open_page: Open, violations: Callable[[Page], list[str]], owner: User, answer: InboundMail, width: int
) -> None:
    rule = Rule.objects.get(kind="deliverable.draft")
    page = open_page(reverse("inbox-mail", args=[answer.pk]), user=owner, width=width)
    for path in (
        reverse("inbox-mail", args=[answer.pk]),
        reverse("outbox-email", args=[answer.parent_id]),
        f"{reverse('message-new')}?audience=mail&mail={answer.pk}",
        reverse("outbox-rules"),
        reverse("reminder-rule", args=[rule.pk]),
        f"{reverse('outbox-why')}?person={answer.influencer_ref}",
        f"{reverse('inbox')}?part=delivered",
        reverse("inbox"),
        reverse("outbox-silent"),
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert (path, *sound(page, violations, width)) == (path, [], [], width)


@pytest.mark.parametrize("width", [1440, 390])
def test_leave_and_hand_over_hold_on_every_width(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    owner: User,
    coordinator: User,
    answer: InboundMail,
    width: int,
) -> None:
    rani = UserFactory(name="Rani Pramesti")
    today = today_here()
    plan_leave(coordinator, rani, today, today + dt.timedelta(days=3), by=owner, at=timezone.now())
    page = open_page(reverse("team-leave", args=[coordinator.pk]), user=owner, width=width)
    for path in (
        reverse("team-leave", args=[coordinator.pk]),
        reverse("team-hand-over", args=[coordinator.pk]),
        reverse("team-colleague", args=[coordinator.pk]),
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert (path, *sound(page, violations, width)) == (path, [], [], width)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [1440, 390])
def test_she_can_choose_what_she_hears_on_every_width(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    kirana: Contact,
    width: int,
    language: str,
) -> None:
    Contact.objects.filter(pk=kirana.pk).update(language=language)
    page = open_page(choices_address(kirana)[len(settings.BASE_URL) :], width=width)
    assert page.locator("html").get_attribute("lang") == language
    assert sound(page, violations, width) == ([], [], width)
    page.locator("button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == language
    assert sound(page, violations, width) == ([], [], width)


def reach(page: Page, there: str) -> None:
    """Press Tab until the focus stands on it; a person would give up after so many."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("there => document.activeElement.matches(there)", there):
            return
    raise AssertionError(f"Tab never came to {there}.")


def test_her_mail_is_answered_without_a_mouse(open_page: Open, coordinator: User, answer: InboundMail) -> None:
    page = open_page(f"{reverse('inbox')}?part=delivered", user=coordinator)
    reach(page, f"a[href='{reverse('inbox-mail', args=[answer.pk])}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('inbox-mail', args=[answer.pk])}")
    reach(page, "a[href*='audience=mail']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/messages/new/**")
    reach(page, "textarea[name=text_en]")
    page.keyboard.type("Thank you, {{ first_name }}. Take your time.")
    reach(page, ".form-actions button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="Goes to 1 recipient")).to_be_visible()
    reach(page, ".notice button.btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator(".pill", has_text="Sent off").first).to_be_visible()
    sent = Email.objects.get(name="message")
    answer.refresh_from_db()
    assert (sent.contact, sent.references, "Thank you, Kirana. Take your time." in sent.text, answer.state) == (
        answer.contact, [answer.parent.message_id, "<her.answer@contoh.example>"], True, "filed",
    )  # fmt: skip
