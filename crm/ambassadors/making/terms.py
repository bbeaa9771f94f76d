"""What a deal is made of, as somebody asked for it: nothing of it is written yet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, Program
from crm.ambassadors.schedule.cycles import Cycle
from crm.base.windows import notice_deadline
from crm.contracts.models import Contract, ContractTemplate
from crm.contracts.said import formats_of
from crm.influencers.models import Format, Influencer, SocialAccount

TEMPLATE = "ambassador"
UNCLEAR = _(
    "“%(words)s” exists on several platforms, and %(name)s has an account on none of them. Name the format below."
)


@dataclass(frozen=True)
class QuotaTerms:
    """So many of a format in every period."""

    format: Format
    quantity: int
    note: str = ""

    @property
    def label(self) -> str:
        return self.note or str(self.format)


@dataclass(frozen=True)
class DealTerms:
    """One deal. `deal`, `contract`, `rules` and `commission` are fields of the rows they become, by their names.

    `posts` are codes as they were said; which format each means depends on whose deal it is (`for_person`).
    """

    program: Program
    start_on: dt.date
    end_on: dt.date | None
    zone: str
    owner: Any
    person: Influencer | None = None
    posts: Sequence[tuple[str, int]] = ()
    quotas: Sequence[QuotaTerms] = ()
    retainer: Any = None
    tax: str = ""
    in_kind: Any = None
    in_kind_note: str = ""
    said: str = ""
    title: str = ""
    template: ContractTemplate | None = None
    category: int | None = None
    exclusive: bool = False
    tail_days: int = 0
    rests_in_pauses: bool = False
    deal: Mapping[str, Any] = field(default_factory=dict)
    contract: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    commission: Mapping[str, Any] | None = None

    def blank_deal(self) -> AmbassadorDeal:
        """Its row, not saved and without its contract."""
        return AmbassadorDeal(program=self.program, influencer=self.person, **self.deal)

    @property
    def cycle(self) -> Cycle:
        made = self.blank_deal()
        return Cycle(
            made.anchor_on or self.start_on, made.unit, made.every, made.alignment, made.eom_sticky, made.year_begins
        )

    @property
    def category_id(self) -> int | None:
        """What exclusivity is held against."""
        return self.category or self.program.category_id or self.program.brand.category_id

    @property
    def notice_until(self) -> dt.date | None:
        """The last day on which notice decides whether it goes on; None for what ends by itself."""
        made = self._blank_contract()
        if self.end_on is None or made.notice_value is None or made.renewal == made.Renewal.NONE:
            return None
        length = {"months" if made.notice_span == made.Span.MONTHS else "days": made.notice_value}
        return notice_deadline(self.end_on, **length)

    def _blank_contract(self) -> Contract:
        return Contract(start_on=self.start_on, end_on=self.end_on, zone=self.zone, **self.contract)


def for_person(terms: DealTerms, person: Influencer) -> DealTerms:
    """The same for her, with the formats her words mean on her platforms. Raises ValidationError where nobody can tell."""
    if not terms.posts:
        return replace(terms, person=person)
    platforms = SocialAccount.objects.filter(influencer=person).largest_first().values_list("platform_id", flat=True)
    known = formats_of([code for code, _count in terms.posts], list(platforms))
    unclear = [code for code, row in known.items() if row is None]
    if unclear:
        raise ValidationError(UNCLEAR % {"words": ", ".join(unclear), "name": person.stage_name}, code="unclear")
    said = [QuotaTerms(row, count) for code, count in terms.posts if (row := known[code])]
    return replace(terms, person=person, posts=(), quotas=[*terms.quotas, *said])


def money(amount: Decimal, currency: str) -> Any:
    return Money(amount, currency)
