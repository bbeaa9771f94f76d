"""The numbers the rules of samples go by, each with where it comes from."""

from collections.abc import Iterator

from campaigns.samples.models import SampleTerm
from crm.base.models import Grade
from crm.base.seeding import seed

Code = SampleTerm.Code
SEEDLANE = "https://seedlane.app/en/guides/relancer-micro-influenceurs-gifting"

OURS = (
    (Code.ADDRESS_GOOD, 90),
    (Code.USE_PERIOD, 30),
    (Code.PACKED_WAITS, 2),
    (Code.NO_EVENT, 3),
    (Code.LOAN_CHARGE, 30),
    (Code.LOAN_WEAR, 5),
    (Code.STOCK_LOW, 5),
    (Code.ENDS_SOON, 60),
)
"""Our own choice, each."""


@seed(SampleTerm, "code", "valid_from")
def sample_terms() -> Iterator[SampleTerm]:
    for code, number in OURS:
        yield SampleTerm(code=code, number=number, source="Mitra")
    yield SampleTerm(
        code=Code.GIFT_ASK,
        number=3,
        source="Seedlane: following up on gifts",
        source_url=SEEDLANE,
        source_year=2026,
        grade=Grade.EXPERT,
    )
