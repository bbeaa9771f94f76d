"""What would become of each person, before anything is written. A fixed number of queries, whatever their number."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm.ambassadors.making.actions import there_already
from crm.ambassadors.making.figures import Figures, figures_of
from crm.ambassadors.making.page import usual_prices
from crm.ambassadors.making.promise import conflicts_told
from crm.ambassadors.making.terms import DealTerms, QuotaTerms
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.contracts.said import formats_among
from crm.exclusivity.explaining import Explained
from crm.influencers.models import Influencer, SocialAccount
from crm.team.models import User

TOLD = 2


@dataclass(frozen=True)
class RowPlanned:
    """One person: what her words mean on her platforms, what stands against it, and what her rate card says."""

    person: Influencer
    quotas: Sequence[QuotaTerms]
    unclear: Sequence[str]
    there: Contract | None
    findings: Sequence[Explained]
    is_barred: bool
    usual: Decimal | None
    alone: str

    @property
    def is_impossible(self) -> bool:
        return bool(self.unclear) or self.there is not None

    @property
    def is_held(self) -> bool:
        """Left out unless somebody ticks her knowing why."""
        return self.is_impossible or self.is_barred or bool(self.alone)


@dataclass(frozen=True)
class Plan:
    rows: Sequence[RowPlanned]
    figures: Figures
    terms: DealTerms


def plan_of(terms: DealTerms, people: Sequence[Influencer], user: User, now: dt.datetime) -> Plan:
    """Everybody with the deal she would get."""
    today, pks = local_date(now, terms.zone), [person.pk for person in people]
    quotas, unclear = _quotas(terms, pks)
    formats = {pk: [one.format for one in quotas[pk]] for pk in pks}
    told, barred = conflicts_told(terms, formats, user, now, most=TOLD)
    there = there_already(terms.program.pk, pks, terms.start_on, terms.end_on)
    usual = usual_prices(quotas, str(terms.retainer.currency) if terms.retainer else "", today)
    rows = [
        RowPlanned(
            person=one, quotas=quotas[one.pk], unclear=unclear[one.pk], there=there.get(one.pk),
            findings=told.get(one.pk, ()), is_barred=one.pk in barred, usual=usual.get(one.pk),
            alone="" if one.may_be_contacted(today) else one.do_not_contact_why or "–",
        )
        for one in people
    ]  # fmt: skip
    return Plan(rows, figures_of(terms), terms)


def _quotas(terms: DealTerms, people: Sequence[int]) -> tuple[Mapping[int, list[QuotaTerms]], Mapping[int, list[str]]]:
    """What each owes, and the words nobody can tell the platform of."""
    platforms: dict[int, list[int]] = {pk: [] for pk in people}
    accounts = SocialAccount.objects.filter(influencer__in=people).largest_first() if terms.posts else ()
    for account in accounts:
        platforms[account.influencer_id].append(account.platform_id)
    known = formats_among([code for code, _count in terms.posts], platforms) if terms.posts else {}
    found = {
        pk: [
            *terms.quotas,
            *(QuotaTerms(row, count) for code, count in terms.posts if (row := known.get(pk, {}).get(code))),
        ]
        for pk in people
    }
    unclear = {pk: [code for code, row in known.get(pk, {}).items() if row is None] for pk in people}
    return found, unclear
