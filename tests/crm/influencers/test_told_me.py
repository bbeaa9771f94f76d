"""Told me, in one form: several tasks at once, a talk that settles nothing, a day to come back to it."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.planning.models import Collaboration, Deliverable
from crm.influencers.models import Format, Influencer, SocialAccount
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.base.corpus import picture
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
    SocialAccountFactory,
)

pytestmark = pytest.mark.django_db

QUERIES = 29
NOW = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def card(coordinator: User) -> Collaboration:
    campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)
    person = InfluencerFactory(stage_name="Kirana Maheswari")
    return CollaborationFactory(campaign=campaign, influencer=person, status="posting")


@pytest.fixture
def kirana(card: Collaboration) -> Influencer:
    return card.influencer


@pytest.fixture
def reels(card: Collaboration) -> list[Deliverable]:
    return [DeliverableFactory(collaboration=card, status="approved", title=title) for title in ("Reel A", "Reel B")]


def page_of(person: Influencer) -> str:
    return f"/people/{person.pk}/told/"


def key_of(reel: Deliverable) -> str:
    return f"deliverable-{reel.pk}"


def told() -> list[tuple[str, str, str]]:
    return list(Entry.objects.exclude(channel="").order_by("pk").values_list("verb", "channel", "quote"))


def test_both_reels_are_up_in_one_form(as_coordinator: Client, kirana: Influencer, reels: list[Deliverable]) -> None:
    first, second = reels
    answer = as_coordinator.post(
        page_of(kirana),
        {
            "channel": "whatsapp",
            "quote": "dua-duanya sudah tayang kak",
            "settles": [key_of(first), key_of(second)],
            f"{key_of(first)}-url": "https://instagram.com/p/a",
            f"{key_of(second)}-url": "https://instagram.com/p/b",
            "next": "/campaigns/",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, "/campaigns/")
    assert list(Deliverable.objects.order_by("pk").values_list("status", "post_url")) == [
        ("published", "https://instagram.com/p/a"),
        ("published", "https://instagram.com/p/b"),
    ]
    assert told() == [("deliverable.published", "whatsapp", "dua-duanya sudah tayang kak")] * 2


def test_the_only_open_task_is_ticked_and_two_clicks_settle_it(
    as_coordinator: Client, kirana: Influencer, card: Collaboration
) -> None:
    reel = DeliverableFactory(collaboration=card, status="approved")
    page = as_coordinator.get(page_of(kirana))
    assert [choice.is_ticked for choice in page.context["choices"]] == [True]
    as_coordinator.post(page_of(kirana), {"channel": "whatsapp", "settles": key_of(reel)})
    reel.refresh_from_db()
    assert reel.status == "published"


def test_of_several_only_those_the_address_names_are_ticked(
    as_coordinator: Client, kirana: Influencer, reels: list[Deliverable]
) -> None:
    page = as_coordinator.get(page_of(kirana))
    assert [choice.is_ticked for choice in page.context["choices"]] == [False, False]
    page = as_coordinator.get(f"{page_of(kirana)}?tick={key_of(reels[1])}")
    assert [choice.is_ticked for choice in page.context["choices"]] == [False, True]


def test_one_refusal_settles_none_and_keeps_what_was_typed(
    as_coordinator: Client, kirana: Influencer, card: Collaboration, reels: list[Deliverable]
) -> None:
    """A story that is up needs its screenshot, and none came."""
    of_a_day = Format.objects.filter(lasts_hours=24).earliest("pk")
    story = DeliverableFactory(collaboration=card, title="Story", format=of_a_day)
    Deliverable.objects.filter(pk=story.pk).update(status="published", published_at=NOW)
    data = {"channel": "call", "quote": "semua beres", "settles": [key_of(reels[0]), key_of(story)]}
    answer = as_coordinator.post(page_of(kirana), data)
    assert answer.status_code == 422
    assert ("semua beres" in answer.content.decode(), "No screenshot arrived" in answer.content.decode()) == (
        True,
        True,
    )
    assert (Deliverable.objects.get(pk=reels[0].pk).status, told()) == ("approved", [])
    shot = SimpleUploadedFile("shot.png", picture("PNG"), content_type="image/png")
    assert as_coordinator.post(page_of(kirana), {**data, "screenshot": shot}).status_code == 302
    assert Deliverable.objects.get(pk=story.pk).proof is not None
    assert [verb for verb, *_rest in told()] == ["deliverable.published", "deliverable.proof"]


def test_what_was_settled_meanwhile_is_said_and_nothing_is_stored(
    as_coordinator: Client, kirana: Influencer, reels: list[Deliverable]
) -> None:
    Deliverable.objects.filter(pk=reels[0].pk).update(status="dropped")
    data = {"channel": "call", "quote": "sudah", "settles": [key_of(reels[0]), key_of(reels[1])]}
    answer = as_coordinator.post(page_of(kirana), data)
    assert (answer.status_code, "settled already" in answer.content.decode()) == (422, True)
    assert (Deliverable.objects.get(pk=reels[1].pk).status, told()) == ("approved", [])


# ---- a talk that settles nothing ---------------------------------------------------------------------------------------


def test_a_call_is_written_down_with_what_it_was_about(
    as_coordinator: Client, kirana: Influencer, card: Collaboration
) -> None:
    data = {"channel": "call", "quote": "Minta brief versi baru", "about": f"campaigns.collaboration:{card.pk}"}
    assert as_coordinator.post(page_of(kirana), data).status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.channel, entry.quote, entry.subject, entry.influencer_id, entry.brand_id) == (
        "talk.heard", "call", "Minta brief versi baru", f"campaigns.collaboration:{card.pk}",
        kirana.pk, card.campaign.brand_id,
    )  # fmt: skip
    assert (entry.sentence_en, entry.actor_label) == ("Told us something about Glow, Lumi by phone call", "Dinda")
    assert "Minta brief versi baru" in as_coordinator.get(f"/campaigns/collaborations/{card.pk}/").content.decode()


def test_a_direct_message_names_the_account_and_links_to_it(as_coordinator: Client, kirana: Influencer) -> None:
    account: SocialAccount = SocialAccountFactory(influencer=kirana, handle="kirana.mhs")
    page = as_coordinator.get(page_of(kirana)).content.decode()
    assert f'href="{account.url}"' in page
    data = {"channel": "dm", "quote": "Boleh minggu depan?", "account": account.pk, "ours": "on"}
    assert as_coordinator.post(page_of(kirana), data).status_code == 302
    assert Entry.objects.get().sentence_en == ("We wrote or spoke to her by direct message (Instagram @kirana.mhs)")


def test_a_day_to_come_back_to_it_becomes_a_task(
    as_coordinator: Client, kirana: Influencer, card: Collaboration, coordinator: User
) -> None:
    data = {"channel": "whatsapp", "quote": "Senin aku kabari", "remind_on": "2026-11-30"}
    assert as_coordinator.post(page_of(kirana), data).status_code == 302
    todo = Todo.objects.get()
    assert (todo.text, todo.quote, todo.owner, todo.influencer_ref, todo.due_at) == (
        "Get back to Kirana Maheswari", "Senin aku kabari", coordinator, kirana.pk,
        dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"channel": "whatsapp"}, "Tick what it settles, or write down what was said."),
        ({"channel": "pigeon", "quote": "a"}, "Select a valid choice"),
        ({"channel": "call", "quote": "a", "remind_on": "2026-11-01"}, "That day is over"),
        ({"channel": "call", "quote": "a", "remind_on": "tomorrow"}, "Enter a valid date"),
        ({"channel": "call", "quote": "a", "about": "campaigns.collaboration:99"}, "Select a valid choice"),
        ({"channel": "dm", "quote": "a", "account": "x"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_stored(
    as_coordinator: Client, kirana: Influencer, data: dict[str, str], said: str
) -> None:
    answer = as_coordinator.post(page_of(kirana), data)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert (Entry.objects.count(), Todo.objects.count()) == (0, 0)


def test_the_page_asks_as_often_for_three_tasks_as_for_one(
    as_coordinator: Client, kirana: Influencer, card: Collaboration, django_assert_num_queries: Any
) -> None:
    DeliverableFactory(collaboration=card, status="approved")
    with django_assert_num_queries(QUERIES):
        as_coordinator.get(page_of(kirana))
    for _each in range(2):
        DeliverableFactory(collaboration=card, status="approved")
    with django_assert_num_queries(QUERIES):
        as_coordinator.get(page_of(kirana))


def test_every_page_about_her_leads_here(
    as_coordinator: Client, kirana: Influencer, card: Collaboration, reels: list[Deliverable]
) -> None:
    Todo.objects.create(text="Asks for the brief", kind="question", influencer_ref=kirana.pk, influencer_label="Kirana")
    told = f'href="{page_of(kirana)}'
    for page in (
        f"/people/{kirana.pk}/", "/", f"/campaigns/{card.campaign_id}/", f"/campaigns/collaborations/{card.pk}/",
        f"{page_of(kirana)}deliverable/{reels[0].pk}/posted/",
    ):  # fmt: skip
        assert (page, told in as_coordinator.get(page).content.decode()) == (page, True)


def test_a_viewer_is_led_nowhere(as_viewer: Client, kirana: Influencer, card: Collaboration) -> None:
    Todo.objects.create(text="Asks for the brief", kind="question", influencer_ref=kirana.pk, influencer_label="Kirana")
    for page in (
        f"/people/{kirana.pk}/",
        "/",
        f"/campaigns/{card.campaign_id}/",
        f"/campaigns/collaborations/{card.pk}/",
    ):
        assert (page, page_of(kirana) in as_viewer.get(page).content.decode()) == (page, False)


def test_a_viewer_notes_nothing(as_viewer: Client, kirana: Influencer) -> None:
    assert as_viewer.post(page_of(kirana), {"channel": "call", "quote": "a"}).status_code == 403
    assert Entry.objects.count() == 0
