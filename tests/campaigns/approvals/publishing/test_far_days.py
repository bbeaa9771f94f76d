"""A day nobody lives to see would be on everybody's start page."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.approvals.models import Deviation, LivePost

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["9999-12-31", "2036-01-01"])
def test_a_day_for_mending_is_within_a_year(as_coordinator: Client, post: LivePost, now: dt.datetime, day: str) -> None:
    case = Deviation.objects.create(post=post, kind="frames", found_at=now)
    answer = as_coordinator.post(f"/deviations/{case.pk}/ask/", {"mend_on": day})
    assert (answer.status_code, "more than a year away" in answer.content.decode()) == (422, True)
    assert Deviation.objects.get(pk=case.pk).mend_on is None
    assert as_coordinator.get("/").status_code == 200
