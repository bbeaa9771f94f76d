"""What is known of working with somebody, beside the question whether she becomes an ambassador.

Everything here is read for a whole page at once, from what others have told: nobody is asked person by person.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Max
from djmoney.money import Money

from crm.ambassadors.models import Prospect
from crm.base.zones import local_date
from crm.influencers.models import MetricSnapshot, RateCard, SocialAccount
from crm.influencers.places import Badge, badges_of
from crm.influencers.rates import Counts
from crm.team.models import User
from crm.vetting.authenticity.compare import Comparison, compare
from crm.vetting.facts import Figures, Share, figures_of
from crm.vetting.models import Fact, Rating
from crm.vetting.queries.screening import SHOWN_FIRST, band_of, bands_on, counts_of, fitting, newest_of, snapshots_of

HUNDRED = 100
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Known:
    """One person: what happened with us, what colleagues think, what others say of such accounts, what she asks."""

    works: int = 0
    last_at: dt.datetime | None = None
    figures: Figures = field(default_factory=Figures)
    rating: Decimal | None = None
    engagement: Comparison | None = None
    price: Money | None = None
    badges: Sequence[Badge] = ()

    @property
    def on_time(self) -> Share:
        return self.figures.on_time

    @property
    def on_time_share(self) -> float | None:
        return self.on_time.good / self.on_time.of * HUNDRED if self.on_time.is_known else None

    @property
    def rounds(self) -> float | None:
        return self.figures.rounds.value


@dataclass(frozen=True)
class ProspectRow:
    """A prospect with what speaks for her and against her."""

    prospect: Prospect
    known: Known

    @property
    def may_ask(self) -> bool:
        return self.prospect.may_be(Prospect.Status.ASKED)

    @property
    def may_drop(self) -> bool:
        return self.prospect.may_be(Prospect.Status.DROPPED)

    @property
    def may_note(self) -> bool:
        return self.prospect.may_be(Prospect.Status.NOTED)


def prospect_rows(prospects: Sequence[Prospect], user: User, now: dt.datetime) -> list[ProspectRow]:
    """The rows of one page; the number of queries does not depend on how many there are."""
    known = known_of({one.influencer_id for one in prospects}, user, now)
    return [ProspectRow(one, known[one.influencer_id]) for one in prospects]


def known_of(people: Collection[int], user: User, now: dt.datetime) -> dict[int, Known]:
    """By person, everybody asked for; only from brands the reader sees."""
    today = local_date(now, user.zone)
    figures, works, ratings = figures_of(people, user), works_of(people, user), ratings_of(people)
    engagement, prices, badges = engagement_of(people, today), prices_of(people, today), badges_of(user, people, now)
    found = {}
    for pk in people:
        many, last_at = works.get(pk, (0, None))
        found[pk] = Known(
            many, last_at, figures[pk], ratings.get(pk), engagement.get(pk), prices.get(pk), badges.get(pk, ())
        )
    return found


def works_of(people: Collection[int], user: User) -> dict[int, tuple[int, dt.datetime]]:
    """Of how many collaborations something is known, and when last. One query."""
    told = Fact.objects.visible_to(user).of_people(people).order_by().values("influencer_id")
    counted = told.annotate(works=Count("work", distinct=True), last=Max("happened_at"))
    return {pk: (works, last) for pk, works, last in counted.values_list("influencer_id", "works", "last")}


def ratings_of(people: Collection[int]) -> dict[int, Decimal]:
    """The mean of what stands, over raters and aspects, to one digit. One query."""
    marks = sum((F(aspect) for aspect in Rating.ASPECTS[1:]), F(Rating.ASPECTS[0]))
    rows = Rating.objects.standing().filter(influencer__in=people).order_by().values("influencer_id")
    return {
        one["influencer_id"]: (Decimal(str(one["all_marks"])) / len(Rating.ASPECTS)).quantize(TENTH)
        for one in rows.annotate(all_marks=Avg(marks))
    }


def engagement_of(people: Collection[int], today: dt.date) -> dict[int, Comparison]:
    """Each one's largest account beside the benchmark, where both are known. Three queries."""
    largest: dict[int, SocialAccount] = {}
    for account in SocialAccount.objects.filter(influencer__in=people).largest_first():
        largest.setdefault(account.influencer_id, account)
    snapshots, bands = snapshots_of([one.pk for one in largest.values()]), bands_on(today)
    found: dict[int, Comparison] = {}
    for account in largest.values():
        counts = counts_of(newest_of(snapshots[account.pk], MetricSnapshot.Nature.OVERALL), account)
        fit = [(one.benchmark_set.measure, band_of(one)) for one in fitting(bands, account)]
        fit.sort(key=lambda pair: SHOWN_FIRST.index(pair[0]))
        first = next(compare(fit, counts, Counts(), None), None)
        if first is not None:
            found[account.influencer_id] = first
    return found


def prices_of(people: Collection[int], today: dt.date) -> Mapping[int, Money]:
    """The least she asks for anything. One query."""
    found: dict[int, Any] = {}
    for rate in RateCard.objects.valid_on(today).filter(influencer__in=people).order_by("price", "pk"):
        found.setdefault(rate.influencer_id, rate.price)
    return found
