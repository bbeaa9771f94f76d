"""Numbers month by month: one snapshot per account and month, never two, and withdrawn when the file is taken back."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.influencers.actions.accounts import refresh_main_account
from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.intake import actions, pages
from crm.intake.kinds import of_run
from crm.intake.models import Intake
from crm.intake.monthly.kind import MonthlyNumbers
from crm.intake.monthly.words import end_of, read_month, target_of
from crm.intake.rehearsal import rehearse
from crm.intake.taking_back import take_back
from crm.intake.writing import write
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.factories import InfluencerFactory, PlatformFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db
Bring = Callable[..., Intake]
TODAY = dt.date(2026, 11, 24)
WIDE = "Akun IG;Followers Sep 2026;Followers Okt 2026;ER Okt 2026"


def month_end(month: int, day: int) -> dt.datetime:
    """The last minute of that day in Jakarta."""
    return dt.datetime(2026, month, day, 16, 59, tzinfo=dt.UTC)


@pytest.fixture
def kirana(organisation: Organisation) -> SocialAccount:
    lay_all()
    person = InfluencerFactory(stage_name="Kirana Wijaya")
    account: SocialAccount = SocialAccountFactory(
        influencer=person, platform=PlatformFactory(code="instagram"), handle="kirana", followers=9_000,
        followers_at=month_end(8, 31),
    )  # fmt: skip
    refresh_main_account(person)
    return account


@pytest.fixture
def bring(coordinator: User, kirana: SocialAccount) -> Bring:
    def bring_in(*lines: str, header: str = WIDE, do_write: bool = True) -> Intake:
        run = actions.take(MonthlyNumbers(), "growth.csv", "\n".join([header, *lines]).encode(), user=coordinator)
        actions.choose_columns(run, run.columns["targets"], {"platform": "instagram"}, now=NOW, actor=SYSTEM)
        rehearse(run, now=NOW)
        if do_write:
            run.confirm(at=NOW, actor=SYSTEM)
            write(run, now=NOW)
        return run

    return bring_in


def back(run: Intake) -> None:
    run.take_back(at=NOW, actor=SYSTEM)
    take_back(run, now=NOW)


def counted(**which: Any) -> list[tuple[Any, ...]]:
    rows = MetricSnapshot.objects.standing().filter(**which).order_by("account_id", "taken_at")
    return list(rows.values_list("taken_at", "followers", "engagement_rate"))


def verdicts(run: Intake) -> list[str]:
    return list(run.lines.values_list("verdict", flat=True))


def said(run: Intake, line: int = 2) -> list[str]:
    return pages.sentences(of_run(run), run.lines.get(line=line))


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Followers Jan 2026", "followers"),
        ("2026-02", "followers"),
        ("Feb-26", "followers"),
        ("ER Februari 2026", "engagement_rate"),
        ("Views 02/2026", "views"),
        ("Bulan", "month"),
        ("Akun IG", "account"),
        ("Nama KOL", "name"),
        ("Kota", ""),
    ],
)
def test_headings_say_what_is_counted_and_when(heading: str, meaning: str) -> None:
    assert target_of(heading) == meaning


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Jan 2026", (2026, 1)),
        ("2026-02", (2026, 2)),
        ("28/02/2026", (2026, 2)),
        ("Desember", (2025, 12)),
        ("Nov", (2026, 11)),
        ("Mei-25", (2025, 5)),
        ("kapan-kapan", None),
    ],
)
def test_a_month_is_read_as_people_write_it(text: str, month: tuple[int, int] | None) -> None:
    assert read_month(text, TODAY) == month


def test_numbers_are_taken_at_the_months_end_in_the_houses_zone() -> None:
    assert end_of((2026, 2), "Asia/Jayapura") == dt.datetime(2026, 2, 28, 14, 59, tzinfo=dt.UTC)


def test_the_rehearsal_keeps_nothing(bring: Bring) -> None:
    run = bring("@kirana;10.000;12,5 rb;3,2%", do_write=False)
    assert (verdicts(run), counted(), run.lines.get().what) == (["new"], [], "2026-09, 2026-10")


def test_a_column_per_month_becomes_a_snapshot_per_month(bring: Bring, kirana: SocialAccount) -> None:
    bring("@kirana;10.000;12,5 rb;3,2%")
    assert counted() == [(month_end(9, 30), 10_000, None), (month_end(10, 31), 12_500, Decimal("3.2"))]
    kirana.refresh_from_db()
    assert (kirana.followers, kirana.followers_at) == (12_500, month_end(10, 31))
    person = Influencer.objects.get()
    assert (person.followers, person.tier_code) == (12_500, "micro")
    assert [entry.sentence_en for entry in Entry.objects.filter(influencer=person)] == [
        "Monthly numbers from “growth.csv”"
    ]


def test_a_row_per_month_becomes_the_same(bring: Bring) -> None:
    header = "username;bulan;followers;likes;ER"
    bring("kirana;2026-09;10000;300;3.1", "kirana;Okt 2026;12500;400;3.2", header=header)
    assert counted() == [
        (month_end(9, 30), 10_000, Decimal("3.1")),
        (month_end(10, 31), 12_500, Decimal("3.2")),
    ]


def test_older_months_leave_the_count_of_today_alone(bring: Bring, kirana: SocialAccount) -> None:
    SocialAccount.objects.update(followers=50_000, followers_at=NOW)
    bring("@kirana;10.000;12,5 rb;3,2%")
    kirana.refresh_from_db()
    assert (kirana.followers, kirana.followers_at, len(counted())) == (50_000, NOW, 2)


def test_the_same_month_is_never_kept_twice(bring: Bring) -> None:
    bring("@kirana;10.000;12,5 rb;3,2%")
    same = bring("@kirana;10.000;12,5 rb;3,2%")
    other = bring("@kirana;11.000;12,5 rb;3,2%")
    assert (verdicts(same), verdicts(other), len(counted())) == (["unchanged"], ["unchanged"], 2)
    assert said(same) == ["2026-09 is on file already.", "2026-10 is on file already."]
    assert said(other)[0].startswith("2026-09 is on file with other numbers, which stay.")


def test_two_rehearsed_runs_keep_a_month_once(bring: Bring) -> None:
    first, second = (bring("@kirana;10.000;12,5 rb;3,2%", do_write=False) for _run in range(2))
    for run in (first, second):
        run.confirm(at=NOW, actor=SYSTEM)
        write(run, now=NOW)
    assert (verdicts(first), verdicts(second), len(counted())) == (["new"], ["unchanged"], 2)


def test_a_month_that_stands_twice_in_the_file_counts_once(bring: Bring) -> None:
    run = bring("@kirana;10.000;;", "@kirana;11.000;12.000;")
    assert [followers for _at, followers, _rate in counted()] == [10_000, 12_000]
    assert said(run, 3) == ["2026-09 stands in an earlier row, which counts."]


@pytest.mark.parametrize(
    ("row", "verdict", "sentence"),
    [
        (";1;2;3", "rejected", "The row names nobody: neither an account nor a name."),
        ("@siapa;1;2;3", "unknown", "Nobody on file has this account or name. Import the people first."),
        ("@kirana;banyak;;", "rejected", "The row has no number of a month that is over."),
    ],
)
def test_a_row_that_keeps_nothing_says_why(bring: Bring, row: str, verdict: str, sentence: str) -> None:
    run = bring(row)
    assert (verdicts(run), said(run)[0], counted()) == ([verdict], sentence, [])


def test_a_month_that_is_not_over_waits_for_its_end(bring: Bring) -> None:
    run = bring("@kirana;10000;11000", header="Akun IG;2026-10;2026-11")
    assert ([followers for _at, followers, _rate in counted()], said(run)) == (
        [10_000],
        ["2026-11: 2026-11 is not over yet; import it after its end."],
    )


def test_taking_it_back_withdraws_the_numbers_and_the_account_has_what_it_had(
    bring: Bring, kirana: SocialAccount
) -> None:
    before = Influencer.objects.get().tier_code
    run = bring("@kirana;10.000;1,5 jt;3,2%")
    assert Influencer.objects.get().tier_code not in ("", before)
    back(run)
    kirana.refresh_from_db()
    assert (run.status, counted()) == ("taken_back", [])
    assert (kirana.followers, kirana.followers_at) == (9_000, month_end(8, 31))
    assert (Influencer.objects.get().followers, Influencer.objects.get().tier_code) == (9_000, before)
    assert MetricSnapshot.objects.filter(withdrawn_at=NOW).count() == 2
    again = bring("@kirana;10.000;1,5 jt;3,2%")
    assert (verdicts(again), len(counted())) == (["new"], 2)


def test_a_newer_count_survives_the_taking_back(bring: Bring, kirana: SocialAccount) -> None:
    run = bring("@kirana;10.000;12,5 rb;3,2%")
    SocialAccount.objects.update(followers=50_000, followers_at=NOW)
    back(run)
    kirana.refresh_from_db()
    assert kirana.followers == 50_000


def queries_for(run: Intake) -> int:
    run.confirm(at=NOW, actor=SYSTEM)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        write(run, now=NOW)
    return len(seen)


def test_three_accounts_cost_as_many_queries_as_one(bring: Bring) -> None:
    for handle in ("mawar", "melati"):
        SocialAccountFactory(handle=handle, platform=PlatformFactory(code="instagram"))
    one = queries_for(bring("@kirana;1;2;3", do_write=False))
    three = queries_for(bring("@kirana;;;", "@mawar;1;2;3", "@melati;1;2;3", do_write=False))
    assert one == three
