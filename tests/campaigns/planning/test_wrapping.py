"""How a campaign ends: the checklist, what was learned, and what its people thought of working with us."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.planning.facts_told import tell_fact
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Kpi, KpiKind, PartnerScore, WrapUpItem
from campaigns.planning.wrapping.closing import wrap_up
from campaigns.planning.wrapping.items import wrap_up_of
from campaigns.planning.wrapping.scores import ask_partners, partner_score
from campaigns.planning.wrapping.worked import worked_in
from crm.portal.registry import AnswerRefused, Asking, Told, find_task, open_tasks, settle
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, subject_of
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


def done(campaign: Campaign, user: User, now: dt.datetime) -> dict[str, bool]:
    return {line.item.code: line.is_done for line in wrap_up_of(campaign, user, now).lines}


def item(code: str) -> int:
    return WrapUpItem.objects.get(code=code).pk


def test_facts_tick_what_they_can_and_people_the_rest(
    reel: Deliverable, campaign: Campaign, coordinator: User, as_coordinator: Client, now: dt.datetime
) -> None:
    kind = KpiKind.objects.create(code="visits-test", name_en="Visits", name_id="Kunjungan")
    kpi = Kpi.objects.create(campaign=campaign, kind=kind, target=1000)
    page = f"/campaigns/{campaign.pk}/wrap-up/"
    assert not any(done(campaign, coordinator, now).values())
    reel.publish(at=now, actor=SYSTEM)
    assert not done(campaign, coordinator, now)["addresses"]
    Deliverable.objects.update(post_url="https://instagram.com/p/1")
    as_coordinator.post(f"{page}notes/closing/", {f"kpi-{kpi.pk}": "1200"})
    as_coordinator.post(f"{page}notes/learned/", {"words": "Reels work, stories do not."})
    as_coordinator.post(f"{page}items/{item('rights')}/", {"what": "done"})
    as_coordinator.post(f"{page}items/{item('samples')}/", {"what": "leave", "because": "None were sent"})
    as_coordinator.post(f"{page}items/{item('payments')}/", {"what": "leave", "because": " "})
    assert {code for code, is_done in done(campaign, coordinator, now).items() if is_done} == {
        "addresses", "closing", "learned", "rights", "samples"
    }  # fmt: skip
    assert Kpi.objects.get(pk=kpi.pk).closing == Decimal(1200)
    assert Entry.objects.get(verb="campaign.closing").changes == {"visits-test": ["", "1,200"]}
    as_coordinator.post(f"{page}items/{item('rights')}/", {"what": "open"})
    assert not done(campaign, coordinator, now)["rights"]
    shown = as_coordinator.get(page).content
    assert b"Left out: None were sent" in shown
    assert b"Reels work, stories do not." in shown


def test_leaving_items_out_takes_a_reason(campaign: Campaign, as_coordinator: Client) -> None:
    page = f"/campaigns/{campaign.pk}/wrap-up/"
    answer = as_coordinator.post(page, {"because": "  "}, follow=True)
    assert b"Some items are open. Tick them, or say in a few words why they are left out." in answer.content
    assert (Campaign.objects.get().status, campaign.wrap_up_ticks.count()) == ("live", 0)
    as_coordinator.post(page, {"because": "Brand asked to stop"})
    assert Campaign.objects.get().status == "wrapped"
    reasons = set(campaign.wrap_up_ticks.values_list("left_out_because", flat=True))
    assert (campaign.wrap_up_ticks.count(), reasons) == (8, {"Brand asked to stop"})


def test_what_is_typed_wrongly_is_said_and_kept(campaign: Campaign, as_coordinator: Client) -> None:
    page = f"/campaigns/{campaign.pk}/wrap-up/"
    kpi = Kpi.objects.create(campaign=campaign, kind=KpiKind.objects.create(code="v", name_en="V", name_id="V"))
    answer = as_coordinator.post(f"{page}notes/closing/", {f"kpi-{kpi.pk}": "plenty"})
    assert (answer.status_code, b'value="plenty"' in answer.content) == (422, True)
    assert as_coordinator.post(f"{page}notes/learned/", {"words": ""}).status_code == 422
    assert as_coordinator.post(f"{page}notes/nonsense/", {}).status_code == 422
    assert as_coordinator.post(f"{page}items/999999/", {"what": "done"}).status_code == 404
    assert not Entry.objects.exists()


def test_what_else_happened_is_noted_and_nothing_is_ever_caused_by_anybody(
    campaign: Campaign, as_coordinator: Client
) -> None:
    page = f"/campaigns/{campaign.pk}/wrap-up/"
    as_coordinator.post(f"{page}notes/also/", {"what": "price", "words": "10 % off from 3 December"})
    shown = as_coordinator.get(page).content.decode()
    assert "Happened beside Glow: The price changed" in shown
    assert "10 % off from 3 December" in shown
    assert "caused by" not in shown.lower()
    root = Path(settings.BASE_DIR)
    said = [*(root / "templates").rglob("*.html"), *(root / "campaigns").rglob("*.py")]
    claims = re.compile(r"caused by|disebabkan oleh", re.IGNORECASE)
    assert [str(path) for path in said if claims.search(path.read_text())] == []


def hers(card: Collaboration, now: dt.datetime) -> Asking:
    contact = card.influencer.representations.get().contact
    return Asking(card.influencer_id, card.campaign.brand_id, now, "Asia/Jakarta", contact)


def test_everybody_who_said_yes_is_asked_once(
    campaign: Campaign, collaboration: Collaboration, now: dt.datetime
) -> None:
    for status in ("shortlist", "in_talks", "off"):
        CollaborationFactory(campaign=campaign, status=status)
    wrap_up(campaign, at=now, actor=SYSTEM)
    assert ask_partners(campaign, at=now) == 0
    assert [row.collaboration for row in PartnerScore.objects.all()] == [collaboration]


def test_she_answers_on_her_page_once_and_a_complaint_is_a_task(
    campaign: Campaign, collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    wrap_up(campaign, at=now, actor=SYSTEM)
    asking = hers(collaboration, now)
    (task,) = [task for task in open_tasks(asking) if task.feature == "score"]
    assert str(task.title) == "How was Glow?"
    told = Told("score", {"score": 2, "note": "Paid late", "is_complaint": True}, now, SYSTEM)
    settle(asking, task, told)
    row = PartnerScore.objects.get()
    assert (row.score, row.words, row.is_complaint, row.answered_at) == (2, "Paid late", True, now)
    todo = Todo.objects.get()
    assert (todo.owner, todo.quote, todo.subject) == (coordinator, "Paid late", subject_of(collaboration))
    entry = Entry.objects.get(verb="collaboration.score")
    assert (entry.sentence_en, entry.quote) == ("Worked with us on Glow: 2 of 5", "Paid late")
    with pytest.raises(AnswerRefused, match="no longer asked for"):
        settle(asking, task, told)
    assert find_task(asking, "score", row.pk) is None


def test_a_colleague_notes_what_she_was_told(
    campaign: Campaign, collaboration: Collaboration, as_coordinator: Client, now: dt.datetime
) -> None:
    wrap_up(campaign, at=now, actor=SYSTEM)
    PartnerScore.objects.update(asked_at=timezone.now())
    row = PartnerScore.objects.get()
    address = reverse("told-answer", args=[collaboration.influencer_id, "score", row.pk, "score"])
    as_coordinator.post(address, {"score": "5", "channel": "whatsapp", "quote": "Seru banget!"})
    row.refresh_from_db()
    assert (row.score, row.words) == (5, "Seru banget!")


def test_she_is_asked_by_one_mail_and_reminded_once(
    campaign: Campaign, collaboration: Collaboration, now: dt.datetime
) -> None:
    wrap_up(campaign, at=now, actor=SYSTEM)
    plan(now)
    rows = Reminder.objects.filter(kind="campaign.score").order_by("send_at")
    assert [(row.email_name, (row.send_at - now).days) for row in rows] == [("partner_score", 0), ("partner_score", 6)]
    PartnerScore.objects.update(score=4, answered_at=now)
    plan(now + dt.timedelta(hours=1))
    assert not Reminder.objects.queued().filter(kind="campaign.score").exists()


def test_the_average_stands_on_the_page_of_the_campaign_and_the_person(
    campaign: Campaign, collaboration: Collaboration, as_coordinator: Client, now: dt.datetime
) -> None:
    other = CollaborationFactory(campaign=campaign, status="done")
    wrap_up(campaign, at=now, actor=SYSTEM)
    for card, score in ((collaboration, 5), (other, 4)):
        PartnerScore.objects.filter(collaboration=card).update(score=score, answered_at=now)
    found = partner_score(PartnerScore.objects.filter(collaboration__campaign=campaign))
    assert (found.shown, found.answers, found.complaints) == ("4.5", 2, 0)
    assert b"<strong>4.5</strong>" in as_coordinator.get(f"/campaigns/{campaign.pk}/wrap-up/").content
    person = as_coordinator.get(reverse("person-panels", args=[collaboration.influencer_id]))
    assert b"Partner score 5.0" in person.content
    assert b"1 campaign" in person.content


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_any_campaign_costs_the_same_queries(
    count: int, campaign: Campaign, coordinator: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(count):
        DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign))
    coordinator.brand_ids()
    with django_assert_num_queries(10):
        wrap_up_of(campaign, coordinator, now)


@pytest.mark.parametrize("count", [1, 3])
def test_how_working_together_went_is_told_for_everybody_and_for_each(
    count: int, campaign: Campaign, owner: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    elsewhere = CollaborationFactory(status="done")
    cards = [CollaborationFactory(campaign=campaign, status="done") for _each in range(count)]
    for card in (*cards, elsewhere):
        for kind, amount in (("post_days", 0), ("rounds", 2)):
            tell_fact(card, kind, amount, f"x.{kind}:{card.pk}", now)
    assert owner.brand_ids() is None
    with django_assert_num_queries(2):
        found = worked_in(campaign, owner)
    assert [person.pk for person in found.people] == [card.influencer_id for card in cards]
    assert [line.value for line in found.lines] == [f"{count} of {count}", "2", "never"]
    assert [line.value for line in found.people[0].lines] == ["1 of 1", "2", "never"]


def test_the_end_of_a_campaign_shows_how_working_together_went_once_something_did(
    campaign: Campaign, collaboration: Collaboration, as_coordinator: Client, now: dt.datetime
) -> None:
    address = reverse("campaign-wrap-up", args=[campaign.pk])
    assert "Working together" not in as_coordinator.get(address).content.decode()
    tell_fact(collaboration, "post_days", 1, "x:1", now)
    shown = as_coordinator.get(address).content.decode()
    assert [word in shown for word in ("Working together", "0 of 1", "Person by person, 1")] == [True] * 3
