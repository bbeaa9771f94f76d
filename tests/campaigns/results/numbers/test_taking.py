"""Keeping and withdrawing numbers of a post."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from campaigns.approvals.models import LivePost
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.taking import Counted, take, take_many, withdraw
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories.results import WENT_OUT

pytestmark = pytest.mark.django_db
A_WEEK_LATER = WENT_OUT + dt.timedelta(hours=168)


def taken(post: LivePost, now: dt.datetime, actor: Actor, **counts: int) -> PostSnapshot | None:
    return take(post, counts, taken_at=A_WEEK_LATER, source="typed", by="Dinda", at=now, actor=actor)


def test_numbers_are_kept_with_the_hours_since_posting(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    kept = taken(post, now, actor, likes=1_140, reach=0)

    assert kept is not None
    assert (kept.hours, kept.likes, kept.reach, kept.comments) == (168, 1_140, 0, None)
    told = Entry.objects.get(verb="numbers.taken")
    assert told.sentence_en == "Numbers of Instagram Reel for Glow on Instagram after 168 hours"


def test_the_same_moment_from_the_same_source_is_kept_once(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    first = taken(post, now, actor, likes=1_140)

    assert taken(post, now, actor, likes=1_150) is None
    assert list(PostSnapshot.objects.values_list("pk", "likes")) == [(first and first.pk, 1_140)]


@pytest.mark.parametrize(
    ("counts", "after", "code"),
    [
        ({}, dt.timedelta(hours=24), "nothing"),
        ({"likes": 5}, dt.timedelta(days=30), "future"),
        ({"likes": 5}, dt.timedelta(days=-2), "early"),
        ({"likes": 10**15}, dt.timedelta(hours=24), "too_large"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    post: LivePost, now: dt.datetime, actor: Actor, counts: dict[str, int], after: dt.timedelta, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        take(post, counts, taken_at=WENT_OUT + after, source="typed", by="Dinda", at=now, actor=actor)

    assert refused.value.code == code
    assert (PostSnapshot.objects.count(), Entry.objects.filter(verb="numbers.taken").count()) == (0, 0)


def test_withdrawn_numbers_stay_and_the_moment_is_free_again(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    wrong = taken(post, now, actor, likes=11_400)
    assert wrong is not None
    withdraw(wrong, "One nought too many", at=now, actor=actor)

    right = taken(post, now, actor, likes=1_140)

    assert right is not None
    assert list(PostSnapshot.objects.standing()) == [right]
    assert (wrong.withdrawn_at, wrong.withdrawn_why) == (now, "One nought too many")


def test_withdrawing_asks_why_and_works_once(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    wrong = taken(post, now, actor, likes=11_400)
    assert wrong is not None
    with pytest.raises(ValidationError):
        withdraw(wrong, "  ", at=now, actor=actor)
    assert list(PostSnapshot.objects.standing()) == [wrong]
    withdraw(wrong, "Another post", at=now, actor=actor)

    with pytest.raises(ValidationError):
        withdraw(wrong, "Once more", at=now, actor=actor)

    assert PostSnapshot.objects.get().withdrawn_why == "Another post"


def test_many_are_kept_at_once_without_those_that_are_known(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    taken(post, now, actor, likes=1_140)
    day = Counted({"likes": 700}, WENT_OUT + dt.timedelta(hours=24))
    week = Counted({"likes": 1_200}, A_WEEK_LATER)

    kept = take_many([(post, day), (post, week), (post, day)], at=now, actor=actor)

    assert [(one.hours, one.likes) for one in kept] == [(24, 700)]
    assert PostSnapshot.objects.count() == 2
