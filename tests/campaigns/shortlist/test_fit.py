"""The score by itself: whatever is known and however it is weighed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from campaigns.shortlist.fit import Fit, Told, fit_of, ranked, rounded, told, unknown
from campaigns.shortlist.fit_audience import band_of_ages, share_of_ages, share_of_places, target_match
from campaigns.shortlist.fit_known import Known, Reached, Wanted, World
from campaigns.shortlist.fit_parts import engagement, niche_match, parts_of, price, tier
from campaigns.shortlist.models import FitWeight
from crm.base.trees import Tree
from crm.vetting.authenticity.readings import Band
from tests.campaigns.shortlist.conftest import TODAY

PARTS = FitWeight.Part.values
FAMILY, EDUCATION, HEALTH, MONEY = 1, 2, 3, 9
NICHES = Tree({FAMILY: None, EDUCATION: FAMILY, HEALTH: FAMILY, MONEY: None})
INDONESIA, SULSEL, MAKASSAR, JAKARTA = 1, 2, 3, 4
PLACES = Tree({INDONESIA: None, SULSEL: INDONESIA, MAKASSAR: SULSEL, JAKARTA: INDONESIA})
WORLD = World(NICHES, PLACES, tier_names={"micro": "Micro", "macro": "Macro"})

values = st.one_of(st.none(), st.fractions(0, 1, max_denominator=50))
weights = st.dictionaries(st.sampled_from(PARTS), st.integers(0, 100))
people = st.lists(
    st.tuples(st.dictionaries(st.sampled_from(PARTS), values), st.sampled_from(["AYU", "BUNGA"])), max_size=7
)


def parts(known: dict[str, Fraction | None]) -> list[Told]:
    return [unknown(part, "?") if known.get(part) is None else told(part, known[part], "so") for part in PARTS]


@given(st.dictionaries(st.sampled_from(PARTS), values), weights)
def test_a_score_lies_between_nothing_and_a_hundred(known: dict[str, Fraction | None], counts: dict[str, int]) -> None:
    fit = fit_of(parts(known), counts)
    assert (fit.score is None) == (fit.known == 0)
    assert fit.score is None or 0 <= fit.score <= 100


@given(st.dictionaries(st.sampled_from(PARTS), values), weights, st.integers(1, 40))
def test_only_what_weights_are_to_each_other_counts(
    known: dict[str, Fraction | None], counts: dict[str, int], times: int
) -> None:
    scaled = {part: weight * times for part, weight in counts.items()}
    assert fit_of(parts(known), scaled).score == fit_of(parts(known), counts).score


@given(st.dictionaries(st.sampled_from(PARTS), values), weights, st.sampled_from(PARTS))
def test_what_nobody_knows_neither_helps_nor_harms(
    known: dict[str, Fraction | None], counts: dict[str, int], part: str
) -> None:
    without = {**known, part: None}
    left_out = {one: weight for one, weight in counts.items() if one != part}
    assert fit_of(parts(without), counts).score == fit_of(parts(without), left_out).score


@given(people, weights, st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_where_people_stood(
    found: list[tuple[dict[str, Fraction | None], str]], counts: dict[str, int], dice: object
) -> None:
    rows = [(fit_of(parts(known), counts), name, pk) for pk, (known, name) in enumerate(found)]
    mixed = rows.copy()
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert [pk for _fit, _name, pk in ranked(mixed)] == [pk for _fit, _name, pk in ranked(rows)]
    scores = [-1 if fit.score is None else fit.score for fit, _name, _pk in ranked(rows)]
    assert scores == sorted(scores, reverse=True)


def test_certainty_says_how_many_parts_are_known() -> None:
    fit = fit_of(parts({"niche": Fraction(1), "place": Fraction(1, 2)}), {"niche": 20, "place": 10, "price": 5})
    assert (fit.score, fit.certainty, fit.is_sure) == (83, "2 of 3 parts known", True)


def test_a_half_goes_up() -> None:
    assert (rounded(Fraction(5, 2)), rounded(Fraction(7, 2)), rounded(Fraction(249, 100))) == (3, 4, 2)


def test_nothing_known_is_no_score_and_comes_last() -> None:
    blank, poor = fit_of(parts({}), {"niche": 1}), fit_of(parts({"niche": Fraction(0)}), {"niche": 1})
    assert (blank.score, poor.score) == (None, 0)
    assert [fit for fit, _name, _pk in ranked([(blank, "A", 1), (poor, "B", 2)])] == [poor, blank]


def test_followers_count_nothing_unless_somebody_says_so() -> None:
    large, small = Known(followers=2_000_000), Known(followers=900)
    counts = {"niche": 20}
    scores = [fit_of(parts_of(one, Wanted(), WORLD), counts).score for one in (large, small)]
    assert scores == [None, None]


@pytest.mark.parametrize(
    ("own", "main", "wanted", "match"),
    [
        ({EDUCATION}, EDUCATION, {FAMILY}, Fraction(1)),
        ({HEALTH, MONEY}, HEALTH, {FAMILY}, Fraction(2, 3)),
        ({HEALTH, MONEY}, MONEY, {FAMILY}, Fraction(1, 3)),
        ({FAMILY}, FAMILY, {EDUCATION}, Fraction(1, 2)),
        ({HEALTH}, HEALTH, {EDUCATION}, Fraction(0)),
        (set(), EDUCATION, {FAMILY}, Fraction(1)),
        (set(), None, {FAMILY}, None),
        ({EDUCATION}, EDUCATION, set(), None),
    ],
)
def test_a_niche_fits_with_everything_within_it(
    own: set[int], main: int | None, wanted: set[int], match: Fraction | None
) -> None:
    known = Known(niches=frozenset(own), main_niche=main)
    assert niche_match(known, Wanted(niches=frozenset(wanted)), NICHES) == match


@pytest.mark.parametrize(
    ("label", "band"),
    [("25-34", (25, 34)), ("45+", (45, 64)), ("18", (18, 18)), ("34-25", None), ("Gen Z", None)],
)
def test_age_bands_are_read_as_people_write_them(label: str, band: tuple[int, int] | None) -> None:
    assert band_of_ages(label) == band


def reached(**counted: dict[object, int]) -> Reached:
    shares = {kind: {key: Decimal(share) for key, share in said.items()} for kind, said in counted.items()}
    return Reached(TODAY, **shares)  # type: ignore[arg-type]


def test_a_band_that_reaches_beyond_counts_for_its_years_inside() -> None:
    counted = reached(ages={"18-24": 40, "25-34": 50})
    assert share_of_ages(counted, Wanted(age_from=25, age_to=29)) == Fraction(1, 4)


@pytest.mark.parametrize(
    ("counted", "wanted", "share"),
    [
        ({MAKASSAR: 58, JAKARTA: 20}, {SULSEL}, Fraction(58, 100)),
        ({INDONESIA: 90, MAKASSAR: 58}, {INDONESIA}, Fraction(9, 10)),
        ({INDONESIA: 90}, {MAKASSAR}, None),
        ({JAKARTA: 70}, {MAKASSAR}, Fraction(0)),
    ],
)
def test_people_of_a_town_are_counted_once(
    counted: dict[object, int], wanted: set[int], share: Fraction | None
) -> None:
    assert share_of_places(reached(places=counted), Wanted(places=frozenset(wanted)), PLACES) == share


def test_active_runners_are_met_by_micros_and_new_ones_by_the_large() -> None:
    """Of 3,000,000 followers 15 % match, of 40,000 60 %: who suits depends on whom the campaign wants."""
    wanted = Wanted(gender="women")
    celebrity, micro = (
        target_match(Known(audience=reached(genders={"women": share})), wanted, PLACES) for share in (15, 60)
    )
    assert (celebrity, micro) == (Fraction(15, 100), Fraction(60, 100))
    activate, introduce = Wanted(tiers=("micro",)), Wanted(tiers=("macro",))
    runner = Known(tier="micro")
    assert tier(runner, activate, WORLD).percent == 100
    assert tier(runner, introduce, WORLD).percent == 0


def test_on_the_benchmark_is_the_middle_and_very_high_is_simply_the_top() -> None:
    band = Band("Mediakix 2017", 2017, is_indicative=False, low=Decimal("0.018"), high=Decimal("0.025"))
    rates = ("0.0215", "0.043", "0.2")
    found = [engagement(Known(rate=Decimal(rate), band=band), Wanted(), WORLD) for rate in rates]
    assert [one.percent for one in found] == [50, 100, 100]
    assert found[0].words == "2.15% against 1.8-2.5%, Mediakix 2017"


def test_a_price_within_what_we_have_in_mind_fits() -> None:
    ours = Money(2_000_000, "IDR")
    said = [
        price(Known(asks=Money(asks, "IDR"), in_mind=ours), Wanted(), WORLD).percent for asks in (1_500_000, 4_000_000)
    ]
    assert said == [100, 50]
    assert (
        price(Known(asks=Money(100, "USD"), in_mind=ours), Wanted(), WORLD).words == "her price is in another currency"
    )


def test_a_score_without_parts_is_neither_sure_nor_coloured() -> None:
    assert (Fit(None, ()).tone, Fit(None, ()).is_sure) == ("", False)
