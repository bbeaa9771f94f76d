"""What SQLite knows of its tables, so that it chooses the right index."""

import datetime as dt

import pytest
from django.db import connection

from crm.base.statistics import learn
from crm.influencers.models import Influencer
from crm.reminders.models import Beat
from crm.reminders.tick import keep_statistics

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL learns by itself")


def counted() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


@on_sqlite
def test_a_table_is_counted_once_it_has_rows() -> None:
    Influencer.objects.create(stage_name="Kirana")
    assert learn()
    assert "crm_influencer" in counted()


@on_sqlite
def test_the_clock_lets_it_learn_every_quarter_of_an_hour(now: dt.datetime) -> None:
    learned = Beat.objects.filter(name="statistics").values_list("rang_at", flat=True)
    for minutes, last in ((0, 0), (14, 0), (15, 15)):
        keep_statistics(now + dt.timedelta(minutes=minutes))
        assert list(learned.all()) == [now + dt.timedelta(minutes=last)]


@pytest.mark.postgres
def test_postgresql_is_left_alone(now: dt.datetime) -> None:
    keep_statistics(now)
    assert (learn(), Beat.objects.count()) == (False, 0)
