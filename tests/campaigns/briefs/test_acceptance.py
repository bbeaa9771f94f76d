"""Who accepted which version: her tick, told by a colleague, what a new version does to it, and what it holds."""

import datetime as dt
import hashlib
import threading
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaigns.briefs.acceptance import accept, read_by, standing_of
from campaigns.briefs.marks import brief_marks
from campaigns.briefs.models import BriefAck, BriefSending, BriefVersion, UseRecord
from campaigns.briefs.portal import BRIEF
from campaigns.briefs.sending import send_brief
from campaigns.briefs.showing import plain_of, shown_text
from campaigns.briefs.use import answer_use, ask_use, early_ones
from campaigns.briefs.variants import set_overrides
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from campaigns.planning.models.steps import ApprovalHeld
from campaigns.tracking.codes import Wish, give_code
from campaigns.tracking.models import VoucherCode
from crm.influencers.merging.actions import merge
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.portal.links import mint
from crm.portal.models import PortalSession
from crm.portal.registry import Asking, Told, find_task, open_tasks, settle
from crm.reminders.mailing import mail_due
from crm.reminders.models import Rule, Todo
from crm.reminders.plan import plan
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.vetting.models import Fact
from tests.campaigns.briefs.conftest import released, said
from tests.factories import (
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)
from tests.races import together

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FIRST = {"pose": "Standing", "items": [("Show the label", "must")]}


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    contact = ContactFactory(name="Kirana Maheswari", zone="Asia/Jakarta", language="en")
    RepresentationFactory(influencer=kirana, contact=contact)
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="making")


@pytest.fixture
def reel(card: Collaboration) -> Deliverable:
    return DeliverableFactory(collaboration=card, post_due_on=dt.date(2026, 12, 4), status="submitted")


@pytest.fixture
def first(campaign: Campaign, actor: Actor, now: dt.datetime) -> BriefVersion:
    return released(campaign, said(**FIRST), now, actor)


def second(campaign: Campaign, now: dt.datetime, actor: Actor, change: str = "ask_again") -> BriefVersion:
    pose = {"pose": "Sitting by a window", "items": [("Show the label", "must")]}
    return released(campaign, said(**pose), now + DAY, actor, change)


def hers(card: Collaboration, now: dt.datetime) -> Asking:
    contact = card.influencer.representations.get().contact
    return Asking(card.influencer_id, card.campaign.brand_id, now, "Asia/Jakarta", contact)


def test_before_a_release_there_is_nothing_to_accept(card: Collaboration, now: dt.datetime, actor: Actor) -> None:
    assert standing_of(card).label == "Nothing to accept yet"
    with pytest.raises(Refused, match="No brief was released yet"):
        accept(card, at=now, actor=actor)


def test_her_yes_is_kept_with_what_she_saw(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    assert standing_of(card).label == "Version 1 waits for her yes"
    contact = card.influencer.representations.get().contact
    ack = accept(card, standing_of(card).token, at=now, actor=actor, contact=contact, address="203.0.113.7")
    whole = BriefVersion.objects.whole().get(pk=first.pk)
    assert ack.sha256 == hashlib.sha256(plain_of(shown_text(whole)).encode()).hexdigest()
    assert (ack.contact, ack.channel, len(ack.ip_hash), "203" in ack.ip_hash[:3]) == (contact, "", 64, False)
    assert standing_of(card).label == "Accepted v1, Tue, 24 Nov 2026 10:00 WIB"
    assert Entry.objects.get(verb="brief.accepted").sentence_en == "Accepted version 1 of the brief for Glow"


def test_how_soon_she_accepted_is_counted_from_when_it_was_sent(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    send_brief(card, at=now, actor=actor)
    send_brief(card, at=now + 3 * DAY, actor=actor)
    ack = accept(card, at=now + 4 * DAY, actor=SYSTEM)
    fact = Fact.objects.get()
    assert (fact.kind, fact.amount, fact.ref) == ("answer_hours", 96, f"campaigns.briefack:{ack.pk}")


def test_a_brief_nobody_sent_says_nothing_about_how_soon(
    card: Collaboration, first: BriefVersion, now: dt.datetime
) -> None:
    accept(card, at=now, actor=SYSTEM)
    assert not Fact.objects.exists()


def test_saying_yes_twice_is_one_acceptance(card: Collaboration, first: BriefVersion, now: dt.datetime) -> None:
    assert accept(card, at=now, actor=SYSTEM) == accept(card, at=now + DAY, actor=SYSTEM)
    assert (BriefAck.objects.count(), Entry.objects.filter(verb="brief.accepted").count()) == (1, 1)


def test_what_changed_while_she_read_is_not_accepted_unread(
    card: Collaboration, first: BriefVersion, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    seen = standing_of(card).token
    second(campaign, now, actor)
    with pytest.raises(Refused, match="has changed meanwhile"):
        accept(card, seen, at=now, actor=actor)
    assert not BriefAck.objects.exists()


def test_a_small_change_leaves_her_yes_standing_and_another_asks_again(
    card: Collaboration, first: BriefVersion, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    accept(card, at=now, actor=actor)
    second(campaign, now, actor, "small")
    assert standing_of(card).state == "accepted"
    released(campaign, said(pose="Sitting", items=[("Show the back", "must")]), now + 2 * DAY, actor)
    assert standing_of(card).state == "stale"
    read = read_by(card)
    assert read is not None
    assert [one.code for one in read.news] == ["items", "pose"]
    accept(card, at=now + 3 * DAY, actor=actor)
    assert standing_of(card).state == "accepted"


def test_an_unread_brief_holds_the_approval_and_never_the_draft(
    reel: Deliverable, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(ApprovalHeld, match="has not accepted the brief"):
        reel.approve(at=now, actor=actor)
    assert Deliverable.objects.get(pk=reel.pk).status == "submitted"
    expected = DeliverableFactory(collaboration=reel.collaboration)
    expected.submit(at=now, actor=actor)
    assert expected.status == "submitted"
    accept(reel.collaboration, at=now, actor=actor)
    reel.approve(at=now, actor=actor)
    assert reel.status == "approved"


def test_the_board_marks_who_has_not_accepted_in_one_go(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor, django_assert_num_queries: Any
) -> None:
    in_talks = CollaborationFactory(campaign=card.campaign, status="in_talks")
    others = [CollaborationFactory(campaign=card.campaign) for _each in range(2)]
    accept(others[0], at=now, actor=SYSTEM)
    set_overrides(others[1], {"items": [["Show the back", "must"]]}, at=now, actor=SYSTEM)
    with django_assert_num_queries(1):
        marks = brief_marks([card, in_talks, *others], now)
    assert {pk: [mark.label for mark in found] for pk, found in marks.items()} == {
        one.pk: ["Brief not accepted"] for one in (card, others[1])
    }
    accept(others[1], at=now, actor=SYSTEM)
    assert [one.label for one in brief_marks([others[1]], now).get(others[1].pk, [])] == []
    second(card.campaign, now, actor)
    shown = {pk: found[0].label for pk, found in brief_marks(others, now).items()}
    assert shown == {one.pk: "New brief not accepted" for one in others}
    assert {standing_of(one).state for one in others} == {"stale"}


def open_page(card: Collaboration, now: dt.datetime) -> tuple[Client, PortalSession]:
    client = Client()
    contact = card.influencer.representations.get().contact
    link = mint(contact=contact, influencer_id=card.influencer_id, brand_id=card.campaign.brand_id, at=now)
    client.post(link.removeprefix("http://127.0.0.1:8000"))
    return client, PortalSession.objects.latest("pk")


def test_she_reads_it_on_her_page_and_ticks_it_there(
    card: Collaboration, first: BriefVersion, now: dt.datetime
) -> None:
    with time_machine.travel(now, tick=False):
        client, session = open_page(card, now)
        page = client.get(reverse("portal-campaign", args=[session.pk, card.pk])).content.decode()
        assert ("Show the label" in page, "I have read the brief (version 1)" in page) == (True, True)
        assert "<script" not in page
        assert len(page.encode()) < 60_000
        url = reverse("portal-answer", args=[session.pk, BRIEF, card.pk, "accept"])
        assert client.post(url, {"seen": standing_of(card).token}).status_code == 422
        assert client.post(url, {"seen": standing_of(card).token, "read": "on"}).status_code == 302
    ack = BriefAck.objects.get()
    assert (ack.channel, ack.contact, len(ack.ip_hash)) == ("", card.influencer.representations.get().contact, 64)


def test_a_tick_beside_her_draft_settles_both_in_one_step(
    card: Collaboration, first: BriefVersion, now: dt.datetime
) -> None:
    reel = DeliverableFactory(collaboration=card)
    with time_machine.travel(now, tick=False):
        client, session = open_page(card, now)
        url = reverse("portal-answer", args=[session.pk, "deliverable", reel.pk, "draft"])
        assert "I have read the brief (version 1)" in client.get(url).content.decode()
        tick = f"brief-{standing_of(card).token}"
        assert client.post(url, {"url": "https://drive.example/reel", tick: "on"}).status_code == 302
    assert (Deliverable.objects.get(pk=reel.pk).status, standing_of(card).state) == ("submitted", "accepted")


def test_without_the_tick_the_draft_comes_all_the_same(
    card: Collaboration, first: BriefVersion, now: dt.datetime
) -> None:
    reel = DeliverableFactory(collaboration=card)
    with time_machine.travel(now, tick=False):
        client, session = open_page(card, now)
        url = reverse("portal-answer", args=[session.pk, "deliverable", reel.pk, "draft"])
        client.post(url, {"url": "https://drive.example/reel"})
    assert (Deliverable.objects.get(pk=reel.pk).status, standing_of(card).state) == ("submitted", "waits")


def test_a_colleague_notes_what_she_said(card: Collaboration, first: BriefVersion, now: dt.datetime) -> None:
    ours = Asking(card.influencer_id, None, now, "Asia/Jakarta")
    task = find_task(ours, BRIEF, card.pk)
    assert task is not None
    settle(ours, task, Told("accept", {}, now, SYSTEM, channel="whatsapp", quote="Sudah baca, oke"))
    ack = BriefAck.objects.get()
    assert (ack.channel, ack.contact) == ("whatsapp", None)
    told = Entry.objects.get(verb="brief.accepted")
    assert (told.channel, told.quote) == ("whatsapp", "Sudah baca, oke")


def test_a_variant_changes_her_brief_and_asks_again_where_it_binds(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    accept(card, at=now, actor=actor)
    row = set_overrides(card, {"pose": "Cooking"}, at=now, actor=actor)
    assert (row.revision, row.asks_again_from, standing_of(card).state) == (1, 0, "accepted")
    row = set_overrides(card, {"pose": "Cooking", "items": [["Show the back", "must"]]}, at=now, actor=actor)
    assert (row.revision, row.asks_again_from, standing_of(card).state) == (2, 2, "stale")
    read = read_by(card)
    assert read is not None
    assert "Show the back" in plain_of(read.sections)
    accept(card, at=now, actor=actor)
    assert set_overrides(card, {}, at=now, actor=actor).revision == 3
    assert standing_of(card).state == "stale"


def test_the_form_of_a_variant_follows_the_brief_where_nothing_differs(
    card: Collaboration, first: BriefVersion, as_coordinator: Client
) -> None:
    url = reverse("brief-variant", args=[card.pk])
    page = as_coordinator.get(url).content.decode()
    assert "In the brief: Standing" in page
    as_coordinator.post(url, {"pose": "Standing", "colour_tone": "Warm", "items": "! Show the label\n- Smile"})
    card.refresh_from_db()
    assert standing_of(card).overrides == {
        "colour_tone": "Warm", "items": [["Show the label", "must"], ["Smile", "free"]],
    }  # fmt: skip
    shown = as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode()
    assert "Her brief differs in 2 fields." in shown


def test_sending_says_for_each_what_became_of_it(
    card: Collaboration, first: BriefVersion, as_coordinator: Client, coordinator: Any
) -> None:
    by_hand = CollaborationFactory(campaign=card.campaign, influencer=InfluencerFactory(stage_name="Sari Utami"))
    chats = ContactFactory(name="Sari Utami", email="", whatsapp="+628123456789")
    RepresentationFactory(influencer=by_hand.influencer, contact=chats)
    asked = CollaborationFactory(
        campaign=card.campaign, status="in_talks", influencer=InfluencerFactory(stage_name="Tari Dewi")
    )
    url = reverse("campaign-bulk", args=[card.campaign_id])
    data = {"action": "brief", "pick": [card.pk, by_hand.pk, asked.pk]}
    preview = as_coordinator.post(url, {**data, "seen": ""})
    assert preview.context["preview"].summary == "Sends the brief to 2 people."
    done = as_coordinator.post(url, {**data, "seen": preview.context["seen"]})
    assert [(one.who, str(one.text), one.done) for one in done.context["verdicts"]] == [
        ("Kirana Maheswari", "Kirana Maheswari by e-mail", True),
        ("Sari Utami", "Sari Utami by hand: a task is on Today", True),
        ("Tari Dewi", "Has not agreed yet. The brief goes out once the card is agreed.", False),
    ]
    assert Email.objects.get(name="brief_sent").subject == "Lumi: your brief is here"
    assert list(BriefSending.objects.order_by("pk").values_list("by_hand", flat=True)) == [False, True]
    task = Todo.objects.get(kind=Todo.Kind.MESSAGE)
    assert "Could you read it and tick that you have" in as_coordinator.get(task.url).content.decode()


def days_on(start: dt.datetime, count: int) -> Counter[tuple[dt.date, str]]:
    """Let so many days go by, looking each morning; what left on each."""
    for day in range(count):
        at = start + day * DAY
        with time_machine.travel(at, tick=False):
            plan(at)
            mail_due(at)
            send_due(lambda at=at: at)  # type: ignore[misc]
    mails = Email.objects.exclude(name="brief_sent").order_by("pk")
    return Counter((email.send_at.date(), email.name) for email in mails)


def test_she_is_reminded_twice_then_the_owner(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    send_brief(card, at=now, actor=actor)
    today = now.date()
    assert days_on(now, 7) == {
        (today + DAY, "brief_waits"): 1,
        (today + 3 * DAY, "brief_waits"): 1,
        (today + 6 * DAY, "escalation"): 1,  # the fourth day is a Saturday
    }


def test_nothing_leaves_after_she_accepted(
    card: Collaboration, first: BriefVersion, now: dt.datetime, actor: Actor
) -> None:
    send_brief(card, at=now, actor=actor)
    plan(now)
    accept(card, at=now, actor=actor)
    assert days_on(now + DAY, 5) == {}
    assert Email.objects.get(name="brief_sent").state == "skipped"


def test_a_small_change_is_told_once(
    card: Collaboration, first: BriefVersion, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    accept(card, at=now, actor=actor)
    second(campaign, now, actor, "small")
    assert [name for _day, name in days_on(now + DAY, 5)] == ["brief_small"]


def test_the_hour_is_told_the_day_before_and_not_once_it_is_posted(
    card: Collaboration, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    DeliverableFactory(collaboration=card, draft_due_on=None, post_due_on=dt.date(2026, 12, 20))
    hour = dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC)
    released(campaign, said(embargo_at=hour, **FIRST), now, actor)
    accept(card, at=now, actor=actor)
    assert days_on(now, 14) == {(dt.date(2026, 12, 3), "brief_embargo"): 1}
    assert "not before Friday, 4 December, 09:00 WIB" in Email.objects.get(name="brief_embargo").text
    assert Rule.objects.get(code="EMBARGO").is_urgent


def test_posting_planned_before_she_has_used_it_long_enough_is_a_warning(
    card: Collaboration, reel: Deliverable, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    released(campaign, said(use_days=14, **FIRST), now, actor)
    ask_use(card, at=now, actor=actor)
    answer_use(card, {"uses_it": True, "since_on": dt.date(2026, 11, 23)}, at=now, actor=actor)
    (early,) = early_ones(card, [reel])
    assert early.words == "Planned 3 days before she has used it 14 days."
    assert (UseRecord.objects.get().uses_it, reel.status) == (True, "submitted")


def test_she_says_on_her_page_that_she_uses_it(
    card: Collaboration, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    released(campaign, said(use_days=14, **FIRST), now, actor)
    send_brief(card, at=now, actor=actor)
    asking = hers(card, now)
    assert [task.feature for task in open_tasks(asking) if not task.standing] == ["brief", "use"]
    task = find_task(asking, "use", card.pk)
    assert task is not None
    settle(asking, task, Told("uses", {"uses_it": True, "since_on": None, "note": "Every morning"}, now, SYSTEM))
    row = UseRecord.objects.get()
    assert (row.uses_it, row.since_on, row.words) == (True, dt.date(2026, 11, 24), "Every morning")
    assert find_task(asking, "use", card.pk) is None


def test_when_two_become_one_her_yes_and_her_code_go_with_the_card(
    card: Collaboration, first: BriefVersion, now: dt.datetime, owner: Any
) -> None:
    accept(card, at=now, actor=SYSTEM)
    code = give_code(card, Wish(), at=now, actor=SYSTEM)
    stays = InfluencerFactory(stage_name="Kirana Maheswari")
    merge(stays.pk, card.influencer_id, {}, at=now, actor=SYSTEM, user=owner)
    moved = Collaboration.objects.select_related("campaign").get(pk=card.pk)
    assert (moved.influencer_id, standing_of(moved).state) == (stays.pk, "accepted")
    assert VoucherCode.objects.get(collaboration__influencer=stays) == code


def race(card: Collaboration, now: dt.datetime) -> list[str]:
    start = threading.Barrier(2)

    def yes() -> None:
        mine = Collaboration.objects.select_related("campaign").get(pk=card.pk)
        start.wait(timeout=10)
        accept(mine, at=now, actor=SYSTEM)

    return together(yes, yes)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_acceptance(card: Collaboration, first: BriefVersion, now: dt.datetime) -> None:
    assert race(card, now) == []
    assert (BriefAck.objects.count(), Entry.objects.filter(verb="brief.accepted").count()) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_holding_the_card_the_second_click_would_crash(
    card: Collaboration, first: BriefVersion, now: dt.datetime
) -> None:
    both_looked = threading.Barrier(2)

    def carelessly() -> None:
        with transaction.atomic():
            assert not BriefAck.objects.filter(version=first, collaboration=card).exists()
            both_looked.wait(timeout=10)
            BriefAck.objects.create(version=first, collaboration=card, accepted_at=now, sha256="a" * 64)

    assert together(carelessly, carelessly) == ["IntegrityError"]
