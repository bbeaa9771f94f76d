"""The signs: each says what was seen and against what, or stays silent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, pstdev

from django.utils.translation import gettext as _

from crm.base.formats import count_full, day_words, percent
from crm.vetting.authenticity.growth import jump
from crm.vetting.authenticity.readings import Band, Readings, Rules
from crm.vetting.models import Threshold

Code = Threshold.Code


@dataclass(frozen=True)
class Sign:
    """Something worth a look."""

    code: str
    label: str
    seen: str
    against: str
    weight: int

    @property
    def is_info(self) -> bool:
        """Takes nothing off the score."""
        return self.weight == 0

    @property
    def words(self) -> str:
        """All of it: what was seen, against what, and who decides."""
        return f"{self.seen} {self.against} {decides()}"


def decides() -> str:
    return _("A sign, not a verdict: a person looks and decides.")


def signs_of(readings: Readings, rules: Rules) -> Iterator[Sign]:
    """Every sign whose threshold is in force and passed."""
    for code, look in LOOKS.items():
        rule = rules.get(code)
        seen = look(readings, rule) if rule is not None else None
        if rule is not None and seen is not None:
            yield Sign(code, str(Code(code).label), seen, against(readings, rule), rule.weight)


def against(readings: Readings, rule: Threshold) -> str:
    """What it was measured against: the set and its year, and whose limit it is."""
    limit = _("Limit: %(source)s.") % {"source": dated(rule.source or "Mitra", rule.source_year)}
    if rule.code in (Code.ER_LOW, Code.ER_HIGH) and readings.band is not None:
        return f"{band_words(readings.band)} {limit}"
    return limit


def band_words(band: Band) -> str:
    """What a set calls usual, with its name and year."""
    rate = percent(band.low, 2)
    if band.low != band.high:
        rate = _("%(low)s to %(high)s") % {"low": rate, "high": percent(band.high, 2)}
    sentence = _("Usual: %(rate)s (%(set)s, indicative).") if band.is_indicative else _("Usual: %(rate)s (%(set)s).")
    return sentence % {"rate": rate, "set": dated(band.name, band.year)}


def dated(name: str, year: int | None) -> str:
    """A name with its year, unless the name says it already."""
    return f"{name} {year}" if year and str(year) not in name else name


def number(value: Decimal) -> str:
    """A limit without its empty digits."""
    return count_full(value.normalize())


def er_low(readings: Readings, rule: Threshold) -> str | None:
    if readings.rate is None or readings.band is None or readings.rate >= rule.limit * readings.band.low:
        return None
    return _("Engagement is %(rate)s, less than %(times)s times the low end of what is usual.") % {
        "rate": percent(readings.rate, 2),
        "times": number(rule.limit),
    }


def er_high(readings: Readings, rule: Threshold) -> str | None:
    if readings.rate is None or readings.band is None or readings.rate <= rule.limit * readings.band.high:
        return None
    return _(
        "Engagement is %(rate)s, more than %(times)s times the high end of what is usual. Such rates exist, and this "
        "alone means nothing bad."
    ) % {"rate": percent(readings.rate, 2), "times": number(rule.limit)}


def comment_like(readings: Readings, rule: Threshold) -> str | None:
    ratio = readings.counts.comments_per_like
    if ratio is None or rule.upper is None or rule.limit <= ratio <= rule.upper:
        return None
    return _("%(ratio)s comments per 100 likes; usual is %(low)s to %(high)s.") % {
        "ratio": number(round(ratio * 100, 1)),
        "low": number(rule.limit * 100),
        "high": number(rule.upper * 100),
    }


def growth_spike(readings: Readings, rule: Threshold) -> str | None:
    if rule.upper is None or rule.least is None:
        return None
    found = jump(readings.history, limit=rule.limit, deviations=rule.upper, least_weeks=rule.least)
    if found is None:
        return None
    return _(
        "Followers went from %(before)s to %(after)s between %(start)s and %(end)s: %(weekly)s in seven days, far above "
        "the other weeks of these 90 days, and engagement did not rise. A post that went viral looks the same."
    ) % {
        "before": count_full(found.before.followers),
        "after": count_full(found.after.followers),
        "start": day_words(found.before.on),
        "end": day_words(found.after.on),
        "weekly": percent(Decimal(str(found.weekly)), 1),
    }


def follow_ratio(readings: Readings, rule: Threshold) -> str | None:
    followers, following = readings.counts.followers, readings.following
    if not followers or following is None or followers <= (rule.least or 0) or following <= rule.limit * followers:
        return None
    return _("Follows %(following)s accounts with %(followers)s followers.") % {
        "following": count_full(following),
        "followers": count_full(followers),
    }


def uniform_likes(readings: Readings, rule: Threshold) -> str | None:
    likes = readings.like_counts
    if len(likes) < max(2, rule.least or 0) or not any(likes):
        return None
    spread = pstdev(likes) / fmean(likes)
    if spread >= float(rule.limit):
        return None
    return _("Likes of %(posts)s posts differ by %(spread)s only; usual is more than %(limit)s.") % {
        "posts": len(likes),
        "spread": percent(Decimal(str(spread)), 1),
        "limit": percent(rule.limit),
    }


def dup_comments(readings: Readings, rule: Threshold) -> str | None:
    sampled, alike = readings.comments_sampled, readings.comments_alike
    if not sampled or alike is None or sampled < (rule.least or 0) or alike <= rule.limit * sampled:
        return None
    return _("%(alike)s of %(sampled)s comments are alike or only emoji.") % {"alike": alike, "sampled": sampled}


def sponsored_drop(readings: Readings, rule: Threshold) -> str | None:
    sponsored, organic = readings.sponsored, readings.organic
    if sponsored is None or not organic or sponsored >= rule.limit * organic:
        return None
    return _("Sponsored posts reach %(sponsored)s engagement, organic ones %(organic)s.") % {
        "sponsored": percent(sponsored, 2),
        "organic": percent(organic, 2),
    }


def geo_mismatch(readings: Readings, rule: Threshold) -> str | None:
    audience = readings.audience
    if audience is None or audience.share >= rule.limit:
        return None
    return _("%(share)s of the audience lives in %(place)s (%(source)s); less than %(limit)s.") % {
        "share": percent(audience.share),
        "place": audience.place,
        "source": audience.source or _("no source given"),
        "limit": percent(rule.limit),
    }


def stale(readings: Readings, rule: Threshold) -> str | None:
    if readings.counted_on is None or (readings.today - readings.counted_on).days <= rule.limit:
        return None
    return _("The newest numbers are from %(day)s, %(days)s days ago.") % {
        "day": day_words(readings.counted_on),
        "days": (readings.today - readings.counted_on).days,
    }


LOOKS: dict[str, Callable[[Readings, Threshold], str | None]] = {
    Code.ER_LOW: er_low,
    Code.ER_HIGH: er_high,
    Code.COMMENT_LIKE: comment_like,
    Code.GROWTH_SPIKE: growth_spike,
    Code.FOLLOW_RATIO: follow_ratio,
    Code.UNIFORM_LIKES: uniform_likes,
    Code.DUP_COMMENTS: dup_comments,
    Code.SPONSORED_DROP: sponsored_drop,
    Code.GEO_MISMATCH: geo_mismatch,
    Code.STALE: stale,
}
