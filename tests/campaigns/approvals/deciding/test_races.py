"""Two people at the same moment: one word counts, and each race has a control that shows it exists."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from campaigns.approvals.deciding import decisions
from campaigns.approvals.deciding.actions import decide, withdraw
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import Review, ReviewDecision
from campaigns.planning.models import Collaboration, Deliverable
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.factories import CollaborationFactory, DeliverableFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 4


def waiting(now: dt.datetime) -> Review:
    card = CollaborationFactory(status="making", campaign__status="live")
    row = DeliverableFactory(collaboration=card)
    hand_in(row, Said(caption="Lembap. #iklan"), at=now, actor=SYSTEM)
    return Review.objects.with_card().get(version__deliverable=row)


def say(review: Review, who: User, verdict: str, now: dt.datetime) -> None:
    mine = Review.objects.with_card().get(pk=review.pk)
    decide(mine, who, verdict, sha256=mine.version.sha256, comment="Ganti", at=now, actor=Actor.user(who))


def test_of_two_who_say_yes_at_once_one_counts(now: dt.datetime, organisation: object) -> None:
    dinda, bagas = UserFactory(), UserFactory()
    for _round in range(ROUNDS):
        review = waiting(now)
        raised = together(
            lambda r=review: say(r, dinda, "approve", now),  # type: ignore[misc]
            lambda r=review: say(r, bagas, "approve", now),  # type: ignore[misc]
        )
        assert (raised, ReviewDecision.objects.filter(version=review.version).count()) == (["NotYourTurn"], 1)


def test_a_yes_and_changes_at_once_end_as_one_of_them(now: dt.datetime, organisation: object) -> None:
    dinda, bagas = UserFactory(), UserFactory()
    ends = {("approved", "approved"), ("changes", "expected")}
    for _round in range(ROUNDS):
        review = waiting(now)
        together(
            lambda r=review: say(r, dinda, "approve", now),  # type: ignore[misc]
            lambda r=review: say(r, bagas, "changes", now),  # type: ignore[misc]
        )
        row = Deliverable.objects.get(pk=review.version.deliverable_id)
        assert (Review.objects.get(pk=review.pk).status, row.status) in ends


def test_a_yes_never_counts_for_a_version_that_came_meanwhile(now: dt.datetime, organisation: object) -> None:
    dinda = UserFactory()
    for _round in range(ROUNDS):
        review = waiting(now)
        row = Deliverable.objects.with_card().get(pk=review.version.deliverable_id)
        together(
            lambda r=review: say(r, dinda, "approve", now),  # type: ignore[misc]
            lambda d=row: hand_in(d, Said(caption="Baru. #iklan"), at=now, actor=SYSTEM),  # type: ignore[misc]
        )
        row.refresh_from_db()
        newest = Review.objects.get(version__deliverable=row, version__number=2)
        assert (row.status, newest.status) == ("submitted", "in_review")
        assert Review.objects.get(pk=review.pk).status == "replaced"


def test_a_yes_and_taking_back_end_as_one_story(now: dt.datetime, organisation: object) -> None:
    dinda = UserFactory()
    for _round in range(ROUNDS):
        review = waiting(now)
        raised = together(
            lambda r=review: say(r, dinda, "approve", now),  # type: ignore[misc]
            lambda r=review: withdraw(r, "Salah file", at=now, actor=SYSTEM),  # type: ignore[misc]
        )
        row = Deliverable.objects.get(pk=review.version.deliverable_id)
        assert (Review.objects.get(pk=review.pk).status, row.status) == ("withdrawn", "expected")
        assert raised in ([], ["NotYourTurn"])


def test_control_without_holding_the_card_two_words_would_be_kept(
    now: dt.datetime, organisation: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_read = threading.Barrier(2)
    reread = decisions.reread

    @contextmanager
    def not_held(self: Collaboration) -> Iterator[None]:
        with transaction.atomic():
            yield

    def slowly(pk: int) -> Any:
        found = reread(pk)
        both_read.wait(timeout=10)
        return found

    dinda, bagas = UserFactory(), UserFactory()
    review = waiting(now)
    monkeypatch.setattr(Collaboration, "held", not_held)
    monkeypatch.setattr(decisions, "reread", slowly)
    raised = together(lambda: say(review, dinda, "approve", now), lambda: say(review, bagas, "changes", now))
    kept = ReviewDecision.objects.filter(version=review.version, settles=True)
    assert (raised, kept.count()) == ([], 2)
