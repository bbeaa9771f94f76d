"""Opinions of named colleagues: the newest of each counts, the older ones are the trend."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.vetting.actions import rate
from crm.vetting.models import Rating
from crm.vetting.queries.ratings import read_ratings

pytestmark = pytest.mark.django_db


def marks(visual: int, storytelling: int, taste: int, consistency: int) -> dict[str, int]:
    return {"visual": visual, "storytelling": storytelling, "taste": taste, "consistency": consistency}


def test_averages_count_each_raters_newest_opinion(
    kirana: Influencer, coordinator: User, owner: User, now: dt.datetime
) -> None:
    rate(kirana, marks(5, 5, 5, 5), "", user=coordinator, at=now - dt.timedelta(days=90))
    rate(kirana, marks(2, 4, 3, 3), "Tired lately", user=coordinator, at=now)
    rate(kirana, marks(4, 4, 5, 3), "", user=owner, at=now)
    found = read_ratings(kirana)
    assert (found.raters, found.mean) == (2, Decimal("3.5"))
    assert [(str(average.label), average.mean) for average in found.averages] == [
        ("Pictures", Decimal("3.0")),
        ("Storytelling", Decimal("4.0")),
        ("Taste", Decimal("4.0")),
        ("Consistency", Decimal("3.0")),
    ]
    assert [(rating.rater_name, rating.mean) for rating in found.standing] == [
        ("Owner", Decimal("4.0")),
        ("Dinda", Decimal("3.0")),
    ]
    assert [(rating.rater_name, rating.mean) for rating in found.earlier] == [("Dinda", Decimal("5.0"))]


def test_the_trend_is_what_everybody_thought_at_each_moment(
    kirana: Influencer, coordinator: User, owner: User, now: dt.datetime
) -> None:
    days = [now - dt.timedelta(days=ago) for ago in (90, 60, 30)]
    rate(kirana, marks(4, 4, 4, 4), "", user=coordinator, at=days[0])
    rate(kirana, marks(2, 2, 2, 2), "", user=owner, at=days[1])
    rate(kirana, marks(5, 5, 5, 5), "", user=owner, at=days[2])
    assert read_ratings(kirana).trend == [
        (days[0], Decimal("4.0")),
        (days[1], Decimal("3.0")),
        (days[2], Decimal("4.5")),
    ]


def test_without_an_opinion_there_is_no_average(kirana: Influencer) -> None:
    found = read_ratings(kirana)
    assert (found.raters, found.mean, found.averages, found.development) == (0, None, [], [])


def test_a_rating_is_told(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    rate(kirana, marks(4, 4, 5, 3), "", user=coordinator, at=now)
    assert list(Entry.objects.values_list("verb", "sentence_en", "actor_label")) == [
        ("vetting.rated", "Rated 4.0 of 5", "Dinda")
    ]


@pytest.mark.parametrize("mark", [0, 6])
def test_marks_lie_between_one_and_five(mark: int, kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    with pytest.raises(IntegrityError, match="rating_taste_1_to_5"), transaction.atomic():
        Rating.objects.create(
            influencer=kirana, rater=coordinator, rater_name="Dinda", rated_at=now, **marks(3, 3, mark, 3)
        )
