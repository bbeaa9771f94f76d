"""What a look at new work asks the database: promises made, never the rest of her season."""

import datetime as dt
from typing import Any

import pytest

from crm.brands.models import Brand
from crm.exclusivity.conflicts import find_conflicts
from crm.influencers.models import Influencer
from tests.crm.exclusivity.deals import on, post_for

pytestmark = pytest.mark.django_db


def test_where_nothing_bars_her_new_work_asks_for_clauses_and_deals_alone(
    kirana: Influencer, senja: Brand, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    asked = [post_for(senja.pk, kirana.pk, on(12, day), ref=f"campaigns.deliverable:{day}") for day in (1, 2, 3)]
    for works in (asked[:1], asked):
        with django_assert_num_queries(2):
            assert find_conflicts([kirana.pk], engagements=works, now=now) == []
