from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.amounts import read_amount, read_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("63,3 rb", 63_300),
        ("12,5 rb", 12_500),
        ("12,5rb", 12_500),
        ("1,8 jt", 1_800_000),
        ("1,2 Juta", 1_200_000),
        ("475.8m", 475_800_000),
        ("477.9M", 477_900_000),
        ("0.89k", 890),
        ("154.8k", 154_800),
        ("88.219", 88_219),
        ("88,219", 88_219),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("46025", 46_025),
        ("46025.0", 46_025),
        ("9K", 9_000),
        (" 9 ribu ", 9_000),
        ("10rb+", 10_000),
        ("~10k", 10_000),
        ("12,5 rb followers", 12_500),
        ("3400 pengikut", 3_400),
        ("1.234 jt", 1_234_000),
        ("1b", 1_000_000_000),
        ("１２３", 123),
        ("0", 0),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-",
            "N/A",
            "NaN",
            "nan",
            "inf",
            "tidak ada",
            "12.5",
            "2.37",
            "0.031",
            "-5",
            "3,2%",
            "k",
            "rb",
            "5 x",
        ),
        *("1.23.456", "1,23.456.7", "12.34.5", "1e5", "9" * 19, "500000 - 750000", "12k 13k", "²"),
    ],
)
def test_what_says_no_whole_number_counts_nothing(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp1.500.000", "1500000"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp. 1.500.000,00", "1500000.00"),
        ("IDR 1,500,000.50", "1500000.50"),
        ("1,5 juta", "1500000"),
        ("2,8jt", "2800000"),
        ("750rb", "750000"),
        ("750k", "750000"),
        ("500000", "500000"),
        ("1.500.000 rupiah", "1500000"),
        ("1,2 miliar", "1200000000"),
        ("7.500", "7500"),
        ("0,5 jt", "500000"),
        ("12.50", "12.50"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "-", "N/A", "NaN", "Nego", "$500", "USD 500", "2jt/reel", "500000 - 750000", "-5000", "rp", "5%"]
)
def test_what_says_no_rupiah_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize("text", ["2M", "1,5 m", "1b", "1.500 rb", "1,500k"])
def test_an_amount_with_two_honest_readings_is_not_guessed(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from([".", ",", " "]))
def test_every_grouped_whole_number_comes_back(number: int, separator: str) -> None:
    text = f"{number:,}".replace(",", separator)

    assert read_count(text) == number
    assert read_amount(f"Rp{text}") == Decimal(number)


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    count, amount = read_count(text), read_amount(text)

    assert count is None or count >= 0
    assert amount is None or (amount.is_finite() and amount >= 0)
