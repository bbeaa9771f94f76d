"""The administration: every table opens quickly, nothing runs inline, history is read only, actions keep the rules.

To add a model: give it a row in `MAKERS` (a function that makes one row, called with 0, 1, 2 ...).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.approvals.models import (
    ApprovalPolicy,
    CheckResult,
    CheckRule,
    ContentVersion,
    Deviation,
    DisclosureLabel,
    ExtraRound,
    LexiconEntry,
    LiveCheck,
    LivePost,
    ReplyPromise,
    Review,
    ReviewDecision,
    ReviewGuest,
    UnsentDraft,
)
from campaigns.approvals.models import Note as VersionNote
from campaigns.briefs.models import (
    Brief,
    BriefAck,
    BriefSending,
    BriefTemplate,
    BriefVariant,
    BriefVersion,
    CaptionLimit,
    UseRecord,
)
from campaigns.events.models import Event, Guest
from campaigns.offers.models import Offer
from campaigns.planning.models import (
    Campaign,
    Collaboration,
    Deliverable,
    DeliverableHold,
    GoalKpi,
    GoalTier,
    Kpi,
    KpiKind,
    PartnerScore,
    WrapUpItem,
)
from campaigns.samples.models import (
    Courier,
    ReturnRequest,
    SampleRequest,
    SampleTerm,
    Shipment,
    ShipmentEvent,
    StatusWord,
    StockBatch,
    StockLocation,
    StockMovement,
)
from campaigns.shortlist.models import Ballot, FitWeight, Vote, VoteRound
from campaigns.tracking.models import LinkClick, Scanner, TrackedLink, VoucherCode
from crm.ambassadors.models import DealPeriod, QuotaEntry
from crm.base.anchors import Anchor
from crm.base.models import Holiday, Organisation, Reference, StoredFile
from crm.brands.models import Brand, BrandAccess, BrandOwner, Category, Persona, Product, ProductVariant, Territory
from crm.contracts.models import (
    Bid,
    Contract,
    ContractTemplate,
    ContractWording,
    LibraryClause,
    Party,
    PayLine,
    PromisedPost,
    Signature,
    SigningCode,
    TermChange,
    UsageRight,
)
from crm.exclusivity.models import BreachCase, CarveOut, CaseEvidence, Claim, Clause, Finding, OutsideDeal
from crm.inbox.models import AnswerHold, InboundFile, InboundMail, Mailbox
from crm.influencers.models import (
    Address,
    AlikeRule,
    Attachment,
    Audience,
    Authority,
    BulkRow,
    BulkRun,
    DayOff,
    Format,
    GuardianWaiver,
    ImportMapping,
    ImportRow,
    ImportRun,
    Influencer,
    LookAlike,
    MajorityAge,
    Merge,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    ReminderPause,
    ReplyCount,
    Representation,
    SavedView,
    SocialAccount,
    Tag,
    Tier,
    TierScheme,
)
from crm.intake.models import Intake, IntakeLine
from crm.messages.models import Message, MessageFile, MessageLine, MessageTemplate
from crm.outbox.models import ChatWording, Contact, Email, EmailFile, PromotionWord, Wording
from crm.payments.models import LedgerLine
from crm.portal.models import Link, PortalSession
from crm.preferences.models import Consent, ConsentText, ReminderWish
from crm.reminders.models import Beat, CalendarFeed, Cap, Reminder, Rule, Todo
from crm.team.models import HandOver, Invitation, Leave, Role, User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, record
from crm.vetting.facts import note_fact
from crm.vetting.models import (
    BenchmarkSet,
    Check,
    CheckItem,
    Clearance,
    Fact,
    HoldOverride,
    PriceBand,
    ProfileSample,
    Rating,
    Threshold,
)
from tests import bare
from tests.campaigns.samples.parcels import a_parcel
from tests.conftest import NOW
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    FormatFactory,
    InfluencerFactory,
    PlatformFactory,
    RepresentationFactory,
    SampleRequestFactory,
    SocialAccountFactory,
    UserFactory,
)
from tests.factories.ambassadors import AMBASSADOR_MAKERS
from tests.factories.house_rows import HOUSE_MAKERS
from tests.factories.money_rows import PAYMENT_MAKERS, RESULT_MAKERS

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|type=\"application/json\"))", re.IGNORECASE)
DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module", autouse=True)
def _bare() -> Iterator[None]:
    """What stands beside every page is looked at once."""
    with bare.administration():
        yield


def digest(number: int) -> str:
    return f"{number:064d}"


def email(number: int) -> Email:
    return Email.objects.create(
        name="test_mail", key=f"key {number}", contact=ContactFactory(), from_name="Mitra", send_at=NOW, subject="Hello"
    )


def rule(number: int) -> Rule:
    return Rule.objects.create(code=f"TEST-{number}", kind="deliverable.draft", name=f"Rule {number}")


def reminder(number: int) -> Reminder:
    return Reminder.objects.create(
        contact=ContactFactory(), rule=rule(100 + number), subject="campaigns.deliverable:1", due_key=str(number),
        kind="deliverable.draft", email_name="draft_due", recipient="influencer", due_at=NOW, send_at=NOW,
    )  # fmt: skip


def run(number: int) -> ImportRun:
    return ImportRun.objects.create(
        file="x.csv", file_name=f"team {number}.csv", sha256=digest(number), started_by=UserFactory(),
        platform=platform(50 + number),
    )  # fmt: skip


def intake(number: int) -> Intake:
    return Intake.objects.create(
        kind="running", file="x.csv", file_name=f"work {number}.csv", sha256=digest(number), started_by=UserFactory()
    )


def bulk_run(number: int) -> BulkRun:
    return BulkRun.objects.create(action="archive", query=f"tier=micro&min={number}", started_by=UserFactory())


def platform(number: int) -> Platform:
    return PlatformFactory(code=f"platform-{number}", name=f"Platform {number}")


def stored(number: int) -> StoredFile:
    return StoredFile.objects.create(
        file="kept/secret.png", label="chat.png", mime="image/png", size=1, sha256=digest(number)
    )


def inbound(number: int) -> InboundMail:
    return InboundMail.objects.create(
        key=f"key-{number}", from_name="Kirana", from_address="kirana@contoh.example", subject="Re: Reel",
        received_at=NOW, contact=ContactFactory(), owner=UserFactory(),
    )  # fmt: skip


def category(number: int) -> Category:
    parent = Category.objects.create(slug=f"over-{number}", name_en="Over", name_id="Atas")
    return Category.objects.create(slug=f"category-{number}", name_en="One", name_id="Satu", parent=parent)


def check_item(number: int) -> CheckItem:
    return CheckItem.objects.create(code=f"test-{number}", name_en="Test", name_id="Uji")


def check(number: int) -> Check:
    return Check.objects.create(
        influencer=InfluencerFactory(), item=check_item(100 + number), verdict="fail", evidence="Seen",
        checked_on=DAY, expires_on=DAY + dt.timedelta(days=180), checked_by=UserFactory(),
    )  # fmt: skip


def written(number: int) -> Message:
    return Message.objects.create(
        key=f"own {number}", audience="people", subject_en="Hello", text_en="Hi", started_by=UserFactory()
    )


def clause(number: int) -> Clause:
    made = Clause.objects.create(influencer=InfluencerFactory(), brand=BrandFactory(), act_numbers=frozenset({1}))
    made.categories.add(category(400 + number))
    made.stretches.create(start_at=NOW, end_at=NOW + dt.timedelta(days=9), is_provisional=True)
    CarveOut.objects.create(clause=made, act="organic_mention")
    return made


def agreed(number: int) -> Contract:
    made = Contract.objects.create(title=f"Contract {number}", brand=BrandFactory(), owner=UserFactory())
    made.parties.create(role="brand", name=f"PT Merek {number}")
    return made


def talent(number: int) -> Party:
    return agreed(number).parties.create(role="talent", influencer=InfluencerFactory(), name=f"Kirana {number}")


def visit(number: int) -> PortalSession:
    link = Link.objects.create(token_sha256=digest(number), contact=ContactFactory(), expires_at=NOW)
    return link.sessions.create(key_sha256=digest(number), started_at=NOW, expires_at=NOW + dt.timedelta(hours=1))


def of_talent(number: int) -> dict[str, Any]:
    party = talent(number)
    return {"contract": party.contract, "party": party}


def broken(number: int) -> BreachCase:
    found = Finding.objects.create(
        clause=clause(600 + number), influencer=InfluencerFactory(), brand=BrandFactory(), engagement_ref=f"seen:{number}",
        fingerprint=digest(600 + number), severity=3,
    )  # fmt: skip
    return BreachCase.objects.create(finding=found, influencer=found.influencer, brand=found.brand, owner=UserFactory())


def brief_version(n: int) -> BriefVersion:
    brief = Brief.objects.create(campaign=CampaignFactory())
    return BriefVersion.objects.create(brief=brief, number=1, released_at=NOW)


def of_brief(model: type[models.Model], **columns: Any) -> Any:
    """A row about one card and its brief."""
    version = brief_version(0)
    return model._base_manager.create(
        version=version, collaboration=CollaborationFactory(campaign=version.brief.campaign), **columns
    )


def brief_variant(n: int) -> BriefVariant:
    card = CollaborationFactory()
    return BriefVariant.objects.create(
        brief=Brief.objects.create(campaign=card.campaign), collaboration=card, released_at=NOW
    )


def tracked_link(n: int) -> TrackedLink:
    return TrackedLink.objects.create(
        deliverable=DeliverableFactory(), slug=f"link{n}", target="https://contoh.example/serum"
    )


def voucher_code(n: int) -> VoucherCode:
    card = CollaborationFactory()
    return VoucherCode.objects.create(
        campaign=card.campaign, collaboration=card, code=f"KIRANA{n}", valid_from_on=DAY, valid_to_on=DAY
    )


def vote_round(n: int) -> VoteRound:
    return VoteRound.objects.create(campaign=CampaignFactory(), title=f"Round {n}", started_by=UserFactory())


def a_live_post(n: int) -> LivePost:
    made = DeliverableFactory()
    return LivePost.objects.create(
        deliverable=made, platform=made.format.platform, published_at=NOW, url=f"https://insta.example/{n}"
    )


def stock_batch(n: int) -> StockBatch:
    product = Product.objects.create(brand=BrandFactory(), name=f"Mist {n}")
    return StockBatch.objects.create(
        location=StockLocation.objects.get_or_create(name="Rack")[0], product=product, batch_no=f"B{n}", on_hand=n
    )


def an_event(n: int) -> Event:
    return Event.objects.create(brand=BrandFactory(), name=f"Night {n}", starts_at=NOW, owner=UserFactory())


def a_version(n: int) -> ContentVersion:
    return ContentVersion.objects.create(
        deliverable=DeliverableFactory(), number=1, caption=f"Caption {n}", sha256="c" * 64, submitted_at=NOW
    )


def an_extra_round(n: int) -> ExtraRound:
    version = a_version(n)
    return ExtraRound.objects.create(
        collaboration=version.deliverable.collaboration, version=version, round=3, reason=f"New packaging {n}"
    )


MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    **AMBASSADOR_MAKERS,
    **HOUSE_MAKERS,
    **PAYMENT_MAKERS,
    **RESULT_MAKERS,
    Event: an_event,
    Guest: lambda n: Guest.objects.create(event=an_event(n), influencer=InfluencerFactory()),
    Courier: lambda n: Courier.objects.create(code=f"test-{n}", name=f"Courier {n}"),
    StatusWord: lambda n: StatusWord.objects.create(words=f"test words {n}", status="delivered"),
    StockLocation: lambda n: StockLocation.objects.create(name=f"Shelf {n}"),
    StockBatch: lambda n: stock_batch(n),
    StockMovement: lambda n: StockMovement.objects.create(
        batch=stock_batch(n), kind="receipt", quantity=1 + n, at=NOW, by="Rani"
    ),
    SampleTerm: lambda n: SampleTerm.objects.create(code="no_event", number=n, valid_from=dt.date(2030, 1, 1 + n)),
    SampleRequest: lambda n: SampleRequestFactory(note=f"Note {n}"),
    Shipment: lambda n: a_parcel(),
    ReturnRequest: lambda n: ReturnRequest.objects.create(
        shipment=a_parcel(status="shipped"), reason="loan", due_on=NOW.date(), note=f"Return {n}"
    ),
    ShipmentEvent: lambda n: ShipmentEvent.objects.create(
        shipment=a_parcel(), at=NOW, noted_at=NOW, status="delivered", raw_status=f"Delivered {n}"
    ),
    BriefAck: lambda n: of_brief(BriefAck, accepted_at=NOW, sha256="a" * 64),
    BriefSending: lambda n: of_brief(BriefSending, sent_at=NOW),
    BriefVariant: brief_variant,
    UseRecord: lambda n: UseRecord.objects.create(collaboration=CollaborationFactory(), asked_at=NOW),
    LinkClick: lambda n: LinkClick.objects.create(link=tracked_link(n), at=NOW),
    Scanner: lambda n: Scanner.objects.create(words=f"test scanner {n}", name="Test"),
    TrackedLink: tracked_link,
    VoucherCode: voucher_code,
    VoteRound: lambda n: vote_round(n),
    Ballot: lambda n: Ballot.objects.create(round=vote_round(n), contact=ContactFactory()),
    LivePost: lambda n: a_live_post(n),
    Deviation: lambda n: Deviation.objects.create(post=a_live_post(n), kind="label", found_at=NOW),
    LiveCheck: lambda n: LiveCheck.objects.create(post=a_live_post(n), due_on=NOW.date()),
    ReplyPromise: lambda n: ReplyPromise.objects.create(deliverable=DeliverableFactory(), hours=24 + n, checked_at=NOW),
    VersionNote: lambda n: VersionNote.objects.create(
        version=ContentVersion.objects.create(
            deliverable=DeliverableFactory(), number=n + 1, sha256=digest(n), submitted_at=NOW
        ),
        body="Bigger",
        author_label="Dinda",
    ),
    ApprovalPolicy: lambda n: ApprovalPolicy.objects.create(campaign=CampaignFactory()),
    Review: lambda n: Review.objects.create(version=a_version(n), opened_at=NOW),
    ReviewDecision: lambda n: ReviewDecision.objects.create(
        version=a_version(n), sha256="c" * 64, role="coordinator", verdict="approve", by_label="Dinda", at=NOW
    ),
    ExtraRound: an_extra_round,
    ContentVersion: a_version,
    UnsentDraft: lambda n: UnsentDraft.objects.create(deliverable=DeliverableFactory(), caption=f"Typed {n}"),
    ReviewGuest: lambda n: ReviewGuest.objects.create(campaign=CampaignFactory(), contact=ContactFactory()),
    Vote: lambda n: Vote.objects.create(
        ballot=MAKERS[Ballot](n), collaboration=CollaborationFactory(), verdict="yes", said_at=NOW
    ),
    Address: lambda n: Address.objects.create(
        influencer=InfluencerFactory(), recipient="Kirana", phone="+628123456789", street="Jl. Melati 1",
        city="Bandung", postcode="40123",
    ),
    AnswerHold: lambda n: AnswerHold.objects.create(
        mail=inbound(n), subject="campaigns.deliverable:1", until_at=NOW + dt.timedelta(days=1)
    ),
    InboundFile: lambda n: InboundFile.objects.create(mail=inbound(n), label="draf.png", file=stored(n)),
    InboundMail: inbound,
    Mailbox: lambda n: Mailbox.objects.create(name=f"mitra{n}@contoh.example/INBOX", read_at=NOW),
    Anchor: lambda n: Anchor.objects.create(
        work_ref="campaigns.collaboration:1", ref=f"campaigns.deliverable:{n}", kind="post", first_on=DAY, last_on=DAY
    ),
    Attachment: lambda n: Attachment.objects.create(
        influencer=InfluencerFactory(), name="Media kit", added_by=UserFactory(), file=stored(n)
    ),
    Audience: lambda n: Audience.objects.create(
        influencer=InfluencerFactory(), account=SocialAccountFactory(platform=platform(110 + n)), counted_on=DAY,
        source="Insights",
    ),
    Cap: lambda n: Cap.objects.create(scope="day", most=2 + n, valid_from=DAY + dt.timedelta(days=n)),
    PromotionWord: lambda n: PromotionWord.objects.create(language="en", words=f"word {n}"),
    ReminderPause: lambda n: ReminderPause.objects.create(
        influencer=InfluencerFactory(), since_at=NOW, until_on=DAY, why="She moves house", decided_by=UserFactory()
    ),
    AlikeRule: lambda n: AlikeRule.objects.create(code=f"test-{n}", points=10),
    Authenticator: lambda n: Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": "hidden"}),
    Beat: lambda n: Beat.objects.create(name=f"tick{n}", rang_at=NOW),
    BenchmarkSet: lambda n: BenchmarkSet.objects.create(
        code=f"set-{n}", name="Set", platform=platform(70 + n), measure="public"
    ),
    Check: check,
    CheckItem: check_item,
    Clearance: lambda n: Clearance.objects.create(
        account=SocialAccountFactory(platform=platform(80 + n)), code="STALE", evidence="New numbers come on Monday",
        cleared_on=DAY, expires_on=DAY + dt.timedelta(days=180), cleared_by=UserFactory(),
    ),
    HoldOverride: lambda n: HoldOverride.objects.create(
        failed_check=check(50 + n), why="Read with the brand", decided_by=UserFactory(), decided_at=NOW
    ),
    ProfileSample: lambda n: ProfileSample.objects.create(
        account=SocialAccountFactory(platform=platform(90 + n)), taken_on=DAY, following=900, taken_by=UserFactory()
    ),
    Brief: lambda n: Brief.objects.create(campaign=CampaignFactory()),
    BriefTemplate: lambda n: BriefTemplate.objects.create(name=f"Brief {n}"),
    BriefVersion: lambda n: BriefVersion.objects.create(
        brief=Brief.objects.create(campaign=CampaignFactory()), number=1, pose="Standing"
    ),
    CheckResult: lambda n: CheckResult.objects.create(version=a_version(n), rule="CAP-05", outcome="fail"),
    CheckRule: lambda n: CheckRule.objects.create(code=f"TEST-{n}", name_en="Test", name_id="Uji", valid_from=DAY),
    DisclosureLabel: lambda n: DisclosureLabel.objects.create(country="ZZ", text=f"#test{n}", valid_from=DAY),
    LexiconEntry: lambda n: LexiconEntry.objects.create(lexicon="brand", term=f"test {n}"),
    CaptionLimit: lambda n: CaptionLimit.objects.create(platform=platform(60 + n), longest=100, valid_from=DAY),
    FitWeight: lambda n: FitWeight.objects.create(campaign=CampaignFactory(), part="niche", weight=20),
    PriceBand: lambda n: PriceBand.objects.create(set_name=f"Set {n}", platform=platform(120 + n), low=50_000),
    Fact: lambda n: note_fact(
        InfluencerFactory().pk, BrandFactory(category=category(800 + n)).pk, "rounds", 1, ref=f"campaigns.deliverable:{n}",
        work=f"campaigns.collaboration:{n}", happened_at=NOW,
    ),
    Rating: lambda n: Rating.objects.create(
        influencer=InfluencerFactory(), rater=UserFactory(), rater_name="Dinda", visual=4, storytelling=4, taste=5,
        consistency=3, rated_at=NOW,
    ),
    Threshold: lambda n: Threshold.objects.create(code="STALE", limit=30 + n, valid_from=DAY + dt.timedelta(days=n)),
    Brand: lambda n: BrandFactory(category=category(100 + n)),
    BrandAccess: lambda n: BrandAccess.objects.create(user=UserFactory(), brand=BrandFactory()),
    BrandOwner: lambda n: BrandOwnerFactory(),
    BulkRow: lambda n: BulkRow.objects.create(run=bulk_run(n), place=n, label="@kirana"),
    BulkRun: bulk_run,
    Campaign: lambda n: CampaignFactory(),
    Category: category,
    Collaboration: lambda n: CollaborationFactory(),
    Consent: lambda n: Consent.objects.create(contact=ContactFactory(), purpose="news", given_at=NOW),
    ConsentText: lambda n: ConsentText.objects.create(
        purpose="news", version=f"test-{n}", words_en="You may.", words_id="Boleh."
    ),
    Contact: lambda n: ContactFactory(),
    DayOff: lambda n: DayOff.objects.create(influencer=InfluencerFactory(), start_on=DAY, end_on=DAY),
    Deliverable: lambda n: DeliverableFactory(format=FormatFactory(code=f"format-{n}", platform=platform(20 + n))),
    DeliverableHold: lambda n: DeliverableHold.objects.create(
        deliverable=DeliverableFactory(format=FormatFactory(code=f"held-{n}", platform=platform(40 + n))),
        source=f"campaigns.samplerequest:{n}", since_at=NOW,
    ),
    Email: email,
    EmailFile: lambda n: EmailFile.objects.create(email=email(n), file=stored(n)),
    Entry: lambda n: record(
        "email.sent", "Mail", actor=SYSTEM, at=NOW, influencer=InfluencerFactory(), brand=BrandFactory()
    ),
    Format: lambda n: FormatFactory(code=f"reel-{n}", platform=platform(30 + n)),
    Holiday: lambda n: Holiday.objects.create(
        on=DAY + dt.timedelta(days=n), name_en="Off", name_id="Libur", country="XX"
    ),
    ImportMapping: lambda n: ImportMapping.objects.create(fingerprint=digest(n), platform=platform(40 + n)),
    ImportRow: lambda n: ImportRow.objects.create(run=run(n), line=n, verdict="new"),
    ImportRun: run,
    Influencer: lambda n: SocialAccountFactory(
        influencer=InfluencerFactory(owner=UserFactory(), main_platform=platform(60 + n)), platform=platform(60 + n)
    ).influencer,
    Intake: intake,
    IntakeLine: lambda n: IntakeLine.objects.create(run=intake(n), line=n, verdict="new"),
    Invitation: lambda n: Invitation.objects.create(
        email=f"new{n}@mitra.example", token_sha256=digest(n), expires_at=NOW, invited_by=UserFactory()
    ),
    HandOver: lambda n: HandOver.objects.create(giver=UserFactory(), taker=UserFactory(), decided_by=UserFactory()),
    Leave: lambda n: Leave.objects.create(user=UserFactory(), deputy=UserFactory(), first_on=DAY, last_on=DAY),
    Link: lambda n: Link.objects.create(token_sha256=digest(n), contact=ContactFactory(), expires_at=NOW),
    LookAlike: lambda n: LookAlike.objects.create(lower=InfluencerFactory(), higher=InfluencerFactory(), points=50),
    Merge: lambda n: Merge.objects.create(
        stays=InfluencerFactory(), goes=InfluencerFactory(), merged_at=NOW, merged_by="Dinda"
    ),
    MetricSnapshot: lambda n: MetricSnapshot.objects.create(account=SocialAccountFactory(), taken_at=NOW, followers=5),
    Niche: lambda n: Niche.objects.create(
        slug=f"niche-{n}", name_en="One", name_id="Satu",
        parent=Niche.objects.create(slug=f"over-{n}", name_en="Over", name_id="Atas"),
    ),
    Note: lambda n: Note.objects.create(influencer=InfluencerFactory(), text="Likes coffee", author=UserFactory()),
    Offer: lambda n: Offer.objects.create(collaboration=CollaborationFactory(), sent_at=NOW, answer_by_on=DAY),
    Organisation: lambda n: Organisation.load(),
    Claim: lambda n: Claim.objects.create(
        influencer=InfluencerFactory(), side=0, source=f"crm.clause:{n}", house=BrandOwnerFactory(), brand=BrandFactory(),
        within_house=False, start_at=NOW, end_at=NOW + dt.timedelta(days=1), subjects={100_000_001}, channels={0},
        territories={0}, acts={1},
    ),
    BreachCase: broken,
    CaseEvidence: lambda n: CaseEvidence.objects.create(
        case=broken(n), url="https://contoh.example/p", captured_at=NOW, added_at=NOW, added_by="Dinda"
    ),
    Clause: clause,
    Contract: agreed,
    Party: talent,
    Bid: lambda n: Bid.objects.create(**of_talent(n), kind="ask", amount=2_000_000, at=NOW, noted_by=UserFactory()),
    PayLine: lambda n: PayLine.objects.create(**of_talent(n), amount=2_000_000),
    PromisedPost: lambda n: PromisedPost.objects.create(**of_talent(n), format=FormatFactory()),
    UsageRight: lambda n: UsageRight.objects.create(**of_talent(n), days=90),
    Signature: lambda n: Signature.objects.create(
        party=talent(n), how="chat", name="Kirana", said="ok", document_sha256=digest(n), signed_at=NOW,
        noted_by=UserFactory(),
    ),
    CalendarFeed: lambda n: CalendarFeed.objects.create(user=UserFactory(), token_sha256=digest(n), created_at=NOW),
    SigningCode: lambda n: SigningCode.objects.create(
        party=talent(n), session=visit(n), document_sha256=digest(n), code_hash="x", name="Kirana", created_at=NOW,
        expires_at=NOW + dt.timedelta(minutes=10),
    ),
    TermChange: lambda n: TermChange.objects.create(
        amendment=agreed(n), what="last_day", label="Last day", becomes={"end_on": "2027-01-31"}
    ),
    ContractTemplate: lambda n: ContractTemplate.objects.create(code=f"own-{n}", name_en="One", name_id="Satu"),
    ContractWording: lambda n: ContractWording.objects.create(
        template=ContractTemplate.objects.create(code=f"worded-{n}", name_en="One", name_id="Satu"), version=1,
        text_en="Words", text_id="Kata", written_by=UserFactory(),
    ),
    LibraryClause: lambda n: LibraryClause.objects.create(
        code=f"clause-{n}", title_en="One", title_id="Satu", text_en="Words", text_id="Kata"
    ),
    Finding: lambda n: Finding.objects.create(
        clause=clause(50 + n), influencer=InfluencerFactory(), brand=BrandFactory(), engagement_ref=f"work:{n}",
        fingerprint=digest(n), severity=3, decided_by=UserFactory(),
    ),
    OutsideDeal: lambda n: OutsideDeal.objects.create(
        influencer=InfluencerFactory(), brand_name=f"Kala {n}", category=category(300 + n), source="observed",
        author=UserFactory(),
    ),
    Persona: lambda n: Persona.objects.create(slug=f"persona-{n}", name_en="One", name_id="Satu"),
    Platform: lambda n: platform(70 + n),
    Product: lambda n: Product.objects.create(brand=BrandFactory(), name=f"Serum {n}", category=category(200 + n)),
    ProductVariant: lambda n: ProductVariant.objects.create(
        product=Product.objects.create(brand=BrandFactory(), name="Tint"), name=f"Sand {n}"
    ),
    RateCard: lambda n: RateCard.objects.create(
        influencer=InfluencerFactory(), price=1_500_000, valid_from=DAY,
        format=FormatFactory(code=f"rate-{n}", platform=platform(80 + n)),
    ),
    Reminder: reminder,
    ReplyCount: lambda n: ReplyCount.objects.create(
        influencer=InfluencerFactory(), account=SocialAccountFactory(platform=platform(120 + n)), counted_on=DAY,
        posts=12, percent=80,
    ),
    Representation: lambda n: RepresentationFactory(),
    Authority: lambda n: Authority.objects.create(
        stands=RepresentationFactory(capacity="agent"), power="sign", since_on=DAY, evidence="She wrote so",
        recorded_by=UserFactory(),
    ),
    GuardianWaiver: lambda n: GuardianWaiver.objects.create(
        influencer=InfluencerFactory(), why="Signed on paper", decided_by=UserFactory()
    ),
    MajorityAge: lambda n: MajorityAge.objects.create(country=("DE", "FR", "IT")[n], age=18, source="Civil code"),
    Rule: rule,
    SavedView: lambda n: SavedView.objects.create(user=UserFactory(), page="people", name="Mine"),
    SocialAccount: lambda n: SocialAccountFactory(platform=platform(90 + n)),
    StoredFile: lambda n: stored(n),
    Tag: lambda n: Tag.objects.create(name=f"Tag {n}"),
    Territory: lambda n: Territory.objects.create(
        kind="city", code=f"city-{n}", name="City",
        parent=Territory.objects.create(kind="province", code=f"province-{n}", name="Province"),
    ),
    TierScheme: lambda n: TierScheme.objects.create(code=f"scheme-{n}", name=f"Scheme {n}"),
    Todo: lambda n: Todo.objects.create(text="Call", owner=UserFactory(), author=UserFactory()),
    User: lambda n: UserFactory(),
    UserSession: lambda n: UserSession.objects.create(user=UserFactory(), ip="127.0.0.1", session_key=f"key{n}"),
    ChatWording: lambda n: ChatWording.objects.create(name=f"draft_due_{n}", language="en", text="Hi"),
    ReminderWish: lambda n: ReminderWish.objects.create(contact=ContactFactory(), pace="weekly"),
    Message: written,
    MessageFile: lambda n: MessageFile.objects.create(message=written(n), file=stored(n)),
    MessageLine: lambda n: MessageLine.objects.create(
        message=written(n), place=1, influencer_ref=n, label="Kirana", contact=ContactFactory()
    ),
    MessageTemplate: lambda n: MessageTemplate.objects.create(
        code=f"own-{n}", name=f"Own {n}", subject_en="Hello", text_en="Hi"
    ),
    KpiKind: lambda n: KpiKind.objects.create(code=f"kpi-{n}", name_en=f"KPI {n}", name_id=f"KPI {n}"),
    GoalKpi: lambda n: GoalKpi.objects.create(
        goal="awareness", kind=KpiKind.objects.create(code=f"of-goal-{n}", name_en="KPI", name_id="KPI")
    ),
    GoalTier: lambda n: GoalTier.objects.create(goal=f"goal{n}", tiers="micro", why_en="So", why_id="Begitu"),
    Kpi: lambda n: Kpi.objects.create(campaign=CampaignFactory(), kind=KpiKind.objects.order_by("pk")[n], target=n + 1),
    WrapUpItem: lambda n: WrapUpItem.objects.create(code=f"item-{n}", name_en=f"Item {n}", name_id=f"Butir {n}"),
    PartnerScore: lambda n: PartnerScore.objects.create(collaboration=CollaborationFactory(), asked_at=NOW),
    Wording: lambda n: Wording.objects.create(name=f"draft_due_{n}", language="en", subject="Hello", text="Hi"),
}  # fmt: skip

OURS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def label(model: type[models.Model]) -> str:
    return model._meta.label


def assert_clean(answer: Any) -> None:
    text = answer.content.decode()
    assert INLINE.findall(text) == []
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


ELSEWHERE = {
    "AccountCode": "digits that live some minutes; what came of them is an account of its payee",
    "BankAccount": "a row of its payee's page",
    "InvoiceLine": "a row of its invoice's page",
    "OrderReturn": "a row of its order's page",
    "PaidThrough": "a row of its payee's page",
    "PaymentPart": "a row of its payment's page",
    "SeriesYear": "a row of its series' page",
    "TaxBand": "a row of its rule's page",
    "TaxCertificate": "a row of its payee's page",
    "DealChange": "a row of its deal's page",
    "DealPause": "a row of its deal's page",
    "PeriodQuota": "a row of its period's page",
    "QuotaQuantity": "a row of its quota's page",
    "RetainerRate": "a row of its deal's page",
    "TailItem": "a row of its deal's page",
    "TierMove": "a row of its deal's page",
    "TierPerk": "a row of its tier's page",
    "Benchmark": "a row of its set's page",
    "ReviewStage": "a row of its policy's page",
    "ContentAsset": "a row of its version's page",
    "ContentCaption": "a row of its version's page",
    "Upload": "a row of its unsent draft's page",
    "ReviewStep": "a row of its review's page",
    "AudienceShare": "a row of its audience's page",
    "Tier": "a row of its scheme's page",
    "BrandOwnership": "a row of its brand's page",
    "CarveOut": "a row of its clause's page",
    "ClauseRest": "a row of its clause's page",
    "ClauseStretch": "a row of its clause's page",
    "RuleStep": "a row of its rule's page",
    "PortalSession": "a row of its link's page",
    "KpiShare": "a row of its KPI's page",
    "Channel": "a row of its campaign's page",
    "Pillar": "a row of its campaign's page",
    "WrapUpTick": "a row of its campaign's page",
    "BriefItem": "a row of its version's page",
    "BriefReference": "a row of its version's page",
    "ReturnItem": "a row of its return's page",
    "ShipmentItem": "a row of its parcel's page",
    "SampleItem": "a row of its request's page",
    "ReviewLink": "a hash that opens a guest's page; the guest's own page lists when each was made",
    "BallotLink": "a hash that opens a ballot; the ballot's page says whether it was opened",
    "IncidentPerson": "a row of its incident's page",
    "DemoRow": "a list of what clear_demo takes away",
    "Erasing": "a row that lives as long as one transaction",
}


def test_every_table_of_ours_is_kept_here_or_somewhere_better() -> None:
    ours = {model for app in ("crm", "campaigns") for model in apps.get_app_config(app).get_models()}
    assert {model.__name__ for model in ours - set(OURS)} == set(ELSEWHERE)


ONE_OR_TWO_ROWS = (Organisation, Beat)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_table_can_be_narrowed_and_walked_by_its_days(model: type[models.Model]) -> None:
    house = admin.site._registry[model]
    if model in ONE_OR_TWO_ROWS:
        return
    dates = [f.name for f in model._meta.concrete_fields if isinstance(f, models.DateField)]
    assert house.list_filter or model is BrandOwner
    assert house.date_hierarchy or not dates or issubclass(model, Reference)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_long_table_is_chosen_from_by_typing(model: type[models.Model]) -> None:
    """Nobody reads a list of 100,000 people or of all categories: such boxes are searched."""
    house = admin.site._registry[model]
    if not getattr(house, "may_change", True):
        return
    shown = set(house.fields or [f.name for f in model._meta.get_fields()]) - set(house.exclude or ())
    boxes = {
        f.name
        for f in (*model._meta.fields, *model._meta.many_to_many)
        if f.editable and isinstance(f, models.ForeignKey | models.ManyToManyField)
    }
    assert (boxes & shown) - set(house.readonly_fields) - set(house.autocomplete_fields) == set()


SAID_ALIKE = {"batch", "format", "influencer", "platform", "status", "target", "visual"}


def test_no_heading_of_a_list_is_the_bare_name_of_a_column() -> None:
    """It would be English for everybody."""
    assert [
        f"{label(model)}.{field.name}"
        for model in OURS
        if model._meta.app_label in ("crm", "campaigns")
        for field in model._meta.fields
        if field._verbose_name is None and field.name not in SAID_ALIKE
        if field.name in admin.site._registry[model].list_display
    ] == []


def test_every_registered_table_has_a_maker() -> None:
    assert [label(model) for model in OURS if model not in MAKERS] == []


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_list_costs_the_same_for_one_row_and_for_three(as_owner: Client, model: type[models.Model]) -> None:
    MAKERS[model](0)
    first = count(as_owner, address(model, "changelist"))
    MAKERS[model](1)
    MAKERS[model](2)
    assert count(as_owner, address(model, "changelist")) == first


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_page_of_a_table_opens_and_runs_nothing_inline(as_owner: Client, model: type[models.Model]) -> None:
    row = MAKERS[model](0)
    house = admin.site._registry[model]
    pages = [address(model, "changelist"), address(model, "change", row.pk), address(model, "history", row.pk)]
    if house.search_fields:
        pages.append(address(model, "changelist") + "?q=kirana")
    if getattr(house, "may_add", True) and model is not Organisation:
        pages.append(address(model, "add"))
    for page in pages:
        answer = as_owner.get(page)
        assert (page, answer.status_code) == (page, 200)
        assert_clean(answer)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_large_tables_can_be_searched_and_narrowed(model: type[models.Model]) -> None:
    house = admin.site._registry[model]
    assert house.list_display != ("__str__",)
    if model not in (Organisation, Beat):  # one row, or one row for each clock
        assert house.search_fields


def test_the_front_page_runs_nothing_inline(as_owner: Client) -> None:
    assert_clean(as_owner.get("/admin/"))


def test_the_list_beside_a_page_names_every_table_and_runs_nothing_inline(
    as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert address(User, "changelist") not in as_owner.get(address(Brand, "changelist")).content.decode()
    monkeypatch.setattr(admin.AdminSite, "get_app_list", admin.AdminSite.get_app_list.__wrapped__)  # type: ignore[attr-defined]
    answer = as_owner.get(address(Brand, "changelist"))
    assert_clean(answer)
    assert [label(model) for model in OURS if address(model, "changelist") not in answer.content.decode()] == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COORDINATOR, Role.FINANCE, Role.VIEWER])
def test_the_administration_is_for_owners_and_admins(organisation: Organisation, role: Role) -> None:
    client = Client()
    client.force_login(UserFactory(role=role))
    assert client.get("/admin/").status_code in (302, 403)
    assert client.get(address(User, "changelist")).status_code in (302, 403)


def test_strangers_come_in_by_the_same_door(owner: User) -> None:
    answer = Client().get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


HISTORY = [
    Entry,
    QuotaEntry,
    LedgerLine,
    DealPeriod,
    MetricSnapshot,
    SocialAccount,
    Link,
    Invitation,
    StoredFile,
    Authenticator,
]


@pytest.mark.parametrize("model", HISTORY, ids=label)
def test_history_is_not_changed_here(as_owner: Client, model: type[models.Model]) -> None:
    row = MAKERS[model](0)
    before = list(model._base_manager.values())
    assert as_owner.post(address(model, "change", row.pk), {"_save": "1"}).status_code == 403
    assert as_owner.get(address(model, "add")).status_code == 403
    assert list(model._base_manager.values()) == before


@pytest.mark.parametrize("model", OURS, ids=label)
def test_nothing_is_deleted_by_the_dozen(as_owner: Client, model: type[models.Model]) -> None:
    row = MAKERS[model](0)
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    as_owner.post(address(model, "changelist"), data)
    assert model._base_manager.filter(pk=row.pk).exists()


def test_no_page_shows_a_password_or_a_secret(as_owner: Client) -> None:
    user, step = UserFactory(), MAKERS[Authenticator](0)
    page = as_owner.get(address(User, "change", user.pk)).content.decode()
    assert user.password not in page
    assert 'name="password"' not in page
    assert "hidden-secret" not in page
    assert "secret" not in as_owner.get(address(Authenticator, "change", step.pk)).content.decode()
    kept = MAKERS[StoredFile](0)
    assert "kept/secret.png" not in as_owner.get(address(StoredFile, "change", kept.pk)).content.decode()


# ---- what is done here is told ---------------------------------------------------------------------------------------


def act(client: Client, model: type[models.Model], action: str, *rows: Any, **more: str) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(address(model, "changelist"), data, follow=True).content.decode()


def test_a_change_is_told_with_old_and_new(as_owner: Client) -> None:
    owner = BrandOwnerFactory(name="House of Lumi")
    as_owner.post(address(BrandOwner, "change", owner.pk), {"name": "Lumi Group", "country": "ID"})
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes, entry.actor_label) == (
        "admin.changed",
        {"name": ["House of Lumi", "Lumi Group"]},
        "Owner",
    )
    assert entry.sentence_en == "brand owner “Lumi Group” was changed in the administration"


def test_saving_without_a_change_tells_nothing(as_owner: Client) -> None:
    owner = BrandOwnerFactory()
    as_owner.post(address(BrandOwner, "change", owner.pk), {"name": owner.name, "country": "ID"})
    assert Entry.objects.count() == 0


def test_an_edited_reference_row_is_left_alone_by_later_releases(as_owner: Client) -> None:
    niche = MAKERS[Niche](0)
    data = {"slug": niche.slug, "name_en": "Other", "name_id": "Lain", "grade": "H", "parent": niche.parent_id}
    as_owner.post(address(Niche, "change", niche.pk), data)
    niche.refresh_from_db()
    assert niche.name_en == "Other"
    assert niche.edited_at is not None


def tier_form(scheme: TierScheme, tier: Tier, **typed: Any) -> dict[str, Any]:
    return {
        "code": scheme.code, "name": scheme.name, "grade": scheme.grade,
        "tiers-TOTAL_FORMS": "1", "tiers-INITIAL_FORMS": "1", "tiers-0-id": tier.pk, "tiers-0-scheme": scheme.pk,
        "tiers-0-code": tier.code, "tiers-0-name": tier.name, "tiers-0-low": tier.low, "tiers-0-low_included": "on",
        "tiers-0-high": "", **typed,
    }  # fmt: skip


def test_a_row_beside_the_edited_one_is_told_with_old_and_new_and_kept_from_releases(as_owner: Client) -> None:
    scheme = MAKERS[TierScheme](0)
    tier = Tier.objects.create(scheme=scheme, code="big", name="Big", low=1_000)
    page = address(TierScheme, "change", scheme.pk)
    assert as_owner.post(page, tier_form(scheme, tier)).status_code == 302
    scheme.refresh_from_db()
    assert (scheme.edited_at, Entry.objects.count()) == (None, 0)  # saved as it was
    assert as_owner.post(page, tier_form(scheme, tier, **{"tiers-0-low": "2000"})).status_code == 302
    scheme.refresh_from_db()
    assert scheme.edited_at is not None
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_label, entry.changes) == ("admin.changed", "Big", {"low": ["1000", "2000"]})


def test_a_stopped_import_goes_on_and_an_unconfirmed_one_is_discarded(as_owner: Client) -> None:
    stopped, waiting, done = (MAKERS[ImportRun](n) for n in range(3))
    ImportRun.objects.filter(pk=stopped.pk).update(status="failed", counts={"new": 3})
    ImportRun.objects.filter(pk=done.pk).update(status="done")
    assert "Done for 1 row." in act(as_owner, ImportRun, "continue_runs", stopped, waiting, done)
    assert "Done for 1 row." in act(as_owner, ImportRun, "discard_runs", waiting)
    assert "Nothing was changed." in act(as_owner, ImportRun, "discard_runs", stopped, done)
    found = dict(ImportRun.objects.values_list("pk", "status"))
    assert found == {stopped.pk: "confirmed", waiting.pk: "discarded", done.pk: "done"}
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["import.confirmed", "import.discarded"]


def test_people_are_archived_and_brought_back(as_owner: Client) -> None:
    one, two = InfluencerFactory(), InfluencerFactory()
    assert "Done for 2 rows." in act(as_owner, Influencer, "archive_people", one, two)
    assert Influencer.objects.archived().count() == 2
    assert "Nothing was changed." in act(as_owner, Influencer, "archive_people", one)
    act(as_owner, Influencer, "restore_people", one)
    assert list(Influencer.objects.archived()) == [two]
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["influencer.archived", "influencer.archived", "influencer.restored"]


def test_do_not_contact_asks_for_a_reason_and_keeps_it(as_owner: Client) -> None:
    person = InfluencerFactory()
    assert "Write a reason beside the action first." in act(as_owner, Influencer, "stop_contact", person)
    assert Influencer.objects.get().do_not_contact_at is None
    act(as_owner, Influencer, "stop_contact", person, why="Asked us on the phone")
    assert Influencer.objects.get().do_not_contact_why == "Asked us on the phone"
    act(as_owner, Influencer, "allow_contact", person, why="Wrote again")
    assert Influencer.objects.get().do_not_contact_at is None


def test_the_last_owner_is_not_closed_here_either(as_owner: Client, owner: User) -> None:
    page = act(as_owner, User, "close_accounts", owner)
    assert "You cannot close your own account." in page
    assert User.objects.get(pk=owner.pk).is_active


def test_accounts_are_closed_and_opened_and_links_sent(as_owner: Client) -> None:
    user = UserFactory()
    act(as_owner, User, "close_accounts", user)
    assert not User.objects.get(pk=user.pk).is_active
    act(as_owner, User, "send_password_links", user)
    assert Email.objects.count() == 0
    act(as_owner, User, "open_accounts", user)
    act(as_owner, User, "send_password_links", user)
    assert Email.objects.get().name == "password_reset"


def test_a_role_is_not_changed_by_the_form(as_owner: Client, coordinator: User) -> None:
    data = {
        "name": "Dinda A.", "email": coordinator.email, "role": "owner", "is_active": "", "language": "en",
        "zone": "Asia/Jakarta", "theme": "auto", "phone": "",
        "brand_access-TOTAL_FORMS": "0", "brand_access-INITIAL_FORMS": "0",
    }  # fmt: skip
    as_owner.post(address(User, "change", coordinator.pk), data)
    user = User.objects.get(pk=coordinator.pk)
    assert (user.name, user.role, user.is_active) == ("Dinda A.", "coordinator", True)
    assert Contact.objects.get(pk=user.contact_id).name == "Dinda A."


def test_links_are_revoked_with_their_visits(as_owner: Client) -> None:
    link = MAKERS[Link](0)
    act(as_owner, Link, "revoke_links", link)
    link.refresh_from_db()
    assert link.revoked_at is not None


def test_a_campaign_moves_only_along_its_table(as_owner: Client) -> None:
    campaign = CampaignFactory(status="wrapped")
    page = act(as_owner, Campaign, "pause", campaign)
    assert "Nothing was changed." in page
    assert Campaign.objects.get().status == "wrapped"
    Campaign.objects.update(status="live")
    act(as_owner, Campaign, "pause", campaign)
    assert Campaign.objects.get().status == "paused"


PARTS_OF_CAMPAIGN = ("collaborations", "pillars", "channels", "wrap_up_ticks")


def test_a_status_is_not_changed_by_the_form(as_owner: Client) -> None:
    campaign = CampaignFactory(status="draft")
    data = {
        "brand": campaign.brand_id, "name": "Renamed", "goal": "awareness", "start_on": "2026-11-01",
        "end_on": "2026-12-31", "zone": "Asia/Jakarta", "owner": campaign.owner_id, "status": "live", "about": "",
        "budget_0": "", "budget_1": "IDR",
        **{f"{rows}-{count}_FORMS": "0" for rows in PARTS_OF_CAMPAIGN for count in ("TOTAL", "INITIAL")},
    }  # fmt: skip
    as_owner.post(address(Campaign, "change", campaign.pk), data)
    stored = Campaign.objects.get()
    assert (stored.name, stored.status) == ("Renamed", "draft")
    assert Entry.objects.get().verb == "campaign.changed"


def test_brands_are_put_away_and_taken_out_again(as_owner: Client) -> None:
    brand = BrandFactory()
    act(as_owner, Brand, "archive_rows", brand)
    assert Brand.objects.running().count() == 0
    act(as_owner, Brand, "archive_rows", brand)
    act(as_owner, Brand, "restore_rows", brand)
    assert Brand.objects.running().count() == 1
    assert list(Entry.objects.order_by("pk").values_list("verb", "brand")) == [
        ("brand.archived", brand.pk),
        ("brand.restored", brand.pk),
    ]


def test_wrong_numbers_are_withdrawn_and_stay_on_file(as_owner: Client) -> None:
    snapshot = MAKERS[MetricSnapshot](0)
    act(as_owner, MetricSnapshot, "withdraw", snapshot)
    assert MetricSnapshot.objects.standing().count() == 0
    assert MetricSnapshot.objects.count() == 1


def rows_of(client: Client, model: type[models.Model], query: str) -> Iterator[Any]:
    yield from client.get(address(model, "changelist") + query).context["cl"].result_list


def test_the_timeline_is_narrowed_by_the_groups_of_the_audit(as_owner: Client) -> None:
    entry = MAKERS[Entry](0)
    record("team.joined", "Joined", actor=SYSTEM, at=NOW)
    assert list(rows_of(as_owner, Entry, "?group=messages")) == [entry]
    assert len(list(rows_of(as_owner, Entry, ""))) == 2
