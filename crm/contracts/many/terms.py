"""What is the same in every contract of one run, as it is kept with the run."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from crm.brands.models import Brand
from crm.contracts.models import UsageRight
from crm.exclusivity.forms import ClauseForm
from crm.exclusivity.forms.clauses import USUAL
from crm.exclusivity.models import Clause
from crm.influencers.models import BulkRun
from crm.team.models import User

ACTION = "contracts"
Sentence = Mapping[str, list[str]]
"""One exclusivity sentence as it was typed: the fields of its form."""


class Rule(models.TextChoices):
    """How much each is paid."""

    FIXED = "fixed", _("The same for each")
    RATES = "rates", _("As her own rate card says")


@dataclass(frozen=True)
class Terms:
    """One template, one brand, one rule. `posts` are codes of formats with how many of each she owes."""

    brand: int
    kind: str
    category: int | None
    wording: int
    title: str
    start_on: str
    end_on: str
    offer_until_on: str
    zone: str
    posts: Sequence[tuple[str, int]]
    rule: str
    amount: str
    currency: str
    tax: str
    cash_percent: int
    in_kind: str
    said: str
    right: str
    right_days: int | None

    @classmethod
    def of(cls, run: BulkRun) -> "Terms":
        kept = run.data["terms"]
        return cls(**{**kept, "posts": [(code, count) for code, count in kept["posts"]]})

    def kept(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        return day_of(self.start_on), day_of(self.end_on)

    def split(self, fee: Decimal) -> tuple[Decimal, Decimal]:
        """How much of a fee is money and how much is products; together always the whole fee."""
        cash = (fee * self.cash_percent / 100).quantize(Decimal(1) if self.currency == "IDR" else Decimal("0.01"))
        return cash, fee - cash

    @property
    def right_in_words(self) -> str:
        return str(UsageRight.Kind(self.right).label) if self.right else ""


def day_of(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def usual_sentence(category: int | None, anchor: str, before: int, after: int) -> Sentence:
    """From so many days before to so many after, for other brands of the category; the rest as it usually is."""
    return {
        "category": [str(category or "")], "kind": ["product"], "anchor": [anchor], "before": [str(before)],
        "after": [str(after)], "acts": [act.value for act in USUAL], "unit": ["days"], "count_mode": ["after"],
        "survival": ["full"], "tail_days": ["0"], "buffer_days": ["0"], "cure_days": ["3"], "blocks": ["on"],
    }  # fmt: skip


def sentence_forms(sentences: Iterable[Sentence], brand: Brand, zone: str, user: User) -> list[ClauseForm]:
    """The sentences as checked forms: what each would be for anybody."""
    forms = []
    for sentence in sentences:
        blank = Clause(brand=brand, zone=zone)
        form = ClauseForm(MultiValueDict(sentence), instance=blank, user=user)
        form.full_clean()
        forms.append(form)
    return forms
