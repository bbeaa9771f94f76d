"""What happens while an import is written: stalled workers, people who type the same account, much data."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from crm.base import bulk
from crm.influencers.imports import actions
from crm.influencers.imports.queries import columns_of
from crm.influencers.imports.rehearsal import rehearse as rehearse_run
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRun, Influencer, MetricSnapshot, Note, Platform, RateCard, SocialAccount
from crm.influencers.tasks import import_influencers
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.runs import STALLED_AFTER
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import

Queries = Callable[..., AbstractContextManager[object]]


def many(rows: int) -> bytes:
    lines = [f"Orang {n},@orang.{n},{n + 1000},Malang,orang{n}@contoh.example" for n in range(rows)]
    return "\n".join(["Nama,Akun IG,Followers,Kota,E-mail", *lines]).encode()


@pytest.mark.django_db
def test_five_thousand_rows_are_written_once_each(imported: Import) -> None:
    run = imported("big.csv", many(5_000))

    assert run.counts == {"new": 5_000, "update": 0, "unchanged": 0, "duplicate": 0, "conflict": 0, "rejected": 0}
    assert SocialAccount.objects.annotate(times=Count("snapshots")).filter(times=1).count() == 5_000
    assert Entry.objects.filter(verb="influencer.imported").count() == 5_000
    assert run.rows.filter(written_at=NOW).count() == 5_000


@pytest.mark.django_db
def test_a_batch_takes_the_same_queries_for_one_row_and_three(
    rehearse: Import, django_assert_num_queries: Queries
) -> None:
    for rows, start in ((1, 0), (3, 10)):
        lines = [f"Orang {n},@orang.{n},1000" for n in range(start, start + rows)]
        run = rehearse(f"{rows}.csv", "\n".join(["Nama,Akun IG,Followers", *lines]).encode())
        run.confirm(at=NOW, actor=SYSTEM)
        with django_assert_num_queries(WRITE_QUERIES[connection.vendor]):
            write(run, now=NOW)


# COPY is no query of the cursor; PostgreSQL is asked to find rows by index instead.
WRITE_QUERIES = {"sqlite": 37, "postgresql": 36}


@pytest.mark.django_db
def test_a_run_nobody_moved_is_taken_up_and_a_fresh_one_is_left_alone(rehearse: Import) -> None:
    stalled, fresh = rehearse("a.csv", many(2)), rehearse("b.csv", b"Nama,Akun IG\nOka,@oka\n")
    for run in (stalled, fresh):
        run.confirm(at=NOW, actor=SYSTEM)
    ImportRun.objects.filter(pk=stalled.pk).update(updated_at=NOW - STALLED_AFTER - dt.timedelta(seconds=1))

    assert actions.take_up_stalled(NOW) == 1

    stalled.refresh_from_db()
    fresh.refresh_from_db()
    assert (stalled.status, fresh.status) == ("done", "confirmed")
    assert Influencer.objects.count() == 2


@pytest.mark.django_db
def test_a_house_with_cron_alone_goes_on_with_it_too(rehearse: Import, capsys: pytest.CaptureFixture[str]) -> None:
    run = rehearse("a.csv", many(2))
    run.confirm(at=NOW, actor=SYSTEM)
    ImportRun.objects.filter(pk=run.pk).update(updated_at=timezone.now() - dt.timedelta(days=1))

    call_command("tick")

    run.refresh_from_db()
    assert (run.status, json.loads(capsys.readouterr().out)["crm.take_up_imports"]) == ("done", {"taken up": 1})


@pytest.mark.django_db
def test_a_killed_worker_is_replaced_within_ninety_seconds() -> None:
    """The last sign of life, the time until that counts as silence, and the longest wait for the next bell."""
    bell = settings.CELERY_BEAT_SCHEDULE["take-up-imports"]["schedule"]

    assert (STALLED_AFTER.total_seconds(), bell) == (30.0, 60.0)


@pytest.mark.django_db
def test_a_run_taken_up_is_not_taken_up_by_a_second_bell(rehearse: Import) -> None:
    run = rehearse("a.csv", many(2))
    run.confirm(at=NOW, actor=SYSTEM)
    ImportRun.objects.filter(pk=run.pk).update(updated_at=NOW - STALLED_AFTER * 2)

    assert (run.claim(NOW), run.claim(NOW)) == (True, False)
    assert actions.take_up_stalled(NOW) == 0
    assert Influencer.objects.count() == 0
    assert actions.take_up_stalled(NOW + STALLED_AFTER * 2) == 1


@pytest.mark.django_db
def test_a_rehearsal_nobody_finished_is_taken_up(rehearse: Import) -> None:
    run = rehearse("a.csv", many(2))
    ImportRun.objects.update(status="uploaded", cursor=2, updated_at=NOW - STALLED_AFTER * 2)

    assert actions.take_up_stalled(NOW) == 1

    run.refresh_from_db()
    assert (run.status, run.counts["new"], run.rows.count()) == ("rehearsed", 2, 2)


@pytest.mark.django_db
def test_the_worker_shrugs_at_runs_that_are_gone_or_done(imported: Import) -> None:
    run = imported("a.csv", many(1))

    import_influencers(run_id=run.pk)
    import_influencers(run_id=999_999)

    assert Influencer.objects.count() == 1
    assert Entry.objects.filter(subject=f"crm.importrun:{run.pk}", verb="import.done").count() == 1


@pytest.mark.django_db
def test_a_run_whose_file_is_gone_stops_with_what_to_do(rehearse: Import) -> None:
    run = rehearse("a.csv", many(1))
    ImportRun.objects.update(status="uploaded")
    run.file.storage.delete(run.file.name)

    import_influencers(run_id=run.pk)

    run.refresh_from_db()
    assert (run.status, run.why) == ("failed", "The uploaded file is no longer there. Upload it again.")
    assert not run.may_be_confirmed or run.counts


@pytest.mark.django_db
def test_an_account_added_between_rehearsal_and_writing_is_updated_not_doubled(rehearse: Import) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG,Kota\nSekar,@sekar,Malang\n")
    assert run.counts["new"] == 1
    person = Influencer.objects.create(stage_name="Sekar")
    SocialAccount.objects.create(influencer=person, platform=Platform.objects.get(code="instagram"), handle="sekar")

    run.confirm(at=NOW, actor=SYSTEM)
    assert write(run, now=NOW)

    person.refresh_from_db()
    assert (run.counts["update"], run.counts["new"], person.city) == (1, 0, "Malang")
    assert Influencer.objects.count() == 1


@pytest.mark.django_db
def test_columns_chosen_anew_end_a_rehearsal_that_is_still_under_way(rehearse: Import) -> None:
    run = rehearse("a.csv", many(2))
    old = ImportRun.objects.get(pk=run.pk)
    run.reopen(at=NOW, actor=SYSTEM)
    later = NOW + dt.timedelta(minutes=1)
    columns = columns_of(run)
    actions.choose_columns(run, columns, counted_at=NOW, replaces_known=False, now=later, actor=SYSTEM)

    assert not rehearse_run(old, now=later)
    assert rehearse_run(run, now=later)


@pytest.mark.django_db
def test_bulk_loading_never_passes_over_a_broken_constraint(imported: Import) -> None:
    imported("a.csv", many(1))
    account = SocialAccount.objects.get()
    names = ("influencer_id", "platform_id", "handle")

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(
            SocialAccount,
            names,
            [
                (account.influencer_id, account.platform_id, "baru"),
                (account.influencer_id, account.platform_id, "orang.0"),
            ],
            now=NOW,
        )

    assert list(SocialAccount.objects.values_list("handle", flat=True)) == ["orang.0"]


@pytest.fixture
def other_session() -> Iterator[Callable[[Callable[[], None]], threading.Thread]]:
    """Run something in another database session."""
    threads = []

    def start(work: Callable[[], None]) -> threading.Thread:
        def closing() -> None:
            try:
                work()
            finally:
                connection.close()

        threads.append(threading.Thread(target=closing))
        threads[-1].start()
        return threads[-1]

    yield start
    for thread in threads:
        thread.join(timeout=60)
    assert [thread.name for thread in threads if thread.is_alive()] == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_somebody_typing_the_same_account_at_that_moment_costs_a_second_look_only(
    rehearse: Import, other_session: Callable[[Callable[[], None]], threading.Thread]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    run = rehearse("a.csv", b"Nama,Akun IG,Kota\nSekar,@sekar,Malang\n")
    run.confirm(at=NOW, actor=SYSTEM)
    typed, may_commit = threading.Event(), threading.Event()

    def type_by_hand() -> None:
        with transaction.atomic():
            person = Influencer.objects.create(stage_name="Sekar")
            platform = Platform.objects.get(code="instagram")
            SocialAccount.objects.create(influencer=person, platform=platform, handle="sekar")
            typed.set()
            assert may_commit.wait(timeout=10)

    other_session(type_by_hand)
    assert typed.wait(timeout=10)
    threading.Timer(0.5, may_commit.set).start()

    assert write(run, now=NOW)

    assert list(Influencer.objects.values_list("stage_name", "city")) == [("Sekar", "Malang")]
    assert (run.counts["update"], run.counts["new"]) == (1, 0)
    assert MetricSnapshot.objects.count() == 0


def prices() -> list[tuple[str, str]]:
    """Each price that holds on the day of the files, with its format."""
    there = RateCard.objects.valid_on(NOW.date()).order_by("pk")
    return [(str(rate.price), rate.format.code if rate.format else "") for rate in there]


def test_of_two_prices_for_the_same_from_one_day_the_first_counts(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,500rb per reels\n")
    once = prices()
    assert len(once) == 1

    run = imported("b.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,1jt per reels\n")

    assert (prices(), RateCard.objects.count()) == (once, 1)
    assert list(Note.objects.values_list("kind", "text")) == [("unread", "1jt per reels")]
    assert ["price-same-day", "", "1jt per reels"] in run.rows.get().reasons
    again = imported("b.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,1jt per reels\n")
    assert (again.rows.get().verdict, Note.objects.count()) == ("unchanged", 1)


def test_prices_for_other_formats_or_from_another_day_stand_beside_it(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,500rb per reels\n")
    imported("b.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,200rb per story\n")
    imported("c.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,1jt\n")
    assert [code for _price, code in prices()] == ["reel", "story", ""]

    later = NOW + dt.timedelta(days=1)
    imported("d.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,900rb per reels\n", now=later)

    held = RateCard.objects.valid_on(later.date()).order_by("pk")
    assert [(rate.as_said, rate.valid_from) for rate in held][-1] == ("900rb per reels", later.date())
    assert held.count() == 3
