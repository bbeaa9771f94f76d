"""What is due in campaigns: one source for reminders, Today and the calendar."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation, StoredFile
from crm.brands.models import BrandAccess
from crm.influencers.models import Influencer
from crm.reminders.registry import Asked, Due, dues
from crm.team.models import Role, User
from crm.timeline.record import SYSTEM
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
KINDS = ["deliverable.draft", "deliverable.post", "deliverable.proof", "deliverable.link"]


def due_kinds(now: dt.datetime, **asked: Any) -> list[str]:
    return [found.kind for found in dues(Asked(now=now, **asked), KINDS)]


def only(kind: str, now: dt.datetime, **asked: Any) -> Due:
    (found,) = dues(Asked(now=now, **asked), [kind])
    return found


def out(reel: Deliverable, now: dt.datetime, **given: Any) -> None:
    reel.publish(at=now, actor=SYSTEM, **given)


def lasting(reel: Deliverable, hours: int) -> None:
    reel.format.lasts_hours = hours
    reel.format.save()


def test_an_expected_thing_is_due_as_draft_and_as_post(reel: Deliverable, now: dt.datetime) -> None:
    assert due_kinds(now) == ["deliverable.draft", "deliverable.post"]
    draft, post = dues(Asked(now=now), KINDS)
    assert (draft.due_on, draft.due_at) == (dt.date(2026, 11, 27), dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC))
    assert (post.due_on, post.due_at) == (dt.date(2026, 12, 4), dt.datetime(2026, 12, 4, 17, tzinfo=dt.UTC))


def test_due_means_the_end_of_the_day_in_the_zone_of_the_deliverable(reel: Deliverable, now: dt.datetime) -> None:
    Deliverable.objects.update(zone="Asia/Jayapura")
    assert only("deliverable.draft", now).due_at == dt.datetime(2026, 11, 27, 15, tzinfo=dt.UTC)


def test_each_step_settles_one_question_and_opens_the_next(reel: Deliverable, now: dt.datetime) -> None:
    reel.submit(at=now, actor=SYSTEM)
    assert due_kinds(now) == ["deliverable.post"]
    reel.approve(at=now, actor=SYSTEM)
    assert due_kinds(now) == ["deliverable.post"]
    out(reel, now)
    assert due_kinds(now) == ["deliverable.link"]
    reel.add_link("https://insta.example/p/1", at=now, actor=SYSTEM)
    assert due_kinds(now) == []


def test_a_story_asks_for_its_screenshot_before_it_disappears(reel: Deliverable, now: dt.datetime) -> None:
    lasting(reel, 24)
    posted_at = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
    out(reel, now, posted_at=posted_at)
    found = only("deliverable.proof", now)
    assert (found.due_at, found.due_on) == (posted_at + dt.timedelta(hours=24), dt.date(2026, 11, 25))
    assert due_kinds(now) == ["deliverable.proof"]
    shot = StoredFile.objects.create(file="x.png", label="shot.png", mime="image/png", size=1, sha256="0" * 64)
    reel.add_proof(shot, at=now, actor=SYSTEM)
    assert due_kinds(now) == []


def test_the_address_is_due_from_the_day_it_went_out(reel: Deliverable, now: dt.datetime) -> None:
    out(reel, now, posted_at=dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC))  # the 23rd in Jakarta
    found = only("deliverable.link", now)
    assert (found.due_on, found.born_at) == (dt.date(2026, 11, 23), now)


def test_nothing_is_due_as_draft_when_no_draft_is_needed(reel: Deliverable, now: dt.datetime) -> None:
    Deliverable.objects.update(draft_due_on=None)
    assert due_kinds(now) == ["deliverable.post"]
    assert due_kinds(now, subjects=[reel.pk]) == ["deliverable.post", "deliverable.link"]


def set_person(reel: Deliverable, **columns: Any) -> None:
    Influencer.objects.filter(pk=reel.collaboration.influencer_id).update(**columns)


STOPS: list[tuple[str, Callable[[Deliverable, dt.datetime], Any]]] = [
    ("The draft is here", lambda reel, at: reel.submit(at=at, actor=SYSTEM)),
    ("It is approved", lambda reel, at: (reel.submit(at=at, actor=SYSTEM), reel.approve(at=at, actor=SYSTEM))),
    ("It is posted", lambda reel, at: out(reel, at)),
    ("It was dropped", lambda reel, at: reel.drop(at=at, actor=SYSTEM)),
    ("The campaign is not live yet", lambda reel, at: Campaign.objects.update(status="draft")),
    ("The campaign is paused", lambda reel, at: reel.collaboration.campaign.pause(at=at, actor=SYSTEM)),
    ("The campaign is wrapped up", lambda reel, at: reel.collaboration.campaign.wrap_up(at=at, actor=SYSTEM)),
    ("The campaign is cancelled", lambda reel, at: reel.collaboration.campaign.cancel(at=at, actor=SYSTEM)),
    ("The collaboration is not going ahead", lambda reel, at: Collaboration.objects.update(status="off")),
    ("Nothing is agreed yet", lambda reel, at: Collaboration.objects.update(status="in_talks")),
    (
        "Reminders about this collaboration are paused",
        lambda reel, at: reel.collaboration.pause_reminders(at=at, actor=SYSTEM),
    ),
    ("The person is archived", lambda reel, at: set_person(reel, archived_at=at)),
    ("The person does not want to be contacted", lambda reel, at: set_person(reel, do_not_contact_at=at)),
]


@pytest.mark.parametrize("why, stop", STOPS)
def test_what_stops_a_reminder_is_told_when_asked_and_left_out_otherwise(
    why: str, stop: Callable[[Deliverable, dt.datetime], Any], reel: Deliverable, now: dt.datetime
) -> None:
    assert only("deliverable.draft", now, subjects=[reel.pk]).stopped_why == ""
    stop(reel, now)
    assert list(dues(Asked(now=now), ["deliverable.draft"])) == []
    assert str(only("deliverable.draft", now, subjects=[reel.pk]).stopped_why) == why


def test_do_not_contact_ends_with_its_last_day(reel: Deliverable, now: dt.datetime) -> None:
    person = reel.collaboration.influencer
    person.do_not_contact_at, person.do_not_contact_until = now, dt.date(2026, 11, 24)
    person.save()
    assert due_kinds(now) == []
    assert due_kinds(now + dt.timedelta(days=1)) == ["deliverable.draft", "deliverable.post"]


def test_only_the_asked_time_is_answered(reel: Deliverable, now: dt.datetime) -> None:
    draft_at = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
    second = dt.timedelta(seconds=1)
    assert due_kinds(now, from_at=draft_at, to_at=draft_at) == ["deliverable.draft"]
    assert due_kinds(now, from_at=draft_at + second, to_at=draft_at + second) == []
    assert due_kinds(now, to_at=draft_at - second) == []


def test_a_colleague_is_told_only_of_brands_she_may_see(
    reel: Deliverable, now: dt.datetime, coordinator: User, organisation: Organisation
) -> None:
    other = DeliverableFactory()
    organisation.brand_walls = True
    organisation.save()
    BrandAccess.objects.create(user=coordinator, brand=reel.collaboration.campaign.brand)
    subjects = {found.subject for found in dues(Asked(now=now, user=coordinator), KINDS)}
    assert subjects == {f"campaigns.deliverable:{reel.pk}"}
    assert list(dues(Asked(now=now, user=coordinator, subjects=[other.pk]), KINDS)) == []


def test_lateness_goes_to_managers_who_may_see_the_brand_and_else_to_the_owner(
    reel: Deliverable, now: dt.datetime, organisation: Organisation, owner: User
) -> None:
    assert only("deliverable.draft", now).manager_ids == (owner.pk,)
    boss, stranger = UserFactory(role=Role.MANAGER), UserFactory(role=Role.MANAGER)
    assert only("deliverable.draft", now).manager_ids == (boss.pk, stranger.pk)
    organisation.brand_walls = True
    organisation.save()
    BrandAccess.objects.create(user=boss, brand=reel.collaboration.campaign.brand)
    assert only("deliverable.draft", now).manager_ids == (boss.pk,)


def test_everybody_who_gets_her_mail_is_named(reel: Deliverable, now: dt.datetime) -> None:
    person = reel.collaboration.influencer
    hers = person.representations.get().contact_id
    agent = RepresentationFactory(influencer=person, contact=ContactFactory(), capacity="agent", mail_work="copy")
    RepresentationFactory(influencer=person, contact=ContactFactory(), capacity="guardian", receives_mail=False)
    found = only("deliverable.draft", now)
    assert (found.contact_ids, found.copy_ids) == ((hers,), (agent.contact_id,))


def test_a_due_tells_colleagues_what_and_where_in_their_language(reel: Deliverable, now: dt.datetime) -> None:
    found = only("deliverable.draft", now)
    assert (found.influencer_label, found.brand_label, found.owner_id) == (
        "Kirana Maheswari",
        "Lumi",
        reel.collaboration.campaign.owner_id,
    )
    assert str(found.title) == "Draft of Instagram Reel"
    assert found.url == f"/people/{found.influencer_id}/told/deliverable/{reel.pk}/draft/?next=/"


def test_facts_name_the_format_in_both_languages_and_never_the_word_deliverable(
    reel: Deliverable, now: dt.datetime, coordinator: User
) -> None:
    reel.format.name_en, reel.format.name_id = "Story", "Cerita"
    reel.format.save()
    facts = only("deliverable.draft", now).facts
    assert facts["what"] == {"en": "Instagram Story", "id": "Instagram Cerita"}
    assert facts["format"] == {"en": "Story", "id": "Cerita"}
    assert (facts["due_on"], facts["zone"], facts["owner"], facts["first_name"], facts["brand"]) == (
        "2026-11-27",
        "Asia/Jakarta",
        "Dinda Ayuningrum",
        "Kirana",
        "Lumi",
    )
    assert "deliverable" not in str(facts).lower()


def test_a_deadline_is_born_when_it_was_entered_last(reel: Deliverable, now: dt.datetime) -> None:
    assert only("deliverable.draft", now).born_at == reel.created_at
    reel.reschedule(draft_due_on=dt.date(2026, 11, 30), post_due_on=reel.post_due_on, at=now, actor=SYSTEM)
    assert only("deliverable.draft", now).born_at == now


def test_what_was_due_before_she_agreed_or_the_campaign_was_live_is_born_then(
    reel: Deliverable, now: dt.datetime
) -> None:
    hour = dt.timedelta(hours=1)
    Campaign.objects.update(status="draft")
    Collaboration.objects.update(status="in_talks")
    Deliverable.objects.update(dates_set_at=now)
    Campaign.objects.get().go_live(at=now + hour, actor=SYSTEM)
    Collaboration.objects.get().put("agreed", at=now + 2 * hour, actor=SYSTEM)
    assert only("deliverable.draft", now).born_at == now + 2 * hour
    Collaboration.objects.get().put("making", at=now + 3 * hour, actor=SYSTEM)
    assert only("deliverable.draft", now).born_at == now + 2 * hour
    Collaboration.objects.update(promised_at=None)
    assert only("deliverable.draft", now).born_at == now + hour


def test_a_pause_is_a_hold_and_an_end_is_none(reel: Deliverable, now: dt.datetime) -> None:
    subjects = {"subjects": [reel.pk]}
    assert not only("deliverable.draft", now, **subjects).on_hold
    reel.collaboration.pause_reminders(at=now, actor=SYSTEM)
    assert only("deliverable.draft", now, **subjects).on_hold
    reel.collaboration.resume_reminders(at=now, actor=SYSTEM)
    reel.collaboration.campaign.pause(at=now, actor=SYSTEM)
    assert only("deliverable.draft", now, **subjects).on_hold
    reel.drop(at=now, actor=SYSTEM)
    assert not only("deliverable.draft", now, **subjects).on_hold


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_dues_costs_the_same_queries(count: int, now: dt.datetime, organisation: Organisation) -> None:
    for _each in range(count):
        person = RepresentationFactory().influencer
        DeliverableFactory(collaboration=CollaborationFactory(influencer=person, campaign=CampaignFactory()))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = list(dues(Asked(now=now), ["deliverable.draft"]))
    assert (len(found), len(queries)) == (count, 4)  # rows, contacts, managers, brand walls


def test_titles_speak_the_language_of_the_reader(reel: Deliverable, now: dt.datetime) -> None:
    reel.format.name_en, reel.format.name_id = "Story", "Cerita"
    reel.format.save()
    found = only("deliverable.draft", now)
    with override("en"):
        assert str(found.title) == "Draft of Instagram Story"
    with override("id"):
        assert "Instagram Cerita" in str(found.title)


def test_a_person_nobody_writes_for_is_due_without_contacts(now: dt.datetime) -> None:
    DeliverableFactory(collaboration=CollaborationFactory(influencer=InfluencerFactory()))
    assert only("deliverable.draft", now).contact_ids == ()
