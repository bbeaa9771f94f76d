"""A month at two thousand dates asks the database as little as a month at three: at most ten questions for deadlines."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration, Deliverable
from crm.reminders.registry import Asked, dated, dues
from crm.team.models import User
from tests.factories import CollaborationFactory, FormatFactory

pytestmark = pytest.mark.django_db
DAYS = 30


def fill(cards: int, things: int, now: dt.datetime) -> int:
    """So many posts, spread over November; returns how many dates that makes."""
    made, kind = CollaborationFactory.create_batch(cards, status="making"), FormatFactory()
    rows = [
        Deliverable(
            collaboration=made[number % cards],
            format=kind,
            draft_due_on=dt.date(2026, 11, 1 + number % DAYS),
            post_due_on=dt.date(2026, 11, 1 + number % DAYS),
            dates_set_at=now,
        )
        for number in range(things)
    ]
    Deliverable.objects.bulk_create(rows)
    return 2 * things


@pytest.mark.parametrize("things", [(3, 3), (20, 1000)])
@pytest.mark.parametrize(("what", "queries"), [("", 18), ("all", 26)])
def test_a_month_costs_the_same_however_much_stands_in_it(
    things: tuple[int, int],
    what: str,
    queries: int,
    owner: User,
    as_owner: Client,
    now: dt.datetime,
    django_assert_num_queries: Any,
) -> None:
    dates = fill(*things, now)
    with time_machine.travel(now, tick=False):
        as_owner.get(reverse("calendar"))
        with django_assert_num_queries(queries):
            body = as_owner.get(reverse("calendar"), {"what": what, "view": "agenda"}).content.decode()
    assert f"{dates} dates" in body


@pytest.mark.parametrize("kind", sorted(dated()))
def test_every_kind_of_a_calendar_costs_one_query_at_most(
    kind: str,
    owner: User,
    collaboration: Collaboration,
    now: dt.datetime,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    """A new kind that needs more shares its rows with another (`asked.once`) or leaves out whom it would write to."""
    fill(2, 4, now)
    month = Asked(
        now=now, from_at=now - dt.timedelta(days=30), to_at=now + dt.timedelta(days=30), user=owner, calendar=True
    )
    with django_assert_max_num_queries(1):
        list(dues(month, {kind}))
