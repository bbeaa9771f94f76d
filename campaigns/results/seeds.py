"""How much is a change, and what EMV takes things to be worth: the house's own, to be edited."""

from collections.abc import Iterator
from decimal import Decimal

from campaigns.results.models import ChangeThreshold, EmvRate
from crm.base.models import Grade
from crm.base.seeding import seed

FROM_PERCENT = Decimal(5)
OWN = "Mitra: our own choice, no agreed formula exists"
RUPIAH = {
    "likes": 150, "comments": 1_500, "saves": 1_000, "shares": 2_000, "views": 50, "reach": 25, "impressions": 20,
    "clicks": 2_500,
}  # fmt: skip


@seed(ChangeThreshold, "kind", "valid_from")
def thresholds() -> Iterator[ChangeThreshold]:
    """Below five in a hundred nothing moved, unless a KPI has a threshold of its own."""
    yield ChangeThreshold(kind=None, valid_from=None, percent=FROM_PERCENT, source="Mitra", grade=Grade.HOUSE)


@seed(EmvRate, "platform", "metric", "valid_from")
def rates() -> Iterator[EmvRate]:
    """Off until a house wants EMV; then these stand printed beside it (domain section 8.5)."""
    for metric, value in RUPIAH.items():
        yield EmvRate(
            platform=None, metric=metric, valid_from=None, value=Decimal(value), currency="IDR", source=OWN,
            grade=Grade.HOUSE,
        )  # fmt: skip
