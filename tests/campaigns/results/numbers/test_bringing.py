"""Numbers of many posts with one file: which post a row means, what is left out and why, and all of it back again."""

import datetime as dt

import pytest

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign, Deliverable, Refused
from campaigns.results.files.actions import bring_in, take_file, undo
from campaigns.results.files.kinds import kind_of
from campaigns.results.files.rehearsing import rehearse
from campaigns.results.models import PostSnapshot, ResultFile
from campaigns.results.numbers.sheets import plain_address
from campaigns.results.numbers.template import blank_rows, header
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory
from tests.factories.results import a_live_post

pytestmark = pytest.mark.django_db

MESSY = """Laporan KOL Glow;;;;;;
Link Post;Akun;Tgl Posting;Per Tanggal;Views;Suka;Pengikut
https://www.instagram.com/reel/DGlow1/?igsh=abc;;;21/11/2026;12,4rb;1.140;48rb
;@Kirana.Mahes;14 Nov 2026;17/11/2026;9,1rb;-;
;@kirana.mahes;15 Nov 2026;17/11/2026;5;5;
https://instagram.com/p/XYZ/;;;21/11/2026;5;5;
;@nobody.here;;21/11/2026;5;5;
https://instagram.com/reel/DGlow1;;;21/11/2026;12400;1140;
;@kirana.mahes;14/11/2026;31/12/2026;5;5;
;@kirana.mahes;14/11/2026;20/11/2026;banyak;5;
;@kirana.mahes;14/11/2026;20/11/2026;;;
"""


@pytest.fixture
def file(campaign: Campaign, post: LivePost, coordinator: User, now: dt.datetime) -> ResultFile:
    made = take_file(kind_of("numbers"), campaign, "laporan.csv", MESSY.encode("cp1252"), user=coordinator)
    ResultFile.objects.update(created_at=now)
    made.refresh_from_db()
    return made


def test_each_row_says_what_it_brings_or_why_not(file: ResultFile, now: dt.datetime) -> None:
    found = rehearse(kind_of("numbers"), file, now)

    assert [(row.line, str(row.verdict), row.why) for row in found.rows] == [
        (3, "new", []),
        (4, "new", []),
        (5, "out", ["Nothing of this account went out on that day."]),
        (6, "out", ["No post of this campaign has this address."]),
        (7, "out", ["Nobody of this campaign posted from this account."]),
        (8, "out", ["Another row says the same post at the same moment."]),
        (9, "out", ["That moment has not come yet. Say when it was counted."]),
        (10, "out", ["Views: “banyak” is no whole number."]),
        (11, "out", ["Enter at least one number."]),
    ]
    assert PostSnapshot.objects.count() == 0


def test_what_comes_in_counts_once_and_goes_as_a_whole(file: ResultFile, now: dt.datetime, actor: Actor) -> None:
    assert bring_in(file, at=now, actor=actor).taken == 2

    kept = PostSnapshot.objects.order_by("hours")
    assert [(one.hours, one.views, one.likes, one.followers, one.source) for one in kept] == [
        (72, 9_100, None, 34_000, "file"),
        (168, 12_400, 1_140, 48_000, "file"),
    ]
    with pytest.raises(Refused):
        bring_in(file, at=now, actor=actor)
    assert undo(file, at=now, actor=actor) == 2
    assert (PostSnapshot.objects.count(), PostSnapshot.objects.standing().count()) == (2, 0)


def test_the_same_file_again_brings_nothing(
    file: ResultFile, campaign: Campaign, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    bring_in(file, at=now, actor=actor)
    again = take_file(kind_of("numbers"), campaign, "laporan.csv", MESSY.encode(), user=coordinator)

    found = rehearse(kind_of("numbers"), again, now)

    assert found.counts == {"new": 0, "known": 3, "out": 6}


def test_two_posts_of_one_account_need_the_day_or_the_address(
    campaign: Campaign, post: LivePost, coordinator: User, now: dt.datetime
) -> None:
    other = a_live_post(post.deliverable.collaboration, at=post.published_at + dt.timedelta(days=1))
    Deliverable.objects.filter(pk=other.deliverable_id).update(account=post.deliverable.account)
    text = "handle,date,likes\nkirana.mahes,,5\nkirana.mahes,2026-11-14,5\n"
    made = take_file(kind_of("numbers"), campaign, "a.csv", text.encode(), user=coordinator)
    made.created_at = now

    found = rehearse(kind_of("numbers"), made, dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    assert [row.why for row in found.rows] == [["Several posts fit. Say the address, or the day it went out."], []]


def test_the_sheet_to_fill_in_comes_back_as_it_is_meant(
    campaign: Campaign, post: LivePost, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    (row,) = blank_rows(campaign, now)
    names = header()
    filled = {**dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=True)), "likes": "1,1K"}
    text = "\n".join([",".join(names), ",".join(f'"{filled[name]}"' for name in names)])
    made = take_file(kind_of("numbers"), campaign, "sheet.csv", text.encode(), user=coordinator)

    assert bring_in(made, at=now + dt.timedelta(hours=10), actor=actor).taken == 1
    assert PostSnapshot.objects.get().likes == 1_100


def test_many_rows_cost_as_many_questions_as_a_few(
    campaign: Campaign,
    post: LivePost,
    coordinator: User,
    now: dt.datetime,
    actor: Actor,
    django_assert_num_queries: object,
) -> None:
    later = now + dt.timedelta(days=400)
    for count, day in ((2, 1), (60, 100)):
        days = (now.date() + dt.timedelta(days=day + number) for number in range(count))
        text = "handle,as of,likes\n" + "\n".join(f"kirana.mahes,{on.isoformat()},5" for on in days)
        made = take_file(kind_of("numbers"), campaign, "a.csv", text.encode(), user=coordinator)
        with django_assert_num_queries(QUERIES):  # type: ignore[operator]
            assert bring_in(made, at=later, actor=actor).taken == count


QUERIES = 16


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("https://www.instagram.com/reel/Abc_1/?igsh=x", "instagram.com/reel/Abc_1"),
        ("instagram.com/reels/Abc_1", "instagram.com/reel/Abc_1"),
        ("http://m.tiktok.com/@kirana/video/71?x=1#y", "tiktok.com/@kirana/video/71"),
        ("https://youtube.com/watch?v=1", "youtube.com/watch?v=1"),
    ],
)
def test_an_address_is_compared_by_what_tells_posts_apart(said: str, plain: str) -> None:
    assert plain_address(said) == plain


def test_nobody_else_has_another_campaigns_posts(campaign: Campaign, coordinator: User, now: dt.datetime) -> None:
    elsewhere = a_live_post(CollaborationFactory(), url="https://instagram.com/reel/Else/")
    made = take_file(
        kind_of("numbers"), campaign, "a.csv", f"link,likes\n{elsewhere.url},5\n".encode(), user=coordinator
    )

    (row,) = rehearse(kind_of("numbers"), made, now).rows

    assert row.why == ["No post of this campaign has this address."]
