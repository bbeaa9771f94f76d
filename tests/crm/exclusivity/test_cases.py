"""The 53 cases of exclusivity: which test holds each, and those that need real rows and stand nowhere else."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module

import pytest
import time_machine
from django.db.models import ProtectedError

from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from crm.exclusivity.actions.waivers import allow
from crm.exclusivity.conflicts import find_conflicts
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Clause, Finding
from crm.influencers.models import Influencer, SocialAccount
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.exclusivity.deals import agreed, deal, on, post_for, post_of, promise, windows
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db

PREDICATE, PROMISES = "tests.crm.exclusivity.test_predicate", "tests.campaigns.planning.test_promises"
LASTING, HERE = "tests.crm.exclusivity.test_lasting", "tests.crm.exclusivity.test_cases"
CASES: dict[int, tuple[str, str]] = {
    1: (PREDICATE, "TestEdges.test_01_the_last_minute_of_the_last_day_is_barred"),
    2: (PREDICATE, "TestEdges.test_02_the_next_midnight_is_free_and_adjacent_with_a_buffer"),
    3: (PREDICATE, "TestEdges.test_03_a_later_clock_further_east_is_still_the_last_day"),
    4: (PREDICATE, "TestEdges.test_04_a_deal_from_the_last_day_on_overlaps_by_one_day"),
    5: (PREDICATE, "TestEdges.test_05_without_an_end_everything_later_is_barred"),
    6: (PREDICATE, "TestEdges.test_06_told_without_a_start_it_warns_about_everything_up_to_its_end"),
    7: (PREDICATE, "TestEdges.test_07_one_day_is_one_day"),
    8: (PREDICATE, "TestScope.test_08_a_child_category_is_meant_unless_the_clause_says_not"),
    9: (PREDICATE, "TestScope.test_09_a_wider_category_may_include_it"),
    10: (PREDICATE, "TestScope.test_10_a_sibling_is_free"),
    11: (PREDICATE, "TestScope.test_11_an_excluded_child_is_free"),
    12: (PREDICATE, "TestScope.test_12_a_bar_on_companies_reaches_what_else_they_sell"),
    13: (PREDICATE, "TestScope.test_13_a_sister_brand_is_told_and_barred_only_where_the_own_house_counts"),
    14: (PREDICATE, "TestScope.test_14_a_named_house_counts_from_the_day_it_owns_the_brand"),
    15: (PREDICATE, "TestScope.test_15_a_new_brand_is_caught_by_category_and_not_by_name"),
    16: (PREDICATE, "TestScope.test_16_one_platform_leaves_the_others_free"),
    17: (PREDICATE, "TestScope.test_17_formats_not_named_are_free"),
    18: (PREDICATE, "TestScope.test_18_a_story_of_the_evening_before_counts_only_where_being_seen_counts"),
    19: (PREDICATE, "TestScope.test_19_what_was_posted_before_and_stays_online_is_free"),
    20: (PREDICATE, "TestScope.test_20_old_content_run_as_an_ad_is_barred_where_ads_are"),
    21: (PREDICATE, "TestScope.test_21_countries_meet_where_one_holds_the_other"),
    22: (PREDICATE, "TestScope.test_22_a_carve_out_ends_with_its_day"),
    23: (PREDICATE, "TestScope.test_23_24_only_what_the_clause_names_is_barred"),
    24: (PREDICATE, "TestScope.test_23_24_only_what_the_clause_names_is_barred"),
    25: (PREDICATE, "TestWindowsOfPosts.test_25_thirty_days_either_side_of_a_post"),
    26: (PREDICATE, "TestWindowsOfPosts.test_26_windows_of_several_posts_count_their_days_once"),
    27: (HERE, "test_27_a_post_that_came_later_moves_the_window_and_what_it_meets"),
    28: (PROMISES, "TestWhatMoves.test_a_dropped_post_takes_its_window_and_its_claims_away"),
    29: (HERE, "test_29_a_post_that_is_gone_again_leaves_its_window"),
    30: (PREDICATE, "TestWindowsOfPosts.test_30_a_new_clause_over_a_signed_post_warns_before_signing"),
    31: (PREDICATE, "TestWindowsOfPosts.test_31_hours_are_instants"),
    32: (PREDICATE, "TestWindowsOfPosts.test_32_thirty_days_after_the_end_of_january"),
    33: (PREDICATE, "TestWindowsOfPosts.test_33_the_last_day_ends_at_local_midnight_when_the_clocks_change"),
    34: (LASTING, "TestAmending.test_34_work_agreed_before_a_longer_promise_is_told_of_and_never_a_breach"),
    35: (LASTING, "TestAmending.test_35_what_a_shorter_promise_leaves_free_settles_itself_with_a_reason"),
    36: (LASTING, "TestAmending.test_36_a_narrower_promise_frees_the_rest_and_the_old_one_keeps_the_days_before"),
    37: (LASTING, "TestEndingEarly.test_37_38_39_what_outlives_a_deal_that_ended_on_15_march"),
    38: (LASTING, "TestEndingEarly.test_37_38_39_what_outlives_a_deal_that_ended_on_15_march"),
    39: (LASTING, "TestEndingEarly.test_37_38_39_what_outlives_a_deal_that_ended_on_15_march"),
    40: (LASTING, "TestEndingEarly.test_40_a_deal_that_ended_before_the_promise_began_leaves_it_void"),
    41: (LASTING, "TestRenewing.test_41_42_a_renewal_continues_only_without_a_day_between"),
    42: (LASTING, "TestRenewing.test_41_42_a_renewal_continues_only_without_a_day_between"),
    43: (LASTING, "TestRenewing.test_43_a_term_nobody_stopped_goes_on_before_its_window_closes"),
    44: (LASTING, "TestPausing.test_44_a_pause_leaves_it_in_force_unless_it_says_otherwise"),
    45: (HERE, "test_45_two_drafts_only_tell_of_each_other_until_one_of_them_signs"),
    46: (HERE, "test_46_joint_work_is_found_for_whoever_is_bound"),
    47: (HERE, "test_47_an_agency_is_not_bound_by_what_one_of_its_talents_promised"),
    48: (HERE, "test_48_two_campaigns_of_one_brand_never_conflict"),
    49: (PREDICATE, "TestWhoAndHowSure.test_49_a_full_bar_only_tells_of_a_second_brand_of_the_house"),
    50: (HERE, "test_50_what_was_allowed_for_one_post_is_not_allowed_for_another"),
    51: (HERE, "test_51_a_brand_stays_on_file_and_findings_keep_the_names_of_their_day"),
    52: (HERE, "test_52_a_promise_binds_the_person_whatever_her_handle"),
    53: (PREDICATE, "TestWhoAndHowSure.test_53_a_bar_for_nobody_known_only_warns"),
}


def test_every_case_is_held_by_a_test_that_exists() -> None:
    assert list(CASES) == list(range(1, 54))
    for module, name in CASES.values():
        found: object = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
        assert callable(found)


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def ours(kirana: Influencer) -> Collaboration:
    """No skincare for others from 3 to 17 December."""
    return deal(kirana, "Lumi", on(12, 10))


@pytest.fixture
def clause(ours: Collaboration, now: dt.datetime) -> Clause:
    made = promise(ours)
    agreed(ours, now)
    made.refresh_from_db()
    return made


def findings() -> list[tuple[int, str]]:
    return list(Finding.objects.order_by("pk").values_list("severity", "status"))


def test_27_a_post_that_came_later_moves_the_window_and_what_it_meets(
    kirana: Influencer, ours: Collaboration, now: dt.datetime
) -> None:
    promise(ours, blocks=False)
    agreed(ours, now)
    for name, day in (("Serasi", 4), ("Senja", 20)):
        agreed(deal(kirana, name, on(12, day)), now)
    assert findings() == [(2, "open")]
    post_of(ours).publish(at=dt.datetime(2026, 12, 14, 3, tzinfo=dt.UTC), actor=SYSTEM)
    assert windows(Clause.objects.get()) == [(on(12, 7), on(12, 21))]
    assert findings() == [(2, "resolved"), (2, "open")]


def test_29_a_post_that_is_gone_again_leaves_its_window(ours: Collaboration, clause: Clause) -> None:
    posted = dt.datetime(2026, 12, 10, 3, tzinfo=dt.UTC)
    post_of(ours).publish(at=posted, actor=SYSTEM, post_url="https://contoh.example/p/1")
    post_of(ours).add_link("", at=posted + dt.timedelta(days=1), actor=SYSTEM)
    assert windows(clause) == [(on(12, 3), on(12, 17))]


def test_45_two_drafts_only_tell_of_each_other_until_one_of_them_signs(kirana: Influencer, now: dt.datetime) -> None:
    first, second = deal(kirana, "Lumi", on(12, 10)), deal(kirana, "Serasi", on(12, 12))
    for card in (first, second):
        promise(card)
        card.put("shortlist", at=now, actor=SYSTEM)
    assert findings() == [(1, "open"), (1, "open")]
    agreed(Collaboration.objects.get(pk=first.pk), now)
    with pytest.raises(PromiseHeld):
        agreed(Collaboration.objects.get(pk=second.pk), now)
    assert findings() == [(2, "open"), (2, "open")]


def test_46_joint_work_is_found_for_whoever_is_bound(kirana: Influencer, clause: Clause, now: dt.datetime) -> None:
    partner, rival = InfluencerFactory(), deal(InfluencerFactory(), "Serasi", on(12, 10)).campaign.brand
    joint = post_for(rival.pk, kirana.pk, on(12, 10), people=frozenset({kirana.pk, partner.pk}))
    (met,) = find_conflicts([kirana.pk, partner.pk], engagements=[joint], now=now)
    assert (met.bar.person, met.blocks) == (kirana.pk, True)


def test_47_an_agency_is_not_bound_by_what_one_of_its_talents_promised(
    kirana: Influencer, clause: Clause, now: dt.datetime
) -> None:
    other = InfluencerFactory(stage_name="Bagas Pratama")
    agent = ContactFactory(name="Agensi Nusantara")
    for talent in (kirana, other):
        RepresentationFactory(influencer=talent, contact=agent, capacity="agent")
    agreed(deal(other, "Serasi", on(12, 10)), now)
    assert findings() == []


def test_48_two_campaigns_of_one_brand_never_conflict(
    kirana: Influencer, ours: Collaboration, clause: Clause, now: dt.datetime
) -> None:
    agreed(deal(kirana, "Lumi again", on(12, 10), brand=ours.campaign.brand), now)
    assert findings() == []


def test_50_what_was_allowed_for_one_post_is_not_allowed_for_another(
    kirana: Influencer, clause: Clause, coordinator: User, now: dt.datetime
) -> None:
    one, other = deal(kirana, "Serasi", on(12, 10)), deal(kirana, "Senja", on(12, 11))
    asked = post_for(one.campaign.brand_id, kirana.pk, on(12, 10), ref=f"campaigns.deliverable:{post_of(one).pk}")
    (met,) = find_conflicts([kirana.pk], engagements=[asked], now=now, is_signing=True)
    allow(met, "Lumi agreed by e-mail", owner=None, by=coordinator, at=now)
    agreed(one, now)
    with pytest.raises(PromiseHeld):
        agreed(other, now)
    assert list(Finding.objects.waived().values_list("engagement_ref", flat=True)) == [asked.ref]


def test_51_a_brand_stays_on_file_and_findings_keep_the_names_of_their_day(
    kirana: Influencer, ours: Collaboration, now: dt.datetime
) -> None:
    promise(ours, blocks=False)
    agreed(ours, now)
    rival = agreed(deal(kirana, "Serasi", on(12, 10)), now)
    with pytest.raises(ProtectedError):
        rival.campaign.brand.delete()
    label = Finding.objects.get().engagement_label
    Finding.objects.update(status="acknowledged")
    type(rival.campaign).objects.filter(pk=rival.campaign_id).update(name="Something else")
    look_again([kirana.pk], now)
    assert (Finding.objects.get().engagement_label, "Serasi Season" in label) == (label, True)


def test_52_a_promise_binds_the_person_whatever_her_handle(
    kirana: Influencer, clause: Clause, now: dt.datetime
) -> None:
    account = SocialAccountFactory(influencer=kirana, handle="kirana.m")
    SocialAccount.objects.filter(pk=account.pk).update(handle="kirana.baru")
    with pytest.raises(PromiseHeld):
        agreed(deal(kirana, "Serasi", on(12, 10)), now)
