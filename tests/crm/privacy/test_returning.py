"""A backup of before brings somebody back: the file beside the backups knows her, and she goes again or is left alone."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm.influencers.models import Influencer
from crm.privacy.asking import Said, ask, hold
from crm.privacy.beside import NAME, Line, note_beside, place, read_beside
from crm.privacy.erasing import forget
from crm.privacy.marks import marks_of
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.privacy.returning import forget_again
from crm.privacy.whose import her_of
from crm.reminders.models import Todo
from crm.timeline.record import SYSTEM
from tests.factories import InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db
THEN = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
NOW = THEN + dt.timedelta(days=2)


@pytest.fixture
def sekar(organisation: object, settings: Any, tmp_path: Path) -> Influencer:
    settings.VAR_DIR = tmp_path
    person = InfluencerFactory(stage_name="Sekar Wulan")
    SocialAccountFactory(influencer=person, handle="sekar.wulan")
    return person


def line_of(person: Influencer) -> Line:
    return Line(THEN, (person.pk,), frozenset(marks_of(her_of(person.pk))))


def test_an_erasure_leaves_one_line_without_a_word_of_hers(
    sekar: Influencer, django_capture_on_commit_callbacks: Any
) -> None:
    line, asked = line_of(sekar), ask(sekar, Said("erasure", THEN), at=THEN, actor=SYSTEM)
    with django_capture_on_commit_callbacks(execute=True):
        forget(asked, at=THEN, actor=SYSTEM)
    with place().open("a") as cut_off:
        cut_off.write('{"at": "2026-')
    assert (place().name, place().stat().st_mode & 0o777) == (NAME, 0o600)
    assert read_beside([place(), place()]) == [line]
    assert "sekar" not in place().read_text().lower()


def test_who_came_back_with_a_backup_goes_again_and_nobody_else(sekar: Influencer) -> None:
    other = InfluencerFactory(stage_name="Vina Paramitha")
    note_beside([sekar.pk], line_of(sekar).marks, THEN)
    not_her_marks = Line(THEN, (other.pk,), line_of(sekar).marks)
    told = forget_again([*read_beside([place()]), not_her_marks], NOW)
    assert (told.done, told.waiting) == (1, 0)
    assert list(Influencer.objects.not_forgotten()) == [other]
    assert (PrivacyRequest.objects.get().asked_at, PrivacyRequest.objects.get().status) == (THEN, "done")
    assert forget_again(read_beside([place()]), NOW).done == 0


def test_whom_something_holds_nobody_writes_to_and_a_request_stands_on_today(sekar: Influencer) -> None:
    hold(sekar, LegalHold(why="A dispute", from_on=THEN.date()), at=THEN, actor=SYSTEM)
    asked = ask(sekar, Said("erasure", THEN), at=THEN, actor=SYSTEM)
    told = forget_again([line_of(sekar)], NOW)
    assert (told.done, told.waiting) == (0, 1)
    sekar.refresh_from_db()
    assert (sekar.erased_at, sekar.may_be_contacted(NOW.date())) == (None, False)
    assert PrivacyRequest.objects.open().get() == asked
    assert Todo.objects.open().get().due_at == asked.due_at
