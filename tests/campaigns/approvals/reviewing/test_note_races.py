"""A note and a decision at the same moment: no note is left behind; the control shows that one would be."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentVersion, Note, Review
from campaigns.approvals.reviewing import notes
from campaigns.planning.models import Collaboration
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.factories import CollaborationFactory, DeliverableFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 4


def waiting(now: dt.datetime) -> Review:
    card = CollaborationFactory(status="making", campaign__status="live")
    hand_in(DeliverableFactory(collaboration=card), Said(caption="Lembap. #iklan"), at=now, actor=SYSTEM)
    return Review.objects.with_card().get(version__deliverable__collaboration=card)


def write(version: ContentVersion, who: User, now: dt.datetime) -> None:
    notes.write(version, who, {"body": "Lebih dekat"}, at=now, actor=Actor.user(who))


def ask(review: Review, who: User, now: dt.datetime) -> None:
    decide(
        review, who, "changes", sha256=review.version.sha256, comment="Ganti", at=now, actor=Actor.user(who)
    )  # fmt: skip


def test_a_note_leaves_with_the_decision_or_is_refused(now: dt.datetime, organisation: object) -> None:
    dinda, bagas = UserFactory(), UserFactory()
    for _round in range(ROUNDS):
        review = waiting(now)
        raised = together(
            lambda r=review: write(r.version, dinda, now),  # type: ignore[misc]
            lambda r=review: ask(r, bagas, now),  # type: ignore[misc]
        )
        assert Review.objects.get(pk=review.pk).status == "changes"
        kept = Note.objects.filter(version=review.version)
        assert (raised, kept.unsent().count(), kept.count()) in [([], 0, 1), (["NoteRefused"], 0, 0)]


def test_control_without_holding_the_card_a_note_is_left_behind(
    now: dt.datetime, organisation: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, decided = threading.Event(), threading.Event()
    still_open = notes._still_open

    @contextmanager
    def not_held(self: Collaboration) -> Iterator[None]:
        with transaction.atomic():
            yield

    def slowly(version: ContentVersion) -> None:
        still_open(version)
        asked.set()
        decided.wait(timeout=20)

    def decides(review: Review, who: User) -> None:
        asked.wait(timeout=20)
        ask(review, who, now)
        decided.set()

    dinda, bagas = UserFactory(), UserFactory()
    review = waiting(now)
    monkeypatch.setattr(Collaboration, "held", not_held)
    monkeypatch.setattr(notes, "_still_open", slowly)
    raised = together(lambda: write(review.version, dinda, now), lambda: decides(review, bagas))
    assert (raised, Note.objects.filter(version=review.version).unsent().count()) == ([], 1)
    assert Review.objects.get(pk=review.pk).status == "changes"
