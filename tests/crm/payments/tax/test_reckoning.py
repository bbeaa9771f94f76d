"""Tax as arithmetic: the checked cases of the domain rules, and what holds of any amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.payments.tax.reckoning import Band, Rates, gross_for, rounded, vat_on, withheld

MILLION = 1_000_000
EDGES = ((0, 60, 500), (60, 250, 1_500), (250, 500, 2_500), (500, 5_000, 3_000), (5_000, None, 3_500))
BANDS = tuple(Band(Decimal(a * MILLION), None if b is None else Decimal(b * MILLION), bp) for a, b, bp in EDGES)
PPH21 = Rates(base_bp=5_000, surcharge_bp=12_000, bands=BANDS)
PPH23 = Rates(rate_bp=200, surcharge_bp=20_000)
PPH26 = Rates(rate_bp=2_000)
VAT = Rates(rate_bp=1_200, base_top=11, base_bottom=12)
ALL = st.sampled_from([PPH21, PPH23, PPH26])
RUPIAH = st.integers(min_value=0, max_value=20_000 * MILLION)


@pytest.mark.parametrize(
    ("rates", "gross", "known", "base", "tax"),
    [
        (PPH21, 1_500_000, True, 750_000, 37_500),
        (PPH21, 20_000_000, True, 10_000_000, 500_000),
        (PPH21, 120_000_000, True, 60_000_000, 3_000_000),
        (PPH21, 150_000_000, True, 75_000_000, 5_250_000),
        (PPH21, 150_000_000, False, 75_000_000, 6_300_000),
        (PPH21, 600_000_000, True, 300_000_000, 44_000_000),
        (PPH21, 5_000_000 + 3_000_000, True, 4_000_000, 200_000),
        (PPH23, 50_000_000, True, 50_000_000, 1_000_000),
        (PPH23, 50_000_000, False, 50_000_000, 2_000_000),
        (PPH26, 50_000_000, True, 50_000_000, 10_000_000),
    ],
)
def test_what_is_withheld_is_what_was_checked(rates: Rates, gross: int, known: bool, base: int, tax: int) -> None:
    assert withheld(rates, gross, known=known) == (base, tax)


def test_a_second_payment_of_the_month_is_taxed_on_the_total() -> None:
    first = withheld(PPH21, 80 * MILLION, known=True)
    second = withheld(PPH21, 70 * MILLION, known=True, gross_before=80 * MILLION, tax_before=first.tax)
    assert (first.tax, second.tax, withheld(PPH21, 70 * MILLION, known=True).tax) == (2_000_000, 3_250_000, 1_750_000)


def test_ten_million_net_are_the_gross_that_was_checked() -> None:
    gross = gross_for(PPH21, 10_000_000, known=True)
    assert (gross, withheld(PPH21, gross, known=True).tax) == (10_256_410, 256_410)


def test_vat_is_taken_on_eleven_twelfths() -> None:
    assert vat_on(VAT, 50_000_000) == (45_833_333, 5_500_000)


@pytest.mark.parametrize(("rounding", "tax"), [("half_up", 3), ("down", 2)])
def test_half_a_rupiah_goes_where_the_rule_says(rounding: str, tax: int) -> None:
    assert withheld(Rates(rate_bp=200, rounding=rounding), 125, known=True).tax == tax


def test_other_currencies_keep_their_cents() -> None:
    assert withheld(PPH26, Decimal("100.33"), known=True, places=2).tax == Decimal("20.07")
    assert rounded(Decimal("0.005"), 2) == Decimal("0.01")


def test_bands_move_with_what_a_currency_is_worth() -> None:
    dollars = PPH21.in_currency(Decimal(16_000))
    assert withheld(dollars, 9_375, known=True, places=2).tax == Decimal(
        "328.13"
    )  # 150 million are taxed with 5,250,000


def test_what_was_withheld_too_much_is_not_given_back_here() -> None:
    assert withheld(PPH21, MILLION, known=True, gross_before=0, tax_before=90_000).tax == 0


def test_a_tax_of_everything_leaves_no_net() -> None:
    with pytest.raises(ValueError, match="No gross leaves this net"):
        gross_for(Rates(rate_bp=10_000), 1_000, known=True)


@given(ALL, RUPIAH, RUPIAH, st.booleans())
def test_more_gross_is_never_less_tax(rates: Rates, one: int, more: int, known: bool) -> None:
    assert withheld(rates, one, known=known).tax <= withheld(rates, one + more, known=known).tax


@given(ALL, RUPIAH, st.booleans())
def test_the_surcharge_is_never_cheaper_and_tax_never_above_the_gross(rates: Rates, gross: int, known: bool) -> None:
    plain, dearer = withheld(rates, gross, known=True).tax, withheld(rates, gross, known=False).tax
    assert 0 <= plain <= dearer <= gross or gross == 0


@given(ALL, RUPIAH, RUPIAH, RUPIAH, st.booleans())
def test_the_smallest_gross_leaves_the_net(rates: Rates, net: int, in_kind: int, before: int, known: bool) -> None:
    tax_before = withheld(rates, before, known=known).tax
    said = {"known": known, "gross_before": before, "tax_before": tax_before}

    def left(gross: Decimal) -> Decimal:
        return gross - withheld(rates, gross + in_kind, **said).tax

    gross = gross_for(rates, net, in_kind=in_kind, **said)
    assert left(gross) >= net
    assert gross == 0 or left(gross - 1) < net


@given(ALL, st.lists(RUPIAH, min_size=1, max_size=6), st.booleans())
def test_the_parts_of_a_month_are_taxed_like_the_whole(rates: Rates, parts: list[int], known: bool) -> None:
    gross, tax = Decimal(0), Decimal(0)
    for part in parts:
        tax += withheld(rates, part, known=known, gross_before=gross, tax_before=tax).tax
        gross += part
    assert tax == withheld(rates, gross, known=known).tax
