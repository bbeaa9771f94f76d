"""Several people at the same second: a moment is kept once, a picture is read once, numbers are withdrawn once."""

import datetime as dt
import time

import pytest
from django.db import transaction

from campaigns.approvals.models import LivePost
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.taking import Counted, take, take_many, withdraw
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories.results import WENT_OUT, a_snapshot
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 6
A_WEEK_LATER = WENT_OUT + dt.timedelta(hours=168)


def test_one_moment_is_kept_once_however_many_type_it(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    def one() -> None:
        take(post, {"likes": 5}, taken_at=A_WEEK_LATER, source="typed", by="Dinda", at=now, actor=actor)

    assert together(*(one for _each in range(CROWD))) == []
    assert (PostSnapshot.objects.count(), Entry.objects.filter(verb="numbers.taken").count()) == (1, 1)


def test_a_file_and_a_colleague_do_not_wait_for_each_other_forever(
    post: LivePost, now: dt.datetime, actor: Actor
) -> None:
    def by_file() -> None:
        with transaction.atomic():
            list(LivePost.objects.select_for_update(of=("self",)).filter(pk=post.pk))
            take_many([(post, Counted({"likes": 5}, A_WEEK_LATER, "file"))], at=now, actor=actor)

    def by_hand() -> None:
        take(post, {"likes": 5}, taken_at=A_WEEK_LATER, source="typed", by="Dinda", at=now, actor=actor)

    assert together(by_file, by_hand, by_file, by_hand) == []
    assert sorted(PostSnapshot.objects.values_list("source", flat=True)) == ["file", "typed"]


def test_numbers_are_withdrawn_by_one_of_them(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    wrong = a_snapshot(post)

    def one(number: int) -> None:
        withdraw(PostSnapshot.objects.get(pk=wrong.pk), f"Reason {number}", at=now, actor=actor)

    raised = together(*(lambda n=n: one(n) for n in range(CROWD)))

    assert raised == ["ValidationError"] * (CROWD - 1)
    assert Entry.objects.filter(verb="numbers.withdrawn").count() == 1


def test_control_without_the_lock_the_second_breaks(post: LivePost) -> None:
    def unlocked() -> None:
        with transaction.atomic():
            if not post.snapshots.standing().filter(taken_at=A_WEEK_LATER).exists():
                time.sleep(0.2)
                a_snapshot(post, taken_at=A_WEEK_LATER)

    assert together(unlocked, unlocked) == ["IntegrityError"]
