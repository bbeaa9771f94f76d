"""One celebrity or many micro-influencers, as the articles count it."""

from decimal import Decimal

from campaigns.shortlist.versus import Side

CELEBRITY = Side(1, 3_000_000, Decimal(150_000_000), Decimal("1.66"), Decimal(20), Decimal(15))
MICROS = Side(50, 40_000, Decimal(3_000_000), Decimal("2.37"), Decimal(20), Decimal(60))


def test_the_same_money_buys_a_few_more_likes_from_the_celebrity() -> None:
    assert CELEBRITY.cost == MICROS.cost == 150_000_000
    assert (CELEBRITY.engagements, CELEBRITY.cost_each) == (49_800, 3_012)
    assert (MICROS.engagements, MICROS.cost_each) == (47_400, 3_165)


def test_effective_reach_turns_the_answer_around() -> None:
    assert (CELEBRITY.reach, MICROS.reach) == (600_000, 400_000)
    assert (CELEBRITY.effective, MICROS.effective) == (90_000, 240_000)


def test_every_person_is_a_contract_more() -> None:
    assert (CELEBRITY.contracts, MICROS.contracts) == (1, 50)


def test_what_nobody_knows_is_not_counted_as_nothing() -> None:
    blind = Side(1, 1_000, Decimal(500_000), Decimal(0))
    assert (blind.cost_each, blind.reach, blind.effective, blind.cost_per_thousand) == (None, None, None, None)
