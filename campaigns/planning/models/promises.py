"""What a collaboration promises and does, as the exclusivity rooms see it; told anew whenever the card changes."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from campaigns.planning.models.told import Refused
from crm.base.anchors import AnchorKind, Day
from crm.base.windows import Window, day_window
from crm.base.zones import end_of_day
from crm.contracts.models import Party, PromisedPost
from crm.contracts.works import follow_party
from crm.contracts.works import standing_of as contract_standing
from crm.exclusivity.bars import sells_of
from crm.exclusivity.conflicts import Conflict, conflict_source
from crm.exclusivity.gate import Door, PromiseRefused
from crm.exclusivity.looking import look_again
from crm.exclusivity.promising import Work, keep_in_line, keep_new_facts
from crm.exclusivity.terms import Act, Certainty, Engagement, Standing
from crm.timeline.record import Actor, subject_of

if TYPE_CHECKING:
    from campaigns.planning.models.collaboration import Collaboration
    from campaigns.planning.models.deliverable import Deliverable

A_MINUTE = dt.timedelta(minutes=1)


class PromiseHeld(Refused):
    """This would break an exclusivity promise; `conflicts` says which, the worst first."""

    def __init__(self, card: "Collaboration", conflicts: Sequence[Conflict]) -> None:
        self.conflicts = list(conflicts)
        super().__init__(card, _("An exclusivity promise stands against this. Nothing was changed."))


def follow_promises(card: "Collaboration", door: Door, *, actor: Actor, is_choice: bool = False) -> list[Conflict]:
    """Bring windows, clauses and claims in line with the card, inside the transaction that changed it.

    `is_choice`: somebody moves the days windows are counted from, and may be told no. Raises PromiseHeld, and then nothing may stay changed.
    """
    card.refresh_from_db(fields=["status", "promised_at", "party"])
    try:
        found = follow_card(card, door, actor=actor, is_choice=is_choice)
        known = {(one.bar.clause, one.engagement.ref) for one in found}
        also = follow_above(card, card.party, door, actor=actor, is_choice=is_choice) if card.party is not None else []
    except PromiseRefused as refused:
        raise PromiseHeld(card, refused.conflicts) from refused
    return found + [one for one in also if (one.bar.clause, one.engagement.ref) not in known]


def follow_card(card: "Collaboration", door: Door, *, actor: Actor, is_choice: bool = False) -> list[Conflict]:
    """The card alone, as it is stored; what is signed above it follows by itself. Raises PromiseRefused."""
    planned = list(card.deliverables.select_related("format__platform", "collaboration__campaign"))
    rows = [row for row in planned if row.status != row.Status.DROPPED]
    work = work_of_card(card, rows, sells_of({card.campaign.brand_id}))
    dropped = {subject_of(row) for row in planned} - {one.ref for one in (*work.promised, *work.happened)}
    return keep_in_line(work, door, former=sorted(dropped), actor=actor, is_choice=is_choice)


def follow_above(
    card: "Collaboration", party: Party, door: Door, *, actor: Actor, is_choice: bool = False
) -> list[Conflict]:
    """Let the contract the card is, or was, under count what the card no longer stands for, and its windows from the days of the card.

    A signed post that is on its own again stands, whatever it meets: nobody promises it now, and a finding tells of it.
    """
    if card.influencer_id != party.influencer_id:
        return []
    try:
        with transaction.atomic():
            return follow_party(party, door, actor=actor, is_choice=is_choice)
    except PromiseRefused as refused:
        own = PromisedPost._meta.label_lower
        if refused.conflicts and all(one.engagement.ref.startswith(own) for one in refused.conflicts):
            look_again([card.influencer_id], door.now)
            return []
        raise


def note_imported(cards: Sequence["Collaboration"], people: frozenset[int], *, now: dt.datetime) -> None:
    """Cards that came from a file, agreed before Mitra knew of them: facts, whatever stands against them."""
    sells = sells_of({card.campaign.brand_id for card in cards})
    prefetch_related_objects([card.campaign for card in cards], "territories")
    works = []
    for card in cards:
        work = work_of_card(card, [row for row in card.deliverables.all() if row.status != "dropped"], sells)
        works.append(replace(work, promised=(), happened=[*work.promised, *work.happened]))
    keep_new_facts(works, Door(people, now))


def work_of_card(card: "Collaboration", rows: Sequence["Deliverable"], sells: dict[int, frozenset[int]]) -> Work:
    """The card with everything that is to be made, one engagement for each."""
    told = [(row, engagement_of(row, card, sells)) for row in rows]
    return Work(
        ref=subject_of(card),
        person=card.influencer_id,
        standing=standing_of(card),
        promised=[one for row, one in told if row.is_unposted],
        happened=[one for row, one in told if not row.is_unposted],
        days=list(days_of(card, rows)),
    )


def standing_of(card: "Collaboration") -> Standing:
    """Where the clauses of this card belong."""
    if card.is_off:
        return Standing.VOID
    return Standing.ACTIVE if card.is_promised or is_bound(card) else Standing.PROPOSED


def is_bound(card: "Collaboration") -> bool:
    """Whether what she makes here was signed for: its contract says so, whatever column the card is in."""
    return card.party is not None and contract_standing(card.party.contract) == Standing.ACTIVE


def days_of(card: "Collaboration", rows: Iterable["Deliverable"]) -> Iterable[Day]:
    """Everything windows may be counted from: each post, the campaign's days, the day it was agreed.

    What is not posted when a card is off never will be, and nothing is counted from it.
    """
    campaign = card.campaign
    yield Day(subject_of(card), AnchorKind.TERM, campaign.start_on, campaign.end_on, campaign.zone)
    if card.promised_at is not None:
        on = card.promised_at.date()
        yield Day(subject_of(card), AnchorKind.SIGNATURE, on, on, campaign.zone, card.promised_at)
    for row in rows:
        if card.is_off and row.is_unposted:
            continue
        yield Day(
            subject_of(row), AnchorKind.POST, row.post_due_on, row.post_due_on, row.zone,
            row.published_at if row.status == row.Status.PUBLISHED else None,
        )  # fmt: skip


def engagement_of(row: "Deliverable", card: "Collaboration", sells: dict[int, frozenset[int]]) -> Engagement:
    """One thing to be posted: its day while it is planned, its minute once it is out."""
    campaign = card.campaign
    is_out = row.status == row.Status.PUBLISHED and row.published_at is not None
    if is_out and row.published_at is not None:
        window = Window(row.published_at, row.published_at + A_MINUTE)
    else:
        window = day_window(row.post_due_on, row.post_due_on, row.zone)
    hours = row.format.lasts_hours
    return Engagement(
        ref=subject_of(row),
        people=frozenset({card.influencer_id}),
        brand=campaign.brand_id,
        window=window,
        act=Act.PAID_POST if card.fee is None or card.fee.amount else Act.GIFTED_POST,
        certainty=_certainty(card, is_out=is_out),
        categories=frozenset({campaign.category_id}) if campaign.category_id else None,
        company=sells.get(campaign.brand_id, frozenset()),
        platform=row.format.platform_id,
        format=row.format_id,
        territories=campaign.places,
        presence=Window(window.start_at, end_of_day(row.post_due_on, row.zone) + dt.timedelta(hours=hours))
        if hours
        else None,
        committed_at=_committed_at(row, card),
        label=f"{row} · {campaign}",
    )


def _committed_at(row: "Deliverable", card: "Collaboration") -> dt.datetime | None:
    """Since when this very day is promised: work that was moved later, or added, is no older than that."""
    since = card.promised_at
    if since is None and is_bound(card) and card.party is not None:
        since = card.party.contract.signed_at
    return since if since is None or row.day_set_at is None else max(since, row.day_set_at)


def _certainty(card: "Collaboration", *, is_out: bool) -> Certainty:
    if is_out:
        return Certainty.PUBLISHED
    if card.is_promised or is_bound(card):
        return Certainty.SIGNED
    return Certainty.PROPOSED if card.status == card.Status.IN_TALKS else Certainty.DRAFT


@conflict_source("deliverables")
def deliverables(people: Collection[int], now: dt.datetime) -> list[Engagement]:
    """Everything planned, promised and posted on these people's cards that are not off. Four queries."""
    from campaigns.planning.models.deliverable import Deliverable

    rows = Deliverable.objects.standing().filter(collaboration__influencer_id__among=set(people))
    rows = rows.exclude(collaboration__status="off").select_related(
        "format__platform", "collaboration__campaign", "collaboration__party__contract"
    )
    found = list(rows.prefetch_related("collaboration__campaign__territories").order_by("pk"))
    sells = sells_of({row.collaboration.campaign.brand_id for row in found})
    return [engagement_of(row, row.collaboration, sells) for row in found]
