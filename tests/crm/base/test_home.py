"""Where signing in and the mark of the house lead."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from crm.base import nav
from crm.base.places import Place
from crm.team.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nav, "first_page", Place("first_page"))
    yield


def test_the_day_begins_with_today_where_nobody_says_otherwise(as_owner: Client, bare_place: None) -> None:
    assert as_owner.get(reverse("home"))["Location"] == reverse("today")


def test_the_first_room_that_answers_is_where_the_day_begins(bare_place: None, owner: User) -> None:
    nav.first_page("late", order=20)(lambda user: "/late/")
    nav.first_page("silent", order=5)(lambda user: "")
    nav.first_page("early", order=10)(lambda user: f"/early/{user.pk}/")
    assert nav.home_of(owner, "/") == f"/early/{owner.pk}/"


def test_the_mark_of_the_house_leads_home(as_owner: Client) -> None:
    page = as_owner.get(reverse("styleguide")).content.decode()
    assert page.count(f'href="{reverse("home")}"') == 2


def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Client().get(reverse("home"))["Location"] == f"{reverse('account_login')}?next=/home/"
