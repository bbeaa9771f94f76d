"""Files of orders: every row has a verdict first, then all of them come in at once, and go at once."""

import datetime as dt

import pytest

from campaigns.planning.models import Campaign, Refused
from campaigns.results.files.actions import bring_in, choose_columns, forget, take_file, undo
from campaigns.results.files.kinds import kind_of
from campaigns.results.files.rehearsing import Rehearsal, rehearse
from campaigns.results.models import Order, ResultFile
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.base.models import StoredFile
from crm.influencers.imports.reading import UnreadableFile
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.results.orders.conftest import Take

pytestmark = pytest.mark.django_db

ORDERS = """Order;Tanggal;Subtotal;Kode voucher;Link;Ongkir
1001;20/11/2026 12.05;270.000;KIRANA10;;15.000
1002;20/11/2026;Rp135.000;;glow-k;
1003;21/11/2026;99000;WRONG5;;
1001;21/11/2026;1;KIRANA10;;
1004;kapan;1;KIRANA10;;
1005;21/11/2026;mahal;KIRANA10;;
1006;25/12/2026;100;KIRANA10;;
;21/11/2026;100;KIRANA10;;
"""
REDEEMED = "Code,Day,Redemptions,Revenue\nKIRANA10,2026-11-20,3,100000\nKIRANA10,2026-11-21,2,50000\n"


def bring(text: str, campaign: Campaign, user: User, name: str = "orders.csv") -> ResultFile:
    return take_file(kind_of("orders"), campaign, name, text.encode(), user=user)


def verdicts(file: ResultFile, now: dt.datetime) -> list[tuple[int, str, list[str]]]:
    return [(row.line, row.verdict.value, row.why) for row in rehearsal(file, now).rows]


def rehearsal(file: ResultFile, now: dt.datetime) -> Rehearsal:
    return rehearse(kind_of("orders"), file, now)


@pytest.fixture
def file(campaign: Campaign, coordinator: User, code: VoucherCode, link: TrackedLink) -> ResultFile:
    return bring(ORDERS, campaign, coordinator)


def test_every_row_has_a_verdict_and_nothing_is_written(file: ResultFile, now: dt.datetime) -> None:
    assert verdicts(file, now) == [
        (2, "new", []),
        (3, "new", []),
        (4, "new", ["Nobody has the code “WRONG5”.", "Kept as nobody’s until somebody has this code."]),
        (5, "out", ["This order is in the file twice."]),
        (6, "out", ["“kapan” is not a day."]),
        (7, "out", ["“mahal” is not an amount."]),
        (8, "out", ["This day has not come yet."]),
        (9, "out", ["The order number is missing."]),
    ]
    assert (Order.objects.count(), file.rows, file.brought_at) == (0, 8, None)


def test_what_comes_in_is_written_once(file: ResultFile, now: dt.datetime, actor: Actor) -> None:
    assert bring_in(file, at=now, actor=actor).taken == 3
    assert [
        (one.number, int(one.amount.amount), int(one.shipping), one.via) for one in Order.objects.order_by("pk")
    ] == [
        ("1001", 270_000, 15_000, "code"),
        ("1002", 135_000, 0, "link"),
        ("1003", 99_000, 0, "code"),
    ]
    with pytest.raises(Refused, match="brought in already"):
        bring_in(file, at=now, actor=actor)
    assert Order.objects.count() == 3
    assert [one.sentence_en for one in Entry.objects.filter(verb="result_file.brought")] == [
        "Brought in from “orders.csv”: rows 3"
    ]


def test_an_order_the_shop_told_before_is_known(file: ResultFile, take: Take, now: dt.datetime, actor: Actor) -> None:
    take("1001", 270_000, code="KIRANA10")
    assert verdicts(file, now)[0] == (2, "known", ["This order is known already."])
    assert bring_in(file, at=now, actor=actor).taken == 2


def test_an_undone_file_leaves_nothing_and_may_be_brought_again(
    file: ResultFile, campaign: Campaign, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    bring_in(file, at=now, actor=actor)
    assert undo(file, at=now, actor=actor) == 3
    assert Order.objects.standing().count() == 0
    with pytest.raises(Refused, match="nothing that could be undone"):
        undo(file, at=now, actor=actor)
    assert bring_in(bring(ORDERS, campaign, coordinator), at=now, actor=actor).taken == 3


def test_a_file_of_which_no_row_comes_in_is_not_brought(
    campaign: Campaign, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    file = bring("order,date,amount,code\n1,kapan,1,A\n", campaign, coordinator)
    with pytest.raises(Refused, match="No row of this file comes in"):
        bring_in(file, at=now, actor=actor)
    file.refresh_from_db()
    assert (file.brought_at, file.taken) == (None, 0)


def test_redemptions_become_orders_that_share_what_they_came_to(
    campaign: Campaign, coordinator: User, code: VoucherCode, now: dt.datetime, actor: Actor
) -> None:
    assert bring_in(bring(REDEEMED, campaign, coordinator), at=now, actor=actor).taken == 5
    assert [(one.number, int(one.amount.amount)) for one in Order.objects.order_by("pk")] == [
        ("KIRANA10/2026-11-20/1", 33_333),
        ("KIRANA10/2026-11-20/2", 33_333),
        ("KIRANA10/2026-11-20/3", 33_334),
        ("KIRANA10/2026-11-21/1", 25_000),
        ("KIRANA10/2026-11-21/2", 25_000),
    ]
    assert set(Order.objects.values_list("code", flat=True)) == {code.pk}


def test_the_same_day_again_brings_only_what_is_new(
    campaign: Campaign, coordinator: User, code: VoucherCode, now: dt.datetime, actor: Actor
) -> None:
    bring_in(bring(REDEEMED, campaign, coordinator), at=now, actor=actor)
    more = bring(REDEEMED.replace("20,3,100000", "20,5,160000"), campaign, coordinator)
    assert verdicts(more, now) == [
        (2, "new", []),
        (3, "known", ["As many redemptions of this day are known already."]),
    ]
    assert bring_in(more, at=now, actor=actor).taken == 2
    assert [int(one.amount.amount) for one in Order.objects.filter(result_file=more).order_by("pk")] == [30_000, 30_000]


def test_redemptions_of_a_day_whose_orders_are_known_do_not_count_twice(
    campaign: Campaign, coordinator: User, code: VoucherCode, take: Take, now: dt.datetime
) -> None:
    take("1001", code="KIRANA10")
    assert [row[1] for row in verdicts(bring(REDEEMED, campaign, coordinator), now)] == ["out", "new"]


def test_orders_of_a_day_whose_redemptions_are_known_do_not_count_twice(
    file: ResultFile, campaign: Campaign, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    bring_in(bring(REDEEMED, campaign, coordinator), at=now, actor=actor)
    assert [row[1] for row in verdicts(file, now)][:3] == ["out", "new", "new"]


def test_columns_may_be_said(campaign: Campaign, coordinator: User, code: VoucherCode, now: dt.datetime) -> None:
    file = bring("A,B,C,D\n1001,2026-11-20,5000,KIRANA10\n", campaign, coordinator)
    assert rehearsal(file, now).wrong == "Say which column is: Day or moment, Paid for goods."
    choose_columns(file, ["number", "at", "amount", "code"])
    assert verdicts(file, now) == [(2, "new", [])]
    choose_columns(file, ["number", "at", "amount", ""])
    assert rehearsal(file, now).wrong == "Say which column is the code or the link of an order."


def test_a_file_that_was_brought_in_keeps_its_columns_and_itself(
    file: ResultFile, now: dt.datetime, actor: Actor
) -> None:
    bring_in(file, at=now, actor=actor)
    for act in (lambda: choose_columns(file, []), lambda: forget(file)):
        with pytest.raises(Refused, match="brought in already"):
            act()
    assert ResultFile.objects.get().columns["targets"][0] == "number"


def test_a_forgotten_file_is_gone(file: ResultFile) -> None:
    forget(file)
    assert (ResultFile.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"order,date\n"])
def test_what_is_no_table_is_refused(campaign: Campaign, coordinator: User, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        take_file(kind_of("orders"), campaign, "x.csv", data, user=coordinator)
    assert ResultFile.objects.count() == 0
