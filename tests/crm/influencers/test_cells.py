"""A cell of the list, changed in place."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.models import Influencer, Niche
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana", city="Solo")


def url(person: Influencer, cell: str) -> str:
    return reverse("person-cell", args=[person.pk, cell])


def send(client: Client, person: Influencer, cell: str, value: Any, was: str, **more: Any) -> Any:
    return client.post(url(person, cell), {"value": value, "was": was}, **more)


def test_a_cell_opens_as_a_field_with_what_stands_there(as_coordinator: Client, kirana: Influencer) -> None:
    html = as_coordinator.get(url(kirana, "city"), headers=HTMX).content.decode()
    assert "<html" not in html
    assert 'name="value" value="Solo"' in html
    assert 'name="was" value="Solo"' in html
    assert 'form="cell-form"' in html


@pytest.mark.parametrize("cell", ["city", "stage", "owner", "main_niche"])
def test_every_cell_has_a_page_of_its_own(as_coordinator: Client, kirana: Influencer, cell: str) -> None:
    html = as_coordinator.get(url(kirana, cell)).content.decode()
    assert "<html" in html
    assert '<form class="form-page" method="post" id="cell-form">' in html


def test_a_saved_cell_comes_back_as_the_list_shows_it_and_is_told(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    answer = send(as_coordinator, kirana, "city", "Surabaya", "Solo", headers=HTMX)
    link = f'<a class="cell" tabindex="-1" href="/people/{kirana.pk}/cell/city/">Surabaya</a>'
    assert answer.content.decode() == f'<td data-cell="city">{link}</td>'
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes, entry.actor_id) == (
        "influencer.changed",
        {"city": ["Solo", "Surabaya"]},
        coordinator.pk,
    )


def test_stage_owner_and_niche_are_chosen(as_coordinator: Client, viewer: User, kirana: Influencer) -> None:
    sport = Niche.objects.get(slug="sport")
    send(as_coordinator, kirana, "stage", "active", "prospect")
    send(as_coordinator, kirana, "owner", viewer.pk, "")
    send(as_coordinator, kirana, "main_niche", sport.pk, "")
    kirana.refresh_from_db()
    assert (kirana.stage, kirana.owner, kirana.main_niche) == ("active", viewer, sport)
    assert list(kirana.niches.all()) == [sport]
    send(as_coordinator, kirana, "owner", "", str(viewer.pk))
    kirana.refresh_from_db()
    assert kirana.owner is None


def test_a_cell_somebody_changed_meanwhile_is_refused_with_the_reason(
    as_coordinator: Client, as_owner: Client, kirana: Influencer
) -> None:
    send(as_owner, kirana, "city", "Malang", "Solo")
    answer = send(as_coordinator, kirana, "city", "Surabaya", "Solo", headers=HTMX)
    html = answer.content.decode()
    kirana.refresh_from_db()
    assert kirana.city == "Malang"
    assert "Owner changed this to “Malang” at" in html
    assert 'name="value" value="Surabaya"' in html
    assert 'name="was" value="Malang"' in html
    send(as_coordinator, kirana, "city", "Surabaya", "Malang", headers=HTMX)
    kirana.refresh_from_db()
    assert kirana.city == "Surabaya"


def test_another_field_changed_meanwhile_does_not_stand_in_the_way(
    as_coordinator: Client, as_owner: Client, kirana: Influencer
) -> None:
    send(as_owner, kirana, "stage", "active", "prospect")
    send(as_coordinator, kirana, "city", "Surabaya", "Solo")
    kirana.refresh_from_db()
    assert (kirana.stage, kirana.city) == ("active", "Surabaya")


def test_two_who_write_the_same_agree(as_coordinator: Client, as_owner: Client, kirana: Influencer) -> None:
    send(as_owner, kirana, "city", "Malang", "Solo")
    send(as_coordinator, kirana, "city", "Malang", "Solo")
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("stage", "giant"),
        ("stage", ""),
        ("owner", "999999"),
        ("main_niche", "x"),
        ("city", "x" * 101),
        ("city", "\x00"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused_and_kept(
    as_coordinator: Client, kirana: Influencer, cell: str, value: str
) -> None:
    was = {"stage": "prospect", "city": "Solo"}.get(cell, "")
    assert send(as_coordinator, kirana, cell, value, was).status_code == 422
    in_place = send(as_coordinator, kirana, cell, value, was, headers=HTMX)
    assert (in_place.status_code, b'class="cell-error"' in in_place.content) == (200, True)
    kirana.refresh_from_db()
    assert (kirana.stage, kirana.city, kirana.owner) == ("prospect", "Solo", None)
    assert Entry.objects.count() == 0


def test_without_script_the_way_leads_back_to_the_list(as_coordinator: Client, kirana: Influencer) -> None:
    page = as_coordinator.get(url(kirana, "city"), headers={"Referer": "http://testserver/people/?tier=micro"})
    assert 'value="http://testserver/people/?tier=micro"' in page.content.decode()
    sent = {"value": "Malang", "was": "Solo", "back": "http://testserver/people/?tier=micro"}
    assert as_coordinator.post(url(kirana, "city"), sent).url == "http://testserver/people/?tier=micro"
    away = as_coordinator.post(url(kirana, "city"), {**sent, "was": "Malang", "back": "https://else.example/"})
    assert away.url == reverse("people")


def test_a_viewer_sees_cells_that_do_not_open(as_viewer: Client, kirana: Influencer) -> None:
    assert b'class="cell"' not in as_viewer.get(reverse("people")).content
    assert send(as_viewer, kirana, "city", "Malang", "Solo").status_code == 403
    kirana.refresh_from_db()
    assert kirana.city == "Solo"


def test_the_list_offers_its_cells_and_its_keys(as_coordinator: Client, kirana: Influencer) -> None:
    html = as_coordinator.get(reverse("people")).content.decode()
    assert (
        f'<td data-cell="city"><a class="cell" tabindex="-1" href="/people/{kirana.pk}/cell/city/">Solo</a></td>'
        in html
    )
    assert "data-keys" in html
    assert '<form id="cell-form" method="post" hidden>' in html
