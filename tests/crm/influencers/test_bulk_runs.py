"""Work on many people: fixed once, done in batches, never twice, with a result for each."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.bulk_runs import actions, kinds, pages
from crm.influencers.bulk_runs.kinds import KINDS, Kind
from crm.influencers.models import BulkRow, BulkRun, Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.runs import STALLED_AFTER
from tests.conftest import NOW
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(db: None) -> list[Influencer]:
    return [InfluencerFactory(stage_name=name, city="Solo") for name in ("Ayu", "Bima", "Citra", "Dewa", "Eka")]


@pytest.fixture
def by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two, so that five people need three."""
    kind = KINDS["archive"]
    monkeypatch.setitem(kinds.KINDS, "archive", Kind(kind.title, kind.act, kind.undo, size=2))


def begun(user: User, people: Any = None) -> BulkRun:
    everybody = Influencer.objects.all() if people is None else people
    return actions.begin("archive", everybody, data={}, query="city=Solo", user=user, now=NOW)


def outcomes(run: BulkRun) -> list[str]:
    return list(run.rows.order_by("place").values_list("outcome", flat=True))


def test_who_is_meant_is_fixed_when_the_run_begins(coordinator: User, five: list[Influencer]) -> None:
    run = begun(coordinator)
    late = InfluencerFactory(stage_name="Later", city="Solo")
    actions.carry_on(run.pk, now=NOW)
    late.refresh_from_db()
    assert late.archived_at is None
    assert list(run.rows.values_list("influencer_ref", flat=True)) == [person.pk for person in five]
    assert Influencer.objects.archived().count() == 5


@pytest.mark.usefixtures("by_two")
def test_a_run_goes_through_in_batches_and_tells_each(coordinator: User, five: list[Influencer]) -> None:
    Influencer.objects.filter(pk=five[1].pk).update(archived_at=NOW)
    run = begun(coordinator)
    Influencer.objects.filter(pk=five[4].pk).delete()
    actions.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    assert outcomes(run) == ["changed", "same", "changed", "changed", "refused"]
    assert (run.status, run.cursor, run.total) == ("done", 5, 5)
    assert run.counts == {"waiting": 0, "changed": 3, "same": 1, "refused": 1, "left_out": 0}
    told = Entry.objects.filter(verb="influencer.archived").order_by("influencer_id")
    assert list(told.values_list("influencer_id", "actor_id")) == [(five[n].pk, coordinator.pk) for n in (0, 2, 3)]


@pytest.mark.usefixtures("by_two")
def test_a_run_whose_worker_died_goes_on_behind_the_last_batch(coordinator: User, five: list[Influencer]) -> None:
    run = begun(coordinator)
    actions.work_on(run, now=NOW).one_batch(run)
    run.refresh_from_db()
    assert (run.cursor, outcomes(run)) == (2, ["changed", "changed", "waiting", "waiting", "waiting"])
    BulkRun.objects.update(updated_at=NOW - STALLED_AFTER * 2)
    assert actions.take_up_stalled(NOW) == 1
    assert Entry.objects.filter(verb="influencer.archived").count() == 5
    assert actions.take_up_stalled(NOW + dt.timedelta(hours=1)) == 0


def test_a_run_taken_up_is_not_taken_up_by_a_second_bell(coordinator: User, five: list[Influencer]) -> None:
    run = begun(coordinator)
    BulkRun.objects.update(updated_at=NOW - STALLED_AFTER * 2)
    assert (run.claim(NOW), run.claim(NOW)) == (True, False)
    assert Influencer.objects.archived().count() == 0


def test_carrying_on_twice_changes_nobody_twice(coordinator: User, five: list[Influencer]) -> None:
    run = begun(coordinator)
    actions.carry_on(run.pk, now=NOW)
    actions.carry_on(run.pk, now=NOW)
    actions.carry_on(999_999, now=NOW)
    assert Entry.objects.filter(verb="influencer.archived").count() == 5
    assert Entry.objects.filter(verb="bulk.done").count() == 1


def test_a_run_that_breaks_says_so_and_can_go_on(
    as_coordinator: Client, coordinator: User, viewer: User, five: list[Influencer]
) -> None:
    people = Influencer.objects.all()
    run = actions.begin("owner", people, data={"owner": str(viewer.pk)}, query="", user=coordinator, now=NOW)
    BulkRun.objects.update(data={"owner": "999999"})
    actions.carry_on(run.pk, now=NOW)
    page = as_coordinator.get(reverse("bulk-run", args=[run.pk]))
    assert "What is done stays done; continue, or tell your admin." in page.content.decode()
    assert Influencer.objects.filter(owner=viewer).count() == 0
    BulkRun.objects.update(data={"owner": str(viewer.pk)})
    as_coordinator.post(reverse("bulk-run-continue", args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, Influencer.objects.filter(owner=viewer).count()) == ("done", 5)


def test_more_people_than_a_run_takes_are_refused_whole(
    coordinator: User, five: list[Influencer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST", 4)
    with pytest.raises(actions.TooMany):
        begun(coordinator)
    assert (BulkRun.objects.count(), BulkRow.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_many_people_get_a_progress_bar_that_ends_in_the_result(
    as_coordinator: Client, coordinator: User, five: list[Influencer], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = KINDS["archive"]
    monkeypatch.setitem(kinds.KINDS, "archive", Kind(kind.title, kind.act, at_once=4))
    asked = {"action": "archive", "all_matching": "1", "query": "city=solo", "sure": "1"}
    answer = as_coordinator.post(reverse("people-bulk"), asked)
    run = BulkRun.objects.get()
    assert answer.url == reverse("bulk-run", args=[run.pk])
    assert (run.status, run.total, run.query) == ("confirmed", 5, "city=solo")
    page = as_coordinator.get(answer.url)
    assert page.context["work"]["total"] == 5
    assert b'name="ids"' not in page.content
    bar = as_coordinator.get(reverse("bulk-run-progress", args=[run.pk]), headers={"HX-Request": "true"})
    assert b'max="5" value="0"' in bar.content
    actions.carry_on(run.pk, now=NOW)
    over = as_coordinator.get(reverse("bulk-run-progress", args=[run.pk]), headers={"HX-Request": "true"})
    assert over["HX-Redirect"] == answer.url


def test_the_result_of_each_can_be_taken_as_a_file(
    as_coordinator: Client, coordinator: User, five: list[Influencer]
) -> None:
    run = begun(coordinator, Influencer.objects.filter(pk__in=[five[0].pk, five[1].pk]))
    Influencer.objects.filter(pk=five[1].pk).delete()
    actions.carry_on(run.pk, now=NOW)
    answer = as_coordinator.get(reverse("bulk-run-result", args=[run.pk]))
    rows = csv.reader(io.StringIO(b"".join(answer).decode().removeprefix("\ufeff")))  # type: ignore[call-overload]
    assert list(rows)[1:] == [
        ["1", "", str(five[0].pk), "Ayu", "", "Changed", ""],
        ["2", "", str(five[1].pk), "", "", "Refused", "Is no longer here, or was merged into somebody else."],
    ]


def test_undo_brings_back_exactly_those_the_run_changed(
    as_coordinator: Client, coordinator: User, five: list[Influencer]
) -> None:
    Influencer.objects.filter(pk=five[0].pk).update(archived_at=NOW)
    run = begun(coordinator)
    actions.carry_on(run.pk, now=NOW)
    page = as_coordinator.get(reverse("bulk-run", args=[run.pk]))
    assert page.context["may_undo"] is True
    as_coordinator.post(reverse("bulk-run-undo", args=[run.pk]))
    assert list(Influencer.objects.archived()) == [five[0]]


def test_what_cannot_be_undone_is_refused(as_coordinator: Client, coordinator: User, five: list[Influencer]) -> None:
    run = actions.begin("owner", Influencer.objects.all(), data={"owner": ""}, query="", user=coordinator, now=NOW)
    as_coordinator.post(reverse("bulk-run-undo", args=[run.pk]))
    assert BulkRun.objects.count() == 1


def test_a_run_under_way_cannot_be_discarded(as_coordinator: Client, coordinator: User, five: list[Influencer]) -> None:
    run = begun(coordinator)
    as_coordinator.post(reverse("bulk-run-discard", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == "confirmed"


@pytest.mark.parametrize("asked", ["", "outcome=changed", "outcome=nonsense&page=x", "page=99"])
def test_the_report_costs_the_same_at_one_row_and_at_three(
    as_coordinator: Client, coordinator: User, five: list[Influencer], django_assert_num_queries: Any, asked: str
) -> None:
    one, three = begun(coordinator, Influencer.objects.filter(pk=five[0].pk)), begun(coordinator)
    for run in (one, three):
        actions.carry_on(run.pk, now=NOW)
    as_coordinator.get(reverse("bulk-runs"))
    for run in (one, three):
        with django_assert_num_queries(5):  # session, user, run, rows, names
            page = as_coordinator.get(f"{reverse('bulk-run', args=[run.pk])}?{asked}")
        assert page.status_code == 200


def test_the_report_turns_its_pages(
    as_coordinator: Client, coordinator: User, five: list[Influencer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROWS_PER_PAGE", 2)
    run = begun(coordinator)
    actions.carry_on(run.pk, now=NOW)
    url = reverse("bulk-run", args=[run.pk])
    for asked in ("", "outcome=changed&"):
        shown = [
            [line.name for line in as_coordinator.get(f"{url}?{asked}page={n}").context["lines"]] for n in (1, 2, 3)
        ]
        assert shown == [["Ayu", "Bima"], ["Citra", "Dewa"], ["Eka"]]


def test_past_runs_are_listed_at_one_price(
    as_coordinator: Client, coordinator: User, five: list[Influencer], django_assert_num_queries: Any
) -> None:
    begun(coordinator)
    as_coordinator.get(reverse("bulk-runs"))
    for count in (1, 3):
        while BulkRun.objects.count() < count:
            begun(coordinator)
        with django_assert_num_queries(4):  # session, user, count, rows
            page = as_coordinator.get(reverse("bulk-runs"))
        assert [title for _run, title in page.context["lines"]] == ["Archive"] * count
