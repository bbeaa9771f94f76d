"""Sources whose table is empty are not asked: which table that is, and that nothing is due without it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.base.models import Organisation
from crm.base.tables import filled
from crm.brands.models import Brand
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, due, kinds_with_rows
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
WITHIN = re.compile(r"\([^()]*\)")


def read_from(sql: str) -> str:
    """The table a SELECT takes its rows from, whatever stands in its brackets."""
    while (without := WITHIN.sub("", sql)) != sql:
        sql = without
    return sql.partition(' FROM "')[2].partition('"')[0]


def test_a_source_asks_the_table_it_names_and_then_nothing(organisation: Organisation, now: dt.datetime) -> None:
    first: dict[str, list[str]] = {}
    for placed in due.all():
        with CaptureQueriesContext(connection) as asked:
            assert list(placed.call(Asked(now=now, to_at=now + dt.timedelta(days=40)))) == []
        first[placed.key] = [read_from(query["sql"]) for query in asked.captured_queries]
    assert first == {placed.key: [apps.get_model(placed.words["of"])._meta.db_table] for placed in due.all()}


def test_kinds_of_empty_tables_are_left_out(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert kinds_with_rows({"contract.end", "payment.due"}) == set()
    BrandFactory()
    assert filled(["crm.Brand", "crm.Contract"]) == {Brand._meta.label}
    assert filled([]) == set()


def test_a_look_at_an_empty_house_asks_no_source(
    organisation: Organisation, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(10):
        assert plan(now) == {}
