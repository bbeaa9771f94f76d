"""How shares are written."""

from decimal import Decimal

import pytest

from campaigns.results.reports.words import rate


@pytest.mark.parametrize(
    ("share", "reads"),
    [
        (Decimal("0.02546"), "2.55%"),
        (Decimal("0.0001"), "0.01%"),
        (Decimal(5) / Decimal(357_500), "< 0.01%"),
        (Decimal(0), "0%"),
        (None, "n/a"),
    ],
)
def test_a_share_that_would_round_to_nothing_says_how_little_it_is(share: Decimal | None, reads: str) -> None:
    assert rate(share) == reads
