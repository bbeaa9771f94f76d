"""Reading an account's numbers for signs: snapshots, the newest profile sample, the chosen benchmark, clearances."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils import timezone

from crm.base.models import Grade
from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.influencers.rates import Counts
from crm.vetting.authenticity.compare import Comparison, compare, own_rate
from crm.vetting.authenticity.readings import Audience, Band, Count, Readings, Rules
from crm.vetting.authenticity.score import Score, score
from crm.vetting.authenticity.signs import Sign, signs_of
from crm.vetting.models import Benchmark, BenchmarkSet, Clearance, ProfileSample, Threshold
from crm.vetting.queries.audiences import audiences_at_home
from crm.vetting.queries.rules import rules_on

MOST_SNAPSHOTS = 400
COUNTED = ("followers", "likes", "comments", "saves", "shares", "views", "reach")
FOR_SIGNS = (BenchmarkSet.Measure.PUBLIC, BenchmarkSet.Measure.VIEWS)
"""The measures whose chosen set engagement is judged by, the first that can be computed."""
SHOWN_FIRST: list[str] = [*FOR_SIGNS, *(one for one in BenchmarkSet.Measure if one not in FOR_SIGNS)]


@dataclass(frozen=True)
class ShownSign:
    """A sign on the page, with the clearance that lets it rest."""

    sign: Sign
    clearance: Clearance | None


@dataclass(frozen=True)
class Screen:
    """Everything a colleague should see of one account before an offer."""

    account: SocialAccount
    readings: Readings
    shown: list[ShownSign]
    score: Score
    comparisons: list[Comparison]
    sample: ProfileSample | None
    cleared_before: list[Clearance]

    @property
    def signs(self) -> list[ShownSign]:
        """Signs nobody has cleared."""
        return [one for one in self.shown if one.clearance is None]

    @property
    def worth_a_look(self) -> list[Comparison]:
        return [one for one in self.comparisons if one.is_worth_a_look]

    @property
    def growth(self) -> list[tuple[dt.date, int]]:
        """Followers by day, oldest first."""
        return [(count.on, count.followers) for count in self.readings.history]

    @property
    def has_growth(self) -> bool:
        return self.readings.days_counted > 1

    @property
    def first_count(self) -> Count:
        return self.readings.history[0]

    @property
    def last_count(self) -> Count:
        return self.readings.history[-1]

    @property
    def typical_likes(self) -> float | None:
        """Likes of the post in the middle: one that went viral does not move it."""
        return median(self.readings.like_counts) if self.readings.like_counts else None

    def sign(self, code: str) -> ShownSign | None:
        return next((one for one in self.shown if one.sign.code == code), None)


def screen_person(person: Influencer, today: dt.date) -> list[Screen]:
    """Every account, largest first; the number of queries does not depend on how many there are."""
    return screen(list(person.accounts.select_related("platform").largest_first()), today)


def screen(accounts: Sequence[SocialAccount], today: dt.date) -> list[Screen]:
    keys = [account.pk for account in accounts]
    snapshots, samples, audiences = snapshots_of(keys), samples_of(keys), audiences_at_home(keys)
    cleared, bands, rules = clearances_of(keys), bands_on(today), rules_on(today)
    return [
        screen_one(
            account,
            read(account, snapshots[account.pk], samples.get(account.pk), bands, today, audiences.get(account.pk)),
            samples.get(account.pk),
            cleared[account.pk],
            sorted(
                ((one.benchmark_set.measure, band_of(one)) for one in fitting(bands, account)),
                key=lambda pair: SHOWN_FIRST.index(pair[0]),
            ),
            rules,
            newest_of(snapshots[account.pk], MetricSnapshot.Nature.SPONSORED),
        )
        for account in accounts
    ]


def screen_one(
    account: SocialAccount,
    readings: Readings,
    sample: ProfileSample | None,
    cleared: Sequence[Clearance],
    bands: Iterable[tuple[str, Band]],
    rules: Rules,
    sponsored: MetricSnapshot | None,
) -> Screen:
    signs = list(signs_of(readings, rules))
    resting = {one.code: one for one in cleared if one.withdrawn_at is None and one.expires_on >= readings.today}
    times = rules.get(Threshold.Code.TIMES)
    return Screen(
        account=account,
        readings=readings,
        shown=[ShownSign(sign, resting.get(sign.code)) for sign in signs],
        score=score(readings, signs, resting, rules),
        comparisons=list(
            compare(bands, readings.counts, counts_of(sponsored, account), times.limit if times else None)
        ),
        sample=sample,
        cleared_before=[one for one in cleared if one.code not in resting or resting[one.code] is not one],
    )


def snapshots_of(accounts: Collection[int]) -> dict[int, list[MetricSnapshot]]:
    """By account, the oldest first."""
    found: dict[int, list[MetricSnapshot]] = defaultdict(list)
    rows = MetricSnapshot.objects.standing().filter(account__in=accounts).newest_first()
    for snapshot in reversed(list(rows[:MOST_SNAPSHOTS])):
        found[snapshot.account_id].append(snapshot)
    return found


def samples_of(accounts: Collection[int]) -> dict[int, ProfileSample]:
    """By account, the newest."""
    rows = ProfileSample.objects.filter(account__in=accounts).newest_first().select_related("taken_by")
    return {sample.account_id: sample for sample in reversed(list(rows[:MOST_SNAPSHOTS]))}


def clearances_of(accounts: Collection[int]) -> dict[int, list[Clearance]]:
    found: dict[int, list[Clearance]] = defaultdict(list)
    rows = Clearance.objects.filter(account__in=accounts).select_related("cleared_by", "file")
    for clearance in rows.order_by("-cleared_on", "-id")[:MOST_SNAPSHOTS]:
        found[clearance.account_id].append(clearance)
    return found


def bands_on(today: dt.date) -> list[Benchmark]:
    """Every band of every set in force, the chosen sets first."""
    sets = BenchmarkSet.objects.valid_on(today)
    rows = Benchmark.objects.filter(benchmark_set__in=sets).select_related("benchmark_set")
    return list(rows.order_by("-benchmark_set__is_chosen", "benchmark_set__measure", "benchmark_set__code", "pk"))


def fitting(bands: Iterable[Benchmark], account: SocialAccount) -> list[Benchmark]:
    """Bands of the account's platform that hold so many followers."""
    followers = account.followers
    return [
        band
        for band in bands
        if followers is not None
        and band.benchmark_set.platform_id == account.platform_id
        and band.from_followers <= followers
        and (band.to_followers is None or followers < band.to_followers)
    ]


def band_of(row: Benchmark) -> Band:
    of = row.benchmark_set
    return Band(of.name, of.source_year, of.grade == Grade.ARTICLE, row.low / 100, row.high / 100)


def read(
    account: SocialAccount,
    snapshots: Sequence[MetricSnapshot],
    sample: ProfileSample | None,
    bands: Iterable[Benchmark],
    today: dt.date,
    audience: Audience | None,
) -> Readings:
    """What is known of an account, from its snapshots and what was read off its profile."""
    newest = newest_of(snapshots, MetricSnapshot.Nature.OVERALL)
    counts = counts_of(newest, account)
    rate, band = judged_by(counts, fitting(bands, account))
    return Readings(
        today=today,
        counts=counts,
        posts=newest.posts if newest else None,
        counted_on=timezone.localdate(snapshots[-1].taken_at) if snapshots else None,
        history=tuple(history_of(snapshots)),
        organic=counts_of(newest_of(snapshots, MetricSnapshot.Nature.ORGANIC), account).public,
        sponsored=counts_of(newest_of(snapshots, MetricSnapshot.Nature.SPONSORED), account).public,
        following=sample.following if sample else None,
        like_counts=tuple(sample.like_counts) if sample else (),
        comments_sampled=sample.comments_sampled if sample else None,
        comments_alike=sample.comments_alike if sample else None,
        audience=audience,
        rate=rate,
        band=band,
    )


def judged_by(counts: Counts, bands: Iterable[Benchmark]) -> tuple[Decimal | None, Band | None]:
    """Engagement by the first measure that can be computed and has a chosen set, and that set's band."""
    chosen = {band.benchmark_set.measure: band for band in bands if band.benchmark_set.is_chosen}
    for measure in FOR_SIGNS:
        rate = own_rate(measure, counts, Counts())
        if rate is not None and measure in chosen:
            return rate, band_of(chosen[measure])
    return None, None


def newest_of(snapshots: Sequence[MetricSnapshot], nature: str) -> MetricSnapshot | None:
    """The newest snapshot of these posts that counted likes or views."""
    counted = [one for one in snapshots if one.nature == nature and (one.likes is not None or one.views is not None)]
    return counted[-1] if counted else None


def counts_of(snapshot: MetricSnapshot | None, account: SocialAccount) -> Counts:
    """A snapshot's counts; followers of that day, or the account's when nobody counted them then."""
    if snapshot is None:
        return Counts(followers=account.followers)
    values = {name: getattr(snapshot, name) for name in COUNTED}
    return Counts(**{**values, "followers": snapshot.followers or account.followers})


def history_of(snapshots: Iterable[MetricSnapshot]) -> list[Count]:
    """Follower counts by day, the last of each day, with engagement over all posts where it was counted then."""
    days: dict[dt.date, Count] = {}
    for one in snapshots:
        if one.followers:
            on = timezone.localdate(one.taken_at)
            overall = one.nature == MetricSnapshot.Nature.OVERALL
            rate = Counts(followers=one.followers, likes=one.likes, comments=one.comments).public if overall else None
            known = days.get(on)
            days[on] = Count(on, one.followers, rate if rate is not None or known is None else known.rate)
    return list(days.values())
