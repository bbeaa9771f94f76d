"""Who may not do what, when: clause A bars Skincare from 1 to 31 March 2026 in Jakarta unless a case says otherwise."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from crm.base.trees import Tree
from crm.base.windows import CountMode, Window, day_window, hour_window, planned_window, union
from crm.base.zones import local_instant
from crm.exclusivity.predicate import Finding, Severity, judge
from crm.exclusivity.terms import (
    Act,
    Bar,
    CarveOut,
    Certainty,
    Engagement,
    Kind,
    Scope,
    Standing,
    Stretch,
    World,
)

JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"
KIRANA, PARTNER = 1, 2
BEAUTY, SKINCARE, SUNSCREEN, BABY_CARE, LIPSTICK, SHOES, SOCKS = range(10, 17)
OURS, RIVAL, SISTER = 20, 21, 22
OUR_HOUSE, RIVAL_HOUSE, GROUP = 30, 31, 32
INSTAGRAM, TIKTOK = 40, 41
FEED, REEL, STORY = 50, 51, 52
WORLD_, ASEAN, INDONESIA, MALAYSIA, JAKARTA_ = 60, 61, 62, 63, 64
BLOCK, WARN, INFO, NONE = Severity.BLOCK, Severity.WARN, Severity.INFO, Severity.NONE
ALWAYS = Window(None, None)
WORLD = World(
    categories=Tree({BEAUTY: None, SKINCARE: BEAUTY, SUNSCREEN: SKINCARE, BABY_CARE: SKINCARE, LIPSTICK: BEAUTY,
                     SHOES: None, SOCKS: None}),
    territories=Tree({ASEAN: None, INDONESIA: ASEAN, MALAYSIA: ASEAN, JAKARTA_: INDONESIA}),
    houses=Tree({OUR_HOUSE: None, RIVAL_HOUSE: None, GROUP: None}),
    owned={OURS: [(OUR_HOUSE, ALWAYS)], SISTER: [(OUR_HOUSE, ALWAYS)], RIVAL: [(RIVAL_HOUSE, ALWAYS)]},
)  # fmt: skip


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def days(first: dt.date | None, last: dt.date | None, zone: str = JAKARTA) -> Window:
    return day_window(first, last, zone)


def at(on: dt.date, clock: str, zone: str = JAKARTA) -> dt.datetime:
    return local_instant(on, dt.time.fromisoformat(clock), zone)


def minute(moment: dt.datetime) -> Window:
    return Window(moment, moment + dt.timedelta(minutes=1))


def bar(**changes: Any) -> Bar:
    scope = changes.pop("scope", {})
    window = changes.pop("window", days(day(3, 1), day(3, 31)))
    standard = Bar(
        clause=1, version=1, person=KIRANA, zone=JAKARTA, beneficiary=OURS, house=OUR_HOUSE,
        scope=Scope(**{"kind": Kind.CATEGORY_PRODUCT, "categories": frozenset({SKINCARE}), **scope}),
        stretches=[Stretch.certain(window)],
    )  # fmt: skip
    return replace(standard, **changes)


def post(**changes: Any) -> Engagement:
    standard = Engagement(
        ref="post:1", people=frozenset({KIRANA}), brand=RIVAL, window=days(day(3, 10), day(3, 10)),
        categories=frozenset({SKINCARE}), company=frozenset({SKINCARE}), platform=INSTAGRAM, format=REEL,
        territories=frozenset({INDONESIA}),
    )  # fmt: skip
    return replace(standard, **changes)


def found(one: Bar, other: Engagement, world: World = WORLD, **words: Any) -> Finding:
    return judge(one, other, world, **words)


def weight(one: Bar, other: Engagement, world: World = WORLD, **words: Any) -> Severity:
    return found(one, other, world, **words).severity


class TestEdges:
    def test_01_the_last_minute_of_the_last_day_is_barred(self) -> None:
        finding = found(bar(), post(window=minute(at(day(3, 31), "23:59"))))
        assert (finding.severity, finding.days) == (BLOCK, 1)

    def test_02_the_next_midnight_is_free_and_adjacent_with_a_buffer(self) -> None:
        free = post(window=minute(at(day(4, 1), "00:00")))
        assert weight(bar(), free) == NONE
        assert found(bar(buffer_days=1), free) == Finding(INFO, ("adjacent",))
        assert weight(bar(buffer_days=1), post(window=minute(at(day(4, 2), "00:00")))) == NONE
        assert weight(bar(buffer_days=1), post(window=days(day(2, 28), day(2, 28)))) == INFO

    def test_03_a_later_clock_further_east_is_still_the_last_day(self) -> None:
        assert weight(bar(), post(window=minute(at(day(4, 1), "00:30", JAYAPURA)))) == BLOCK

    def test_04_a_deal_from_the_last_day_on_overlaps_by_one_day(self) -> None:
        finding = found(bar(), post(window=days(day(3, 31), day(4, 30))))
        assert (finding.severity, finding.days) == (BLOCK, 1)

    def test_05_without_an_end_everything_later_is_barred(self) -> None:
        assert weight(bar(window=days(day(3, 1), None)), post(window=days(day(1, 1, 2031), day(1, 1, 2031)))) == BLOCK

    def test_06_told_without_a_start_it_warns_about_everything_up_to_its_end(self) -> None:
        told = bar(window=days(None, day(3, 31)), is_known=False)
        assert weight(told, post(window=days(day(1, 1, 2020), day(1, 1, 2020)))) == WARN
        assert weight(told, post(window=days(day(4, 1), day(4, 1)))) == NONE

    def test_07_one_day_is_one_day(self) -> None:
        one_day = bar(window=days(day(3, 10), day(3, 10)))
        assert found(one_day, post()).days == 1
        assert weight(one_day, post(window=days(day(3, 11), day(3, 11)))) == NONE


class TestScope:
    def test_08_a_child_category_is_meant_unless_the_clause_says_not(self) -> None:
        sunscreen = post(categories=frozenset({SUNSCREEN}))
        assert weight(bar(), sunscreen) == BLOCK
        assert weight(bar(scope={"with_children": False}), sunscreen) == NONE

    def test_09_a_wider_category_may_include_it(self) -> None:
        wide = post(categories=frozenset({BEAUTY}), act=Act.AMBASSADORSHIP)
        assert found(bar(scope={"acts": frozenset({Act.AMBASSADORSHIP})}), wide).severity == WARN

    def test_10_a_sibling_is_free(self) -> None:
        assert weight(bar(), post(categories=frozenset({LIPSTICK}))) == NONE

    def test_11_an_excluded_child_is_free(self) -> None:
        baby = post(categories=frozenset({BABY_CARE}))
        assert weight(bar(scope={"excluded": frozenset({BABY_CARE})}), baby) == NONE

    def test_12_a_bar_on_companies_reaches_what_else_they_sell(self) -> None:
        socks = post(categories=frozenset({SOCKS}), company=frozenset({SHOES, SOCKS}))
        shoes = {"categories": frozenset({SHOES})}
        assert weight(bar(scope={**shoes, "kind": Kind.CATEGORY_COMPANY}), socks) == BLOCK
        assert weight(bar(scope=shoes), socks) == NONE

    def test_13_a_sister_brand_is_told_and_barred_only_where_the_own_house_counts(self) -> None:
        assert found(bar(), post(brand=SISTER)) == Finding(INFO, ("own-house",), days(day(3, 10), day(3, 10)), 1)
        assert weight(bar(own_house_counts=True), post(brand=SISTER)) == BLOCK

    def test_14_a_named_house_counts_from_the_day_it_owns_the_brand(self) -> None:
        owned = [(RIVAL_HOUSE, days(None, day(3, 9))), (GROUP, days(day(3, 10), None))]
        world = replace(WORLD, owned={**WORLD.owned, RIVAL: owned})
        named = bar(scope={"kind": Kind.NAMED_OWNER, "houses": frozenset({GROUP})})
        assert weight(named, post(window=days(day(3, 5), day(3, 5))), world) == NONE
        assert weight(named, post(window=days(day(3, 12), day(3, 12))), world) == BLOCK
        assert found(named, post(window=days(day(3, 5), day(3, 12))), world).days == 3

    def test_15_a_new_brand_is_caught_by_category_and_not_by_name(self) -> None:
        fresh = post(brand=99)
        assert weight(bar(), fresh) == BLOCK
        assert weight(bar(scope={"kind": Kind.NAMED_BRAND, "brands": frozenset({RIVAL})}), fresh) == NONE

    def test_16_one_platform_leaves_the_others_free(self) -> None:
        instagram = bar(scope={"platforms": frozenset({INSTAGRAM})})
        assert [weight(instagram, post(platform=platform)) for platform in (TIKTOK, INSTAGRAM)] == [NONE, BLOCK]

    def test_17_formats_not_named_are_free(self) -> None:
        assert weight(bar(scope={"formats": frozenset({FEED, REEL})}), post(format=STORY)) == NONE

    def test_18_a_story_of_the_evening_before_counts_only_where_being_seen_counts(self) -> None:
        posted = at(day(2, 28), "23:30")
        story = post(window=minute(posted), presence=Window(posted, posted + dt.timedelta(hours=24)), format=STORY)
        assert [weight(bar(counts_presence=counts), story) for counts in (False, True)] == [NONE, BLOCK]

    def test_19_what_was_posted_before_and_stays_online_is_free(self) -> None:
        assert (
            weight(bar(), post(window=days(day(2, 1), day(2, 1)), presence=Window(at(day(2, 1), "10:00"), None)))
            == NONE
        )

    def test_20_old_content_run_as_an_ad_is_barred_where_ads_are(self) -> None:
        advert = post(act=Act.PAID_AD_USAGE)
        assert weight(bar(), advert) == NONE
        assert weight(bar(scope={"acts": frozenset({Act.PAID_POST, Act.PAID_AD_USAGE})}), advert) == BLOCK

    @pytest.mark.parametrize(
        ("where", "weighs"),
        [(frozenset({MALAYSIA}), NONE), (None, WARN), (frozenset({ASEAN}), BLOCK), (frozenset({JAKARTA_}), BLOCK),
         (frozenset(), BLOCK)],
    )  # fmt: skip
    def test_21_countries_meet_where_one_holds_the_other(self, where: frozenset[int] | None, weighs: Severity) -> None:
        assert weight(bar(scope={"territories": frozenset({INDONESIA})}), post(territories=where)) == weighs

    @pytest.mark.parametrize(("on", "weighs"), [(10, INFO), (15, INFO), (16, BLOCK)])
    def test_22_a_carve_out_ends_with_its_day(self, on: int, weighs: Severity) -> None:
        carved = bar(carve_outs=[CarveOut(brand=RIVAL, until_at=days(None, day(3, 15)).end_at)])
        assert weight(carved, post(window=days(day(3, on), day(3, on)))) == weighs

    def test_22_what_runs_on_after_the_carve_out_is_barred_for_the_rest(self) -> None:
        carved = bar(carve_outs=[CarveOut(brand=RIVAL, until_at=days(None, day(3, 15)).end_at)])
        finding = found(carved, post(window=days(day(3, 10), day(3, 20))))
        assert (finding.severity, finding.days) == (BLOCK, 5)

    def test_a_carve_out_that_names_nothing_allows_nothing(self) -> None:
        assert weight(bar(carve_outs=[CarveOut()]), post()) == BLOCK

    @pytest.mark.parametrize(
        ("act", "acts", "weighs"),
        [
            (Act.ORGANIC_MENTION, {Act.PAID_POST}, NONE),
            (Act.ORGANIC_MENTION, {Act.PAID_POST, Act.ORGANIC_MENTION}, BLOCK),
            (Act.GIFTED_POST, {Act.PAID_POST, Act.GIFTED_POST}, BLOCK),
            (Act.OWN_BRAND, {Act.PAID_POST}, NONE),
            (Act.OWN_BRAND, {Act.PAID_POST, Act.OWN_BRAND}, BLOCK),
        ],
    )
    def test_23_24_only_what_the_clause_names_is_barred(self, act: Act, acts: set[Act], weighs: Severity) -> None:
        assert weight(bar(scope={"acts": frozenset(acts)}), post(act=act)) == weighs

    def test_a_product_nobody_knows_is_read_by_what_its_brand_sells(self) -> None:
        assert weight(bar(), post(categories=None)) == WARN
        assert weight(bar(), post(categories=None, company=frozenset({SHOES}))) == NONE


class TestWindowsOfPosts:
    def test_25_thirty_days_either_side_of_a_post(self) -> None:
        window, core = planned_window(day(5, 10), day(5, 10), -30, 30, CountMode.AFTER, JAKARTA)
        assert window == core == days(day(4, 10), day(6, 9))

    def test_26_windows_of_several_posts_count_their_days_once(self) -> None:
        posts = [day(5, 1), day(5, 10), day(6, 20)]
        joined = union(planned_window(on, on, -3, 14, CountMode.AFTER, JAKARTA)[0] for on in posts)
        assert joined == [days(day(4, 28), day(5, 24)), days(day(6, 17), day(7, 4))]
        assert [window.days(JAKARTA) for window in joined] == [27, 18]

    def test_27_what_is_only_planned_warns_outside_its_core(self) -> None:
        envelope, core = planned_window(day(5, 10), day(5, 14), -30, 30, CountMode.AFTER, JAKARTA)
        assert (envelope, core) == (days(day(4, 10), day(6, 13)), days(day(4, 14), day(6, 9)))
        planned = bar(stretches=[Stretch(envelope, core, is_provisional=True)])
        moments = (day(4, 12), day(5, 1), day(6, 12))
        assert [weight(planned, post(window=days(on, on))) for on in moments] == [WARN, BLOCK, WARN]

    def test_a_range_longer_than_the_window_has_no_core(self) -> None:
        envelope, core = planned_window(day(5, 1), day(5, 31), -3, 3, CountMode.AFTER, JAKARTA)
        assert core is None
        planned = bar(stretches=[Stretch(envelope, None, is_provisional=True)])
        assert weight(planned, post(window=days(day(5, 10), day(5, 10)))) == WARN

    def test_30_a_new_clause_over_a_signed_post_warns_before_signing(self) -> None:
        window, core = planned_window(day(5, 10), day(5, 10), -30, 0, CountMode.AFTER, JAKARTA)
        proposed = bar(stretches=[Stretch(window, core)], standing=Standing.PROPOSED)
        assert weight(proposed, post(window=days(day(4, 20), day(4, 20)))) == WARN

    def test_31_hours_are_instants(self) -> None:
        silence = bar(window=hour_window(at(day(5, 10), "18:00"), -24, 24), scope={"kind": Kind.FULL})
        moments = [at(day(5, 11), "17:59"), at(day(5, 11), "18:00")]
        assert [weight(silence, post(window=minute(moment))) for moment in moments] == [BLOCK, NONE]

    @pytest.mark.parametrize(("year", "ends_on"), [(2027, day(3, 1, 2027)), (2028, day(2, 29, 2028))])
    def test_32_thirty_days_after_the_end_of_january(self, year: int, ends_on: dt.date) -> None:
        window, _core = planned_window(day(1, 30, year), day(1, 30, year), 0, 30, CountMode.AFTER, JAKARTA)
        assert window.end_at == days(None, ends_on).end_at

    def test_33_the_last_day_ends_at_local_midnight_when_the_clocks_change(self) -> None:
        london = bar(window=days(day(3, 1), day(3, 29), "Europe/London"), zone="Europe/London")
        last = at(day(3, 29), "23:59", "Europe/London")
        assert [weight(london, post(window=minute(moment))) for moment in (last, last + dt.timedelta(minutes=1))] == [
            BLOCK,
            NONE,
        ]


class TestWhoAndHowSure:
    def test_34_what_was_promised_before_an_amendment_only_warns(self) -> None:
        longer = bar(window=days(day(3, 1), day(4, 30)), effective_from=at(day(3, 20), "00:00"))
        april = post(window=days(day(4, 10), day(4, 10)), committed_at=at(day(3, 10), "12:00"))
        assert found(longer, april).reasons == ("prior-commitment",)
        assert weight(longer, april) == WARN
        assert weight(longer, replace(april, committed_at=at(day(3, 20), "12:00"))) == BLOCK

    def test_45_two_drafts_only_tell_of_each_other(self) -> None:
        draft = post(certainty=Certainty.DRAFT)
        assert weight(bar(standing=Standing.DRAFT), draft) == INFO
        assert weight(bar(standing=Standing.PROPOSED), draft) == INFO
        assert weight(bar(), draft) == WARN
        assert weight(bar(), draft, is_signing=True) == BLOCK

    def test_46_joint_work_binds_whoever_is_bound(self) -> None:
        joint = post(people=frozenset({KIRANA, PARTNER}))
        assert weight(bar(), joint) == BLOCK
        assert weight(bar(person=3), joint) == NONE

    def test_48_the_same_brand_never_conflicts_with_itself(self) -> None:
        assert weight(bar(), post(brand=OURS)) == NONE

    def test_49_a_full_bar_only_tells_of_a_second_brand_of_the_house(self) -> None:
        assert weight(bar(scope={"kind": Kind.FULL}), post(brand=SISTER)) == INFO

    def test_53_a_bar_for_nobody_known_only_warns(self) -> None:
        assert weight(bar(beneficiary=None, house=None), post()) == WARN

    def test_a_bar_for_a_brand_that_is_none_of_ours_refuses_once_it_is_known(self) -> None:
        stranger = {"beneficiary": None, "house": None, "is_of_stranger": True}
        assert weight(bar(**stranger), post()) == BLOCK
        assert weight(bar(**stranger, is_known=False), post()) == WARN

    @pytest.mark.parametrize("standing", [Standing.WAIVED, Standing.VOID, Standing.ENDED, Standing.SUSPENDED])
    def test_what_is_not_in_force_bars_nothing(self, standing: Standing) -> None:
        assert found(bar(standing=standing), post()) == Finding(NONE, (f"bar-{standing}",))

    def test_a_clause_that_only_warns_never_blocks(self) -> None:
        assert weight(bar(blocks=False), post()) == WARN
