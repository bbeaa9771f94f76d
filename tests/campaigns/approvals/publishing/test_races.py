"""Two people look at the same post at once: one case, closed once."""

import datetime as dt
import threading

import pytest

from campaigns.approvals.models import Deviation, LiveCheck, LivePost
from campaigns.approvals.publishing.actions import Seen, close, look
from campaigns.approvals.publishing.cases import keep_cases
from campaigns.approvals.publishing.staying import answer_check
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.approvals.publishing.conftest import CAPTION, cases
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CHANGED = CAPTION.replace("tenang", "putih")


def fresh() -> LivePost:
    return LivePost.objects.with_card().get()


def test_two_who_paste_at_once_make_one_case(post: LivePost, now: dt.datetime) -> None:
    def paste() -> None:
        look(fresh(), Seen(caption=CHANGED), at=now, actor=SYSTEM)

    assert together(paste, paste) == []
    assert (cases(), Entry.objects.filter(verb="deviation.found").count()) == ([("caption", "")], 1)


def test_without_the_card_held_the_second_would_run_into_the_constraint(post: LivePost, now: dt.datetime) -> None:
    """The control: both read that no case is open, and both open one."""
    both_read = threading.Barrier(2)

    def open_one() -> None:
        row = fresh()
        list(row.deviations.open())
        both_read.wait()
        Deviation.objects.create(post=row, kind="caption", details={}, found_at=now)

    assert together(open_one, open_one) == ["IntegrityError"]


def test_two_who_decide_at_once_decide_once(post: LivePost, now: dt.datetime) -> None:
    keep_cases(post, ["caption"], {"caption": {"live": CHANGED}}, at=now, actor=SYSTEM)

    def decide() -> None:
        row = Deviation.objects.select_related("post__deliverable__collaboration").get()
        close(row, "accepted", at=now, actor=SYSTEM)

    assert together(decide, decide) == ["Refused"]
    assert Entry.objects.filter(verb="deviation.closed").count() == 1


def test_two_who_answer_the_same_look_at_once_answer_once(post: LivePost, now: dt.datetime) -> None:
    check = LiveCheck.objects.create(post=post, due_on=now.date())

    def answer() -> None:
        row = LiveCheck.objects.select_related("post__deliverable__collaboration").get(pk=check.pk)
        answer_check(row, is_live=False, at=now, actor=SYSTEM)

    assert together(answer, answer) == ["Refused"]
    assert cases() == [("removed", "")]
