"""The demo season is believable, and clearing it takes exactly what it made."""

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Sum
from django.test import TestCase, override_settings

from campaigns.management.demo.clearing import clear
from campaigns.management.demo.letters import receive
from campaigns.management.demo.mornings import MOMENT, ZONE, hand_old_ones_over, morning
from campaigns.management.demo.season import play
from campaigns.models import Campaign, Collaboration, Deliverable
from campaigns.planning.actions.contracts import free_posts
from campaigns.planning.models import Kpi, QuotaPost
from campaigns.results.models import BrandLift, HookMessage, OrderReturn, PostSnapshot, ReportLink, Screenshot
from campaigns.results.numbers.pictures import unread
from campaigns.results.orders.spikes import spikes
from campaigns.tracking.models import VoucherCode
from crm.ambassadors.models import (
    AmbassadorDeal,
    DealPeriod,
    PeriodQuota,
    PerkGrant,
    Program,
    Prospect,
    QuotaEntry,
    RetainerCharge,
    Sale,
)
from crm.ambassadors.risks.facts import read_facts
from crm.ambassadors.risks.rules import risks_of
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.base.models import DemoRow, Organisation, StoredFile
from crm.base.zones import local_date, local_instant
from crm.brands.models import Brand
from crm.contracts.models import Contract, Signature, UsageRight
from crm.exclusivity.models import BreachCase, CaseEvidence, Clause, ClauseStretch, Finding, OutsideDeal
from crm.inbox.models import InboundMail
from crm.influencers.merging.actions import merge
from crm.influencers.models import (
    Attachment,
    Audience,
    AudienceShare,
    BulkRun,
    Influencer,
    LookAlike,
    RateCard,
    Representation,
    SavedView,
)
from crm.influencers.queries.replies import promptness_of
from crm.outbox.models import Contact, Email
from crm.payments.models import BankAccount, Invoice, LedgerLine, Payee, Payment
from crm.payments.paying.gate import gate_of
from crm.reminders.models import Reminder
from crm.reminders.today import all_lines
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.vetting.models import Check, CheckItem, Clearance, HoldOverride, ProfileSample, Rating
from crm.vetting.queries.holds import holds_on
from crm.vetting.queries.screening import screen_person
from tests.conftest import NOW
from tests.factories import CampaignFactory, InfluencerFactory, SocialAccountFactory, UserFactory

pytestmark = pytest.mark.django_db

OLDEST, MOST_LATE = 5, 15
"""How many days late anything on Today may be in the demo, and how many lines may be late at all."""


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The season, played once for all of them: each test runs inside it and is rolled back to it."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # like a test's own: what is durable may begin inside
    files = tmp_path_factory.mktemp("season")
    with django_db_blocker.unblock(), whole:
        with override_settings(MEDIA_ROOT=files):
            call_command("seed_reference", verbosity=0)
            play(NOW)
        yield files
        transaction.set_rollback(True)


@pytest.fixture
def season(played: Path, db: None, tmp_path: Path) -> None:
    """The season as it was played, with its files where this test's files are."""
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)


def test_the_season_has_two_brands_sixty_people_and_eight_campaigns(season: None) -> None:
    assert Influencer.objects.count() == 60
    assert Counter(Campaign.objects.values_list("status", flat=True)) == {
        "live": 4,
        "draft": 1,
        "paused": 1,
        "wrapped": 1,
        "cancelled": 1,
    }
    columns = set(Collaboration.objects.filter(campaign__name="Kulit Tropis").values_list("status", flat=True))
    assert columns == {"shortlist", "in_talks", "agreed", "making", "review", "posting", "done", "off"}
    assert set(Deliverable.objects.values_list("status", flat=True)) == {
        "expected",
        "submitted",
        "approved",
        "published",
    }
    assert set(User.objects.values_list("role", flat=True)) == {
        "owner",
        "admin",
        "manager",
        "coordinator",
        "finance",
        "viewer",
    }


def test_both_brands_stand_in_the_tree_of_categories(season: None) -> None:
    found = Brand.objects.values_list("name", "category__slug", "category__parent__slug")
    assert sorted(found) == [("Lumi Skincare", "skincare", "beauty"), ("Nusa Oral", "oral-care", "personal-care")]


def test_a_second_season_is_left_out_when_somebody_is_there(season: None) -> None:
    call_command("demo_season")
    assert Influencer.objects.count() == 60


def test_clearing_takes_the_season_and_keeps_what_was_imported(season: None) -> None:
    own = InfluencerFactory(stage_name="Own Import")
    SocialAccountFactory(influencer=own)
    cleared = clear()
    assert cleared.kept == 0
    assert list(Influencer.objects.all()) == [own]
    assert [
        model.objects.count() for model in (Campaign, Collaboration, Deliverable, User, Reminder, Email, DemoRow)
    ] == [0] * 7
    assert Contact.objects.count() == 0
    assert not Entry.objects.filter(influencer_id__isnull=False).exists()
    house = Organisation.load()
    assert (house.is_demo, house.opened_at) == (False, None)


def test_clearing_keeps_a_demo_person_who_is_booked_in_a_campaign_of_yours(season: None) -> None:
    booked = Influencer.objects.order_by("pk")[0]
    part = Collaboration.objects.create(campaign=CampaignFactory(owner=UserFactory()), influencer=booked)
    cleared = clear()
    assert cleared.kept >= 1
    assert Influencer.objects.filter(pk=booked.pk).exists()
    assert Collaboration.objects.filter(pk=part.pk).exists()
    assert booked.representations.count() == 1


def test_one_person_of_the_season_is_there_twice_and_may_be_merged(season: None, now: dt.datetime) -> None:
    pair = LookAlike.objects.open().order_by("-points")[0]
    assert sorted(pair.lower.stage_name.split()) == sorted(pair.higher.stage_name.split())
    assert [code for code, _text in pair.reasons] == ["phone", "name"]
    merge(pair.lower_id, pair.higher_id, {}, at=now, actor=SYSTEM)
    assert clear().kept == 0
    assert Influencer.objects.count() == 0


def test_the_season_has_somebody_held_somebody_with_signs_and_somebody_loved(season: None, now: dt.datetime) -> None:
    held, signs, loved = Influencer.objects.order_by("pk")[:3]
    assert [hold.why[:16] for hold in holds_on(held, now)] == ["“Unsafe content”"]
    shown = {shown.sign.code for one in screen_person(signs, now.date()) for shown in one.signs}
    assert {"ER_LOW", "GROWTH_SPIKE", "UNIFORM_LIKES", "DUP_COMMENTS"} <= shown
    main = screen_person(loved, now.date())[0]
    assert ([one.sign.code for one in main.signs], main.score.points) == (["ER_HIGH"], 100)
    assert Rating.objects.filter(superseded_at__isnull=True).count() == 24


def test_somebody_who_failed_goes_ahead_with_a_reason(season: None, now: dt.datetime) -> None:
    decided = HoldOverride.objects.select_related("failed_check__influencer", "failed_check__item").get()
    assert (decided.failed_check.item.code, decided.decided_by.role) == ("scandals", "manager")
    assert holds_on(decided.failed_check.influencer, now) == []


def test_the_season_shows_a_barred_person_days_that_still_move_and_an_exception(season: None) -> None:
    assert sorted(Clause.objects.values_list("kind", "anchor", "standing")) == [
        ("full", "each_post", "active"),
        ("product", "each_post", "active"),
        ("product", "last_post", "active"),
        ("product", "term", "active"),
        ("product", "term", "draft"),
    ]
    assert ClauseStretch.objects.filter(clause__anchor="last_post", is_provisional=True).count() == 1
    finding = Finding.objects.get(status="waived")
    assert (finding.clause.kind, str(finding.brand), finding.decided_by.role) == ("full", "Nusa Oral", "manager")
    elsewhere = OutsideDeal.objects.filter(is_exclusive=True)
    assert (elsewhere.filter(confirmed_at=None).exists(), elsewhere.filter(confirmed_at__isnull=False).count()) == (
        True, 1,
    )  # fmt: skip
    assert set(Campaign.objects.with_an_end().values_list("territories__code", flat=True)) == {"id"}


def test_the_season_has_a_broken_promise_with_time_to_put_it_right(season: None, now: dt.datetime) -> None:
    case = BreachCase.objects.get()
    assert (case.status, case.finding.direction, case.evidence.count()) == ("cure_period", "breach", 1)
    assert (case.cure_due_at or now) > now
    assert Email.objects.filter(influencer_ref=case.influencer_id, text__contains="serum-senja").count() == 0
    clear()
    assert (BreachCase.objects.count(), CaseEvidence.objects.count(), Finding.objects.count()) == (0, 0, 0)


def test_the_season_shows_what_a_team_does_with_many_people(season: None) -> None:
    assert dict(SavedView.objects.values_list("name", "is_shared")) == {
        "Micro, parenting": True,
        "Nobody's yet": True,
        "Mine in Bandung": False,
    }
    run = BulkRun.objects.get()
    assert (run.status, run.action, run.total) == ("done", "tag", sum(run.counts.values()))
    assert {outcome for outcome, number in run.counts.items() if number} == {"changed", "same"}
    assert Counter(Attachment.objects.values_list("kind", flat=True)) == {"insights": 6, "media_kit": 3}


def test_three_people_have_answers_enough_for_a_median(season: None) -> None:
    boss = User.objects.get(role="owner")
    known = [promptness_of(person, boss) for person in Influencer.objects.all()]
    assert sorted((one.answers, one.soon) for one in known if one.median is not None) == [(4, 3)] * 3


def test_the_season_has_a_guardian_an_agent_of_several_and_prices_of_two_dates(season: None) -> None:
    stand = Counter(Representation.objects.exclude(capacity="self").values_list("contact__name", "capacity"))
    assert stand == {("Retno Wibisono", "agent"): 4, ("Ibu Wahyuni", "guardian"): 1}
    agents = Influencer.objects.filter(representations__capacity="agent")
    assert OutsideDeal.objects.filter(influencer__in=agents).exists()
    assert set(Audience.objects.values_list("source", flat=True)) == {"Her screenshot of the insights", "Media kit"}
    wholes = AudienceShare.objects.values("audience", "kind").annotate(whole=Sum("percent"))
    assert [one for one in wholes if one["whole"] > 100] == []
    dated = RateCard.objects.filter(influencer=Influencer.objects.order_by("pk")[0], package="1 reel + 3 story")
    assert dated.values("valid_from").distinct().count() == 2


def test_clearing_takes_files_views_and_runs_along(season: None) -> None:
    files = [Path(stored.file.path) for stored in StoredFile.objects.all()]
    assert (len(files), all(path.exists() for path in files)) == (51, True)
    with TestCase.captureOnCommitCallbacks(execute=True):
        clear()
    assert [model.objects.count() for model in (StoredFile, Attachment, SavedView, BulkRun)] == [0] * 4
    assert not any(path.exists() for path in files)


def test_clearing_takes_what_was_found_out_along(season: None) -> None:
    clear()
    assert [model.objects.count() for model in (Check, Rating, ProfileSample, Clearance)] == [0] * 4
    assert CheckItem.objects.count() == 7


def test_the_season_shows_two_answers_and_a_mail_nobody_can_place(season: None, now: dt.datetime) -> None:
    for email in Email.objects.sent().filter(contact__kind="person"):
        Email.objects.filter(pk=email.pk).update(message_id=f"<{email.pk}@mitra.example>")
    assert receive(now) == 3
    assert Counter(InboundMail.objects.values_list("state", flat=True)) == {"delivered": 2, "unmatched": 1}
    assert receive(now) == 0
    clear()
    assert InboundMail.objects.count() == 0


def test_cards_of_the_season_stand_under_contracts_as_far_as_they_are(season: None) -> None:
    planned = Collaboration.objects.filter(party__isnull=False, campaign__program=None)
    cards = planned.exclude(campaign__name="Kemerdekaan 81").select_related("party__contract").order_by("party_id")
    parties = [card.party for card in cards if card.party is not None]
    assert [(party.contract.kind, party.contract.status) for party in parties] == [
        ("campaign", "sent"),
        ("campaign", "active"),
        ("ambassador", "active"),
        ("ambassador", "active"),
    ]
    assert not Deliverable.objects.filter(collaboration__in=cards, promised=None).exists()
    first, second = parties[2:]
    assert first.contract_id == second.contract_id
    assert {party.signature.name for party in (first, second)} == {"Retno Wibisono"}
    assert {party.signature.authority and party.signature.authority.power for party in (first, second)} == {"sign"}
    assert sorted(free_posts([party.pk]).count() for party in parties) == [0, 0, 1, 5]


def test_one_contract_of_the_season_is_amended(season: None) -> None:
    amendment = Contract.objects.get(amends__isnull=False)
    assert (amendment.status, amendment.amends and amendment.amends.end_on) == ("active", amendment.end_on)
    assert [(one.what, one.is_done) for one in amendment.changes.order_by("what")] == [
        ("last_day", True), ("line_changed", True),
    ]  # fmt: skip


def test_the_season_has_a_right_that_ends_an_amendment_a_paper_and_an_agent_of_two(
    season: None, now: dt.datetime
) -> None:
    soon = UsageRight.objects.get(end_on=local_date(now, "Asia/Jakarta") + dt.timedelta(days=20))
    amendment = soon.contract.amendments.get()
    assert (soon.contract.status, soon.extension_days, amendment.status) == ("active", 90, "active")
    assert [change.what for change in amendment.changes.all()] == ["last_day", "line_changed"]
    theirs = Contract.objects.exclude(paper=None).get()
    assert [party.signature.how for party in theirs.parties.all()] == ["house", "paper"]
    for_two = Contract.objects.get(kind="ambassador", deal=None)
    signed = Signature.objects.filter(party__contract=for_two, party__role="talent")
    assert [(one.name != one.acting_for, one.authority is not None) for one in signed] == [(True, True)] * 2


def deal_with(name: str) -> AmbassadorDeal:
    return AmbassadorDeal.objects.with_contract().get(influencer__stage_name=name)


def owed_in(deal: AmbassadorDeal, number: int) -> dict[str, tuple[int, int, int, int]]:
    rows = PeriodQuota.objects.filter(period__deal=deal, period__number=number)
    return {row.line.format.code: (row.granted, row.carried, row.delivered, row.left) for row in rows}


def periods_of(deal: AmbassadorDeal) -> list[str]:
    return list(deal.periods.exclude(state="planned").order_by("number").values_list("state", flat=True))


def risks_in(deal: AmbassadorDeal, now: dt.datetime) -> list[str]:
    (facts,) = read_facts(AmbassadorDeal.objects.filter(pk=deal.pk), now)
    return [risk.key for risk in risks_of(facts)]


def test_the_season_has_two_programmes_and_six_deals(season: None) -> None:
    found = AmbassadorDeal.objects.values_list("influencer__stage_name", "program__name", "contract__status")
    assert sorted(found) == [
        ("Bagas Sitepu", "Nusa Smile Club", "active"),
        ("Hana Siregar", "Lumi Circle", "active"),
        ("Intan Siregar", "Lumi Circle", "active"),
        ("Mega Sitepu", "Lumi Circle", "in_notice"),
        ("Meutia Zahrani", "Lumi Circle", "draft"),
        ("Theo Manurung", "Lumi Circle", "active"),
    ]
    tiers = Program.objects.get(name="Lumi Circle").tiers.annotate(perk_count=Count("perks"))
    assert list(tiers.values_list("name", "perk_count")) == [("Bronze", 1), ("Silver", 2), ("Gold", 3)]


def test_one_ambassador_carried_a_reel_over_and_is_behind_this_month(season: None, now: dt.datetime) -> None:
    hana = deal_with("Hana Siregar")
    assert periods_of(hana) == ["closed", "open"]
    assert owed_in(hana, 1) == {"reel": (2, 0, 1, 0), "story": (4, 0, 4, 0)}
    assert owed_in(hana, 2) == {"reel": (2, 1, 1, 2), "story": (4, 0, 1, 3)}
    cards = QuotaPost.objects.filter(line__deal=hana).values_list("deliverable__status", flat=True)
    assert Counter(cards) == {"published": 7, "expected": 5}
    assert risks_in(hana, now) == ["behind"]


def test_one_ambassador_rests_with_no_end_known(season: None) -> None:
    bagas = deal_with("Bagas Sitepu")
    pause = bagas.pauses.get()
    assert (periods_of(bagas), pause.effect, pause.last_on) == (["closed", "paused"], "shift", None)
    assert bagas.contract.rests_since_on == pause.first_on


def test_one_ambassador_has_twelve_days_left_for_notice_and_was_not_looked_at(season: None, now: dt.datetime) -> None:
    intan = deal_with("Intan Siregar")
    review = intan.reviews.get()
    today = local_date(now, intan.contract.zone)
    term = intan.contract.term
    assert (term and term.notice_until(), review.due_on, review.decision) == (
        today + dt.timedelta(days=12), today - dt.timedelta(days=2), "",
    )  # fmt: skip
    assert periods_of(intan) == ["closed", "closed", "closed", "open"]
    assert risks_in(intan, now) == ["notice", "review"]


def test_one_ambassador_gave_notice_late_and_ends_in_three_weeks(season: None, now: dt.datetime) -> None:
    mega = deal_with("Mega Sitepu")
    notice = mega.contract.notices.get()
    assert (notice.is_late, notice.given_by, mega.contract.renewed) == (True, "her", 1)
    assert mega.contract.end_on == local_date(now, mega.contract.zone) + dt.timedelta(days=21)
    assert [item.kind for item in mega.tail.order_by("pk")] == ["exclusivity", "codes", "bio", "data"]
    assert mega.termination.settled_at is not None
    assert owed_in(mega, 2) == {"reel": (2, 0, 2, 0)}


def test_one_deal_is_written_down_and_not_sent(season: None) -> None:
    meutia = deal_with("Meutia Zahrani")
    assert (meutia.contract.sent_at, meutia.periods.count()) == (None, 0)
    assert sorted(meutia.quotas.values_list("format__code", "quantities__quantity")) == [("reel", 2), ("story", 4)]


def test_one_ambassador_rose_to_gold_and_a_deduction_of_hers_waits(season: None) -> None:
    theo = deal_with("Theo Manurung")
    assert (theo.contract.renewed, theo.tier and theo.tier.name, periods_of(theo)) == (
        1, "Gold", ["closed", "closed", "open"],
    )  # fmt: skip
    assert [(str(one.tier), one.by) for one in theo.tier_moves.all()] == [("Silver", "Mitra"), ("Gold", "Mitra")]
    assert Counter(theo.sales.values_list("state", flat=True)) == {"matured": 7, "held": 2, "returned": 2}
    waiting = RetainerCharge.objects.waiting().get()
    assert (waiting.period.deal, waiting.kind, str(waiting.amount)) == (theo, "deduction", "-IDR3,000,000.00")
    assert [(grant.label, grant.used) for grant in theo.perks.filter(used__gt=0).order_by("pk")] == [
        ("Skincare box", 500_000), ("Shop credit", 250_000),
    ]  # fmt: skip


def test_four_people_might_join_and_one_of_them_was_asked(season: None) -> None:
    assert Counter(Prospect.objects.values_list("status", flat=True)) == {"noted": 3, "asked": 1}
    assert not Finding.objects.filter(influencer__in=Prospect.objects.values("influencer")).exists()


def test_what_ambassadors_promise_stands_in_nobodys_way(season: None) -> None:
    people = AmbassadorDeal.objects.values("influencer")
    assert not Finding.objects.filter(influencer__in=people).exists()


def test_the_calendar_finds_nothing_left_to_do_for_the_deals(season: None, now: dt.datetime) -> None:
    before = QuotaEntry.objects.count(), LedgerLine.objects.count(), QuotaPost.objects.count()
    AmbassadorDeal.objects.update(checked_on=None)
    assert "broke" not in keep_deals(now)
    assert (QuotaEntry.objects.count(), LedgerLine.objects.count(), QuotaPost.objects.count()) == before


def test_posts_of_the_season_have_numbers_and_two_pictures_wait_to_be_read(season: None) -> None:
    counted = PostSnapshot.objects.filter(live_post__deliverable__collaboration__campaign__name="Kemerdekaan 81")
    assert set(counted.filter(live_post__deliverable__format__code="reel").values_list("hours", flat=True)) >= {24, 72}
    assert unread(Screenshot.objects.all()).count() == 2
    closed = Kpi.objects.get(campaign__name="Kemerdekaan 81", kind__code="city_reach")
    assert (closed.baseline, closed.closing) == (21_500, 214_300)


def test_a_code_of_the_season_leaked_and_one_order_came_back(season: None, now: dt.datetime) -> None:
    codes = VoucherCode.objects.filter(campaign__name="Kulit Tropis").values_list("pk", flat=True)
    assert [(spike.code.pk, spike.times) for spike in spikes(codes, local_date(now, "Asia/Jakarta"))] == [
        (min(codes), 13)
    ]
    assert OrderReturn.objects.count() == 1
    assert set(HookMessage.objects.values_list("outcome", flat=True)) == {"taken"}


def test_payments_of_the_season_are_paid_with_the_bank_and_released(season: None) -> None:
    states = Payment.objects.order_by("pk").values_list("status", "article", "tax", "vat")
    assert [(status, article, bool(tax), bool(vat)) for status, article, tax, vat in states] == [
        ("paid", "pph21", True, False), ("sent", "pph23", True, True), ("released", "pph23", True, True),
    ]  # fmt: skip
    assert Payment.objects.get(status="paid").in_kind == 640_000
    assert sorted(Invoice.objects.values_list("status", flat=True)) == ["accepted"] * 6 + ["received", "refused"]


def test_somebody_of_the_season_is_not_paid_in_time_because_her_invoice_is_missing(
    season: None, now: dt.datetime
) -> None:
    late = [
        line
        for line in LedgerLine.objects.due().filter(kind="fee")
        if line.due_on and line.due_on < local_date(now, "Asia/Jakarta")
    ]
    gates = gate_of(late, local_date(now, "Asia/Jakarta"))
    assert "no_invoice" in [code for gate in gates.values() for code in gate.codes]
    assert BankAccount.objects.waiting().count() == 1


def test_a_client_may_read_one_report_of_the_season(season: None) -> None:
    link = ReportLink.objects.get()
    assert (link.campaign.name, link.revoked_at) == ("Kemerdekaan 81", None)
    assert BrandLift.objects.get().campaign == link.campaign


def test_clearing_takes_payments_and_whoever_was_paid(season: None) -> None:
    call_command("clear_demo")
    left = [
        model.__name__ for model in (Payment, Invoice, Payee, BankAccount, LedgerLine) if model._base_manager.exists()
    ]
    assert left == []


def test_clearing_takes_deals_with_all_their_ledgers(season: None) -> None:
    assert clear().kept == 0
    ledgers = (AmbassadorDeal, Program, Prospect, DealPeriod, QuotaEntry, RetainerCharge, LedgerLine, Sale, PerkGrant)
    assert [model._default_manager.count() for model in ledgers] == [0] * len(ledgers)
    assert Campaign.objects.count() == 0


def test_clearing_keeps_a_programme_in_which_somebody_of_yours_has_a_deal(season: None) -> None:
    program = Program.objects.get(name="Lumi Circle")
    own = InfluencerFactory(stage_name="Own Import")
    contract = Contract.objects.create(
        kind="ambassador", title="Own", brand=program.brand, owner=UserFactory(), start_on=NOW.date(), zone=own.zone
    )
    mine = AmbassadorDeal.objects.create(contract=contract, influencer=own, program=program)
    assert clear().kept >= 1
    assert list(AmbassadorDeal.objects.all()) == [mine]
    assert list(Program.objects.all()) == [program]


def test_nothing_on_the_coordinators_today_is_old(season: None, now: dt.datetime) -> None:
    """A newcomer meets a busy day and no backlog, once the demo has lived through its last morning."""
    today_on, moment = local_date(now, ZONE), dt.timedelta(microseconds=1)
    morning(local_instant(today_on - dt.timedelta(days=1), MOMENT, ZONE))
    hand_old_ones_over(now)
    late = [line for line in all_lines(User.objects.get(role="coordinator"), now) if line.late and line.due_at]
    ages = {
        (line.what, line.who): (today_on - local_date(line.due_at - moment, ZONE)).days for line in late if line.due_at
    }
    assert {line: days for line, days in ages.items() if days > OLDEST} == {}
    assert 0 < len(late) <= MOST_LATE
