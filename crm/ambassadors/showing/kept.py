"""How well a deal was kept, in numbers: days, rounds, and the quota of each period as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.showing.owed import is_kept, name_of, rings_in, together
from crm.base.charts import share
from crm.vetting.facts import Figures, figures_in
from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User

BAR, STEP, HEIGHT, MOST = 10, 14, 44, 24


@dataclass(frozen=True)
class KeptBar:
    """One closed period: how much of what it owed was posted."""

    x: int
    height: float
    tone: str
    title: str

    @property
    def y(self) -> float:
        return round(HEIGHT - self.height, 1)


@dataclass(frozen=True)
class Kept:
    """The figures of this person with this brand, and the periods of this deal."""

    figures: Figures
    bars: Sequence[KeptBar]
    good: int
    of: int
    bar, height = BAR, HEIGHT

    @property
    def width(self) -> int:
        return max(1, len(self.bars)) * STEP

    @property
    def is_known(self) -> bool:
        return bool(self.bars) or not self.figures.is_empty


def kept_of(deal: AmbassadorDeal, periods: Sequence[DealPeriod], user: "User") -> Kept:
    """One query; `periods` have been read with their balances."""
    facts = Fact.objects.visible_to(user).of_people({deal.influencer_id}).filter(brand=deal.contract.brand_id)
    closed = [(one, rings_in(one)) for one in periods if one.is_closed]
    owing = [(one, rings) for one, rings in closed if together(rings)[1]]
    bars = []
    for place, (period, rings) in enumerate(owing[-MOST:]):
        done, owed = together(rings)
        height = max(2.0, round(HEIGHT * share(done, owed) / 100, 1))
        title = f"{name_of(period)}: {done}/{owed}"
        bars.append(KeptBar(place * STEP, height, "ok" if is_kept(rings) else "short", title))
    return Kept(figures_in(facts), bars, sum(is_kept(rings) for _period, rings in owing), len(owing))
