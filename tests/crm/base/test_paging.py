"""Keyset pages: complete, without doubles, in both directions, and unimpressed by cursors somebody made up."""

import base64
import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.base.paging import Count, Order, Page, capped_count, order_named, page_of
from crm.influencers.models import Influencer

NEWEST = Order("newest", "Newest", "created_at")
NAME = Order("name", "Name", "name_key", descending=False)
FOLLOWERS = Order("followers", "Followers", "followers_rank")
KEYS = {"newest": "created_at", "name": "name_key", "followers": "followers_rank"}


def people(count: int) -> list[int]:
    """Two people a minute, so that every second one shares its moment; names and followers repeat too."""
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = Influencer.objects.bulk_create(
        Influencer(stage_name=f"Orang {n % 4}", followers=None if n % 5 == 0 else n % 3) for n in range(count)
    )
    for n, person in enumerate(made):
        Influencer.objects.filter(pk=person.pk).update(created_at=start + dt.timedelta(minutes=n // 2))
    return [person.pk for person in made]


def ask(order: Order, cursor: str = "", size: int = 4) -> Page[tuple[Any, ...]]:
    rows = Influencer.objects.values_list(KEYS[order.key], "id")
    return page_of(rows, order, cursor, key=lambda row: (row[0], row[1]), size=size)


@pytest.mark.django_db
@pytest.mark.parametrize("order", [NEWEST, NAME, FOLLOWERS], ids=lambda order: order.key)
def test_pages_show_every_row_once_forwards_and_backwards(order: Order) -> None:
    people(11)
    expected = list(Influencer.objects.order_by(*order.columns).values_list("pk", flat=True))
    pages = [ask(order)]
    while pages[-1].later:
        pages.append(ask(order, pages[-1].later))
    assert [row[1] for page in pages for row in page.rows] == expected
    assert [len(page.rows) for page in pages] == [4, 4, 3]
    back = [pages[-1]]
    while back[-1].earlier:
        back.append(ask(order, back[-1].earlier))
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages]
    assert back[-1].earlier == ""


@pytest.mark.django_db
def test_a_list_that_fits_has_no_neighbours() -> None:
    people(4)
    page = ask(NEWEST)
    assert page.is_whole
    assert len(page.rows) == 4


@pytest.mark.django_db
def test_rows_that_arrive_meanwhile_do_not_shift_the_next_page() -> None:
    pks = people(8)
    first = ask(NEWEST)
    Influencer.objects.create(stage_name="Baru saja")
    second = ask(NEWEST, first.later)
    assert [row[1] for row in first.rows + second.rows] == pks[::-1]


def forged(*said: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "é",
        "A" * 601,
        forged(),
        forged("newest", "b", "2026-01-01T00:00:00+00:00"),
        forged("name", "b", "ORANG 1", 3),
        forged("newest", "z", "2026-01-01T00:00:00+00:00", 3),
        forged("newest", "b", "2026-01-01T00:00:00", 3),
        forged("newest", "b", "yesterday", 3),
        forged("newest", "b", None, 3),
        forged("newest", "b", True, 3),
        forged("newest", "b", {"a": 1}, 3),
        forged("newest", "b", "2026-01-01T00:00:00+00:00", "3"),
        forged("newest", "b", "2026-01-01T00:00:00+00:00", -1),
        forged("newest", "b", "2026-01-01T00:00:00+00:00", 2**70),
    ],
)
def test_a_made_up_cursor_leads_to_the_first_page(cursor: str) -> None:
    people(6)
    assert ask(NEWEST, cursor) == ask(NEWEST)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["\x00", 2**70, "many"])
def test_a_value_no_column_could_hold_leads_to_the_first_page(value: Any) -> None:
    people(6)
    assert ask(FOLLOWERS, forged("followers", "b", value, 3)) == ask(FOLLOWERS)
    assert ask(NAME, forged("name", "b", "\x00", 3)) == ask(NAME)


@pytest.mark.django_db
def test_counting_stops_at_the_cap() -> None:
    people(6)
    assert capped_count(Influencer.objects.all(), cap=6) == Count(6, is_capped=False)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert capped_count(Influencer.objects.newest_first(), cap=5) == Count(5, is_capped=True)
    assert len(caught) == 1
    assert "LIMIT 6" in caught[0]["sql"]


def test_a_capped_count_says_that_there_are_more() -> None:
    assert str(Count(312, is_capped=False)) == "312"
    assert str(Count(1000, is_capped=True)) == "1,000+"


def test_an_unknown_order_is_the_first_one() -> None:
    assert order_named([NEWEST, NAME], "name") is NAME
    assert order_named([NEWEST, NAME], "shoe size") is NEWEST
