"""What a row about running work comes to, and what would be written for it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from campaigns.planning.imports.known import People, Person, Places, cards_of, people_of, places_of
from campaigns.planning.imports.reading import Content
from campaigns.planning.imports.said import Reader, Said
from campaigns.planning.models import Campaign
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.imports.reading import SourceRow
from crm.influencers.models import Format
from crm.influencers.places import Offer, holds_of
from crm.intake.columns import cells_by_meaning
from crm.intake.kinds import Judged, Reason
from crm.intake.models import Intake, IntakeLine

V = IntakeLine.Verdict
Key = tuple[str, str]
UNDER_WAY = ("agreed", "making", "review", "posting")
"""What is done is a fact; what is still under way may be held back."""


def formats() -> dict[Content, int]:
    """The house's formats by platform and code."""
    rows = Format.objects.values_list("platform__code", "code", "pk")
    return {(platform, code): pk for platform, code, pk in rows}


def held_back(offers: Iterable[tuple[int, str, Sequence[str] | None]], now: dt.datetime) -> dict[int, str]:
    """What stands against agreeing with people whose work is under way: import is no way around it."""
    asked = [
        Offer(person, Money(Decimal(fee[0]), fee[1]) if fee else None)
        for person, status, fee in offers
        if status in UNDER_WAY
    ]
    return {person: " ".join(str(hold.why) for hold in holds) for person, holds in holds_of(asked, now).items()}


class Judging:
    """Judges the rows of one file, part by part; remembers what earlier rows said."""

    def __init__(self, run: Intake, now: dt.datetime) -> None:
        self._run, self._choices, self._now = run, run.choices, now
        today = local_date(now, Organisation.load().zone)
        self._reader = Reader(run.choices, formats(), today)
        self._places = places_of(run.started_by, run.choices.get("campaign"))
        self._seen: dict[Key, tuple[int, str, list[dict[str, Any]]]] = {}

    def __call__(self, rows: Sequence[SourceRow]) -> list[Judged]:
        said = [self._reader.read(cells_by_meaning(self._run, row.cells)) for row in rows]
        people = people_of(said)
        known = {person.pk for row in said for person in people.meant(row)}
        offers = [(person.pk, row.status, row.fee) for row in said for person in people.meant(row)]
        self._holds = held_back(offers, self._now)
        campaigns = {one.pk for row in said for one in self._places.meant(row)}
        there = cards_of(campaigns, known)
        return [self._judged(row, one, people, there) for row, one in zip(rows, said, strict=True)]

    def _judged(self, row: SourceRow, said: Said, people: People, there: dict[tuple[int, int], int]) -> Judged:
        judged = Judged(row.number, V.REJECTED, said.who, said.what, [*said.remarks], cells=row.cells)
        if not any(cell.strip() for cell in row.cells):
            judged.reasons = [("empty", "", "")]
            return judged
        person, campaign = self._person(judged, said, people), self._campaign(judged, said)
        if person is None or campaign is None:
            return judged
        if said.wrong:
            judged.verdict, judged.reasons = V.CONFLICT, [*said.wrong, *said.remarks]
            return judged
        self._settle(judged, said, person, campaign, there)
        held = self._holds.get(person.pk, "") if isinstance(person, Person) else ""
        if held and said.status in UNDER_WAY and judged.verdict in IntakeLine.WRITES:
            judged.verdict = V.CONFLICT
            judged.reasons.insert(0, ("held", "", held))
        return judged

    def _person(self, judged: Judged, said: Said, people: People) -> Person | str | None:
        """Whom the row is about: somebody on file, the key of somebody to be made, or nobody (and why)."""
        found = people.meant(said)
        if len(found) > 1:
            self._out(judged, V.CONFLICT, ("several-people", "", said.who))
            return None
        if found and found[0].archived:
            self._out(judged, V.CONFLICT, ("archived", "", found[0].name))
            return None
        if found:
            if found[0].barred:
                judged.reasons.append(("barred", "", ""))
            judged.who = f"{found[0].name} · @{said.account.handle}" if said.account else found[0].name
            return found[0]
        if not said.who:
            self._out(judged, V.REJECTED, ("nobody", "", ""))
            return None
        if not self._choices.get("create_people"):
            self._out(judged, V.UNKNOWN, ("not-known", "", said.who))
            return None
        judged.reasons.append(("new-person", "", ""))
        return f"{said.account.platform}:{said.account.handle}" if said.account else said.name.casefold()

    def _campaign(self, judged: Judged, said: Said) -> Campaign | str | None:
        """Where it goes: a campaign on file, the key of one to be opened, or nowhere (and why)."""
        found = self._places.meant(said)
        if len(found) > 1:
            self._out(judged, V.CONFLICT, ("several-campaigns", "", said.campaign))
            return None
        if found and found[0].is_over:
            self._out(judged, V.REJECTED, ("over", "", found[0].name))
            return None
        if found:
            return found[0]
        if not said.campaign:
            self._out(judged, V.REJECTED, ("no-campaign", "", ""))
            return None
        brand = self._places.brand(said)
        if brand is None:
            code = "no-brand-called" if said.brand else "no-campaign-called"
            self._out(judged, V.UNKNOWN, (code, "", said.brand or said.campaign))
            return None
        if not self._choices.get("create_campaigns"):
            self._out(judged, V.UNKNOWN, ("new-campaign", "", f"{said.campaign} ({brand.name})"))
            return None
        judged.reasons.append(("opens-campaign", "", said.campaign))
        return f"{brand.pk}:{said.campaign.casefold()}"

    def _out(self, judged: Judged, verdict: str, reason: Reason) -> None:
        """Left out; of several reasons the first verdict stands and every reason is said."""
        if judged.verdict == V.REJECTED or verdict == V.REJECTED:
            judged.verdict = verdict
        judged.reasons.insert(0, reason)

    def _settle(
        self,
        judged: Judged,
        said: Said,
        person: Person | str,
        campaign: Campaign | str,
        there: dict[tuple[int, int], int],
    ) -> None:
        facts = facts_of(said, person, campaign, self._places)
        key = (
            str(person if isinstance(person, str) else person.pk),
            str(campaign if isinstance(campaign, str) else campaign.pk),
        )
        card = None
        if isinstance(person, Person) and isinstance(campaign, Campaign):
            card = there.get((campaign.pk, person.pk))
        earlier = self._seen.setdefault(key, (judged.line, V.UNCHANGED if card else V.NEW, facts["work"]))
        first, verdict, work = earlier
        if card is not None:
            judged.verdict, judged.facts = V.UNCHANGED, {"card": card}
            judged.reasons.insert(0, ("there", "", ""))
        elif first == judged.line:
            judged.verdict, judged.facts = verdict, facts
        elif not facts["work"] or facts["work"] == work:
            judged.verdict = V.DUPLICATE
            judged.reasons.insert(0, ("same-as", "", str(first)))
        else:
            judged.verdict, judged.facts = V.ADDS, {**facts, "joins": first}
            judged.reasons.insert(0, ("adds-to", "", str(first)))


def facts_of(said: Said, person: Person | str, campaign: Campaign | str, places: Places) -> dict[str, Any]:
    """What writing the line needs, as JSON."""
    facts: dict[str, Any] = {
        "status": said.status,
        "state_said": said.state_said,
        "fee": said.fee,
        "fee_said": said.fee_said,
        "note": said.note,
        "work": [
            {
                "content": list(piece.content),
                "post_on": piece.post_on.isoformat(),
                "draft_on": piece.draft_on.isoformat() if piece.draft_on else None,
                "url": piece.url,
            }
            for piece in said.pieces
        ],
    }
    if isinstance(person, Person):
        facts["person"] = person.pk
    else:
        facts["new_person"] = {
            "name": said.name or (said.account.handle if said.account else ""),
            "account": list(said.account) if said.account else None,
        }
    if isinstance(campaign, Campaign):
        facts["campaign"] = campaign.pk
    else:
        brand = places.brand(said)
        facts["new_campaign"] = {"name": said.campaign[:120], "brand": brand.pk if brand else None}
    return facts
