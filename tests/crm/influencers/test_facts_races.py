"""Two colleagues write down the same at the same moment: it stands there once, and nobody gets an error page."""

import datetime as dt
from typing import Any

import pytest

from crm.exclusivity.actions.outside import confirm_deal
from crm.exclusivity.models import OutsideDeal
from crm.influencers.actions.bulk import add_tag, only
from crm.influencers.actions.prices import add_rate
from crm.influencers.actions.tags import put_tag
from crm.influencers.models import RateCard, Tag
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import InfluencerFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5


def test_a_price_for_the_same_from_one_day_is_kept_once(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        person = InfluencerFactory()

        def name_price(amount: int, person: Any = person) -> None:
            rate = RateCard(influencer=person, price=amount, valid_from=now.date())
            add_rate(rate, at=now, actor=SYSTEM)

        raised = together(lambda: name_price(1), lambda: name_price(2))
        assert (raised, person.rates.count()) == (["ValidationError"], 1)


def test_a_new_tag_is_made_once_and_put_once(now: dt.datetime) -> None:
    for number in range(ROUNDS):
        person, other = InfluencerFactory(), InfluencerFactory()

        def put(whom: Any, name: str = f"Tag {number}") -> Any:
            return put_tag(whom, name, at=now, actor=SYSTEM)

        def put_on_all(pks: Any = (person.pk, other.pk), name: str = f"TAG {number}") -> Any:
            return add_tag(only(pks), name, at=now, actor=SYSTEM)

        raised = together(lambda: put(person), lambda: put(person), lambda: put(other), put_on_all)  # noqa: B023
        assert raised == []
        tag = Tag.objects.get(name__iexact=f"tag {number}")
        assert set(tag.people.all()) == {person, other}
        assert Entry.objects.filter(verb="tag.put", influencer__in=[person, other]).count() == 2


def test_a_deal_is_confirmed_by_one_of_two(now: dt.datetime) -> None:
    one, two = UserFactory(), UserFactory()
    for _round in range(ROUNDS):
        deal = OutsideDeal.objects.create(influencer=InfluencerFactory(), brand_name="Kala", source="observed")
        acts = [
            lambda by=by, deal=deal: confirm_deal(deal, by, at=now, actor=SYSTEM)  # type: ignore[misc]
            for by in (one, two)
        ]
        assert together(*acts) == []
        assert Entry.objects.filter(verb="outside_deal.confirmed", influencer=deal.influencer).count() == 1
