"""What one collaboration's page asks of the database."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.campaigns.planning.test_promises import deal, on, promise
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def test_a_page_without_promises_asks_once_whether_there_are_any(
    as_coordinator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("collaboration", args=[deal(InfluencerFactory(), "Lumi", on(12, 10)).pk])
    as_coordinator.get(address)
    with django_assert_num_queries(32):
        as_coordinator.get(address)


def test_one_promise_or_three_cost_the_same(
    as_coordinator: Client, django_assert_num_queries: DjangoAssertNumQueries, now: dt.datetime
) -> None:
    card = deal(InfluencerFactory(), "Lumi", on(12, 10))
    address = reverse("collaboration", args=[card.pk])
    promise(card)
    as_coordinator.get(address)
    with django_assert_num_queries(59):
        as_coordinator.get(address)
    promise(card)
    promise(card)
    with django_assert_num_queries(59):
        as_coordinator.get(address)
