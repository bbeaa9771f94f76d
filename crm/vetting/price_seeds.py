"""What others say a post costs. They differ by factors of four to fifteen, so each stays a hint with its source and year."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import Platform
from crm.vetting.models import PriceBand

K, M = 1_000, 1_000_000
IDR, USD = "IDR", "USD"
HERALD = (
    "https://herald.id/2024/11/13/dari-nano-hingga-mega-influencer-segini-harga-endorse-berdasarkan-jumlah-pengikut/"
)
CALCSCOPE = "https://www.calcscope.com/id/productivity/influencer-brand-deal"
HERCO = "https://hercodigital.id/biaya-endorsement-kol-indonesia"
WORD_ON_THE_BLOCK = "https://www.wordontheblock.com/blog/influencer-pricing-guide"
ALITTLECLASS = "http://alittleclass.blogspot.com/2021/01/how-much-do-influencers-cost.html"


class Step(NamedTuple):
    """From so many followers up to so many, a post costs from so much to so much; None is open."""

    low_followers: int
    high_followers: int | None
    low: int
    high: int | None


class Ladder(NamedTuple):
    """What one source says of one platform, or of any."""

    name: str
    year: int
    address: str
    currency: str
    platform: str
    steps: tuple[Step, ...]


SINCE_2021 = {
    "instagram": (
        Step(1 * K, 10 * K, 10, 100), Step(10 * K, 50 * K, 100, 500), Step(50 * K, 500 * K, 500, 5_000),
        Step(500 * K, 1 * M, 5_000, 10_000), Step(1 * M, None, 10_000, None),
    ),
    "tiktok": (
        Step(1 * K, 10 * K, 5, 25), Step(10 * K, 50 * K, 25, 125), Step(50 * K, 500 * K, 125, 1_250),
        Step(500 * K, 1 * M, 1_250, 2_500), Step(1 * M, None, 2_500, None),
    ),
    "youtube": (
        Step(1 * K, 10 * K, 20, 200), Step(10 * K, 50 * K, 200, 1_000), Step(50 * K, 500 * K, 1_000, 10_000),
        Step(500 * K, 1 * M, 10_000, 20_000), Step(1 * M, None, 20_000, None),
    ),
}  # fmt: skip
"""The ladder of 2021. The guide of 2023 repeats it without its middle step, and calls micro what has up to 100,000."""


def repeated(platform: str) -> tuple[Step, ...]:
    """The same ladder as the guide of 2023 gives it."""
    nano, micro, _mid, macro, mega = SINCE_2021[platform]
    return nano, micro._replace(high_followers=100 * K), macro, mega


LADDERS = (
    Ladder("Herald.id", 2024, HERALD, IDR, "", (
        Step(1 * K, 10 * K, 50_000, 500_000), Step(10 * K, 100 * K, 500_000, 2_500_000),
        Step(100 * K, 1 * M, 2_500_000, 10_000_000), Step(1 * M, None, 10_000_000, None),
    )),
    Ladder("CalcScope", 2025, CALCSCOPE, IDR, "", (
        Step(1 * K, 10 * K, 500_000, 2_000_000), Step(10 * K, 100 * K, 2_000_000, 10_000_000),
        Step(100 * K, 500 * K, 10_000_000, 50_000_000), Step(500 * K, 1 * M, 50_000_000, 150_000_000),
        Step(1 * M, None, 150_000_000, None),
    )),
    Ladder("Herco Digital", 2025, HERCO, IDR, "", (Step(1 * K, 10 * K, 200_000, 1_000_000),)),
    *(Ladder("Word on the Block", 2023, WORD_ON_THE_BLOCK, USD, one, repeated(one)) for one in SINCE_2021),
    *(Ladder("A Little Class", 2021, ALITTLECLASS, USD, one, steps) for one, steps in SINCE_2021.items()),
)  # fmt: skip


@seed(PriceBand, "set_name", "platform", "currency", "from_followers")
def price_bands() -> Iterator[PriceBand]:
    platforms = {platform.code: platform for platform in Platform.objects.all()}
    for ladder in LADDERS:
        for step in ladder.steps:
            yield PriceBand(
                set_name=ladder.name,
                platform=platforms[ladder.platform] if ladder.platform else None,
                from_followers=step.low_followers,
                to_followers=step.high_followers,
                currency=ladder.currency,
                low=Decimal(step.low),
                high=None if step.high is None else Decimal(step.high),
                source=ladder.name,
                source_url=ladder.address,
                source_year=ladder.year,
                grade=Grade.ARTICLE,
            )
