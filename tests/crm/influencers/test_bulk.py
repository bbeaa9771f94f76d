"""Actions on many people: asked once, done together, told one by one."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.actions import bulk
from crm.influencers.models import Influencer, Niche
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db
URL = "people-bulk"


@pytest.fixture
def three(db: None) -> list[Influencer]:
    return [InfluencerFactory(stage_name=name, city="Solo") for name in ("Ayu", "Bima", "Citra")]


def ids(people: list[Influencer]) -> list[int]:
    return [person.pk for person in people]


def test_the_first_post_only_asks(as_coordinator: Client, three: list[Influencer]) -> None:
    page = as_coordinator.post(reverse(URL), {"action": "archive", "ids": ids(three)})
    assert page.status_code == 200
    assert page.context["names"] == ["Ayu", "Bima", "Citra"]
    assert Influencer.objects.archived().count() == 0
    assert Entry.objects.count() == 0


def test_archiving_says_what_came_of_it_for_each_person(
    as_coordinator: Client, three: list[Influencer], now: dt.datetime
) -> None:
    Influencer.objects.filter(pk=three[1].pk).update(archived_at=now)
    page = as_coordinator.post(reverse(URL), {"action": "archive", "ids": ids(three), "sure": "1"})
    assert [(one.name, str(one.said), one.changed) for one in page.context["outcomes"]] == [
        ("Ayu", "Archived", True),
        ("Bima", "Already archived", False),
        ("Citra", "Archived", True),
    ]
    assert page.context["undo_ids"] == [three[0].pk, three[2].pk]
    assert list(Entry.objects.order_by("pk").values_list("verb", "influencer_id")) == [
        ("influencer.archived", three[0].pk),
        ("influencer.archived", three[2].pk),
    ]


def test_undo_takes_out_of_the_archive_what_was_put_in(as_coordinator: Client, three: list[Influencer]) -> None:
    as_coordinator.post(reverse(URL), {"action": "archive", "ids": ids(three), "sure": "1"})
    assert Influencer.objects.present().count() == 0
    as_coordinator.post(reverse(URL), {"action": "restore", "ids": ids(three), "sure": "1"})
    assert Influencer.objects.present().count() == 3


def test_everybody_the_filter_means_goes_to_a_colleague(
    as_coordinator: Client, coordinator: User, viewer: User, three: list[Influencer]
) -> None:
    elsewhere = InfluencerFactory(city="Medan")
    asked = {"action": "owner", "all_matching": "1", "query": "city=solo", "sure": "1", "owner": str(viewer.pk)}
    page = as_coordinator.post(reverse(URL), asked, follow=True)
    assert [(line.name, line.outcome) for line in page.context["lines"]] == [
        ("Ayu", "Changed"),
        ("Bima", "Changed"),
        ("Citra", "Changed"),
    ]
    assert list(Influencer.objects.filter(owner=viewer).order_by("pk")) == three
    elsewhere.refresh_from_db()
    assert elsewhere.owner is None
    entry = Entry.objects.filter(influencer=three[0]).get()
    assert (entry.verb, entry.changes, entry.actor_id) == (
        "influencer.assigned",
        {"owner": ["", "Viewer Lima"]},
        coordinator.pk,
    )


def test_a_niche_is_added_and_becomes_the_main_one_where_there_is_none(
    as_coordinator: Client, three: list[Influencer]
) -> None:
    sport, finance = Niche.objects.get(slug="sport"), Niche.objects.get(slug="finance")
    three[0].niches.add(finance)
    Influencer.objects.filter(pk=three[0].pk).update(main_niche=finance)
    three[1].niches.add(sport)
    asked = {"action": "niche", "ids": ids(three), "sure": "1", "niche": str(sport.pk)}
    page = as_coordinator.post(reverse(URL), asked)
    assert [one.changed for one in page.context["outcomes"]] == [True, False, True]
    mains = Influencer.objects.order_by("pk").values_list("main_niche__slug", flat=True)
    assert list(mains) == ["finance", None, "sport"]
    assert set(three[0].niches.all()) == {sport, finance}


def test_a_question_without_an_answer_is_asked_again_and_changes_nothing(
    as_coordinator: Client, three: list[Influencer]
) -> None:
    page = as_coordinator.post(reverse(URL), {"action": "niche", "ids": ids(three), "sure": "1", "niche": "999"})
    assert page.status_code == 422
    assert "niche" in page.context["form"].errors
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"action": "archive"}, "Nobody was chosen. Tick the people you mean first."),
        ({"action": "archive", "ids": ["x", "-1", "9" * 30]}, "Nobody was chosen. Tick the people you mean first."),
        ({"action": "fly", "ids": ["1"]}, "This action does not exist. Choose one from the bar below the list."),
    ],
)
def test_what_cannot_be_done_is_said_and_leads_back(
    as_coordinator: Client, asked: dict[str, str | list[str]], said: str
) -> None:
    page = as_coordinator.post(reverse(URL), {**asked, "query": "tier=micro"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [said]
    assert page.redirect_chain == [(f"{reverse('people')}?tier=micro", 302)]


def test_more_people_than_one_action_takes_are_refused_whole(
    as_coordinator: Client, three: list[Influencer], monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(bulk.TooMany):
        bulk.archive(bulk.only(ids(three)), at=now, actor=Actor.user(User.objects.get()))
    assert Influencer.objects.archived().count() == 0
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("action", ["owner", "niche", "archive", "restore"])
def test_a_viewer_changes_nobody(as_viewer: Client, three: list[Influencer], action: str) -> None:
    page = as_viewer.post(reverse(URL), {"action": action, "ids": ids(three), "sure": "1"})
    assert page.status_code == 403
    assert Entry.objects.count() == 0


def test_a_viewer_sees_no_bar(as_viewer: Client, three: list[Influencer]) -> None:
    assert as_viewer.get(reverse("people")).context["actions"] == []
