"""A cell of the list, changed in place."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.actions.tags import put_tag
from crm.influencers.models import Influencer, Niche, Tag
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
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


@pytest.mark.parametrize("cell", ["city", "stage", "owner", "main_niche", "tags"])
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


# ---- tags ------------------------------------------------------------------------------------------------------------


def tags(person: Influencer) -> list[str]:
    return list(person.tags.order_by("name").values_list("name", flat=True))


def test_tags_are_changed_in_place_and_the_story_tells_each(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    for name in ("Bali", "VIP"):
        put_tag(kirana, name, at=now, actor=SYSTEM)
    html = as_coordinator.get(url(kirana, "tags"), headers=HTMX).content.decode()
    assert 'name="value" value="Bali, VIP"' in html
    answer = send(as_coordinator, kirana, "tags", " vip ;#teh, hijab,Teh ", "Bali, VIP", headers=HTMX)
    shown = answer.content.decode()
    assert (">hijab</span>" in shown, ">Teh</span>" in shown, ">+1</span>" in shown) == (True, True, True)
    assert tags(kirana) == ["Teh", "VIP", "hijab"]
    told = Entry.objects.filter(actor_label="Dinda").order_by("pk").values_list("verb", "changes")
    assert list(told) == [
        ("tag.put", {"tags": ["", "hijab"]}),
        ("tag.put", {"tags": ["", "Teh"]}),
        ("tag.taken", {"tags": ["Bali", ""]}),
    ]


def test_tags_somebody_changed_meanwhile_are_not_lost(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    put_tag(kirana, "Bali", at=now, actor=SYSTEM)
    answer = send(as_coordinator, kirana, "tags", "VIP", "", headers=HTMX).content.decode()
    assert "changed this to “Bali”" in answer
    assert 'value="VIP"' in answer
    assert 'name="was" value="Bali"' in answer
    assert tags(kirana) == ["Bali"]


def test_a_tag_that_is_too_long_is_refused_and_nothing_is_made(as_coordinator: Client, kirana: Influencer) -> None:
    answer = send(as_coordinator, kirana, "tags", f"VIP, {'x' * 41}", "")
    assert answer.status_code == 422
    assert "A tag has at most 40 characters. Part them with commas." in answer.content.decode()
    assert (tags(kirana), Tag.objects.count()) == ([], 0)


def test_the_list_has_a_column_of_tags_once_the_house_has_one(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    assert "/cell/tags/" not in as_coordinator.get(reverse("people")).content.decode()
    put_tag(kirana, "<b>Bali", at=now, actor=SYSTEM)
    html = as_coordinator.get(reverse("people")).content.decode()
    assert f'href="/people/{kirana.pk}/cell/tags/"' in html
    assert ("&lt;b&gt;Bali" in html, "<b>Bali" in html) == (True, False)


def test_tags_of_a_page_cost_one_query_whatever_its_rows(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    put_tag(kirana, "Bali", at=now, actor=SYSTEM)
    as_coordinator.get(reverse("people"))
    with django_assert_num_queries(8):  # session, user, words, rows, tags, promises, deals, prospects
        as_coordinator.get(reverse("people"))
    for name in ("Ayu", "Bima"):
        put_tag(InfluencerFactory(stage_name=name), "Bali", at=now, actor=SYSTEM)
    with django_assert_num_queries(8):
        as_coordinator.get(reverse("people"))
