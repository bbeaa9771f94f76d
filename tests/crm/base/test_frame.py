"""The frame of every page: navigation, theme, counts, error pages, the style guide."""

import json
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from crm.base import nav
from crm.base.context import theme_of
from crm.team.models import User


@pytest.fixture
def bare_nav(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A navigation of our own making, so that other rooms' entries do not disturb."""
    monkeypatch.setattr(nav, "ITEMS", {})
    monkeypatch.setattr(nav, "PINS", [])
    yield


def asked(path: str, user: User) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    return request


def test_every_entry_of_the_navigation_leads_somewhere(as_owner: Client) -> None:
    as_owner.get("/styleguide/")  # every room's addresses are loaded
    assert nav.ITEMS != {}
    for item in nav.ITEMS.values():
        assert item.url == reverse(item.url_name)


def test_an_entry_shows_only_to_those_who_may_use_it(bare_nav: None, coordinator: User, owner: User) -> None:
    nav.nav_item(order=20, label="Settings", icon="sliders", url_name="settings", permission="crm.change_settings")
    nav.nav_item(order=10, label="Style guide", icon="stars", url_name="styleguide")
    assert [item.label for item in nav.items_for(coordinator)] == ["Style guide"]
    assert [item.label for item in nav.items_for(owner)] == ["Style guide", "Settings"]


def test_the_active_entry_is_the_one_whose_address_reaches_furthest(bare_nav: None, owner: User) -> None:
    nav.nav_item(order=10, label="Today", icon="sun", url_name="today")
    nav.nav_item(order=20, label="Settings", icon="sliders", url_name="settings")
    nav.nav_item(order=30, label="Mail", icon="envelope", url_name="settings-mail")
    here = {path: [s.item.label for s in nav.shown_to(asked(path, owner)) if s.is_active] for path in PATHS}
    assert here == {"/": ["Today"], "/settings/": ["Settings"], "/settings/mail/": ["Mail"], "/elsewhere/": []}


def test_a_page_with_an_address_of_its_own_lights_the_entry_it_belongs_to(bare_nav: None, owner: User) -> None:
    nav.nav_item(order=10, label="Today", icon="sun", url_name="today")
    nav.nav_item(order=20, label="Settings", icon="sliders", url_name="settings", also=("styleguide",))
    assert [s.item.label for s in nav.shown_to(asked("/styleguide/", owner)) if s.is_active] == ["Settings"]


PATHS = ["/", "/settings/", "/settings/mail/", "/elsewhere/"]


def test_the_first_four_entries_are_the_dock_of_a_phone(bare_nav: None, owner: User) -> None:
    for order, url_name in enumerate(["today", "settings", "settings-mail", "styleguide", "profile"]):
        nav.nav_item(order=order, label=url_name, icon="sun", url_name=url_name)
    assert [shown.is_extra for shown in nav.shown_to(asked("/", owner))] == [False, False, False, False, True]


def test_counts_are_asked_once_the_page_is_up(bare_nav: None, as_owner: Client) -> None:
    nav.nav_item(order=10, label="Today", icon="sun", url_name="today", count=lambda user: 14)
    nav.nav_item(order=20, label="Guide", icon="stars", url_name="styleguide")
    page = as_owner.get("/styleguide/").content.decode()
    assert page.count('data-count-for="today"') == 1
    assert 'data-count-for="styleguide"' not in page
    assert as_owner.get("/frame/counts/").json() == {"today": 14}


def test_a_stranger_learns_no_counts(bare_nav: None, client: Client, organisation: object) -> None:
    answer = client.get("/frame/counts/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/frame/counts/")


def test_pins_stand_under_the_navigation(bare_nav: None, as_owner: Client) -> None:
    nav.pinned_source(lambda user: [nav.Pinned("Ramadan Glow", "/campaigns/1/", "b")])
    page = as_owner.get("/styleguide/").content.decode()
    assert '<span class="dot b"></span><span class="txt">Ramadan Glow</span>' in page


@pytest.mark.parametrize(
    ("cookie", "account", "shown"),
    [("dark", "light", "dark"), ("", "light", "light"), ("", "", "auto"), ("pink", "light", "auto")],
)
def test_the_browsers_choice_of_theme_goes_before_the_accounts(cookie: str, account: str, shown: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    request.user = User(theme=account)
    assert theme_of(request) == shown


def test_choosing_a_theme_is_remembered_here_and_on_the_next_device(as_owner: Client, owner: User) -> None:
    answer = as_owner.post("/frame/theme/", {"theme": "dark", "next": "/profile/"})
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")
    assert answer.cookies["theme"].value == "dark"
    owner.refresh_from_db()
    assert owner.theme == "dark"
    assert 'data-bs-theme="dark"' in as_owner.get("/styleguide/").content.decode()[:400]


def test_an_unknown_theme_changes_nothing(as_owner: Client, owner: User) -> None:
    answer = as_owner.post("/frame/theme/", {"theme": "pink"})
    assert "theme" not in answer.cookies
    owner.refresh_from_db()
    assert owner.theme == "auto"


def test_choosing_a_theme_never_leads_to_another_house(as_owner: Client) -> None:
    assert as_owner.post("/frame/theme/", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"


def test_a_stranger_may_choose_a_theme_too(client: Client, organisation: object) -> None:
    assert client.post("/frame/theme/", {"theme": "light"}).cookies["theme"].value == "light"


def test_the_style_guide_is_for_those_who_keep_the_house(as_owner: Client, as_coordinator: Client) -> None:
    assert as_owner.get("/styleguide/").status_code == 200
    assert as_coordinator.get("/styleguide/").status_code == 403


def test_the_style_guide_shows_both_themes_and_one_page_title(as_owner: Client) -> None:
    page = as_owner.get("/styleguide/").content.decode()
    assert page.count('class="guide-side" data-bs-theme="light"') == 1
    assert page.count('class="guide-side" data-bs-theme="dark"') == 1
    assert page.count("<h1") == 1


def test_a_form_of_the_style_guide_saves_nothing_and_says_so(as_owner: Client) -> None:
    assert "Nothing was saved" in as_owner.post("/styleguide/", {"light-name": "x"}).content.decode()


def test_the_frame_asks_the_database_only_who_is_there(
    bare_nav: None, as_owner: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    as_owner.get("/styleguide/")
    with django_assert_num_queries(2):  # session, user
        as_owner.get("/styleguide/")


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "403_csrf"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_an_error_page_needs_neither_request_nor_database(code: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{code}.html")
    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1
    assert "<script" not in page


@pytest.mark.parametrize(("language", "word"), [("en", "Choose …"), ("id", "Pilih …")])
def test_an_empty_choice_says_a_word_instead_of_dashes(language: str, word: str) -> None:
    field = forms.ChoiceField(choices=[BLANK_CHOICE_DASH[0], ("ig", "Instagram")])
    with translation.override(language):
        shown = str(type("PlatformForm", (forms.Form,), {"platform": field})()["platform"])
    assert re.findall(r">([^<>]+)</option>", shown) == [word, "Instagram"]


def test_a_lost_address_is_told_in_our_own_page(client: Client, organisation: object) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "Nothing is here" in answer.content.decode()


def test_the_influencers_frame_loads_one_sheet_and_no_script() -> None:
    page = render_to_string("portal_base.html")
    assert page.count('rel="stylesheet"') == 1
    assert "css/portal.css" in page
    assert "<script" not in page
    assert len(page) < 2_000


def test_pages_load_from_our_own_house_alone(as_owner: Client) -> None:
    page = as_owner.get("/styleguide/").content.decode()
    assert "http://" not in page.replace("http://testserver", "").replace("http://www.w3.org", "")
    assert "https://" not in page


def test_htmx_may_neither_evaluate_nor_inject_styles(as_owner: Client) -> None:
    page = as_owner.get("/styleguide/").content.decode()
    settings = json.loads(page.split('name="htmx-config" content=\'')[1].split("'")[0])
    assert (settings["allowEval"], settings["includeIndicatorStyles"], settings["allowScriptTags"]) == (False,) * 3


def test_the_admin_follows_the_theme_of_the_app(as_owner: Client) -> None:
    as_owner.cookies["theme"] = "dark"
    page = as_owner.get("/admin/").content.decode()
    assert "/static/css/admin/dark.css" in page
    assert "/static/css/admin.css" in page
    assert "theme.js" not in page


def test_the_admin_asks_the_device_when_nobody_chose(as_owner: Client) -> None:
    assert "/static/css/admin/auto.css" in as_owner.get("/admin/").content.decode()
