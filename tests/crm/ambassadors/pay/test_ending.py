"""How a deal ends: on which day, what is settled, what the ledger says of it, and what is to be seen to afterwards."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, Termination
from crm.ambassadors.pay.commissions import mature
from crm.ambassadors.pay.ending import End, effective_day, end_deal, sums_of
from crm.ambassadors.pay.retainers import on_close, on_open
from crm.ambassadors.pay.settling import SettledLine, settlement_of, standing_of
from crm.ambassadors.pay.upkeep import look
from crm.ambassadors.places import Owed, loans_out, unpaid_work
from crm.contracts.models import Contract
from crm.payments.queries import balance
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import Sell, at, booked, charges, day, period_of, rupiah, share_of

pytestmark = pytest.mark.django_db
AUGUST_20 = day(8, 20)


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    return deal_of()


@pytest.fixture
def paid_ahead(deal_of: DealOf) -> AmbassadorDeal:
    made = deal_of(billing="advance", pay_days=7)
    on_open(period_of(made, 8, 8), at=at(8, 1))
    return made


def ending(kind: str = "convenience", by: str = "us", on: dt.date = AUGUST_20, why: str = "") -> End:
    return End(kind, by, on, why)


def told(lines: list[SettledLine]) -> list[tuple[str, str, int]]:
    return [(line.key, line.kind, int(line.amount.amount)) for line in lines]


def as_reckoned(deal: AmbassadorDeal, end: End) -> dict[str, tuple[Decimal, str]]:
    lines = settlement_of(deal, end.on, end.kind, end.by)
    return {line.key: (line.size.amount, "") for line in lines}


# ---- what is settled ---------------------------------------------------------------------------------------------------
def test_a_period_ended_in_the_middle_has_earned_its_days(deal: AmbassadorDeal) -> None:
    period_of(deal, 8, 8)
    assert told(settlement_of(deal, AUGUST_20)) == [("period:8", "retainer", 6_451_613), ("kill_fee", "kill_fee", 0)]


def test_an_advance_that_was_not_earned_is_owed_back(paid_ahead: AmbassadorDeal) -> None:
    lines = settlement_of(paid_ahead, AUGUST_20, "cause")
    assert told(lines) == [("period:8", "advance_back", -3_548_387)]
    assert lines[0].is_ours is True


def test_what_is_closed_is_not_settled_again(deal: AmbassadorDeal) -> None:
    closed = period_of(deal, 7, 7)
    on_close(closed, at=at(8, 1))
    DealPeriod.objects.update(state="closed", closed_at=at(8, 1))
    period_of(deal, 8, 8)
    assert [key for key, _kind, _amount in told(settlement_of(deal, AUGUST_20, "cause"))] == ["period:8"]
    assert [(str(one.label), one.amount) for one in standing_of(deal)] == [("Retainer", rupiah(10_000_000))]


@pytest.mark.parametrize(
    ("kind", "by", "is_asked"),
    [
        ("convenience", "us", True),
        ("mutual", "both", True),
        ("convenience", "her", False),
        ("mutual", "her", False),
        ("cause", "us", False),
        ("expiry", "us", False),
        ("force", "us", False),
    ],
)
def test_a_kill_fee_is_asked_for_only_where_it_may_be_due(
    deal: AmbassadorDeal, kind: str, by: str, is_asked: bool
) -> None:
    assert [line.kind for line in settlement_of(deal, AUGUST_20, kind, by)] == (["kill_fee"] if is_asked else [])


@pytest.fixture
def rooms_above() -> Iterator[None]:
    """What other rooms would tell: one approved post that is not paid, one camera that is not back."""
    unpaid_work("here")(lambda _deal, _on: [Owed("post:1", "One Reel", rupiah(900_000))])
    loans_out("here")(lambda _deal: [Owed("parcel:1", "A camera", rupiah(4_000_000))])
    yield
    unpaid_work._placed.pop("here")
    loans_out._placed.pop("here")


@pytest.mark.usefixtures("rooms_above")
def test_unpaid_work_and_loans_are_settled_with_it(deal: AmbassadorDeal) -> None:
    assert told(settlement_of(deal, AUGUST_20, "cause")) == [
        ("work:post:1", "fee", 900_000),
        ("loan:parcel:1", "loan", -4_000_000),
    ]


def test_posts_still_owed_ask_what_is_taken_off(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of(line={"rollover": "deduct"})
    PeriodQuota.objects.create(period=period_of(deal, 8, 8), line=deal.quotas.get(), granted=2, delivered=1, left=1)
    line = settlement_of(deal, AUGUST_20, "cause")[1]
    assert (line.kind, line.amount, line.how) == (
        "deduction", rupiah(0), "1 of 2 posts are still owed. Enter what is taken off, or nothing."
    )  # fmt: skip
    end_deal(deal, ending("cause", why="x"), {line.key: (Decimal(500_000), "agreed")}, at=at(8, 20), actor=actor)
    assert [row[:3] for row in booked(deal)] == [("due", "deduction", -500_000)]


def test_ended_for_cause_what_she_owes_is_not_set_off() -> None:
    lines = [
        SettledLine("a", "retainer", "a", rupiah(100)),
        SettledLine("b", "advance_back", "b", rupiah(-30), is_ours=True),
    ]
    assert sums_of(lines, "cause") == [rupiah(100), rupiah(-30)]
    assert sums_of(lines, "mutual") == [rupiah(70)]


# ---- on which day ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "last_on"),
    [
        ("convenience", dt.date(2026, 12, 31)),
        ("cause", AUGUST_20),
        ("mutual", AUGUST_20),
        ("force", AUGUST_20),
    ],
)
def test_in_its_notice_period_the_later_day_wins_unless_for_cause(deal_of: DealOf, kind: str, last_on: dt.date) -> None:
    noticed = deal_of(status=Contract.Status.IN_NOTICE, notice_on=day(7, 1))
    assert effective_day(noticed, ending(kind)) == last_on


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2025, 12, 31), "It had not begun then. Void the contract instead."),
        (dt.date(2027, 1, 1), "It ends on 31 December 2026 anyway. Choose that day or an earlier one."),
        (day(7, 30), "Period 7 is closed, up to 31 July 2026. Choose that day or a later one."),
    ],
)
def test_a_day_outside_of_what_may_still_end_is_refused(
    deal: AmbassadorDeal, actor: Actor, on: dt.date, words: str
) -> None:
    period_of(deal, 7, 7, state="closed", closed_at=at(8, 1))
    with pytest.raises(ValidationError) as refused:
        end_deal(deal, ending(on=on), {}, at=at(8, 3), actor=actor)
    assert refused.value.messages == [words]
    assert Termination.objects.count() == 0
    assert Contract.objects.get(pk=deal.contract_id).status == "active"


def test_what_goes_on_by_itself_takes_a_notice_first(deal_of: DealOf, actor: Actor) -> None:
    auto = deal_of(renewal="auto", renew_months=12, notice_value=30)
    with pytest.raises(ValidationError) as refused:
        end_deal(auto, ending("expiry", on=dt.date(2026, 12, 31)), {}, at=at(8, 3), actor=actor)
    assert refused.value.messages == [
        "It goes on by itself after 31 December 2026 unless notice is given. Note the notice, or choose an earlier day."
    ]


# ---- what is written ---------------------------------------------------------------------------------------------------
def test_ended_its_contract_ends_and_its_settlement_is_due(deal: AmbassadorDeal, actor: Actor) -> None:
    """20 August and 30 days is Saturday 19 September: Monday the 21st."""
    period_of(deal, 8, 8)
    end = ending("mutual", "both", why="moves abroad")
    made = end_deal(deal, end, {**as_reckoned(deal, end), "kill_fee": (Decimal(2_000_000), "half, as agreed")},
                    at=at(8, 12), actor=actor)  # fmt: skip
    contract = Contract.objects.get(pk=deal.contract_id)
    assert (contract.status, contract.closed_on, contract.closed_why) == ("terminated", AUGUST_20, "moves abroad")
    assert booked(deal) == [
        ("due", "retainer", 6_451_613, "2026-09-21"),
        ("due", "kill_fee", 2_000_000, "2026-09-21"),
    ]
    assert [(line["what"], line["amount"], line["note"]) for line in made.settlement] == [
        ("period:8", ["6451613", "IDR"], ""),
        ("kill_fee", ["2000000", "IDR"], "half, as agreed"),
    ]
    assert (made.effective_on, made.settled_at, made.settled_by) == (AUGUST_20, at(8, 12), actor.label)


def test_for_cause_an_unearned_advance_is_a_claim_of_its_own(paid_ahead: AmbassadorDeal, actor: Actor) -> None:
    end = ending("cause", why="a rival's post")
    end_deal(paid_ahead, end, as_reckoned(paid_ahead, end), at=at(8, 20), actor=actor)
    assert [line[:3] for line in booked(paid_ahead)] == [
        ("due", "retainer", 10_000_000),
        ("due", "advance_back", -3_548_387),
    ]
    assert charges(paid_ahead) == [("retainer", 10_000_000, "raised"), ("adjustment", -3_548_387, "raised")]


def test_closing_a_period_that_was_settled_corrects_nothing(paid_ahead: AmbassadorDeal, actor: Actor) -> None:
    end = ending("cause", why="a rival's post")
    end_deal(paid_ahead, end, {"period:8": (Decimal(3_000_000), "rounded, as agreed")}, at=at(8, 20), actor=actor)
    on_close(DealPeriod.objects.get(number=8), at=at(8, 21))
    assert balance(paid_ahead.contract) == {"IDR": 7_000_000}


def test_what_nobody_confirmed_is_not_booked(deal: AmbassadorDeal, actor: Actor) -> None:
    period_of(deal, 8, 8)
    end_deal(deal, ending(), {"kill_fee": (Decimal(0), "")}, at=at(8, 20), actor=actor)
    assert booked(deal) == []


def test_it_is_ended_once(deal: AmbassadorDeal, actor: Actor) -> None:
    period_of(deal, 8, 8)
    end = ending()
    end_deal(deal, end, as_reckoned(deal, end), at=at(8, 20), actor=actor)
    before = booked(deal)
    with pytest.raises(ValidationError) as refused:
        end_deal(AmbassadorDeal.objects.get(), end, as_reckoned(deal, end), at=at(8, 21), actor=actor)
    assert refused.value.messages == ["It is ended and settled already."]
    assert booked(deal) == before


def test_commission_held_matures_after_the_end(deal: AmbassadorDeal, actor: Actor, sell: Sell) -> None:
    share_of(deal, hold_days=30)
    sell(deal, 500_000, on=day(8, 10))
    end_deal(deal, ending("mutual", "both"), {}, at=at(8, 20), actor=actor)
    assert look(at(9, 9)) == {"matured": 1}
    assert [line[:3] for line in booked(deal)] == [("due", "commission", 50_000)]


def test_a_matured_order_is_not_matured_by_an_end(deal: AmbassadorDeal, sell: Sell) -> None:
    share_of(deal, hold_days=0)
    sell(deal, 500_000)
    mature(deal, now=at(11, 24))
    assert [one.amount for one in standing_of(deal)] == [Money(50_000, "IDR")]
