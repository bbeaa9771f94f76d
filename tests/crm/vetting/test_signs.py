"""Signs, their words and the score, with the thresholds as they are seeded."""

import datetime as dt
import inspect
import re
from decimal import Decimal
from typing import Any

import pytest

from crm.influencers.rates import Counts
from crm.vetting.authenticity import compare as compare_module
from crm.vetting.authenticity import score as score_module
from crm.vetting.authenticity import signs as signs_module
from crm.vetting.authenticity.comments import alike
from crm.vetting.authenticity.compare import Comparison, compare
from crm.vetting.authenticity.growth import steps
from crm.vetting.authenticity.readings import Audience, Band, Count, Readings, Rules
from crm.vetting.authenticity.score import Score, score
from crm.vetting.authenticity.signs import LOOKS, Sign, signs_of
from crm.vetting.models import Threshold
from crm.vetting.seeds import thresholds

TODAY = dt.date(2026, 11, 24)
RULES: Rules = {row.code: row for row in thresholds() if not row.currency}
BAND = Band("Untapper ranges", 2026, is_indicative=True, low=Decimal("0.02"), high=Decimal("0.035"))


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def readings(**known: Any) -> Readings:
    return Readings(today=TODAY, **known)


def codes(found: Readings) -> list[str]:
    return [sign.code for sign in signs_of(found, RULES)]


def only(found: Readings) -> Sign:
    (sign,) = signs_of(found, RULES)
    return sign


# ---- engagement --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("0.0099", ["ER_LOW"]),
        ("0.01", []),
        ("0.027", []),
        ("0.105", []),
        ("0.1051", ["ER_HIGH"]),
    ],
)
def test_engagement_is_worth_a_look_below_half_the_low_end_and_above_three_times_the_high_end(
    rate: str, shown: list[str]
) -> None:
    assert codes(readings(rate=Decimal(rate), band=BAND)) == shown


def test_without_a_benchmark_nobody_is_compared() -> None:
    assert codes(readings(rate=Decimal("0.0001"))) == []


def test_low_engagement_says_what_was_seen_against_which_set_and_who_decides() -> None:
    assert only(readings(rate=Decimal("0.004"), band=BAND)).words == (
        "Engagement is 0.4%, less than 0.5 times the low end of what is usual. "
        "Usual: 2% to 3.5% (Untapper ranges 2026, indicative). "
        "Limit: HypeAuditor, study of Instagram engagement. "
        "A sign, not a verdict: a person looks and decides."
    )


def test_high_engagement_alone_is_information_and_takes_nothing_off() -> None:
    found = readings(rate=Decimal("0.2"), band=BAND, posts=12, history=(count(90, 1), count(3, 2)))
    sign = only(found)
    assert (sign.code, sign.is_info) == ("ER_HIGH", True)
    assert sign.seen == (
        "Engagement is 20%, more than 3 times the high end of what is usual. Such rates exist, and this alone means "
        "nothing bad."
    )
    assert score(found, [sign], (), RULES) == Score(100)


ACCUSING = re.compile(r"fraud|fake|bought|cheat|scam|suspicious|dishonest|palsu|curang|tipu", re.IGNORECASE)


def test_no_word_of_any_sign_accuses_anybody() -> None:
    for module in (signs_module, compare_module, score_module):
        assert ACCUSING.findall(inspect.getsource(module)) == []
    assert [row.meaning for row in RULES.values() if ACCUSING.search(row.meaning)] == []
    assert [str(label) for label in Threshold.Code.labels if ACCUSING.search(str(label))] == []


def test_every_sign_says_that_a_person_decides() -> None:
    found = readings(
        rate=Decimal("0.004"), band=BAND, counts=Counts(followers=20_000, likes=1_000, comments=1), following=30_000,
        like_counts=(100,) * 12, comments_sampled=50, comments_alike=30, organic=Decimal("0.04"),
        sponsored=Decimal("0.01"), audience=Audience("Makassar", Decimal("0.1"), "Screenshot"),
        counted_on=days_ago(91),
    )  # fmt: skip
    words = [sign.words for sign in signs_of(found, RULES)]
    assert len(words) == len(LOOKS) - 2
    assert [said for said in words if not said.endswith("A sign, not a verdict: a person looks and decides.")] == []


# ---- likes and comments ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("likes", "comments", "shown"),
    [
        (10_000, 49, ["COMMENT_LIKE"]),
        (10_000, 50, []),
        (10_000, 668, []),
        (10_000, 2_500, []),
        (10_000, 2_501, ["COMMENT_LIKE"]),
        (0, 10, []),
    ],
)
def test_comments_per_like_are_usual_between_both_limits(likes: int, comments: int, shown: list[str]) -> None:
    assert codes(readings(counts=Counts(likes=likes, comments=comments))) == shown


def test_likes_that_hardly_differ_need_twelve_posts_to_be_a_sign() -> None:
    assert codes(readings(like_counts=(1000, 1010) * 6)) == ["UNIFORM_LIKES"]
    assert codes(readings(like_counts=(1000, 1010) * 5)) == []
    assert codes(readings(like_counts=(1000, 1400) * 6)) == []
    assert codes(readings(like_counts=(0,) * 12)) == []


@pytest.mark.parametrize(
    ("sampled", "same", "shown"), [(50, 21, ["DUP_COMMENTS"]), (50, 20, []), (49, 40, []), (100, 41, ["DUP_COMMENTS"])]
)
def test_repeated_comments_are_a_sign_above_four_in_ten_of_fifty(sampled: int, same: int, shown: list[str]) -> None:
    assert codes(readings(comments_sampled=sampled, comments_alike=same)) == shown


def test_comments_are_alike_whatever_their_case_marks_and_emoji() -> None:
    assert alike(["Mantap kak!", "mantap kak 🔥", "😍😍", "Beli di mana?", "!!!", "Cantik"]) == 4
    assert alike([]) == 0


@pytest.mark.parametrize(
    ("followers", "following", "shown"),
    [(10_000, 20_000, []), (10_001, 10_001, []), (10_001, 10_002, ["FOLLOW_RATIO"])],
)
def test_following_more_than_follow_back_counts_above_ten_thousand(
    followers: int, following: int, shown: list[str]
) -> None:
    assert codes(readings(counts=Counts(followers=followers), following=following)) == shown


# ---- sponsored, audience, age ------------------------------------------------------------------------------------


def test_sponsored_posts_below_half_of_organic_ones_are_a_sign() -> None:
    assert codes(readings(organic=Decimal("0.031"), sponsored=Decimal("0.0154"))) == ["SPONSORED_DROP"]
    assert codes(readings(organic=Decimal("0.031"), sponsored=Decimal("0.0155"))) == []
    assert codes(readings(sponsored=Decimal("0.001"))) == []


def test_an_audience_elsewhere_is_a_sign_only_when_somebody_knows_the_audience() -> None:
    assert codes(readings()) == []
    assert codes(readings(audience=Audience("Makassar", Decimal("0.3")))) == []
    assert only(readings(audience=Audience("Makassar", Decimal("0.12"), "Media kit"))).seen == (
        "12% of the audience lives in Makassar (Media kit); less than 30%."
    )


def test_numbers_are_old_after_ninety_days() -> None:
    assert codes(readings(counted_on=days_ago(90))) == []
    assert only(readings(counted_on=days_ago(91))).seen == "The newest numbers are from 25 August 2026, 91 days ago."


# ---- growth ------------------------------------------------------------------------------------------------------


def count(days: int, followers: int, rate: str | None = None) -> Count:
    return Count(days_ago(days), followers, Decimal(rate) if rate else None)


def weekly_counts(jump_at: int, *, by: float, rate_after: str | None) -> tuple[Count, ...]:
    """Thirteen weeks, 0.5 percent growth each, and one that differs."""
    followers, counts = 10_000.0, []
    for week in range(13):
        if week:
            followers *= by if week == jump_at else 1.005 + week % 2 / 1000
        rate = rate_after if week >= jump_at else "0.03"
        counts.append(count((12 - week) * 7, int(followers), rate))
    return tuple(counts)


def test_a_jump_while_engagement_falls_is_a_sign() -> None:
    sign = only(readings(history=weekly_counts(8, by=1.12, rate_after="0.026")))
    assert sign.code == "GROWTH_SPIKE"
    assert "between 20 October 2026 and 27 October 2026: 12% in seven days" in sign.seen
    assert "A post that went viral looks the same." in sign.seen


@pytest.mark.parametrize(
    ("by", "rate_after"),
    [(1.12, "0.031"), (1.04, "0.02"), (1.12, None)],
    ids=["engagement rose too", "four percent is no jump", "nobody counted engagement"],
)
def test_a_jump_is_no_sign_when_something_else_explains_it(by: float, rate_after: str | None) -> None:
    assert codes(readings(history=weekly_counts(8, by=by, rate_after=rate_after))) == []


def test_steady_fast_growth_is_no_jump() -> None:
    history = tuple(count(84 - 7 * week, int(10_000 * 1.08**week), "0.03") for week in range(13))
    assert codes(readings(history=history)) == []


def test_a_jump_needs_other_weeks_to_stand_out_from() -> None:
    assert (
        codes(readings(history=(count(14, 10_000, "0.03"), count(7, 10_050, "0.03"), count(0, 12_000, "0.02")))) == []
    )


def test_growth_of_a_month_between_two_counts_is_told_per_week() -> None:
    history = (
        count(90, 10_000, "0.03"),
        count(60, 10_100, "0.03"),
        count(30, 10_210, "0.03"),
        count(0, 15_000, "0.02"),
    )
    (sign,) = signs_of(readings(history=history), RULES)
    assert "9.4% in seven days" in sign.seen


def test_counts_less_than_a_week_apart_are_taken_together() -> None:
    history = tuple(count(days, 10_000 + (14 - days) * 10) for days in range(14, -1, -1))
    assert [(step.before.on, step.after.on) for step in steps(history)] == [
        (days_ago(14), days_ago(7)),
        (days_ago(7), TODAY),
    ]


def test_a_count_of_nobody_breaks_nothing() -> None:
    assert steps((count(30, 0), count(7, 100), count(0, 120)))[0].before.followers == 100
    assert steps(()) == []


# ---- the score ---------------------------------------------------------------------------------------------------

ENOUGH: dict[str, Any] = {"posts": 6, "history": (count(90, 10_000), count(3, 10_100))}


def sign(code: str, weight: int) -> Sign:
    return Sign(code, code, "", "", weight)


def test_the_score_starts_at_one_hundred_and_loses_the_weights() -> None:
    found = readings(**ENOUGH)
    assert score(found, [], (), RULES) == Score(100)
    assert score(found, [sign("ER_LOW", 25), sign("STALE", 10)], (), RULES) == Score(65)


def test_a_cleared_sign_takes_nothing_off() -> None:
    assert score(readings(**ENOUGH), [sign("ER_LOW", 25), sign("STALE", 10)], ["ER_LOW"], RULES) == Score(90)


def test_the_score_ends_at_zero() -> None:
    assert score(readings(**ENOUGH), [sign(str(n), 25) for n in range(5)], (), RULES) == Score(0)


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({"posts": 5}, ("5 posts were looked at, 6 are needed.",)),
        ({"posts": None}, ("Nobody has said how many posts were looked at.",)),
        ({"history": ()}, ("Followers were not counted on 2 different days.",)),
        ({"history": (count(3, 10_000), count(3, 10_100))}, ("Followers were not counted on 2 different days.",)),
    ],
)
def test_too_little_is_never_one_hundred(known: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert score(readings(**(ENOUGH | known)), [], (), RULES) == Score(None, missing)


def test_a_sample_of_likes_counts_as_posts_looked_at() -> None:
    assert score(readings(**(ENOUGH | {"posts": None, "like_counts": (1, 5, 9, 3, 2, 8)})), [], (), RULES) == Score(100)


def test_without_a_threshold_for_enough_there_is_no_score() -> None:
    assert score(readings(**ENOUGH), [], (), {}).points is None


def test_a_sign_without_a_valid_threshold_is_off() -> None:
    assert list(signs_of(readings(rate=Decimal("0.001"), band=BAND), {})) == []


# ---- benchmarks --------------------------------------------------------------------------------------------------

LIKES = Band("Seed article / Markerly 2016", 2016, is_indicative=False, low=Decimal("0.0237"), high=Decimal("0.0237"))
WIDE = Band("Untapper ranges", 2026, is_indicative=True, low=Decimal("0.02"), high=Decimal("0.035"))
SAMPLE = Counts(followers=48_000, likes=1_140, comments=82)


def compared(band: Band, measure: str = "public", counts: Counts = SAMPLE) -> Comparison:
    (found,) = compare([(measure, band)], counts, Counts(), Decimal(2))
    return found


def test_a_rate_stands_beside_a_set_of_the_same_definition() -> None:
    found = compared(WIDE)
    assert (round(found.rate * 100, 3), found.words) == (Decimal("2.546"), "on the benchmark")
    assert found.usual == "Usual: 2% to 3.5% (Untapper ranges 2026, indicative)."
    assert compared(LIKES, "likes").usual == "Usual: 2.37% (Seed article / Markerly 2016)."


@pytest.mark.parametrize(
    ("likes", "words", "worth"),
    [
        (700, "below the benchmark", False),
        (1_400, "on the benchmark", False),
        (3_000, "above the benchmark", False),
        (3_360, "2 times the benchmark, worth a look", True),
        (9_000, "5.4 times the benchmark, worth a look", True),
    ],
)
def test_twice_the_benchmark_is_worth_a_look_and_nothing_more(likes: int, words: str, worth: bool) -> None:
    found = compared(WIDE, counts=Counts(followers=48_000, likes=likes, comments=0))
    assert (found.words, found.is_worth_a_look) == (words, worth)


def test_what_cannot_be_computed_is_not_compared() -> None:
    assert list(compare([("views", WIDE), ("impressions", WIDE)], SAMPLE, Counts(), Decimal(2))) == []


def test_sponsored_sets_are_compared_with_sponsored_posts_only() -> None:
    assert list(compare([("sponsored", WIDE)], SAMPLE, Counts(), Decimal(2))) == []
    (found,) = compare([("sponsored", WIDE)], Counts(), SAMPLE, Decimal(2))
    assert round(found.rate * 100, 3) == Decimal("2.546")
