"""Two complete brands behind walls and one colleague of every role: the world the permission matrix walks through.

Everything that belongs to the other brand carries the word CANARY; it must never reach a reader behind the wall.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from djmoney.money import Money

from campaigns.approvals.models import (
    CheckResult,
    ContentAsset,
    ContentVersion,
    Deviation,
    LiveCheck,
    LivePost,
    Review,
    ReviewGuest,
    UnsentDraft,
    Upload,
)
from campaigns.briefs.models import Brief, BriefReference, BriefTemplate, BriefVersion, UseRecord
from campaigns.events.models import Event, Guest
from campaigns.offers.models import Offer
from campaigns.planning.imports.kind import RunningWork
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Kpi, KpiKind
from campaigns.results.models import ReportLink
from campaigns.samples.models import (
    ReturnRequest,
    SampleItem,
    SampleRequest,
    Shipment,
    StockBatch,
    StockLocation,
)
from campaigns.shortlist.models import Ballot, VoteRound
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.ambassadors.models import (
    AmbassadorDeal,
    DealPeriod,
    DealReview,
    PerkGrant,
    Program,
    ProgramTier,
    Prospect,
    QuotaEntry,
    QuotaLine,
    QuotaQuantity,
    RetainerCharge,
    RetainerRate,
    Sale,
    TailItem,
)
from crm.archive.models import ExportRun
from crm.base.models import Organisation, StoredFile
from crm.brands.models import Brand, BrandOwner, Product, ProductVariant
from crm.contracts.models import Contract, ContractWording, Notice, Party, PayLine, TermChange, UsageRight
from crm.exclusivity.models import BreachCase, CaseEvidence, Clause, Finding, OutsideDeal
from crm.inbox.models import AnswerHold, InboundFile, InboundMail
from crm.influencers.imports.actions import take
from crm.influencers.models import (
    Address,
    Attachment,
    Audience,
    Authority,
    BulkRow,
    BulkRun,
    DayOff,
    ImportRow,
    ImportRun,
    Influencer,
    LookAlike,
    Merge,
    MetricSnapshot,
    Note,
    RateCard,
    ReplyCount,
    Representation,
    SavedView,
    SocialAccount,
    Tag,
)
from crm.intake.actions import take as bring
from crm.intake.models import Intake
from crm.messages.models import Message, MessageFile, MessageLine
from crm.outbox.models import Email
from crm.payments.models import LedgerLine
from crm.portal.links import digest
from crm.portal.models import Link, PortalSession
from crm.preferences.models import Consent
from crm.privacy.models import DataIncident, IncidentPerson, LegalHold, PrivacyRequest
from crm.reminders.models import Todo
from crm.team.models import HandOver, Invitation, Leave, Role, User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, record
from crm.vetting.models import Check, CheckItem, Clearance
from tests.factories import (
    ContactFactory,
    FormatFactory,
    InfluencerFactory,
    PlatformFactory,
    RepresentationFactory,
    SocialAccountFactory,
)
from tests.permissions_money import money_of, results_of

CANARY = "Zirkonia"
PORTAL_KEY = "k" * 43
SESSIONS = re.compile(r"django_session|usersessions_usersession")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)", re.IGNORECASE)


@contextmanager
def written() -> Iterator[list[str]]:
    """What is written meanwhile, sessions left out. Capturing every query would ask SQLite to quote each value."""
    seen: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not SESSIONS.search(sql):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield seen


@dataclass
class Side:
    """One brand and everything that is its own; people and colleagues are the same on both sides."""

    world: "World"
    brand: Brand
    product: Product
    campaign: Campaign
    collaboration: Collaboration
    offer: Offer
    deliverable: Deliverable
    email: Email
    mail: InboundMail
    entry: Entry
    todo: Todo
    deal: OutsideDeal
    clause: Clause
    finding: Finding
    case: BreachCase
    evidence: CaseEvidence
    contract: Contract
    sent_contract: Contract
    contract_clause: Clause
    many_contracts: BulkRun
    contract_promise: Clause
    amendment: Contract
    vote_round: VoteRound
    ballot: Ballot
    message: Message
    message_line: MessageLine
    sample: SampleRequest
    shipment: Shipment
    batch: StockBatch
    program: Program
    tier: ProgramTier
    ambassador_deal: AmbassadorDeal
    ambassador_draft: AmbassadorDeal
    prospect: Prospect
    quota_entry: QuotaEntry
    deal_period: DealPeriod
    quota: QuotaLine
    paid: dict[str, int]

    code: VoucherCode = field(init=False)
    tracked_link: TrackedLink = field(init=False)
    guest: Guest = field(init=False)
    version: ContentVersion = field(init=False)
    post: LivePost = field(init=False)
    deviation: Deviation = field(init=False)
    live_check: LiveCheck = field(init=False)
    review_guest: ReviewGuest = field(init=False)
    report_link: ReportLink = field(init=False)
    money: dict[str, Any] = field(init=False)
    asset: ContentAsset = field(init=False)
    upload: Upload = field(init=False)

    def __getattr__(self, name: str) -> Any:
        """What is not the brand's own belongs to the whole house."""
        return getattr(self.world, name)


@dataclass
class World:
    """The house: colleagues of every role, one influencer known to both brands, an import, a link."""

    now: dt.datetime
    users: dict[Role, User]
    colleague: User
    person: Influencer
    account: SocialAccount
    snapshot: MetricSnapshot
    stands: Representation
    authority: Authority
    address: Address
    rate: RateCard
    audience: Audience
    tag: Tag
    attachment: Attachment
    reply_count: ReplyCount
    note: Note
    day_off: DayOff
    check: Check
    clearance: Clearance
    namesake: Influencer
    pair: LookAlike
    merge: Merge
    saved_views: dict[Role, SavedView]
    run: ImportRun
    bulk_run: BulkRun
    intake: Intake
    row: ImportRow
    invitation: Invitation
    privacy_request: PrivacyRequest
    legal_hold: LegalHold
    leave: Leave = field(init=False)
    export: ExportRun = field(init=False)
    handed_over: HandOver = field(init=False)
    incident: DataIncident = field(init=False)
    consent: Consent = field(init=False)
    own: Side = field(init=False)
    other: Side = field(init=False)
    visit: PortalSession = field(init=False)


def build() -> World:
    """The world, with walls on; owners and admins see both brands, everybody else only `own`."""
    now = timezone.now()
    house = Organisation.load()
    house.brand_walls, house.opened_at, house.language = True, now, "en"
    house.save()
    users = {role: colleague(role) for role in Role}
    world = World(
        now=now, users=users, colleague=colleague(Role.COORDINATOR, "second"), **person(now), **house_rows(users, now)
    )
    world.own = side(world, "Lumi")
    world.other = side(world, CANARY)
    track(world.own, "Lumi")
    track(world.other, CANARY)
    an_evening(world.own, "Lumi")
    an_evening(world.other, CANARY)
    a_version(world.own, "Lumi")
    a_version(world.other, CANARY)
    a_live_post(world.own, "Lumi")
    a_live_post(world.other, CANARY)
    for of, name in ((world.own, "Lumi"), (world.other, CANARY)):
        of.money = money_of(of, name) | results_of(of, name)
    world.visit = visit(world.own)
    second, owner = world.colleague, users[Role.OWNER]
    world.leave = Leave.objects.create(user=second, deputy=owner, first_on=now.date(), last_on=now.date())
    world.export = ExportRun.objects.create(asked_by=owner, started_at=now)
    world.incident = data_incident(world)
    world.consent = Consent.objects.create(contact=world.stands.contact, purpose="address", withdrawn_at=now)
    world.handed_over = HandOver.objects.create(giver=second, taker=owner, decided_by=owner, moved={"tasks": [0]})
    for user in (*users.values(), world.colleague):
        user.brand_access.create(brand=world.own.brand)
    return world


def colleague(role: Role, name: str = "") -> User:
    return User.objects.create(
        email=f"{name or role}@mitra.example", name=f"{(name or role).title()} Colleague", role=role, language="en",
        password=make_password("a long enough password"),
    )  # fmt: skip


def person(now: dt.datetime) -> dict[str, Any]:
    kirana = InfluencerFactory(stage_name="Kirana Putri")
    platform = PlatformFactory()
    account = SocialAccountFactory(influencer=kirana, platform=platform)
    stands = RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Putri"))
    street = {"recipient": "Kirana", "phone": "+628123456789", "street": "Jl. Melati 1", "city": "Bandung"}
    namesake, merged = InfluencerFactory(stage_name="Putri Kirana"), InfluencerFactory(merged_into=kirana)
    return {
        "namesake": namesake,
        "pair": LookAlike.objects.create(lower=kirana, higher=namesake, points=45, reasons=[["name", ""]]),
        "merge": Merge.objects.create(stays=kirana, goes=merged, merged_at=now, merged_by="Dinda"),
        "person": kirana,
        "account": account,
        "stands": stands,
        "authority": Authority.objects.create(
            stands=stands, power="sign", since_on=now.date(), file=picture("c"), evidence="She wrote so"
        ),
        "snapshot": MetricSnapshot.objects.create(account=account, taken_at=now, followers=34_000),
        "address": Address.objects.create(influencer=kirana, postcode="40123", **street),
        "rate": RateCard.objects.create(influencer=kirana, price=1_500_000, valid_from=now.date()),
        "audience": Audience.objects.create(influencer=kirana, counted_on=now.date(), source="Insights"),
        "reply_count": ReplyCount.objects.create(influencer=kirana, counted_on=now.date(), posts=12, percent=80),
        "tag": Tag.objects.create(name="Sopan"),
        "attachment": Attachment.objects.create(
            influencer=kirana,
            name="Media kit",
            file=StoredFile.objects.create(
                file=ContentFile(b"picture", "kit.png"), label="kit.png", mime="image/png", size=7, sha256="b" * 64
            ),
        ),
        "note": Note.objects.create(influencer=kirana, text="Likes coffee"),
        "privacy_request": PrivacyRequest.objects.create(
            influencer=kirana, kind="erasure", asked_at=now, due_at=now + dt.timedelta(hours=72), recorded_by="Dinda"
        ),
        "legal_hold": LegalHold.objects.create(influencer=kirana, why="A dispute", from_on=now.date()),
        "day_off": DayOff.objects.create(influencer=kirana, start_on=now.date(), end_on=now.date()),
        **vetting(kirana, account, now),
    }


def picture(letter: str) -> StoredFile:
    return StoredFile.objects.create(
        file=ContentFile(b"picture", "seen.png"), label="seen.png", mime="image/png", size=7, sha256=letter * 64
    )


def vetting(kirana: Influencer, account: SocialAccount, now: dt.datetime) -> dict[str, Any]:
    until = now.date() + dt.timedelta(days=180)
    seen = picture("b")
    return {
        "check": Check.objects.create(
            influencer=kirana, item=CheckItem.objects.get(code="unsafe"), verdict="fail", evidence="Gambling",
            file=seen, checked_on=now.date(), expires_on=until,
        ),
        "clearance": Clearance.objects.create(
            account=account, code="STALE", evidence="Counted on Monday", file=seen, cleared_on=now.date(),
            expires_on=until,
        ),
    }  # fmt: skip


def house_rows(users: dict[Role, User], now: dt.datetime) -> dict[str, Any]:
    run, _table = take("team.csv", b"name,handle\nKirana,@kirana\n", user=users[Role.COORDINATOR], now=now)
    running = RunningWork()
    running.is_walled = False  # type: ignore[misc]
    intake = bring(running, "work.csv", b"name,campaign\nKirana,Glow\n", user=users[Role.COORDINATOR])
    return {
        "run": run,
        "intake": intake,
        "row": ImportRow.objects.create(run=run, line=2, verdict="conflict"),
        "bulk_run": BulkRun.objects.create(action="archive"),
        "saved_views": {
            role: SavedView.objects.create(user=user, page="people", name="Mine") for role, user in users.items()
        },
        "invitation": Invitation.objects.create(
            email="new@mitra.example", token_sha256="1" * 64, expires_at=now + dt.timedelta(days=7)
        ),
    }


def received(name: str, brand: Brand, world: "World", file: StoredFile, about: str) -> InboundMail:
    """An answer to the brand's message, with a file, that waits to be read."""
    mail = InboundMail.objects.create(
        key=f"key of {name}", state="delivered", kind="reply", from_name="Kirana Putri", from_address="kirana@contoh.example",
        subject=f"Re: Draft for {name}", text=f"About {name}", whole_text=f"About {name}", received_at=world.now,
        influencer_ref=world.person.pk, influencer_label="Kirana Putri", brand_ref=brand.pk, source=file,
        subject_refs=[about],
    )  # fmt: skip
    InboundFile.objects.create(mail=mail, label=f"{name}.png", size=1, file=file)
    AnswerHold.objects.create(mail=mail, subject=about, brand_ref=brand.pk, until_at=world.now + dt.timedelta(days=1))
    return mail


def visit(side: "Side") -> PortalSession:
    """The influencer, looking at her own page with one brand."""
    link = Link.objects.create(
        token_sha256=digest("t" * 43), contact=side.stands.contact, influencer_ref=side.person.pk,
        brand_ref=side.brand.pk, expires_at=side.now + dt.timedelta(days=1),
    )  # fmt: skip
    return PortalSession.objects.create(
        link=link, key_sha256=digest(PORTAL_KEY), started_at=side.now, expires_at=side.now + dt.timedelta(hours=1)
    )


def promised(
    name: str, brand: Brand, kirana: Influencer, card: Collaboration, file: StoredFile, now: dt.datetime
) -> dict[str, Any]:
    """A promise to this brand, work of this brand that meets it, and the case about it."""
    clause = Clause.objects.create(
        influencer=kirana, brand=brand, work_ref=f"campaigns.collaboration:{card.pk}", act_numbers=frozenset({1}),
        note=f"Promised to {name}",
    )  # fmt: skip
    finding = Finding.objects.create(
        clause=clause, influencer=kirana, brand=brand, engagement_ref=f"elsewhere:{card.pk}", severity=3,
        engagement_label=f"Work that hits {name}", fingerprint=f"finding of {name}", direction="breach",
    )  # fmt: skip
    case = BreachCase.objects.create(finding=finding, influencer=kirana, brand=brand)
    evidence = CaseEvidence.objects.create(
        case=case, url=f"https://contoh.example/{brand.pk}", file=file, sha256=file.sha256, captured_at=now,
        added_at=now, added_by=f"Seen for {name}",
    )  # fmt: skip
    return {"clause": clause, "finding": finding, "case": case, "evidence": evidence}


def ambassadors(name: str, brand: Brand, world: "World") -> dict[str, Any]:
    """A programme with a tier, a deal that runs with its first period, and one that is not signed."""
    owner, today = world.users[Role.OWNER], world.now.date()
    program = Program.objects.create(name=f"Circle of {name}", brand=brand, owner=owner, has_tiers=True)
    tier = ProgramTier.objects.create(program=program, rank=1, name=f"Glow of {name}")
    words = {"text": f"Words of {name}", "text_sha256": "c" * 64, "sent_at": world.now, "signed_at": world.now}
    year = {"start_on": today, "end_on": today + dt.timedelta(days=364)}

    def deal(title: str, **fields: Any) -> AmbassadorDeal:
        kind = Contract.Kind.AMBASSADOR
        made = Contract.objects.create(title=f"{title} {name}", kind=kind, brand=brand, owner=owner, **year, **fields)
        Party.objects.create(contract=made, role="talent", influencer=world.person, name="Kirana Putri")
        Party.objects.create(contract=made, role="brand", name=f"PT {name}")
        return AmbassadorDeal.objects.create(contract=made, influencer=world.person, program=program, tier=tier)

    runs = deal("Year with", status=Contract.Status.ACTIVE, **words)
    line = QuotaLine.objects.create(
        deal=runs, format=FormatFactory(platform=world.account.platform), note=f"Reels for {name}"
    )
    QuotaQuantity.objects.create(line=line, quantity=2, from_on=today)
    DealReview.objects.create(deal=runs, for_on=today + dt.timedelta(days=364), due_on=today, note=f"Said of {name}")
    RetainerRate.objects.create(deal=runs, amount=Money(5_000_000, "IDR"), from_on=today)
    period = DealPeriod.objects.create(
        deal=runs, number=1, first_on=today, last_on=today + dt.timedelta(days=29), active_days=30, nominal_days=30,
        state=DealPeriod.State.OPEN, opened_at=world.now,
    )  # fmt: skip
    entry = QuotaEntry.objects.create(
        period=period, line=line, kind=QuotaEntry.Kind.DELIVERED, quantity=-1, key=f"hand:{runs.pk}:seen", on=today,
        at=world.now, by=name, label=f"https://instagram.com/p/{name}",
    )  # fmt: skip
    return {
        "quota_entry": entry,
        "program": program, "tier": tier, "ambassador_deal": runs, "ambassador_draft": deal("Not yet with"),
        "deal_period": period, "quota": line, "paid": what_is_paid(name, runs, period, world),
        "prospect": Prospect.objects.create(influencer=world.person, brand=brand, program=program, why=f"Likes {name}"),
    }  # fmt: skip


def what_is_paid(name: str, deal: AmbassadorDeal, period: DealPeriod, world: "World") -> dict[str, int]:
    """A line of the ledger, a deduction nobody has decided about, an order, a perk, and a thing to see to afterwards."""
    today, worth = world.now.date(), Money(100_000, "IDR")
    charge = RetainerCharge.objects.create(period=period, kind="deduction", amount=-worth, why=f"Missed by {name}")
    line = LedgerLine.objects.create(
        kind="retainer", contract=deal.contract, influencer=world.person, brand=deal.contract.brand, amount=worth,
        label=f"Retainer of {name}", key=f"retainer of {deal.pk}", on=today, at=world.now, by="Mitra",
    )  # fmt: skip
    sale = Sale.objects.create(
        brand=deal.contract.brand, number=f"{name} 1", deal=deal, ordered_on=today, gross=worth, matures_on=today
    )
    perk = PerkGrant.objects.create(deal=deal, kind="credit", label=f"Credit of {name}", value=worth, granted_on=today)
    item = TailItem.objects.create(deal=deal, kind="bio", due_on=today, note=f"Bio of {name}")
    return {"charge": charge.pk, "line": line.pk, "sale": sale.pk, "perk": perk.pk, "tail": item.pk}


def many_contracts(brand: Brand, person: Influencer) -> BulkRun:
    """A round of contracts for a brand, shown and not begun."""
    wording = ContractWording.objects.latest("pk")
    terms = {
        "brand": brand.pk, "kind": "campaign", "category": None, "wording": wording.pk, "title": f"Round of {brand}",
        "start_on": "", "end_on": "", "offer_until_on": "", "zone": "Asia/Jakarta", "posts": [], "rule": "fixed",
        "amount": "1000000", "currency": "IDR", "tax": "", "cash_percent": 100, "in_kind": "", "said": "", "right": "",
        "right_days": None,
    }  # fmt: skip
    run = BulkRun.objects.create(action="contracts", data={"terms": terms, "sentences": [], "form": {}}, total=1)
    BulkRow.objects.create(run=run, place=1, influencer_ref=person.pk, label="Kirana Putri", data={"fee": ""})
    return run


def track(side: Side, name: str) -> None:
    """Her code and the link of what she makes."""
    side.code = VoucherCode.objects.create(
        campaign=side.campaign, collaboration=side.collaboration, code=f"{name}10", offer=f"Offer of {name}",
        valid_from_on=side.campaign.start_on, valid_to_on=side.campaign.end_on,
    )  # fmt: skip
    UseRecord.objects.create(
        collaboration=side.collaboration, asked_at=side.now, answered_at=side.now, uses_it=True, words=f"Likes {name}",
        evidence=side.deliverable.proof,
    )  # fmt: skip
    side.tracked_link = TrackedLink.objects.create(
        deliverable=side.deliverable, slug=name.lower(), target=f"https://contoh.example/{name}"
    )


def an_evening(side: Side, name: str) -> None:
    """An event of the brand, and her on its guest list."""
    event = Event.objects.create(
        brand=side.brand, campaign=side.campaign, name=f"Night of {name}", starts_at=side.now + dt.timedelta(days=9),
        owner=side.campaign.owner, about=f"Dress for {name}",
    )  # fmt: skip
    side.guest = Guest.objects.create(
        event=event, influencer=side.person, collaboration=side.collaboration, note=f"Guest of {name}"
    )


def a_version(side: Side, name: str) -> None:
    """A draft of the brand's that waits for a decision."""
    side.version = ContentVersion.objects.create(
        deliverable=side.deliverable, number=1, caption=f"Caption for {name}", sha256="c" * 64, submitted_at=side.now
    )
    Review.objects.create(version=side.version, opened_at=side.now, due_at=side.now + dt.timedelta(hours=48))
    CheckResult.objects.create(version=side.version, rule="VID-01", outcome="fail", quoted=f"Label of {name}")
    file = picture("f")
    side.asset = ContentAsset.objects.create(
        version=side.version, file=file, label=f"{name}.png", mime=file.mime, size=file.size, sha256=file.sha256
    )
    side.upload = Upload.objects.create(
        unsent=UnsentDraft.objects.create(deliverable=side.deliverable, caption=f"Typed for {name}"),
        key=name.ljust(43, "k"), label=f"{name}.png", size=7, received=7, file=picture("e"),
    )  # fmt: skip
    side.version.notes.create(body=f"Note on {name}", author_label="Dinda")


def a_live_post(side: Side, name: str) -> None:
    """What is online of it, with a case, a look that is due and a screenshot."""
    made = side.deliverable
    side.post = LivePost.objects.create(
        deliverable=made, platform=made.format.platform, published_at=side.now, live_caption=f"Stands there for {name}"
    )
    assert made.proof is not None
    side.post.proofs.add(made.proof)
    side.deviation = Deviation.objects.create(post=side.post, kind="label", details={}, found_at=side.now)
    side.live_check = LiveCheck.objects.create(post=side.post, due_on=side.now.date())
    asks = ContactFactory(kind="guest", name=f"Reviewer of {name}", email="reviewer@klien.example")
    side.review_guest = ReviewGuest.objects.create(campaign=side.campaign, contact=asks)
    side.report_link = ReportLink.objects.create(
        campaign=side.campaign, label=f"Board of {name}", token_sha256=f"{side.campaign.pk:064}", expires_at=side.now + dt.timedelta(days=30)
    )  # fmt: skip


def a_brief(campaign: Campaign, name: str, picture: StoredFile, now: dt.datetime) -> None:
    """One released version with something to look at, and one brief of the library."""
    draft = BriefVersion.objects.create(brief=Brief.objects.create(campaign=campaign), number=1, pose=f"Pose of {name}")
    BriefReference.objects.create(version=draft, file=picture, note=f"Picture of {name}")
    BriefVersion.objects.filter(pk=draft.pk).update(released_at=now)
    BriefTemplate.objects.create(name=f"Library of {name}", brand=campaign.brand, content={"pose": f"Pose of {name}"})


def side(world: World, name: str) -> Side:
    brand = Brand.objects.create(owner=BrandOwner.objects.create(name=f"House of {name}"), name=f"{name} Skincare")
    Brand.objects.filter(pk=brand.pk).update(counts_stock=True)
    campaign = Campaign.objects.create(
        brand=brand, name=f"{name} in November", start_on=world.now.date(),
        end_on=world.now.date() + dt.timedelta(days=30), owner=world.users[Role.OWNER], status="live",
        about=f"About {name}",
    )  # fmt: skip
    card = Collaboration.objects.create(
        campaign=campaign, influencer=world.person, status="making", note=f"Note on {name}"
    )
    Kpi.objects.create(campaign=campaign, kind=KpiKind.objects.get(code="reach"), target=300_000)
    screenshot = StoredFile.objects.create(
        file=ContentFile(b"picture", f"{name}.png"), label=f"{name}.png", mime="image/png", size=7, sha256="a" * 64
    )
    a_brief(campaign, name, screenshot, world.now)
    message = Message.objects.create(
        key=f"key of {name}", brand_ref=brand.pk, audience="campaign", asked=f"campaign={campaign.pk}&all_matching=1",
        audience_label=f"1 person of {name}", subject_en=f"News of {name}", text_en=f"From {name}", status="done",
        total=1, started_by=world.users[Role.OWNER], confirmed_at=world.now, with_page=True,
    )  # fmt: skip
    MessageFile.objects.create(message=message, file=screenshot)
    contract = Contract.objects.create(
        title=f"Contract with {name}", brand=brand, owner=world.users[Role.OWNER], note=f"Note on {name}"
    )
    talent = Party.objects.create(contract=contract, role="talent", influencer=world.person, name="Kirana Putri")
    Party.objects.create(contract=contract, role="brand", name=f"PT {name}")
    PayLine.objects.create(contract=contract, party=talent, amount=Money(2_000_000, "IDR"), note=f"Fee of {name}")
    UsageRight.objects.create(contract=contract, party=talent, note=f"Right of {name}", days=90)
    Notice.objects.create(
        contract=contract,
        sent_on=dt.date(2026, 11, 2),
        note=f"Notice of {name}",
        at=world.now,
        by="Dinda",
        document=picture("d"),
    )
    sent_contract = Contract.objects.create(
        title=f"Sent by {name}", brand=brand, owner=world.users[Role.OWNER], status="sent", sent_at=world.now,
        text=f"Words of {name}", text_sha256="b" * 64, paper=screenshot,
    )  # fmt: skip
    Party.objects.create(contract=sent_contract, role="talent", influencer=world.person, name="Kirana Putri")
    Party.objects.create(contract=sent_contract, role="brand", name=f"PT {name}")
    amendment = Contract.objects.create(
        title=f"Amendment of {name}", brand=brand, owner=world.users[Role.OWNER], start_on=world.now.date(),
        amends=contract,
    )  # fmt: skip
    TermChange.objects.create(amendment=amendment, what="last_day", label=f"Last day of {name}")
    product = Product.objects.create(brand=brand, name=f"{name} Serum")
    ProductVariant.objects.create(product=product, name=f"{name} Sand")
    sample = SampleRequest.objects.create(
        influencer=world.person, brand=brand, collaboration=card, purpose="contractual", given_as="contractual",
        owner=world.users[Role.OWNER], note=f"Sample of {name}",
    )  # fmt: skip
    SampleItem.objects.create(request=sample, product=product)
    shipment = Shipment.objects.create(request=sample, note=f"Parcel of {name}")
    ReturnRequest.objects.create(
        shipment=shipment,
        reason="loan",
        due_on=world.now.date(),
        note=f"Return of {name}",
        charge_proposed_at=world.now,
    )
    votes = VoteRound.objects.create(campaign=campaign, title=f"Votes of {name}", words=f"A word of {name}")
    votes.people.add(card)
    return Side(
        world=world,
        vote_round=votes,
        ballot=Ballot.objects.create(round=votes, contact=ContactFactory(kind="guest", name=f"Guest of {name}")),
        brand=brand,
        message=message,
        message_line=MessageLine.objects.create(
            message=message, place=1, influencer_ref=world.person.pk, label="Kirana Putri",
            subject=f"campaigns.collaboration:{card.pk}", contact=world.stands.contact, outcome="by_hand",
        ),
        product=product,
        batch=StockBatch.objects.create(
            product=product, location=StockLocation.objects.create(name=f"Shelf of {name}", brand=brand),
            batch_no=f"Batch {name}", on_hand=3,
        ),
        sample=sample,
        shipment=shipment,
        campaign=campaign,
        collaboration=card,
        offer=Offer.objects.create(collaboration=card, status="countered", her_words="3jt", sent_at=world.now),
        deliverable=Deliverable.objects.create(
            collaboration=card, format=FormatFactory(platform=world.account.platform), title=f"Reel for {name}",
            draft_due_on=world.now.date(), post_due_on=world.now.date() + dt.timedelta(days=3), proof=screenshot,
        ),
        email=Email.objects.create(
            name="draft_due", key=f"key of {name}", contact=world.stands.contact, from_name=f"{name} Skincare",
            send_at=world.now, subject=f"Draft for {name}", text=f"Dear {name}", html=f"<p>{name}</p>",
            brand_ref=brand.pk, influencer_ref=world.person.pk, state="failed", why="550 no such user",
            subject_refs=[f"campaigns.deliverable:{card.pk}"],
        ),
        mail=received(name, brand, world, screenshot, f"campaigns.deliverable:{card.pk}"),
        entry=record(
            "deliverable.submitted", f"Draft for {name}", actor=SYSTEM, at=world.now, influencer=world.person,
            brand=brand, quote=f"for {name}", file=screenshot, subject=card,
        ),
        todo=Todo.objects.create(
            text=f"Call about {name}", brand_ref=brand.pk, influencer_ref=world.person.pk,
            influencer_label="Kirana Putri", subject_label=f"{name} in November",
        ),
        **promised(name, brand, world.person, card, screenshot, world.now),
        **ambassadors(name, brand, world),
        contract=contract,
        sent_contract=sent_contract,
        many_contracts=many_contracts(brand, world.person),
        contract_clause=Clause.objects.create(
            influencer=world.person, brand=brand, work_ref=f"crm.party:{talent.pk}", act_numbers=frozenset({1}),
            note=f"In the contract with {name}",
        ),
        contract_promise=Clause.objects.create(
            influencer=world.person, brand=brand, work_ref=f"crm.party:{talent.pk}", act_numbers=frozenset({1}),
            note=f"In force with {name}", standing="active",
        ),
        amendment=amendment,
        deal=OutsideDeal.objects.create(
            influencer=world.person, brand=brand, brand_name=brand.name, source="observed", url="https://contoh.example/p",
            as_said=f"About {name}", file=screenshot,
        ),
    )  # fmt: skip


def data_incident(world: World) -> DataIncident:
    """A list that went to the wrong address; one person's data stood in it."""
    found = DataIncident.objects.create(
        title="Wrong address", what="A list was sent", data="Names", found_at=world.now,
        due_at=world.now + dt.timedelta(hours=72),
    )  # fmt: skip
    IncidentPerson.objects.create(incident=found, influencer=world.person)
    return found
