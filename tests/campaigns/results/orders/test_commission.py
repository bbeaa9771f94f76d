"""What she earns by orders: by her contract, or by her ambassador deal, once, and less what came back."""

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.files.actions import bring_in, take_file, undo
from campaigns.results.files.kinds import kind_of
from campaigns.results.orders.giving import give_to, look_again
from campaigns.results.orders.returning import give_back
from campaigns.tracking.models import VoucherCode
from crm.ambassadors.models import AmbassadorDeal, Sale
from crm.payments.models import LedgerLine
from crm.payments.queries import open_amounts
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.results.orders.conftest import Take

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 22)


def standing() -> int:
    """What is open of all commission, in rupiah."""
    lines = LedgerLine.objects.due().filter(kind="commission")
    return int(sum(open_amounts(lines).values()))


def test_an_order_earns_her_share_once(take: Take, code: VoucherCode, share: Collaboration) -> None:
    take("1001", 270_000, code="KIRANA10")
    take("1001", 270_000, code="KIRANA10")
    assert [(one.kind, int(one.amount.amount), one.on) for one in LedgerLine.objects.due()] == [
        ("commission", 27_000, dt.date(2026, 11, 20))
    ]


def test_what_came_back_is_not_earned(take: Take, code: VoucherCode, share: Collaboration, now: dt.datetime) -> None:
    order = take("1001", 270_000, code="KIRANA10").order
    give_back(order, Decimal(90_000), number="R-1", on=ON, at=now, by="shop")
    assert standing() == 18_000
    give_back(order, Decimal(90_000), number="R-1", on=ON, at=now, by="shop")
    assert standing() == 18_000
    give_back(order, None, number="R-2", on=ON, at=now, by="shop")
    assert standing() == 0


def test_without_a_share_nothing_is_earned(take: Take, code: VoucherCode) -> None:
    take("1001", code="KIRANA10")
    assert LedgerLine.objects.count() == 0


def test_an_order_given_to_her_later_earns_then(
    take: Take, share: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    order = take("1001", 270_000).order
    assert standing() == 0
    give_to(order, share, "She told us.", at=now, actor=actor)
    assert standing() == 27_000


def test_what_came_back_before_an_order_was_hers_is_not_earned_either(
    take: Take, share: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    order = take("1001", 270_000).order
    give_back(order, Decimal(90_000), number="R-1", on=ON, at=now, by="shop")
    give_back(order, Decimal(90_000), number="R-2", on=ON, at=now, by="shop")
    give_to(order, share, "She told us.", at=now, actor=actor)
    assert standing() == 9_000


def test_an_order_of_nobody_whose_code_is_known_by_now_is_earned_less_what_came_back(
    take: Take, campaign: Campaign, share: Collaboration, now: dt.datetime
) -> None:
    order = take("1001", 270_000, code="KIRANA10").order
    give_back(order, None, number="R-1", on=ON, at=now, by="shop")
    VoucherCode.objects.create(
        campaign=campaign, collaboration=share, code="KIRANA10",
        valid_from_on=dt.date(2026, 11, 1), valid_to_on=dt.date(2026, 12, 31),
    )  # fmt: skip
    assert look_again(campaign.brand, at=now, by="Mitra") == 1
    assert standing() == 0


def test_an_undone_file_takes_back_what_its_orders_earned_and_may_earn_again(
    campaign: Campaign, coordinator: User, code: VoucherCode, share: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    data = b"order,date,amount,code\n1001,2026-11-20,270000,KIRANA10\n"
    for _again in (1, 2):
        file = take_file(kind_of("orders"), campaign, "o.csv", data, user=coordinator)
        bring_in(file, at=now, actor=actor)
        assert standing() == 27_000
        undo(file, at=now, actor=actor)
        assert standing() == 0


def test_an_order_of_an_ambassadors_code_is_noted_at_her_deal_and_nowhere_else(
    take: Take, code: VoucherCode, deal: AmbassadorDeal
) -> None:
    taken = take("1001", 270_000, code="KIRANA10", shipping=Decimal(15_000))
    assert taken.why == ""
    sale = Sale.objects.get()
    assert (sale.number, sale.deal, int(sale.gross.amount), int(sale.shipping)) == ("1001", deal, 285_000, 15_000)
    assert LedgerLine.objects.count() == 0


def test_a_sale_that_was_noted_by_hand_before_is_not_noted_twice(
    take: Take, code: VoucherCode, deal: AmbassadorDeal
) -> None:
    take("1001", code="KIRANA10")
    Sale.objects.get()
    from campaigns.results.models import Order

    Order.objects.all().delete()
    assert (take("1001", code="KIRANA10").is_new, Sale.objects.count()) == (True, 1)


def test_a_whole_return_ends_the_sale_and_a_part_of_it_does_not(
    take: Take, code: VoucherCode, deal: AmbassadorDeal, now: dt.datetime
) -> None:
    order = take("1001", 270_000, code="KIRANA10").order
    give_back(order, Decimal(70_000), number="R-1", on=ON, at=now, by="shop")
    assert Sale.objects.get().returned_on is None
    give_back(order, Decimal(200_000), number="R-2", on=ON, at=now, by="shop")
    assert Sale.objects.get().returned_on == ON
