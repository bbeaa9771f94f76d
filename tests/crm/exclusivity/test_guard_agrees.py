"""Predicate, guard and plain counting call the same pairs a conflict: thousands of random ones, many of them near misses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from crm.exclusivity import guard
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.clashes import all_clashes, guarded_clashes
from crm.exclusivity.models import Claim
from crm.influencers.models import Influencer
from tests.crm.exclusivity.pairs import Maker, compared, meet_by_counting

pytestmark = pytest.mark.django_db
PAIRS = 2000


@pytest.mark.parametrize("seed", [1, 2])
def test_all_three_say_the_same(seed: int) -> None:
    counted, odd = compared(seed, PAIRS)
    assert odd == []
    assert counted[True] > PAIRS / 50
    assert counted[False] > PAIRS / 2


def test_rows_that_came_while_the_guard_was_away_are_found_in_one_statement(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    guard.remove(connection)
    maker = Maker(3)
    people = [one.pk for one in Influencer.objects.bulk_create(Influencer(stage_name=f"{n}") for n in range(800))]
    meeting = set()
    for bar, work in maker.pairs(400, people):
        if meet_by_counting(bar, work, maker.world):
            meeting.add(bar.person)
        Claim.objects.bulk_create([*claims_of_bar(bar, maker.world), *claims_of_engagement(work, maker.world)])
    with django_assert_num_queries(1):
        found = guarded_clashes()
    people_of = dict(Claim.objects.values_list("pk", "influencer"))
    assert {people_of[bar] for bar, _work in found} == meeting
    assert len(meeting) > 5
    assert all_clashes() == found
    Claim.objects.filter(side=Claim.Side.ENGAGEMENT).update(active=False, why="fact")
    assert (guarded_clashes(), all_clashes()) == ([], found)
