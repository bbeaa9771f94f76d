"""The list of people: what it finds, how it reads, what it costs."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.influencers.actions import refresh_main_account
from crm.influencers.models import Influencer, Niche, Platform, SavedView
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.factories import (
    InfluencerFactory,
    RepresentationFactory,
    SocialAccountFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def person(name: str, handle: str = "", followers: int | None = None, **fields: Any) -> Influencer:
    """Somebody with an account on Instagram, if a handle is given."""
    somebody = InfluencerFactory(stage_name=name, **fields)
    if handle:
        instagram = Platform.objects.get(code="instagram")
        SocialAccountFactory(influencer=somebody, platform=instagram, handle=handle, followers=followers)
        refresh_main_account(somebody)
    return somebody


def names(client: Client, query: str = "") -> list[str]:
    """Who is on the page, in its order."""
    response = client.get(f"{reverse('people')}?{query}")
    assert response.status_code == 200
    return [line.name for line in response.context["found"].page.rows]


def test_the_newest_person_comes_first(as_coordinator: Client) -> None:
    for name in ("Pertama", "Kedua", "Ketiga"):
        person(name)
    assert names(as_coordinator) == ["Ketiga", "Kedua", "Pertama"]


@pytest.mark.parametrize(
    ("query", "is_told"),
    [("sort=followers", True), ("sort=followers&tier=micro", True), ("sort=followers&city=Solo", False), ("", False)],
)
def test_ranking_by_followers_alone_is_told_to_say_little(as_coordinator: Client, query: str, *, is_told: bool) -> None:
    person("Besar", followers=90_000, city="Solo")
    page = as_coordinator.get(f"{reverse('people')}?{query}").content.decode()
    assert ("Followers alone say little about fit" in page) is is_told


def test_sorting_by_followers_puts_the_uncounted_last(as_coordinator: Client) -> None:
    person("Kecil", "kecil", 900)
    person("Belum", "belum", None)
    person("Besar", "besar", 90_000)
    assert names(as_coordinator, "sort=followers") == ["Besar", "Kecil", "Belum"]
    assert names(as_coordinator, "sort=name") == ["Belum", "Besar", "Kecil"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=maheswari", ["Kirana Maheswari"]),
        ("q=MAHES", ["Kirana Maheswari"]),
        ("q=@ki", ["Kirana Maheswari"]),
        ("q=ki", ["Kirana Maheswari"]),
        ("q=es", []),
        ("q=rana.id", ["Kirana Maheswari"]),
        ("q=100%25", []),
        ("tier=macro", ["Bima Santoso"]),
        ("platform=tiktok", ["Bima Santoso"]),
        ("platform=instagram&tier=micro", ["Kirana Maheswari"]),
        ("city=BANDUNG", ["Kirana Maheswari"]),
        ("city=band", []),
        ("stage=active", ["Bima Santoso"]),
        ("min=10k&max=50k", ["Kirana Maheswari"]),
        ("min=50.001", ["Bima Santoso"]),
        ("max=100rb", ["Kirana Maheswari"]),
        ("owner=me", ["Kirana Maheswari"]),
        ("owner=nobody", ["Tari Lestari", "Bima Santoso"]),
        ("contact=barred", ["Tari Lestari"]),
        ("contact=free", ["Bima Santoso", "Kirana Maheswari"]),
        ("state=archived", ["Sudah Lama"]),
        ("q=kirana&stage=active", []),
    ],
)
def test_filters_narrow_the_list(
    as_coordinator: Client, coordinator: User, now: dt.datetime, query: str, found: list[str]
) -> None:
    person("Kirana Maheswari", "kirana.id", 34_000, city="Bandung", owner=coordinator)
    bima = person("Bima Santoso", stage=Influencer.Stage.ACTIVE)
    SocialAccountFactory(
        influencer=bima, platform=Platform.objects.get(code="tiktok"), handle="bima", followers=250_000
    )
    refresh_main_account(bima)
    person("Tari Lestari", do_not_contact_at=now, do_not_contact_why="Asked us")
    person("Sudah Lama", archived_at=now)
    assert names(as_coordinator, query) == found


def test_a_niche_finds_everybody_within_it(as_coordinator: Client) -> None:
    above = Niche.objects.get(slug="make-up")
    below = Niche.objects.create(slug="lipstick", name_en="Lipstick", name_id="Lipstik", parent=above)
    person("Di atas").niches.add(above)
    person("Di bawah").niches.add(below)
    person("Lain").niches.add(Niche.objects.get(slug="sport"))
    assert names(as_coordinator, f"niche={above.pk}") == ["Di bawah", "Di atas"]
    assert names(as_coordinator, f"niche={below.pk}") == ["Di bawah"]


def test_the_filter_reads_as_a_sentence_and_each_part_can_go(as_coordinator: Client) -> None:
    page = as_coordinator.get(f"{reverse('people')}?tier=micro&platform=instagram&min=10k&max=50k&owner=me")
    chips = page.context["chips"]
    assert [chip.label for chip in chips] == [
        "Micro",
        "on Instagram",
        "looked after by Dinda",
        "10k to 50k followers",
    ]
    assert chips[0].remove_url == "?platform=instagram&min=10000&max=50000&owner=me"
    assert chips[3].remove_url == "?tier=micro&platform=instagram&owner=me"


def test_a_filter_nobody_understands_is_left_out_and_named(as_coordinator: Client) -> None:
    person("Kirana")
    page = as_coordinator.get(f"{reverse('people')}?tier=giant&min=many&at=nonsense&owner=999&niche=x&q=%00")
    assert page.status_code == 200
    assert page.context["asked"].refused == (
        "Name or handle",
        "Tier",
        "Niche, with everything in it",
        "Followers from",
        "Owner",
    )
    assert [line.name for line in page.context["found"].page.rows] == ["Kirana"]


def test_pages_turn_both_ways_and_keep_the_filter(as_coordinator: Client) -> None:
    for number in range(53):
        InfluencerFactory(stage_name=f"Orang {number:02}", city="Solo")
    first = as_coordinator.get(f"{reverse('people')}?city=solo")
    assert str(first.context["found"].count) == "53"
    assert first.context["earlier"] == ""
    second = as_coordinator.get(f"{reverse('people')}{first.context['later']}")
    assert [line.name for line in second.context["found"].page.rows] == ["Orang 02", "Orang 01", "Orang 00"]
    assert second.context["later"] == ""
    back = as_coordinator.get(f"{reverse('people')}{second.context['earlier']}")
    assert back.context["found"].page.rows == first.context["found"].page.rows
    assert "city=solo" in second.context["earlier"]


def test_the_bar_offers_the_way_into_the_archive_or_out_of_it(as_coordinator: Client) -> None:
    offered = [
        [action["value"] for action in as_coordinator.get(f"{reverse('people')}?{query}").context["actions"]]
        for query in ("", "state=archived")
    ]
    assert [("archive" in values, "restore" in values) for values in offered] == [(True, False), (False, True)]


def test_names_are_escaped_in_the_rows(as_coordinator: Client) -> None:
    person("<script>alert(1)</script>", 'x"><b>', 10, city="<i>Solo</i>")
    html = as_coordinator.get(reverse("people")).content.decode()
    assert "<script>alert(1)" not in html
    assert "<i>Solo" not in html
    assert 'x"><b>' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("", 7),  # session, user, words, rows, who is barred, walls, who is an ambassador
        ("tier=micro&platform=instagram&q=kirana&owner=me&city=solo&min=1&max=90k", 8),  # and the search
    ],
)
def test_the_list_costs_the_same_at_one_row_and_at_three(
    as_coordinator: Client, coordinator: User, query: str, cost: int
) -> None:
    url = f"{reverse('people')}?{query}"
    person("Kirana 1", "kirana.1", 34_000, city="Solo", owner=coordinator)
    as_coordinator.get(url)  # the session row is written once
    assert queries(lambda: as_coordinator.get(url)) == cost
    person("Kirana 2", "kirana.2", 34_000, city="Solo", owner=coordinator)
    person("Kirana 3", "kirana.3", 34_000, city="Solo", owner=coordinator)
    assert queries(lambda: as_coordinator.get(url)) == cost
    assert len(as_coordinator.get(url).context["found"].page.rows) == 3


def test_a_list_of_several_pages_costs_one_capped_count_more(as_coordinator: Client) -> None:
    Influencer.objects.bulk_create(Influencer(stage_name=f"Orang {n}") for n in range(51))
    as_coordinator.get(reverse("people"))
    with CaptureQueriesContext(connection) as caught:
        as_coordinator.get(reverse("people"))
    assert len(caught) == 8
    assert [query["sql"] for query in caught if "COUNT(*)" in query["sql"] and "LIMIT 1001" not in query["sql"]] == []


def test_views_are_kept_replaced_shown_and_forgotten(as_coordinator: Client, coordinator: User, viewer: User) -> None:
    SavedView.objects.create(user=viewer, page="people", name="Not mine", query="tier=micro")
    kept = as_coordinator.post(reverse("people-view-save"), {"name": "Mikro Solo", "query": "city=Solo&tier=micro"})
    assert kept.url == f"{reverse('people')}?tier=micro&city=Solo"
    tabs = as_coordinator.get(kept.url).context["tabs"]
    assert [(tab.label, tab.active) for tab in tabs] == [("Everybody", False), ("Mikro Solo", True)]
    as_coordinator.post(reverse("people-view-save"), {"name": "Mikro Solo", "query": "tier=macro"})
    view = SavedView.objects.get(user=coordinator)
    assert view.query == "tier=macro"
    as_coordinator.post(reverse("people-view-forget", args=[view.pk]))
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Not mine"]


def test_a_view_of_somebody_else_cannot_be_forgotten(as_coordinator: Client, viewer: User) -> None:
    view = SavedView.objects.create(user=viewer, page="people", name="Theirs", query="tier=micro")
    assert as_coordinator.post(reverse("people-view-forget", args=[view.pk])).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_view_without_a_name_is_refused(as_coordinator: Client) -> None:
    as_coordinator.post(reverse("people-view-save"), {"name": " ", "query": "tier=micro"})
    assert not SavedView.objects.exists()


def test_all_filters_stand_on_a_page_of_their_own_and_as_a_part(as_coordinator: Client) -> None:
    whole = as_coordinator.get(f"{reverse('people-filter')}?tier=micro").content.decode()
    part = as_coordinator.get(f"{reverse('people-filter')}?tier=micro", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    for html in (whole, part):
        assert '<option value="micro" selected>Micro</option>' in html


# ---- files ----------------------------------------------------------------------------------------------------------


def table(response: Any) -> list[dict[str, str]]:
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_csv_file_holds_everybody_the_filter_means(as_coordinator: Client) -> None:
    kirana = person("Kirana", "kirana", 34_000, city="Solo")
    RepresentationFactory(influencer=kirana, contact__email="kirana@contoh.example")
    person("Bima")
    rows = table(
        as_coordinator.post(reverse("people-bulk"), {"action": "csv", "all_matching": "1", "query": "city=Solo"})
    )
    assert [(row["Stage name"], row["Handle"], row["Followers"], row["E-mail"]) for row in rows] == [
        ("Kirana", "kirana", "34000", "kirana@contoh.example")
    ]
    assert Entry.objects.get(verb="influencer.exported").changes["filter"] == ["", "city=Solo"]


def test_a_cell_that_looks_like_a_formula_is_escaped(as_coordinator: Client) -> None:
    person("=HYPERLINK(1)")
    rows = table(as_coordinator.post(reverse("people-bulk"), {"action": "csv", "all_matching": "1"}))
    assert rows[0]["Stage name"] == "'=HYPERLINK(1)"


def test_finance_takes_contacts_along_and_a_viewer_takes_nothing(organisation: object) -> None:
    person("Kirana")
    finance, viewer = Client(), Client()
    finance.force_login(UserFactory(role=Role.FINANCE))
    viewer.force_login(UserFactory(role=Role.VIEWER))
    asked = {"action": "csv", "all_matching": "1"}
    assert "E-mail" in table(finance.post(reverse("people-bulk"), asked))[0]
    assert viewer.post(reverse("people-bulk"), asked).status_code == 403
    assert Entry.objects.filter(verb="influencer.exported").count() == 1


def test_an_xlsx_file_can_be_taken_of_chosen_people(as_coordinator: Client) -> None:
    kirana, _bima = person("Kirana"), person("Bima")
    response: HttpResponse = as_coordinator.post(reverse("people-bulk"), {"action": "xlsx", "ids": [kirana.pk]})
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(b"".join(response))).active  # type: ignore[arg-type]
    assert sheet is not None
    assert [row[1].value for row in sheet.iter_rows()] == ["Stage name", "Kirana"]
