"""What is known of everybody on a shortlist, read in a fixed number of queries, whatever their number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from django.db.models import F
from django.utils import timezone

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.shortlist.fit_known import Reached
from crm.base.zones import end_of_day
from crm.influencers.models import Audience, AudienceShare, Influencer, MetricSnapshot, RateCard, SocialAccount
from crm.influencers.rates import Counts
from crm.vetting.models import Check, Rating
from crm.vetting.queries.screening import counts_of, newest_of

COUNTED_WITHIN = dt.timedelta(days=400)


@dataclass
class Facts:
    """Everything the database says of one person."""

    account: SocialAccount | None = None
    counts: Counts = field(default_factory=Counts)
    sponsored: Counts = field(default_factory=Counts)
    reach_rates: Sequence[Decimal] = ()
    audience: Reached | None = None
    niches: frozenset[int] = frozenset()
    ratings: Sequence[Decimal] = ()
    checks: Sequence[Check] = ()
    posts_due: int = 0
    posts_on_time: int = 0
    rates: Sequence[RateCard] = ()

    @property
    def reach_rate(self) -> Decimal | None:
        """Of the posts whose reach somebody knows, the one in the middle."""
        return median(self.reach_rates) if self.reach_rates else None


def facts_of(people: Collection[int], platforms: Collection[int], now: dt.datetime) -> dict[int, Facts]:
    """By person; of several accounts the largest on these platforms counts, else the largest. Ten queries."""
    today = timezone.localdate(now)
    accounts = _accounts(people, platforms)
    snapshots = _snapshots([account.pk for account in accounts.values()], now)
    reached, niches, ratings = _reached(people, accounts), _niches(people), _ratings(people)
    checks, posts, rates = _checks(people), _posts(people, today), _rates(people, today)
    found = {}
    for person in people:
        account = accounts.get(person)
        counted = snapshots[account.pk] if account else []
        found[person] = Facts(
            account=account,
            counts=counts_of(newest_of(counted, MetricSnapshot.Nature.OVERALL), account) if account else Counts(),
            sponsored=counts_of(newest_of(counted, MetricSnapshot.Nature.SPONSORED), account) if account else Counts(),
            reach_rates=[rate for one in counted if (rate := reach_rate_of(one, account)) is not None],
            audience=reached.get(person),
            niches=frozenset(niches[person]),
            ratings=ratings[person],
            checks=checks[person],
            posts_due=len(posts[person]),
            posts_on_time=sum(posts[person]),
            rates=rates[person],
        )
    return found


def reach_rate_of(snapshot: MetricSnapshot, account: SocialAccount | None) -> Decimal | None:
    if snapshot.nature != MetricSnapshot.Nature.OVERALL:
        return None
    followers = snapshot.followers or (account.followers if account else None)
    return Counts(followers=followers, reach=snapshot.reach).reach_rate


def _accounts(people: Collection[int], platforms: Collection[int]) -> dict[int, SocialAccount]:
    found: dict[int, SocialAccount] = {}
    rows = SocialAccount.objects.filter(influencer_id__among=people).select_related("platform").largest_first()
    for account in rows:
        known = found.setdefault(account.influencer_id, account)
        if known.platform_id not in platforms and account.platform_id in platforms:
            found[account.influencer_id] = account
    return found


def _snapshots(accounts: Collection[int], now: dt.datetime) -> dict[int, list[MetricSnapshot]]:
    """By account, the oldest first, of a little more than a year."""
    found: dict[int, list[MetricSnapshot]] = defaultdict(list)
    rows = MetricSnapshot.objects.standing().filter(account_id__among=accounts, taken_at__gte=now - COUNTED_WITHIN)
    for snapshot in rows.order_by("taken_at", "pk"):
        found[snapshot.account_id].append(snapshot)
    return found


def _reached(people: Collection[int], accounts: Mapping[int, SocialAccount]) -> dict[int, Reached]:
    """The newest count of the account looked at, else the newest of all. Three queries."""
    newest = _newest_audiences(people, accounts)
    shares: dict[int, dict[str, dict[object, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    columns = ("audience_id", "kind", "label", "territory_id", "percent")
    for audience, kind, label, territory, share in AudienceShare.objects.filter(
        audience_id__among=[one.pk for one in newest.values()]
    ).values_list(*columns):
        key = territory if kind == AudienceShare.Kind.PLACE else label
        if key is not None:
            shares[audience][kind][key] = share
    personas = _personas([one.pk for one in newest.values()])
    return {person: _reading(one, shares[one.pk], personas[one.pk]) for person, one in newest.items()}


def _newest_audiences(people: Collection[int], accounts: Mapping[int, SocialAccount]) -> dict[int, Audience]:
    found: dict[int, Audience] = {}
    for one in Audience.objects.filter(influencer_id__among=people).newest_first():
        known, account = found.setdefault(one.influencer_id, one), accounts.get(one.influencer_id)
        if account and known.account_id != account.pk == one.account_id:
            found[one.influencer_id] = one
    return found


def _personas(audiences: Collection[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    links = Audience.personas.through.objects.filter(audience_id__in=audiences).select_related("persona")
    for link in links.order_by("persona_id"):
        found[link.audience_id][link.persona_id] = str(link.persona)
    return found


def _reading(one: Audience, shares: Mapping[str, Mapping[object, Decimal]], personas: Mapping[int, str]) -> Reached:
    kind = AudienceShare.Kind
    return Reached(
        counted_on=one.counted_on,
        source=one.source,
        ages={str(label): share for label, share in shares[kind.AGE].items()},
        genders={str(label): share for label, share in shares[kind.GENDER].items()},
        places={int(str(place)): share for place, share in shares[kind.PLACE].items()},
        personas=personas,
    )


def _niches(people: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    links = Influencer.niches.through.objects.filter(influencer_id__in=people)
    for person, niche in links.values_list("influencer_id", "niche_id"):
        found[person].add(niche)
    return found


def _ratings(people: Collection[int]) -> dict[int, list[Decimal]]:
    """What each rater thinks now."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    for rating in Rating.objects.standing().filter(influencer_id__among=people).oldest_first():
        found[rating.influencer_id].append(rating.mean)
    return found


def _checks(people: Collection[int]) -> dict[int, list[Check]]:
    found: dict[int, list[Check]] = defaultdict(list)
    rows = Check.objects.standing().filter(influencer_id__among=people)
    for check in rows.select_related("item", "override").order_by("pk"):
        found[check.influencer_id].append(check)
    return found


def _posts(people: Collection[int], today: dt.date) -> dict[int, list[bool]]:
    """Of everything she promised and that is due by now, whether it was out by the end of its day."""
    found: dict[int, list[bool]] = defaultdict(list)
    promised = Collaboration.PROMISED
    due = Deliverable.objects.standing().filter(
        collaboration__influencer_id__among=people, collaboration__status__in=promised, post_due_on__lt=today
    )
    rows = due.annotate(person=F("collaboration__influencer_id"))
    for person, due_on, zone, out_at in rows.values_list("person", "post_due_on", "zone", "published_at"):
        found[person].append(out_at is not None and out_at < end_of_day(due_on, zone))
    return found


def _rates(people: Collection[int], today: dt.date) -> dict[int, list[RateCard]]:
    """The prices that hold today, the cheapest first."""
    found: dict[int, list[RateCard]] = defaultdict(list)
    rows = RateCard.objects.valid_on(today).filter(influencer_id__among=people).select_related("format__platform")
    for rate in rows.order_by("price", "pk"):
        found[rate.influencer_id].append(rate)
    return found


def median_of(facts: Iterable[Facts]) -> Decimal | None:
    """The reach rate in the middle of everybody who has one: what the others are estimated by."""
    known = [rate for one in facts if (rate := one.reach_rate) is not None]
    return median(known) if known else None
