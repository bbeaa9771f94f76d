"""What a person does and did for brands, elsewhere and with us, and when she last worked for a rival."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crm.exclusivity.models import OutsideDeal
from crm.exclusivity.places import OwnWork, own_work
from crm.exclusivity.rivals import Field, Rival, last_day_of
from crm.influencers.models import Influencer
from crm.team.models import User


@dataclass(frozen=True)
class DealLine:
    """One outside deal, and whose rival it is."""

    deal: OutsideDeal
    rivals: list[Rival]
    is_over: bool

    @property
    def rival_names(self) -> str:
        return ", ".join(rival.brand.name for rival in self.rivals)

    @property
    def may_be_rival(self) -> bool:
        """It may work against a brand, but nobody can tell from its category."""
        return bool(self.rivals) and not any(rival.is_sure for rival in self.rivals)

    @property
    def is_one_day(self) -> bool:
        return self.deal.start_on is not None and self.deal.start_on == self.deal.end_on


@dataclass(frozen=True)
class Lately:
    """The last day of work for a rival of one of our brands; `runs_to` when it goes on, as far as anybody knows."""

    brand: str
    on: dt.date
    runs_to: dt.date | None
    is_today: bool = False


@dataclass(frozen=True)
class History:
    """Everything the panel shows."""

    standing: list[DealLine]
    over: list[DealLine]
    own: list[OwnWork]
    lately: list[Lately]


def history_of(person: Influencer, user: User, today: dt.date) -> History:
    """Her deals elsewhere and her work with us, newest first, as far as the colleague may see. Five queries and ours."""
    deals = OutsideDeal.objects.visible_to(user).filter(influencer=person)
    rows = list(deals.select_related("brand", "category", "confirmed_by", "author", "file").newest_first())
    field = Field.seen_by(user) if rows else Field.of([])
    lines = [DealLine(deal, field.rivals(deal), _is_over(deal, today)) for deal in rows]
    own = [work for placed in own_work.all() for work in placed.call(person, user)]
    return History(
        [line for line in lines if not line.is_over],
        [line for line in lines if line.is_over],
        sorted(own, key=lambda work: work.end_on, reverse=True),
        _lately(lines, today),
    )


def _is_over(deal: OutsideDeal, today: dt.date) -> bool:
    return deal.end_on is not None and deal.end_on < today


def _lately(lines: list[DealLine], today: dt.date) -> list[Lately]:
    """For each brand of ours with rivals among the deals: the day nearest to now."""
    newest: dict[str, Lately] = {}
    for line in lines:
        day = last_day_of(line.deal, today)
        for rival in line.rivals if day is not None else ():
            known = newest.get(rival.brand.name)
            runs_to = line.deal.end_on if line.deal.end_on and line.deal.end_on > today else None
            if known is None or (day, runs_to or today) > (known.on, known.runs_to or today):
                newest[rival.brand.name] = Lately(rival.brand.name, day or today, runs_to, is_today=day == today)
    return sorted(newest.values(), key=_by_day, reverse=True)


def _by_day(one: Lately) -> tuple[Any, ...]:
    return one.runs_to or one.on, one.brand
