"""Reasons to look at deals, the worst first, each with the row it is about and the page that settles it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.risks.facts import read_facts
from crm.ambassadors.risks.rules import BY_KEY, RISKS, DealFacts, Risk, risks_of

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Reason:
    """One reason of one deal."""

    risk: Risk
    facts: DealFacts

    @property
    def said(self) -> str:
        return self.risk.says(self.facts)


@dataclass(frozen=True)
class RiskRow:
    """A reason with the deal it is about, as the page shows it."""

    reason: Reason
    deal: AmbassadorDeal
    url: str

    @property
    def risk(self) -> Risk:
        return self.reason.risk


def reasons_of(user: "User", now: dt.datetime) -> list[Reason]:
    """Everything that puts a deal of this colleague's brands at risk, the worst kind first."""
    facts = read_facts(AmbassadorDeal.objects.visible_to(user), now)
    found = [Reason(risk, one) for one in facts for risk in risks_of(one)]
    order = {risk.key: place for place, risk in enumerate(RISKS)}
    return sorted(found, key=lambda reason: (order[reason.risk.key], reason.facts.deal))


def narrowed(found: Sequence[Reason], key: str) -> list[Reason]:
    return [reason for reason in found if key not in BY_KEY or reason.risk.key == key]


def tabs_of(found: Sequence[Reason], key: str, everything: Any) -> list[dict[str, Any]]:
    """All of them, and the kinds there are."""
    counts = Counter(reason.risk.key for reason in found)
    every = {"label": everything, "url": "?", "active": key not in BY_KEY, "count": len(found)}
    kinds = [
        {"label": risk.label, "url": f"?reason={risk.key}", "active": key == risk.key, "count": counts[risk.key]}
        for risk in RISKS
        if counts[risk.key] or key == risk.key
    ]
    return [every, *kinds]


def risk_rows(reasons: Sequence[Reason]) -> list[RiskRow]:
    """The rows of one page. One query."""
    deals = AmbassadorDeal.objects.with_contract().in_bulk({reason.facts.deal for reason in reasons})
    return [RiskRow(one, deals[one.facts.deal], settled_at(one, deals[one.facts.deal])) for one in reasons]


def settled_at(reason: Reason, deal: AmbassadorDeal) -> str:
    """The page on which this kind of thing is settled."""
    name, args = _door(reason, deal)
    return reverse(name, args=args)


def _door(reason: Reason, deal: AmbassadorDeal) -> tuple[str, list[Any]]:
    facts = reason.facts
    match reason.risk.key:
        case "broken":
            return "finding", [facts.finding]
        case "notice" | "review" if facts.review:
            return "ambassador-review", [facts.review]
        case "make_good":
            return "ambassador-period", [deal.pk, facts.make_good_period]
        case "behind" if facts.pace is not None:
            return "ambassador-period", [deal.pk, facts.pace.number]
        case "fell":
            return "person-vetting", [deal.influencer_id]
        case key:
            return DOORS[key], [deal.pk]


DOORS = {
    "notice": "ambassador-notice",
    "review": "ambassador-deal",
    "tail": "ambassador-after",
    "short": "ambassador-change",
    "charge": "ambassador-money",
    "paused": "ambassador-resume",
}
"""Pages that are named by the deal alone."""
