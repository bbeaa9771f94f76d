"""Tabs above the list: kept for oneself or for everybody, renamed, put in order, given another filter, forgotten."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.models import SavedView
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(organisation: object) -> User:
    return UserFactory(role=Role.MANAGER, name="Manager Tiga")


@pytest.fixture
def as_manager(manager: User) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def kept(user: User, name: str, query: str = "tier=micro", **more: object) -> SavedView:
    return SavedView.objects.create(user=user, page="people", name=name, query=query, **more)


def tabs(client: Client, query: str = "") -> list[tuple[str, bool, bool]]:
    page = client.get(f"{reverse('people')}?{query}")
    return [(tab.label, tab.active, bool(tab.icon)) for tab in page.context["tabs"]]


def said(page: object) -> list[str]:
    return [str(message) for message in page.context["messages"]]  # type: ignore[attr-defined]


def test_own_tabs_come_first_and_shared_ones_behind_them_with_a_mark(
    as_coordinator: Client, coordinator: User, manager: User, viewer: User
) -> None:
    kept(viewer, "Hers alone")
    kept(manager, "Shared two", position=2, is_shared=True)
    kept(coordinator, "Shared one", position=1, is_shared=True)
    kept(coordinator, "Own two", position=2)
    kept(coordinator, "Own one", "tier=macro", position=1)
    assert tabs(as_coordinator, "tier=macro") == [
        ("Everybody", False, False),
        ("Own one", True, False),
        ("Own two", False, False),
        ("Shared one", False, True),
        ("Shared two", False, True),
    ]


def test_a_view_kept_for_everybody_is_a_tab_for_everybody_and_told(
    as_coordinator: Client, as_viewer: Client, coordinator: User
) -> None:
    as_coordinator.post(
        reverse("people-view-save"), {"name": "Mikro Solo", "query": "city=Solo&tier=micro", "is_shared": "on"}
    )
    assert tabs(as_viewer) == [("Everybody", True, False), ("Mikro Solo", False, True)]
    entry = Entry.objects.get()
    assert (entry.verb, entry.sentence_en, entry.actor_id) == (
        "view.changed",
        "Keeps “Mikro Solo” as a tab for everybody",
        coordinator.pk,
    )


def test_a_viewer_keeps_views_for_herself_only(as_viewer: Client) -> None:
    refused = as_viewer.post(reverse("people-view-save"), {"name": "A", "query": "tier=micro", "is_shared": "on"})
    assert refused.status_code == 403
    assert not SavedView.objects.exists()
    as_viewer.post(reverse("people-view-save"), {"name": "A", "query": "tier=micro"})
    assert SavedView.objects.get().is_shared is False
    assert Entry.objects.count() == 0


def test_those_who_decide_may_change_and_forget_what_others_share(as_manager: Client, coordinator: User) -> None:
    view = kept(coordinator, "Mikro", is_shared=True)
    as_manager.post(reverse("people-view-change", args=[view.pk]), {"name": "Micro", "is_shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.user) == ("Micro", True, coordinator)
    as_manager.post(reverse("people-view-forget", args=[view.pk]))
    assert not SavedView.objects.exists()
    assert list(Entry.objects.order_by("pk").values_list("sentence_en", flat=True)) == [
        "Changed the tab “Micro”",
        "Took the tab “Micro” away",
    ]


@pytest.mark.parametrize("verb", ["change", "filter", "move", "forget"])
def test_what_others_share_stays_as_it_is_for_those_who_do_not_decide(
    as_coordinator: Client, manager: User, verb: str
) -> None:
    view = kept(manager, "Mikro", is_shared=True)
    asked = {"name": "Mine", "query": "tier=macro", "way": "later"}
    assert as_coordinator.post(reverse(f"people-view-{verb}", args=[view.pk]), asked).status_code == 404
    view.refresh_from_db()
    assert (view.name, view.query, view.is_shared) == ("Mikro", "tier=micro", True)


def test_a_name_that_is_taken_is_refused_and_nothing_changes(as_coordinator: Client, coordinator: User) -> None:
    kept(coordinator, "One")
    two = kept(coordinator, "Two", "tier=macro")
    page = as_coordinator.post(reverse("people-view-change", args=[two.pk]), {"name": "One"}, follow=True)
    assert said(page) == ["There is a view called “One” already. Choose another name."]
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["One", "Two"]


def test_two_people_cannot_share_two_views_of_one_name(as_manager: Client, coordinator: User) -> None:
    kept(coordinator, "Mikro", is_shared=True)
    asked = {"name": "Mikro", "query": "tier=macro", "is_shared": "on"}
    page = as_manager.post(reverse("people-view-save"), asked, follow=True)
    assert said(page) == ["There is a view called “Mikro” already. Choose another name."]
    assert SavedView.objects.count() == 1


def test_more_views_than_fit_are_refused(as_coordinator: Client, coordinator: User) -> None:
    for number in range(12):
        kept(coordinator, f"View {number}", f"min={number}")
    page = as_coordinator.post(reverse("people-view-save"), {"name": "One more", "query": "tier=macro"}, follow=True)
    assert said(page) == ["There are 12 such views already. Forget one first."]
    assert SavedView.objects.count() == 12


def test_a_tab_moves_among_its_like(as_coordinator: Client, coordinator: User, now: dt.datetime) -> None:
    one, two, three = (kept(coordinator, name, f"q={name}", position=0) for name in ("One", "Two", "Six"))
    kept(coordinator, "Shared", is_shared=True)
    as_coordinator.post(reverse("people-view-move", args=[three.pk]), {"way": "earlier"})
    as_coordinator.post(reverse("people-view-move", args=[one.pk]), {"way": "earlier"})
    assert [label for label, _active, _mark in tabs(as_coordinator)] == ["Everybody", "One", "Six", "Two", "Shared"]
    as_coordinator.post(reverse("people-view-move", args=[two.pk]), {"way": "later"})
    assert [label for label, _active, _mark in tabs(as_coordinator)] == ["Everybody", "One", "Six", "Two", "Shared"]


def test_a_filter_changed_within_a_tab_can_be_kept_in_it(as_coordinator: Client, coordinator: User) -> None:
    view = kept(coordinator, "Mikro")
    url = f"{reverse('people')}?tier=macro&view={view.pk}"
    page = as_coordinator.get(url)
    opened = page.context["opened"]
    assert (opened.view.name, opened.is_changed, opened.may_change) == ("Mikro", True, True)
    assert "The filter is no longer the one of “Mikro”." in page.content.decode()
    assert page.context["chips"][0].remove_url == f"?view={view.pk}"
    answer = as_coordinator.post(reverse("people-view-filter", args=[view.pk]), {"query": "tier=macro"})
    view.refresh_from_db()
    assert view.query == "tier=macro"
    assert answer.url == url
    assert as_coordinator.get(url).context["opened"].is_changed is False


@pytest.mark.parametrize("named", ["999999", "x", "-1", "9" * 30])
def test_an_address_that_names_no_tab_is_read_without_it(as_coordinator: Client, named: str) -> None:
    page = as_coordinator.get(f"{reverse('people')}?tier=micro&view={named}")
    assert page.status_code == 200
    assert page.context["opened"] is None
    assert page.context["asked"].refused == ()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", ""),
        ("sort=name", ""),
        ("tier=micro&city=Surabaya&min=10k&max=100k", "Micro from Surabaya, 10k to 100k followers"),
        ("platform=instagram&owner=nobody", "People on Instagram, looked after by nobody"),
        ("q=kirana&stage=active", "People, “kirana”, Works with us"),
    ],
)
def test_the_filter_is_said_as_a_sentence(as_coordinator: Client, query: str, sentence: str) -> None:
    assert as_coordinator.get(f"{reverse('people')}?{query}").context["sentence"] == sentence


def test_the_page_of_tabs_costs_the_same_at_one_and_at_three(
    as_coordinator: Client, coordinator: User, django_assert_num_queries: object
) -> None:
    kept(coordinator, "One")
    as_coordinator.get(reverse("people-views"))
    with django_assert_num_queries(3):  # type: ignore[operator]
        as_coordinator.get(reverse("people-views"))
    kept(coordinator, "Two", "city=Solo")
    kept(coordinator, "Three", "tier=macro", is_shared=True)
    with django_assert_num_queries(3):  # type: ignore[operator]
        page = as_coordinator.get(reverse("people-views"))
    assert [(line.view.name, line.sentence) for line in page.context["lines"]] == [
        ("One", "Micro"),
        ("Two", "People from Solo"),
        ("Three", "Macro"),
    ]
