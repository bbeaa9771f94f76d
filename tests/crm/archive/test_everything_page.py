"""Settings → Leave, or move."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crm.archive.models import ExportRun
from crm.archive.returning import pause_after_return
from crm.team.models import User
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
PAGE = "/settings/everything/"
QUERIES = 7


def runs(user: User, number: int) -> None:
    for at in range(number):
        ExportRun.objects.create(
            asked_by=user, started_at=NOW - dt.timedelta(days=at), finished_at=NOW, size=1_900_000, sha256="a" * 64,
            place="exports/x.zip", expires_at=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        )  # fmt: skip


def test_only_the_owner_finds_the_way(as_owner: Client, as_viewer: Client, owner: User) -> None:
    assert f'href="{PAGE}"' in as_owner.get("/settings/").content.decode()
    assert as_viewer.get(PAGE).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_export_and_three(
    as_owner: Client, owner: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    runs(owner, number)
    with django_assert_num_queries(QUERIES):
        page = as_owner.get(PAGE).content.decode()
    assert page.count(">ready<") == number
    assert "python manage.py import_all mitra.zip" in page
    assert page.count("Fetch the file") == 1


def test_while_it_is_written_the_page_shows_how_far_it_is(as_owner: Client, owner: User) -> None:
    run = ExportRun.objects.create(asked_by=owner, started_at=NOW, rows_done=300, rows_expected=1200)
    page = as_owner.get(PAGE).content.decode()
    assert "300 of 1,200" in page
    assert f'action="{PAGE}start/"' not in page
    bar = as_owner.get(f"{PAGE}{run.pk}/", headers={"HX-Request": "true"})
    assert "300 of 1,200" in bar.content.decode()
    run.fail("OSError: no room", at=NOW)
    assert as_owner.get(f"{PAGE}{run.pk}/", headers={"HX-Request": "true"})["HX-Redirect"] == PAGE
    assert "OSError: no room" in as_owner.get(PAGE).content.decode()


def test_asking_once_more_says_that_one_is_under_way(as_owner: Client, owner: User) -> None:
    ExportRun.objects.create(asked_by=owner, started_at=NOW)
    page = as_owner.post(f"{PAGE}start/", follow=True).content.decode()
    assert "One is being written already." in page
    assert ExportRun.objects.count() == 1


def test_after_an_import_today_tells_who_may_start_mail_again(as_owner: Client, as_viewer: Client) -> None:
    assert "Outgoing mail is paused" not in as_owner.get("/").content.decode()
    pause_after_return("Everything was imported.", NOW)
    assert "Everything was imported." in as_owner.get("/").content.decode()
    assert "Everything was imported." not in as_viewer.get("/").content.decode()
