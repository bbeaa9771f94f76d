"""What is charged for a period: at its beginning or its end, what is corrected later, and what waits for a decision."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.models import (
    AmbassadorDeal,
    DealPause,
    PeriodQuota,
    Program,
    RetainerCharge,
    RetainerRate,
    Termination,
)
from crm.ambassadors.pay.deciders import approve_charge, decider_of, refuse_charge
from crm.ambassadors.pay.retainers import earned, on_close, on_open
from crm.payments.models import LedgerLine
from crm.payments.queries import balance
from crm.reminders.models import Todo
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.transitions import TransitionRefused
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.pay.conftest import at, booked, charges, day, period_of, rupiah
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(organisation: Any) -> User:
    return UserFactory(role=Role.MANAGER, name="Manager Tiga")


@pytest.fixture
def deal(deal_of: DealOf, circle: Program) -> AmbassadorDeal:
    return deal_of(program=circle)


@pytest.fixture
def paid_ahead(deal_of: DealOf, circle: Program) -> AmbassadorDeal:
    return deal_of(program=circle, billing="advance", pay_days=7)


def raise_to(deal: AmbassadorDeal, amount: int, from_on: dt.date) -> None:
    RetainerRate.objects.create(deal=deal, amount=Money(amount, "IDR"), from_on=from_on)


def test_at_the_end_of_a_period_what_it_came_to_is_due(deal: AmbassadorDeal) -> None:
    """31 August and 30 days is Wednesday 30 September."""
    period = period_of(deal, 8)
    on_open(period, at=at(8, 1))
    assert charges(deal) == []
    on_close(period, at=at(9, 1))
    assert charges(deal) == [("retainer", 10_000_000, "raised")]
    assert booked(deal) == [("due", "retainer", 10_000_000, "2026-09-30")]
    told = Entry.objects.get(verb="retainer.retainer").sentence_en
    assert told == "Retainer for period 1 of Lumi Circle: IDR\u00a010,000,000, to be paid by 30 September 2026"


def test_at_the_beginning_it_is_due_as_the_period_begins(paid_ahead: AmbassadorDeal) -> None:
    """1 August 2026 and 7 days is a Saturday: the next working day is Monday the 10th."""
    on_open(period_of(paid_ahead, 8), at=at(8, 1))
    assert booked(paid_ahead) == [("due", "retainer", 10_000_000, "2026-08-10")]


def test_a_period_is_charged_once_however_often_it_is_looked_at(paid_ahead: AmbassadorDeal) -> None:
    period = period_of(paid_ahead, 8)
    for _twice in range(2):
        on_open(period, at=at(8, 1))
    for _twice in range(2):
        on_close(period, at=at(9, 1))
    assert charges(paid_ahead) == [("retainer", 10_000_000, "raised")]


def test_a_raise_inside_a_period_paid_ahead_is_a_correction_as_it_closes(paid_ahead: AmbassadorDeal) -> None:
    period = period_of(paid_ahead, 8)
    on_open(period, at=at(8, 1))
    raise_to(paid_ahead, 12_000_000, day(8, 11))
    on_close(period, at=at(9, 1))
    assert charges(paid_ahead) == [("retainer", 10_000_000, "raised"), ("adjustment", 1_354_839, "raised")]
    assert booked(paid_ahead)[1] == ("due", "adjustment", 1_354_839, "2026-09-07")


def test_a_pause_inside_a_period_paid_ahead_is_owed_back_as_it_closes(paid_ahead: AmbassadorDeal) -> None:
    period = period_of(paid_ahead, 7)
    on_open(period, at=at(7, 1))
    DealPause.objects.create(deal=paid_ahead, first_on=day(7, 1), last_on=day(7, 15), effect="freeze")
    on_close(period, at=at(8, 1))
    assert [line[2] for line in booked(paid_ahead)] == [10_000_000, -4_838_710]
    assert balance(paid_ahead.contract) == {"IDR": 5_161_290}


def test_a_raise_makes_two_parts_and_both_are_kept(deal: AmbassadorDeal) -> None:
    raise_to(deal, 12_000_000, day(8, 11))
    amount, parts = earned(period_of(deal, 8))
    assert amount == rupiah(11_354_839)
    assert parts == [
        {"from": "2026-08-01", "to": "2026-08-10", "days": 10, "of": 31, "rate": "10000000.00", "amount": "3225806"},
        {"from": "2026-08-11", "to": "2026-08-31", "days": 21, "of": 31, "rate": "12000000.00", "amount": "8129033"},
    ]


def test_a_month_that_was_frozen_is_told_and_leaves_no_line(deal: AmbassadorDeal) -> None:
    DealPause.objects.create(deal=deal, first_on=day(6, 1), last_on=day(7, 15), effect="freeze")
    on_close(period_of(deal, 6, active_days=0), at=at(7, 1))
    on_close(period_of(deal, 7, 2, active_days=16), at=at(8, 1))
    assert charges(deal) == [("retainer", 0, "raised"), ("retainer", 5_161_290, "raised")]
    assert [line[2] for line in booked(deal)] == [5_161_290]


def test_a_deal_without_a_retainer_charges_nothing(deal_of: DealOf) -> None:
    deal = deal_of(retainer=None)
    on_close(period_of(deal, 8), at=at(9, 1))
    assert charges(deal) == []


def test_up_to_a_day_a_period_earns_its_days(deal: AmbassadorDeal) -> None:
    assert earned(period_of(deal, 8), day(8, 20))[0] == rupiah(6_451_613)
    assert earned(period_of(deal, 9, 2), day(8, 20))[0] == rupiah(0)


# ---- deductions and extras ---------------------------------------------------------------------------------------------
@pytest.fixture
def short(deal: AmbassadorDeal, manager: User) -> RetainerCharge:
    """One of four was missed."""
    period, line = period_of(deal, 8), deal.quotas.get()
    PeriodQuota.objects.create(period=period, line=line, granted=4, delivered=3, settled=-1)
    on_close(period, at=at(9, 1), shortfalls={line: (1, 4)})
    return RetainerCharge.objects.get(kind="deduction")


def test_a_deduction_waits_for_a_decision(deal: AmbassadorDeal, short: RetainerCharge, manager: User) -> None:
    assert charges(deal) == [("retainer", 10_000_000, "raised"), ("deduction", -2_500_000, "proposed")]
    assert [line[1] for line in booked(deal)] == ["retainer"]
    task = Todo.objects.open().get()
    assert (task.owner, task.url) == (manager, f"/ambassadors/{deal.pk}/money/#decide")
    assert task.text == "IDR\u00a02,500,000 for posts missed in period 1 of Lumi Circle: is it taken off?"


def test_a_deduction_is_a_share_of_everything_the_period_owed(deal: AmbassadorDeal, manager: User) -> None:
    """Two of two stories missed beside two reels that came: half of what was owed, half of the retainer."""
    period, reels = period_of(deal, 8), deal.quotas.get()
    stories = line_of(deal, 2, "story")
    PeriodQuota.objects.create(period=period, line=reels, granted=2, delivered=2)
    PeriodQuota.objects.create(period=period, line=stories, granted=2, settled=-2)
    on_close(period, at=at(9, 1), shortfalls={stories: (2, 2)})
    assert charges(deal)[1] == ("deduction", -5_000_000, "proposed")


def test_a_deduction_never_takes_more_than_everything(deal: AmbassadorDeal, manager: User) -> None:
    line = deal.quotas.get()
    on_close(period_of(deal, 8), at=at(9, 1), shortfalls={line: (7, 4)})
    assert charges(deal)[1] == ("deduction", -10_000_000, "proposed")


def test_agreed_a_deduction_is_owed_by_her(deal: AmbassadorDeal, short: RetainerCharge, manager: User) -> None:
    approve_charge(short, by=manager, at=at(9, 3))
    assert booked(deal)[1] == ("due", "deduction", -2_500_000, "2026-10-05")
    assert balance(deal.contract) == {"IDR": 7_500_000}
    assert Todo.objects.open().count() == 0


def test_less_than_was_proposed_may_be_agreed(deal: AmbassadorDeal, short: RetainerCharge, manager: User) -> None:
    approve_charge(short, by=manager, at=at(9, 3), amount=rupiah(-1_000_000))
    assert charges(deal)[1] == ("deduction", -1_000_000, "raised")


@pytest.mark.parametrize("amount", [rupiah(-2_500_001), rupiah(1), Money(-1, "USD")])
def test_more_than_was_proposed_may_not(
    deal: AmbassadorDeal, short: RetainerCharge, manager: User, amount: Money
) -> None:
    with pytest.raises(ValidationError) as refused:
        approve_charge(short, by=manager, at=at(9, 3), amount=amount)
    assert refused.value.message_dict == {"amount": ["At most IDR\u00a02,500,000 was proposed."]}
    assert charges(deal)[1] == ("deduction", -2_500_000, "proposed")


def test_refused_a_deduction_leaves_the_retainer_alone(
    deal: AmbassadorDeal, short: RetainerCharge, manager: User
) -> None:
    refuse_charge(short, "our parcel was late", by=manager, at=at(9, 3))
    assert charges(deal)[1] == ("deduction", -2_500_000, "refused")
    assert balance(deal.contract) == {"IDR": 10_000_000}
    short.refresh_from_db()
    assert (short.why, short.decided_by) == ("our parcel was late", manager.get_short_name())


def test_what_was_decided_is_not_decided_again(deal: AmbassadorDeal, short: RetainerCharge, manager: User) -> None:
    refuse_charge(short, "our parcel was late", by=manager, at=at(9, 3))
    with pytest.raises(TransitionRefused):
        approve_charge(short, by=manager, at=at(9, 4))
    assert LedgerLine.objects.count() == 1


def test_posts_beyond_the_quota_are_proposed_at_their_price(deal_of: DealOf, circle: Program, manager: User) -> None:
    deal = deal_of(program=circle, line={"extra_price": rupiah(1_500_000)})
    line, gift = deal.quotas.get(), line_of(deal, 2, "story")
    on_close(period_of(deal, 8), at=at(9, 1), extras={line: 2, gift: 3})
    assert charges(deal)[1:] == [("extra", 3_000_000, "proposed")]
    approve_charge(RetainerCharge.objects.get(kind="extra"), by=manager, at=at(9, 3))
    assert booked(deal)[1][:3] == ("due", "extra", 3_000_000)


def test_an_owner_who_decides_is_asked_herself(deal: AmbassadorDeal, manager: User) -> None:
    assert decider_of(deal.contract) == manager
    deal.contract.owner = UserFactory(role=Role.ADMIN)
    assert decider_of(deal.contract) == deal.contract.owner


def test_nothing_is_charged_once_a_deal_is_settled(paid_ahead: AmbassadorDeal) -> None:
    period = period_of(paid_ahead, 8)
    on_open(period, at=at(8, 1))
    Termination.objects.create(deal=paid_ahead, kind="mutual", by="both", effective_on=day(8, 20), settled_at=at(8, 20))
    on_close(period, at=at(9, 1))
    assert charges(paid_ahead) == [("retainer", 10_000_000, "raised")]
