"""Two colleagues at the same second: one wins, nobody is told a lie; each race has a control that shows it exists."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from crm.base.seeding import lay_all
from crm.influencers.actions.bulk import archive, only
from crm.influencers.imports import known, writing
from crm.influencers.merging import actions
from crm.influencers.merging.actions import MergeRefused, gather_late, merge, part
from crm.influencers.models import ImportRun, Influencer, Merge, Note, Platform, SocialAccount
from crm.timeline import work
from crm.timeline.record import SYSTEM
from tests.crm.influencers.imports.conftest import Import, house, rehearse  # noqa: F401
from tests.factories import InfluencerFactory, SocialAccountFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5
PATIENCE = 10
REFUSED = MergeRefused.__name__


def pair() -> tuple[Influencer, Influencer]:
    one, other = (InfluencerFactory(stage_name=name) for name in ("Kirana Putri", "Putri Kirana"))
    for person in (one, other):
        SocialAccountFactory(influencer=person, handle=f"kirana.{person.pk}")
        Note.objects.create(influencer=person, text="Likes coffee")
    return one, other


def merging(stays: Influencer, goes: Influencer, now: dt.datetime) -> Callable[[], Any]:
    return lambda: merge(stays.pk, goes.pk, {}, at=now, actor=SYSTEM)


def test_of_two_who_merge_the_same_pair_one_is_refused(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        one, other = pair()
        assert together(merging(one, other, now), merging(one, other, now)) == [REFUSED]
        assert Merge.objects.filter(stays=one, goes=other).count() == 1
        assert SocialAccount.objects.filter(influencer=one).count() == 2


def test_merging_both_ways_at_once_makes_no_circle(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        one, other = pair()
        assert together(merging(one, other, now), merging(other, one, now)) == [REFUSED]
        merged = Influencer.objects.filter(pk__in=[one.pk, other.pk]).exclude(merged_into=None)
        assert merged.count() == 1
        assert merged.get().accounts.count() == 0


def test_control_without_holding_the_two_a_circle_would_come_about(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_looked = threading.Barrier(2)

    def look_only(stays: int, goes: int) -> tuple[Influencer, Influencer]:
        people = Influencer.objects.in_bulk([stays, goes])
        both_looked.wait(timeout=PATIENCE)
        return people[stays], people[goes]

    monkeypatch.setattr(actions, "lock_pair", look_only)

    def goes_wrong() -> bool:
        """A deadlock, or two people of whom nobody is left; who is first by far may still get through."""
        one, other = pair()
        raised = together(merging(one, other, now), merging(other, one, now))
        one.refresh_from_db()
        other.refresh_from_db()
        circle = (one.merged_into_id, other.merged_into_id) == (other.pk, one.pk)
        return raised == ["OperationalError"] or circle

    assert any(goes_wrong() for _round in range(ROUNDS))


def test_of_two_who_part_the_same_pair_one_is_refused(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        one, other = pair()
        done = merge(one.pk, other.pk, {}, at=now, actor=SYSTEM)
        raised = together(*[lambda: part(done, at=now, actor=SYSTEM)] * 2)  # noqa: B023
        assert raised == [REFUSED]
        assert [person.accounts.count() for person in (one, other)] == [1, 1]


def test_three_in_a_ring_end_in_one_tree(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        people = [InfluencerFactory() for _each in range(3)]
        acts = [merging(people[at], people[(at + 1) % 3], now) for at in range(3)]
        raised = together(*acts)
        assert raised in ([REFUSED], [REFUSED, REFUSED])
        standing = Influencer.objects.filter(pk__in=[person.pk for person in people], merged_into=None)
        assert standing.count() == len(raised)
        assert not Influencer.objects.filter(merged_into__merged_into__isnull=False).exists()


def test_who_is_archived_at_that_second_either_stays_with_everything_or_refuses(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        one, other = pair()
        raised = together(merging(one, other, now), lambda: archive(only([one.pk]), at=now, actor=SYSTEM))  # noqa: B023
        one.refresh_from_db()
        other.refresh_from_db()
        assert one.archived_at == now
        assert (raised, other.merged_into_id, one.accounts.count()) in (
            ([], one.pk, 2),
            ([REFUSED], None, 1),
        )


def test_who_was_merged_meanwhile_is_not_archived(now: dt.datetime) -> None:
    one, other = pair()
    merged, archiving = threading.Event(), threading.Event()

    def merge_slowly() -> None:
        with transaction.atomic():
            merge(one.pk, other.pk, {}, at=now, actor=SYSTEM)
            merged.set()
            archiving.wait(PATIENCE)
            threading.Event().wait(0.3)  # the other one is waiting for the lock by now

    def archive_after() -> None:
        merged.wait(PATIENCE)
        archiving.set()
        assert archive(only([other.pk]), at=now, actor=SYSTEM) == []

    assert together(merge_slowly, archive_after) == []
    other.refresh_from_db()
    assert (other.merged_into_id, other.archived_at) == (one.pk, None)


def test_what_was_written_to_her_at_that_second_follows(now: dt.datetime) -> None:
    one, other = pair()
    merged = threading.Event()

    def merge_slowly() -> None:
        with transaction.atomic():
            merge(one.pk, other.pk, {}, at=now, actor=SYSTEM)
            merged.set()
            threading.Event().wait(0.3)

    def write_after() -> None:
        merged.wait(PATIENCE)
        Note.objects.create(influencer_id=other.pk, text="Written at that second")

    assert together(merge_slowly, write_after) == []
    assert Note.objects.filter(influencer=other).count() == 1
    assert (gather_late(now), gather_late(now)) == (1, 0)
    assert Note.objects.filter(influencer=one).count() == 3
    part(Merge.objects.get(), at=now, actor=SYSTEM)
    assert Note.objects.filter(influencer=other).count() == 2


@pytest.fixture
def file_about_putri(rehearse: Import, now: dt.datetime) -> tuple[ImportRun, Influencer, Influencer]:  # noqa: F811
    """A confirmed import that would write to somebody, and whom she is about to be merged into."""
    lay_all()
    kirana, putri = (InfluencerFactory(stage_name=name) for name in ("Kirana Putri", "Putri Kirana"))
    SocialAccountFactory(influencer=putri, platform=Platform.objects.get(code="instagram"), handle="putri")
    run = rehearse("team.csv", b"name,instagram,notes\nPutri Kirana,@putri,Likes tea\n")
    run.confirm(at=now, actor=SYSTEM)
    return run, kirana, putri


def import_while_merging(
    run: ImportRun, kirana: Influencer, putri: Influencer, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The import has looked up whose the handle is; then the two become one; then it writes."""
    looked_up, merged = threading.Event(), threading.Event()
    look_up = known._owners

    def slowly(accounts: Any) -> Any:
        found = look_up(accounts)
        looked_up.set()
        merged.wait(PATIENCE)
        return found

    def merge_meanwhile() -> None:
        looked_up.wait(PATIENCE)
        merge(kirana.pk, putri.pk, {}, at=now, actor=SYSTEM)
        merged.set()

    monkeypatch.setattr(known, "_owners", slowly)
    return together(lambda: writing.write(run, now=now), merge_meanwhile)


def test_an_import_that_was_looking_at_somebody_writes_to_whom_she_goes_on_as(
    file_about_putri: tuple[ImportRun, Influencer, Influencer], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, kirana, putri = file_about_putri
    assert import_while_merging(run, kirana, putri, now, monkeypatch) == []
    assert [person.notes.count() for person in (kirana, putri)] == [1, 0]


def test_control_without_a_second_look_the_import_would_meet_the_merge(
    file_about_putri: tuple[ImportRun, Influencer, Influencer], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, kirana, putri = file_about_putri
    monkeypatch.setattr(work, "TRIES", 1)
    assert import_while_merging(run, kirana, putri, now, monkeypatch) == [known.MergedMeanwhile.__name__]
    assert [person.notes.count() for person in (kirana, putri)] == [0, 0]
