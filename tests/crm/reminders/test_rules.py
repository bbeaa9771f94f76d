"""The rules a house starts with, over real campaigns: who hears what, and when."""

import datetime as dt
from typing import Any

import pytest

from campaigns.planning.models import Collaboration, Deliverable
from crm.base.models import Holiday, Organisation
from crm.influencers.models import DayOff, Influencer
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Cap, Reminder
from crm.reminders.plan import plan
from crm.team.models import Role, User
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    FormatFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)

LONG_AGO = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
JAKARTA = dt.timedelta(hours=7)


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Maya Kusuma")


@pytest.fixture
def card(organisation: Organisation, manager: User) -> Collaboration:
    Holiday.objects.all().delete()
    dinda = UserFactory(name="Dinda Ayuningrum")
    her = InfluencerFactory(stage_name="Kirana Larasati")
    RepresentationFactory(influencer=her, contact=ContactFactory(name="Kirana Larasati"))
    return CollaborationFactory(influencer=her, campaign=CampaignFactory(owner=dinda, brand__name="Lumi Skincare"))


def make(card: Collaboration, **fields: Any) -> Deliverable:
    made = DeliverableFactory(collaboration=card, **fields)
    Deliverable.objects.filter(pk=made.pk).update(created_at=LONG_AGO, dates_set_at=LONG_AGO)
    return made


def calendar(code: str) -> list[tuple[str, str, str]]:
    """Every planned step of a rule: the moment in Jakarta, the message, the reader."""
    rows = (
        Reminder.objects.filter(rule__code=code)
        .order_by("send_at", "email_name", "recipient")
        .select_related("contact")
    )
    return [
        ((row.send_at + JAKARTA).strftime("%a %d %b %H:%M"), row.email_name, row.contact.name.split(" ")[0])
        for row in rows
    ]


def test_a_draft(card: Collaboration) -> None:
    make(card, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2027, 2, 1))
    plan(MONDAY)
    assert calendar("DRAFT") == [
        ("Tue 24 Nov 09:00", "draft_due", "Kirana"),
        ("Thu 26 Nov 09:00", "draft_due", "Kirana"),
        ("Fri 27 Nov 09:00", "draft_due", "Kirana"),
        ("Mon 30 Nov 09:00", "draft_late", "Kirana"),
        ("Mon 30 Nov 09:00", "escalation", "Dinda"),
        ("Wed 02 Dec 09:00", "escalation", "Maya"),
    ]


def test_a_post_on_a_sunday_is_reminded_of_on_that_sunday(card: Collaboration) -> None:
    make(card, draft_due_on=None, post_due_on=dt.date(2026, 11, 29), status="approved")
    plan(MONDAY)
    assert calendar("POST") == [
        ("Thu 26 Nov 09:00", "post_soon", "Kirana"),
        ("Fri 27 Nov 09:00", "post_soon", "Kirana"),
        ("Sun 29 Nov 09:00", "post_today", "Kirana"),
        ("Mon 30 Nov 09:00", "escalation", "Dinda"),
        ("Mon 30 Nov 09:00", "post_late", "Kirana"),
        ("Wed 02 Dec 09:00", "escalation", "Maya"),
    ]


def test_a_story_is_asked_for_by_the_hour_on_a_weekend_too(card: Collaboration) -> None:
    posted = dt.datetime(2026, 11, 28, 5, 0, tzinfo=dt.UTC)  # Saturday 12.00
    story = FormatFactory(code="story", name_en="Story", lasts_hours=24)
    make(card, format=story, status="published", published_at=posted, draft_due_on=None)
    plan(posted)
    assert calendar("PROOF") == [
        ("Sat 28 Nov 18:00", "story_proof", "Kirana"),
        ("Sun 29 Nov 08:00", "story_proof", "Kirana"),
        ("Sun 29 Nov 09:00", "escalation", "Dinda"),
    ]


def test_a_missing_address_is_asked_for_on_working_days(card: Collaboration) -> None:
    posted = dt.datetime(2026, 11, 26, 5, 0, tzinfo=dt.UTC)
    make(card, status="published", published_at=posted, draft_due_on=None)
    plan(posted)
    assert calendar("LINK") == [
        ("Fri 27 Nov 09:00", "link_missing", "Kirana"),
        ("Mon 30 Nov 09:00", "escalation", "Dinda"),
        ("Mon 30 Nov 09:00", "link_missing", "Kirana"),
    ]


def test_her_days_off_and_holidays_move_what_may_move(card: Collaboration) -> None:
    Holiday.objects.create(on=dt.date(2026, 11, 24), name_en="Day", name_id="Hari")
    DayOff.objects.create(influencer=card.influencer, start_on=dt.date(2026, 11, 26), end_on=dt.date(2026, 11, 26))
    make(card, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2027, 2, 1))
    plan(MONDAY)
    assert calendar("DRAFT")[:2] == [
        ("Wed 25 Nov 09:00", "draft_due", "Kirana"),
        ("Fri 27 Nov 09:00", "draft_due", "Kirana"),
    ]


def test_who_must_not_be_contacted_gets_nothing_while_it_lasts(card: Collaboration) -> None:
    make(card, draft_due_on=dt.date(2026, 11, 27))
    plan(MONDAY)
    assert Reminder.objects.queued().count() > 0
    Influencer.objects.update(do_not_contact_at=MONDAY)
    plan(MONDAY)
    assert Reminder.objects.queued().count() == 0


def test_every_message_is_written_from_a_real_deliverable(card: Collaboration) -> None:
    """What a feature tells and what the words need fit together, in both languages."""
    card.influencer.representations.get().contact.__class__.objects.update(language="id")
    Cap.objects.all().delete()
    story = FormatFactory(code="story", name_en="Story", name_id="Story", lasts_hours=24)
    alone: list[dict[str, Any]] = [
        {"draft_due_on": dt.date(2026, 11, 27), "post_due_on": dt.date(2026, 12, 4)},
        {"draft_due_on": None, "post_due_on": dt.date(2026, 11, 20), "status": "approved"},
        {"draft_due_on": None, "status": "published", "published_at": MONDAY - dt.timedelta(days=2)},
        {"draft_due_on": None, "status": "published", "published_at": MONDAY, "format": story},
    ]
    for words in alone:
        campaign = CampaignFactory(owner=card.campaign.owner)
        make(CollaborationFactory(influencer=card.influencer, campaign=campaign), **words)
    for _number in range(2):
        make(card, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 4))
    sent: set[str] = set()
    for day in range(16):
        now = MONDAY + dt.timedelta(days=day, hours=12)
        plan(now)
        assert "broken" not in mail_due(now)
        Email.objects.update(state="sent", sent_at=now)
        sent = set(Email.objects.values_list("name", flat=True))
    assert sent == {
        "draft_due", "draft_late", "post_soon", "post_today", "post_late", "story_proof", "link_missing", "escalation",
        "digest", "escalations",
    }  # fmt: skip
    assert not [
        text for text in Email.objects.values_list("text", flat=True) if "{" in text.replace("${late:page}", "")
    ]


@pytest.mark.parametrize("made", ["Reel", "Story"])
def test_of_what_disappears_a_screenshot_is_wanted_and_of_what_stays_its_link(made: str, card: Collaboration) -> None:
    card.influencer.representations.get().contact.__class__.objects.update(language="en")
    story = FormatFactory(code="story", name_en="Story", name_id="Story", lasts_hours=24)
    its = {"format": story} if made == "Story" else {}
    make(card, draft_due_on=None, post_due_on=dt.date(2026, 11, 25), status="approved", **its)
    for day in range(5):
        now = MONDAY + dt.timedelta(days=day, hours=12)
        plan(now)
        mail_due(now)
        Email.objects.update(state="sent", sent_at=now)
    asked = Email.objects.filter(name__startswith="post_").order_by("pk").values_list("name", "context__format", "text")
    link, screenshot = "leave its link on your page", "send us a screenshot on your page before it disappears"
    assert {(name, what, link in text, screenshot in text) for name, what, text in asked} == {
        (name, made, made == "Reel", made == "Story") for name in ("post_soon", "post_today", "post_late")
    }
