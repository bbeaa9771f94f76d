"""Writing rows about running work: people and campaigns that were offered, cards with their reminders off, their work."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.imports.judging import UNDER_WAY, formats, held_back
from campaigns.planning.imports.known import cards_of
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.models.promises import note_imported
from crm.base.bulk import insert, reserve_ids
from crm.base.models import Organisation
from crm.base.zones import local_date, local_instant
from crm.brands.models import Brand, Territory
from crm.exclusivity.gate import hold
from crm.influencers.actions.people import add_person
from crm.influencers.models import Influencer, Platform, SocialAccount
from crm.intake.kinds import Outcome
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import Actor, entry, record_many

CARD = (
    "id", "campaign_id", "influencer_id", "status", "fee", "fee_currency", "fee_said", "note", "promised_at",
    "reminders_off_at", "off_why",
)  # fmt: skip
PIECE = (
    "id", "collaboration_id", "format_id", "account_id", "draft_due_on", "post_due_on", "zone", "dates_set_at",
    "status", "drafts", "submitted_at", "approved_at", "published_at", "post_url",
)  # fmt: skip
NOON = dt.time(12)
PUBLISHED, EXPECTED = Deliverable.Status.PUBLISHED, Deliverable.Status.EXPECTED
STATUS_OF_WORK = {"review": "submitted", "posting": "approved", "done": "published"}


class Writing:
    """One batch in the running transaction. Campaigns are held first, so nobody is put on a board twice."""

    def __init__(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> None:
        self._run, self._lines, self._now, self._actor = run, lines, now, actor
        self._formats = formats()
        self._card_ids = iter(reserve_ids(Collaboration, len(lines)))
        self._piece_ids = iter(reserve_ids(Deliverable, sum(len(line.facts["work"]) for line in lines)))
        self._made: dict[int, dict[str, Any]] = {line.line: {} for line in lines}
        self._cards: list[tuple[Any, ...]] = []
        self._pieces: list[tuple[Any, ...]] = []
        self._told: list[tuple[int, int, Campaign, str]] = []

    def write(self) -> list[Outcome]:
        """Write every line and say what it made."""
        campaigns = {line.line: self._campaign(line) for line in self._lines}
        self._campaigns = self._held({pk for pk in campaigns.values() if pk})
        people = {line.line: self._person(line) for line in self._lines}
        self._accounts = accounts_of(people.values())
        offers = [(people[line.line], line.facts["status"], line.facts["fee"]) for line in self._lines]
        self._holds = held_back(offers, self._now)
        there = cards_of(set(self._campaigns), set(people.values()))
        written = [self._line(line, people[line.line], campaigns[line.line], there) for line in self._lines]
        insert(Collaboration, CARD, self._cards, now=self._now)
        insert(Deliverable, PIECE, self._pieces, now=self._now)
        self._tell()
        self._open_again()
        self._promise(set(people.values()))
        return written

    def _promise(self, people: set[int]) -> None:
        """What was agreed before Mitra knew of it bars and is barred like anything else, and nobody refuses it now."""
        cards = Collaboration.objects.filter(pk__in=[card for card, *_rest in self._told]).select_related("campaign")
        held = hold(people - {0})
        note_imported(list(cards.prefetch_related("deliverables__format__platform")), held, now=self._now)

    def _held(self, pks: Iterable[int]) -> dict[int, Campaign]:
        rows = Campaign.objects.select_for_update(of=("self",)).filter(pk__in=set(pks)).order_by("pk")
        return {row.pk: row for row in rows}

    def _campaign(self, line: IntakeLine) -> int:
        """The campaign on file, or a new draft with the days of everything the file brings into it."""
        wanted = line.facts.get("new_campaign")
        if wanted is None:
            return int(line.facts["campaign"])
        there = Campaign.objects.filter(brand_id=wanted["brand"], name__iexact=wanted["name"]).first()
        if there is not None:
            return there.pk
        assert self._run.started_by is not None
        start_on, end_on = self._window(wanted)
        campaign = Campaign(
            brand_id=wanted["brand"],
            category_id=Brand.objects.values_list("category_id", flat=True).get(pk=wanted["brand"]),
            name=wanted["name"],
            start_on=start_on,
            end_on=end_on,
            zone=Organisation.load().zone,
            owner=self._run.started_by,
            offers_open_at=self._now,
        )
        runs_in = list(Territory.objects.filter(pk__in=self._run.choices.get("runs_in") or ()))
        save_campaign(campaign, runs_in=runs_in, at=self._now, actor=self._actor)
        self._made[line.line]["campaign"] = campaign.pk
        return campaign.pk

    def _window(self, wanted: dict[str, Any]) -> tuple[dt.date, dt.date]:
        alike = self._run.lines.filter(facts__new_campaign__name__iexact=wanted["name"])
        days = [
            dt.date.fromisoformat(day)
            for facts in alike.values_list("facts", flat=True)
            for piece in facts.get("work", ())
            for day in (piece["draft_on"], piece["post_on"])
            if day
        ]
        today = local_date(self._now, Organisation.load().zone)
        return min(days, default=today), max(days, default=today + dt.timedelta(days=30))

    def _person(self, line: IntakeLine) -> int:
        """Who is on file, also when somebody added her meanwhile or a line above did; else a new prospect."""
        wanted = line.facts.get("new_person")
        if wanted is None:
            known = Influencer.objects.filter(pk=line.facts["person"])
            merged, pk = known.values_list("merged_into_id", "pk").first() or (None, 0)
            return merged or pk
        account = wanted["account"]
        if account is not None:
            held = SocialAccount.objects.filter(platform__code=account[0], handle=account[1]).first()
            if held is not None:
                return held.influencer_id
        else:
            alike = Influencer.objects.present().filter(name_key=str(wanted["name"]).upper()).first()
            if alike is not None:
                return alike.pk
        house = Organisation.load()
        person = Influencer(stage_name=wanted["name"], language=house.language, zone=house.zone)
        platform = Platform.objects.filter(code=account[0]).first() if account else None
        first = SocialAccount(platform=platform, handle=account[1]) if platform else None
        add_person(person, account=first, at=self._now, actor=self._actor)
        self._made[line.line]["person"] = person.pk
        return person.pk

    def _line(self, line: IntakeLine, person: int, campaign: int, there: dict[tuple[int, int], int]) -> Outcome:
        made, card = self._made[line.line], there.get((campaign, person))
        if not person:
            return Outcome(line, IntakeLine.Verdict.CONFLICT, [("gone", "", "")], made)
        if self._campaigns[campaign].is_over:
            name = self._campaigns[campaign].name
            return Outcome(line, IntakeLine.Verdict.REJECTED, [("over", "", name)], made)
        if person in self._holds and line.facts["status"] in UNDER_WAY and card is None:
            return Outcome(line, IntakeLine.Verdict.CONFLICT, [("held", "", self._holds[person])], made)
        adds = line.verdict == IntakeLine.Verdict.ADDS
        if card is not None and not (adds and self._is_ours(card, line)):
            return Outcome(line, IntakeLine.Verdict.UNCHANGED, [("there", "", "")], made)
        if card is None:
            card = there[campaign, person] = next(self._card_ids)
            self._card(card, line, person, campaign)
            made["collaboration"] = card
        made["card"] = card
        made["deliverables"] = [self._piece(piece, card, line, person, campaign) for piece in line.facts["work"]]
        return Outcome(line, line.verdict, (), made)

    def _is_ours(self, card: int, line: IntakeLine) -> bool:
        """Whether the card was made by this run, in this batch or an earlier one."""
        first = self._made.get(line.facts["joins"])
        if first is None:
            earlier = self._run.lines.filter(line=line.facts["joins"]).values_list("made", flat=True).first()
            first = earlier or {}
        return first.get("card") == card

    def _card(self, pk: int, line: IntakeLine, person: int, campaign: int) -> None:
        facts = line.facts
        amount, currency = facts["fee"] or (None, "IDR")
        promised_at = self._now if facts["status"] in Collaboration.PROMISED else None
        fee = Decimal(amount) if amount is not None else None
        words = (facts["fee_said"], facts["note"])
        off_why = facts["state_said"] if facts["status"] == Collaboration.Status.OFF else ""
        status = facts["status"]
        self._cards.append((pk, campaign, person, status, fee, currency, *words, promised_at, self._now, off_why))
        self._told.append((pk, person, self._campaigns[campaign], line.who))

    def _piece(self, piece: dict[str, Any], card: int, line: IntakeLine, person: int, campaign: int) -> int:
        pk = next(self._piece_ids)
        platform, _code = piece["content"]
        post_on = dt.date.fromisoformat(piece["post_on"])
        draft_on = dt.date.fromisoformat(piece["draft_on"]) if piece["draft_on"] else None
        status = PUBLISHED if piece["url"] else STATUS_OF_WORK.get(line.facts["status"], EXPECTED)
        zone = self._campaigns[campaign].zone
        submitted_at = self._now if status == "submitted" else None
        approved_at = self._now if status == "approved" else None
        published_at = min(local_instant(post_on, NOON, zone), self._now) if status == PUBLISHED else None
        self._pieces.append(
            (
                pk, card, self._formats[tuple(piece["content"])], self._accounts.get((person, platform)), draft_on,
                post_on, zone, self._now, status, int(status == "submitted"), submitted_at, approved_at, published_at,
                piece["url"],
            )
        )  # fmt: skip
        return pk

    def _tell(self) -> None:
        """One entry in each one's story."""
        told = []
        for card, person, campaign, who in self._told:
            one = entry(
                "collaboration.imported",
                _("Brought into %(campaign)s from “%(file)s”, reminders off"),
                at=self._now,
                actor=self._actor,
                params={"campaign": campaign, "file": self._run.file_name},
                influencer=person,
                brand=campaign.brand_id,
            )
            one.subject, one.subject_label = f"{Collaboration._meta.label_lower}:{card}", who[:200]
            told.append(one)
        record_many(told)

    def _open_again(self) -> None:
        """A card that looked finished goes back to making when a later line adds work that is still open."""
        added = {
            self._made[line.line]["card"]
            for line in self._lines
            if line.verdict == IntakeLine.Verdict.ADDS
            and "card" in self._made[line.line]
            and line.facts["status"] not in (Collaboration.Status.DONE, Collaboration.Status.POSTING)
        }
        for card in Collaboration.objects.filter(pk__in=added).select_related("campaign", "influencer").order_by("pk"):
            card.back_to_making(at=self._now, actor=self._actor)


def accounts_of(people: Iterable[int]) -> dict[tuple[int, str], int]:
    """Each person's largest account on every platform."""
    found = SocialAccount.objects.filter(influencer_id__in=set(people)).largest_first()
    accounts: dict[tuple[int, str], int] = {}
    for person, platform, account in found.values_list("influencer_id", "platform__code", "pk"):
        accounts.setdefault((person, platform), account)
    return accounts
