"""The parts of a report that say on what it stands, what it was to reach, and how its posts were received."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.results.costs.lift import reading_of
from campaigns.results.formulas import median_of
from campaigns.results.models import BrandLift, Confounder
from campaigns.results.reckoning.shape import PostFigure
from campaigns.results.reports.pieces import Also, Forecast, Lift, Sample, Sponsored
from campaigns.results.reports.words import count, rate, rounded
from crm.base.formats import age, day_words

HUNDRED = Decimal(100)


def sample_of(figures: Sequence[PostFigure], mark: int, now: dt.datetime) -> Sample:
    """How many posts of how many people, and how many of them have numbers."""
    counted = [one for one in figures if one.is_counted]
    early = sum(1 for one in counted if one.is_early(mark, now))
    elsewhen = sum(1 for one in counted if one.is_elsewhen(mark) and not one.is_early(mark, now))
    words = _("%(counted)s of %(posts)s posts have numbers") % {
        "counted": count(len(counted)), "posts": count(len(figures))
    }  # fmt: skip
    return Sample(len(figures), len(counted), len({one.person for one in figures}), early, elsewhen, words)


def newest_of(figures: Sequence[PostFigure]) -> dt.datetime | None:
    return max((one.taken_at for one in figures if one.taken_at is not None), default=None)


def age_words(newest_at: dt.datetime | None, now: dt.datetime) -> str:
    """Domain rule R1-33: how old what is read here is."""
    if newest_at is None:
        return _("no numbers yet")
    return _("newest numbers %(age)s old") % {"age": age(newest_at, now)}


def forecast_of(figures: Sequence[PostFigure]) -> Forecast | None:
    """By the median reach rate of these accounts, never by their followers (domain rule R1-52)."""
    accounts = {id(one.account): one.account for one in figures if one.account is not None}
    usual = median_of(known.reach_rate for known in accounts.values())
    if usual is None:
        return None
    told = [(one, expected(one, usual)) for one in figures]
    known = [(one, value) for one, value in told if value is not None]
    reached = [one.counts.reach for one, _value in known if one.counts.reach is not None]
    total = int(rounded(sum((value for _one, value in known), Decimal(0)), 0))
    words = _("Their followers together are %(followers)s; at their median reach rate %(expected)s could be expected.") % {
        "followers": count(sum(followers_of(one) or 0 for one, _value in known)), "expected": count(total)
    }  # fmt: skip
    return Forecast(total, sum(reached) if reached else None, len(known), words) if known else None


def expected(one: PostFigure, usual: Decimal) -> Decimal | None:
    followers = followers_of(one)
    own = one.account.reach_rate if one.account is not None else None
    return None if followers is None else followers * (usual if own is None else own)


def followers_of(one: PostFigure) -> int | None:
    return one.counts.followers or (one.account.followers if one.account is not None else None)


def sponsored_of(figures: Sequence[PostFigure]) -> Sponsored | None:
    """Only people of whom both are known."""
    pairs = [
        (one.person, one.counts.public, one.account.public)
        for one in figures
        if one.account is not None and one.account.public is not None and one.counts.public is not None
    ]
    ours, overall = median_of(pair[1] for pair in pairs), median_of(pair[2] for pair in pairs)
    if ours is None or overall is None:
        return None
    words = _("Sponsored %(ours)s, all their posts %(overall)s") % {"ours": rate(ours), "overall": rate(overall)}
    return Sponsored(ours * HUNDRED, overall * HUNDRED, len({pair[0] for pair in pairs}), words)


def also_of(rows: Sequence[Confounder]) -> list[Also]:
    return [Also(str(one.get_kind_display()), days(one.first_on, one.last_on), one.note) for one in rows]


def days(first_on: dt.date, last_on: dt.date | None) -> str:
    if last_on is None or last_on == first_on:
        return day_words(first_on)
    return _("%(first)s to %(last)s") % {"first": day_words(first_on), "last": day_words(last_on)}


def lift_of(one: BrandLift) -> Lift:
    """The difference in points, with how many were asked, and whether that is enough to call it one."""
    read = reading_of(one.exposed, one.exposed_yes, one.control, one.control_yes)
    exposed, control = Decimal(one.exposed_yes) / one.exposed, Decimal(one.control_yes) / one.control
    points = _("%(sign)s%(points)s points") % {"sign": "+" if read.points > 0 else "", "points": count(read.points)}
    said = {"exposed": rate(exposed), "n": count(one.exposed), "control": rate(control), "m": count(one.control)}
    sub = _("%(exposed)s of %(n)s who saw it, %(control)s of %(m)s who did not") % said
    words = _("too few to tell") if read.is_too_few else points
    return Lift(one.question, exposed, control, words, sub)


def notes_of(sample: Sample, mark_words: str, basis_words: str) -> list[str]:
    """What to know before a figure is quoted."""
    notes = [basis_words]
    if sample.is_partial:
        notes.append(
            _("%(words)s: sums count only those, so costs per result fall as the rest come in.")
            % {"words": sample.words}
        )
    if sample.early:
        notes.append(
            ngettext(
                "%(n)s post is younger than the mark of %(mark)s: its newest numbers stand in.",
                "%(n)s posts are younger than the mark of %(mark)s: their newest numbers stand in.",
                sample.early,
            ) % {"n": count(sample.early), "mark": mark_words}
        )  # fmt: skip
    if sample.elsewhen:
        notes.append(
            ngettext(
                "%(n)s post was counted far from the mark of %(mark)s; the nearest numbers are taken.",
                "%(n)s posts were counted far from the mark of %(mark)s; the nearest numbers are taken.",
                sample.elsewhen,
            ) % {"n": count(sample.elsewhen), "mark": mark_words}
        )  # fmt: skip
    return notes
