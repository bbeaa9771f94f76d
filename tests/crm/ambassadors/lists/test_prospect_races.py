"""Colleagues who note the same person at the same second: she is a prospect of the brand once, and told once."""

import datetime as dt

import pytest

from crm.ambassadors.models import Prospect
from crm.ambassadors.prospects.noting import note
from crm.timeline.models import Entry
from tests.factories import BrandFactory, InfluencerFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 6


def test_of_many_who_note_her_one_row_comes(now: dt.datetime) -> None:
    users = [UserFactory() for _one in range(CROWD)]
    for number in range(3):
        person, brand = InfluencerFactory(), BrandFactory()
        raised = together(
            *(
                lambda user=user, person=person, brand=brand: note(
                    person, brand, why=f"Seen by {user}", at=now, user=user
                )
                for user in users
            )
        )
        assert raised == []
        assert Prospect.objects.filter(influencer=person, brand=brand).count() == 1
        assert Entry.objects.filter(verb="prospect.noted").count() == number + 1


def test_control_without_the_lock_the_table_refuses_them(now: dt.datetime) -> None:
    raised = []
    for _number in range(5):
        person, brand = InfluencerFactory(), BrandFactory()

        def unlocked(person: int = person.pk, brand: int = brand.pk) -> None:
            if not Prospect.objects.filter(influencer=person, brand=brand).exists():
                Prospect.objects.create(influencer_id=person, brand_id=brand)

        raised += together(*(unlocked for _one in range(CROWD)))
    assert set(raised) == {"IntegrityError"}
