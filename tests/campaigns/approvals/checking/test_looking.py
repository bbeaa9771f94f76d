"""What is found in a version is kept with it, counted for its review, and let pass by somebody with a reason."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.approvals.checking import actions
from campaigns.approvals.checking.asked import Seen
from campaigns.approvals.checking.asking import asked_of
from campaigns.approvals.models import CheckResult, CheckRule, ContentCaption, ContentVersion, LexiconEntry, Review
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from campaigns.tracking.models import VoucherCode
from crm.brands.models import Category, Territory
from crm.influencers.models import Audience, AudienceShare, Platform
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.approvals.checking.conftest import Make
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cosmetic(campaign: Campaign) -> Campaign:
    campaign.category = Category.objects.filter(regulated="cosmetic").first()
    campaign.save()
    return campaign


def hits(version: ContentVersion) -> list[tuple[str, str, str]]:
    rows = CheckResult.objects.filter(version=version, outcome__in=["warn", "fail"]).order_by("rule", "pk")
    return [(row.rule, row.outcome, row.quoted) for row in rows]


def counts(version: ContentVersion) -> tuple[int, int]:
    review = Review.objects.get(version=version)
    return review.holds, review.warns


def test_what_is_found_is_kept_and_counted(cosmetic: Campaign, handed: Make, now: dt.datetime) -> None:
    version = handed("Paling ampuh pokoknya, 90% cerah")
    actions.check(version, now=now)
    assert hits(version) == [
        ("CAP-05", "fail", ""), ("CAP-11", "warn", ""), ("CAP-12", "fail", "Paling"), ("CAP-12", "fail", "ampuh"),
        ("CAP-18", "warn", "90%"),
    ]  # fmt: skip
    assert counts(version) == (3, 2)
    assert Review.objects.get(version=version).checked_at == now


def test_words_of_cosmetics_count_for_cosmetics_only(handed: Make, now: dt.datetime) -> None:
    version = handed("#iklan ampuh")
    actions.check(version, now=now)
    assert [row for row in hits(version) if row[0] == "CAP-12"] == []


def test_an_idea_is_not_checked(handed: Make, now: dt.datetime) -> None:
    version = handed("ampuh", stage="concept")
    assert actions.check(version, now=now) == []


def test_looking_twice_keeps_one_row_for_each_finding(cosmetic: Campaign, handed: Make, now: dt.datetime) -> None:
    version = handed("ampuh")
    first = {row.pk for row in actions.check(version, now=now)}
    assert {row.pk for row in actions.check(version, now=now + dt.timedelta(hours=1))} == first


def test_a_waiver_stays_while_the_same_is_found(
    cosmetic: Campaign, handed: Make, now: dt.datetime, actor: Actor
) -> None:
    version = handed("#iklan ampuh")
    [row] = [row for row in actions.check(version, now=now) if row.rule == "CAP-12"]
    actions.waive(row, " Tertulis di kemasan ", at=now, actor=actor)
    assert counts(version) == (0, 1)
    actions.check(version, now=now + dt.timedelta(hours=1))
    row.refresh_from_db()
    assert (row.waive_reason, row.waived_by_id, row.waived_at) == ("Tertulis di kemasan", actor.user_id, now)
    entry = Entry.objects.get(verb="check.waived")
    assert entry.sentence_en == "“ampuh” may pass in Instagram Reel: Tertulis di kemasan"


def test_a_waiver_goes_when_it_weighs_more_than_before(
    cosmetic: Campaign, handed: Make, now: dt.datetime, actor: Actor
) -> None:
    LexiconEntry.objects.filter(term="ampuh").update(outcome="warn")
    version = handed("#iklan ampuh")
    [row] = [row for row in actions.check(version, now=now) if row.rule == "CAP-12"]
    actions.waive(row, "So be it", at=now, actor=actor)
    LexiconEntry.objects.filter(term="ampuh").update(outcome="fail")
    actions.check(version, now=now)
    row.refresh_from_db()
    assert (row.outcome, row.waived_at, row.waive_reason) == ("fail", None, "")
    assert counts(version) == (1, 1)


@pytest.mark.parametrize("why", ["", "   "])
def test_nothing_passes_without_a_reason(handed: Make, now: dt.datetime, actor: Actor, why: str) -> None:
    version = handed("Halo")
    [row] = [row for row in actions.check(version, now=now) if row.rule == "CAP-05"]
    with pytest.raises(Refused, match="Say in a few words"):
        actions.waive(row, why, at=now, actor=actor)
    assert counts(version) == (1, 1)
    assert Entry.objects.filter(verb="check.waived").count() == 0


def test_what_is_clean_or_passed_already_is_not_let_pass(handed: Make, now: dt.datetime, actor: Actor) -> None:
    rows = {row.rule: row for row in actions.check(handed("Halo"), now=now)}
    with pytest.raises(Refused, match="Nothing is found"):
        actions.waive(rows["CAP-01"], "x", at=now, actor=actor)
    actions.waive(rows["CAP-05"], "x", at=now, actor=actor)
    with pytest.raises(Refused, match="already"):
        actions.waive(rows["CAP-05"], "x", at=now, actor=actor)


def test_a_rule_switched_off_is_not_asked(handed: Make, now: dt.datetime) -> None:
    CheckRule.objects.filter(code="CAP-05").update(is_on=False)
    version = handed("Halo")
    actions.check(version, now=now)
    assert hits(version) == [("CAP-11", "warn", "")]


def test_each_platform_is_asked_about_its_own_words(handed: Make, now: dt.datetime) -> None:
    version = handed("#iklan halo")
    x = Platform.objects.get(code="x")
    ContentCaption.objects.create(version=version, platform=x, caption="a" * 281)
    actions.check(version, now=now)
    elsewhere = CheckResult.objects.filter(version=version, platform=x, outcome="fail").order_by("rule")
    assert [row.rule for row in elsewhere] == ["CAP-01", "CAP-05"]


def test_what_somebody_counted_stays(handed: Make, now: dt.datetime, actor: Actor) -> None:
    version = handed("#iklan halo")
    actions.check(version, now=now)
    actions.tick(version, "VID-01", Seen(first_s=2, for_s=4), at=now, actor=actor)
    actions.check(version, now=now)
    row = CheckResult.objects.get(version=version, rule="VID-01")
    assert (row.outcome, row.said_en) == ("fail", "The label is seen for 4 seconds; it should be 10.")
    with pytest.raises(Refused, match="counted"):
        actions.tick(version, "VID-01", Seen(), at=now, actor=actor)
    assert CheckResult.objects.get(version=version, rule="VID-01").pk == row.pk


def test_her_code_and_somebody_elses(
    campaign: Campaign, collaboration: Collaboration, handed: Make, now: dt.datetime
) -> None:
    days = {"campaign": campaign, "valid_from_on": campaign.start_on, "valid_to_on": campaign.end_on}
    VoucherCode.objects.create(collaboration=collaboration, code="KIRANA10", **days)
    VoucherCode.objects.create(collaboration=CollaborationFactory(campaign=campaign), code="DINDA10", **days)
    version = handed("#iklan pakai DINDA10")
    actions.check(version, now=now)
    assert [(row[0], row[2]) for row in hits(version) if row[0] == "CAP-13"] == [("CAP-13", "DINDA10"), ("CAP-13", "")]
    assert counts(version)[0] == 2


def test_markets_are_where_it_runs_where_she_is_and_where_her_audience_is(
    campaign: Campaign, collaboration: Collaboration, reel: Deliverable, now: dt.datetime
) -> None:
    abroad = [Territory.objects.create(kind="country", code=code, name=code) for code in ("zz", "yy", "xx")]
    campaign.territories.add(abroad[0])
    person = collaboration.influencer
    person.country = "MY"
    person.save()
    counted = Audience.objects.create(influencer=person, counted_on=dt.date(2026, 11, 1), source="Insights")
    for place, percent in ((abroad[1], 11), (abroad[2], 10)):
        AudienceShare.objects.create(audience=counted, kind="place", label=place.name, territory=place, percent=percent)
    assert asked_of([reel], now)[reel.pk].markets == ("MY", "YY", "ZZ")


def test_asking_for_many_costs_as_much_as_for_one(campaign: Campaign, reel: Deliverable, now: dt.datetime) -> None:
    others = [DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign)) for _each in range(3)]
    asked = []
    for rows in ([reel], [reel, *others]):
        with CaptureQueriesContext(connection) as context:
            assert set(asked_of(rows, now)) == {row.pk for row in rows}
        asked.append(len(context.captured_queries))
    assert asked == [18, 18]


def test_words_being_typed_are_looked_at_and_nothing_is_kept(reel: Deliverable, now: dt.datetime) -> None:
    found = actions.preview(reel, "Halo", now=now)
    assert [one.rule for one in found if one.holds] == ["CAP-05"]
    assert CheckResult.objects.count() == 0
