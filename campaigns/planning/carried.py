"""Campaigns as contracts see them: what is planned and done under each of their people, and cards that follow a signature."""

import datetime as dt
from collections.abc import Collection, Mapping

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.models.promises import engagement_of, follow_above
from crm.base.anchors import AnchorKind, Day
from crm.contracts.models import Contract, PromisedPost
from crm.contracts.works import Carried, carries_out, contract_moved
from crm.exclusivity.bars import sells_of
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Door
from crm.exclusivity.terms import Engagement
from crm.timeline.record import Actor, subject_of


@carries_out("planning")
def carried(parties: Collection[int]) -> Mapping[int, Carried]:
    """What stands on the cards under these people, and the posts it stands for. One query where there are none."""
    under = Collaboration.objects.filter(party_id__among=set(parties)) if parties else Collaboration.objects.none()
    cards = list(under.order_by("pk"))
    found: dict[int, list[Deliverable]] = {card.party_id or 0: [] for card in cards}
    for row in _rows(parties) if cards else ():
        found[row.collaboration.party_id or 0].append(row)
    sells = sells_of({row.brand_id for rows in found.values() for row in rows}) if cards else {}
    works = {
        party: [subject_of(card) for card in cards if card.party_id == party and not card.is_off] for party in found
    }
    return {party: _carried(party, rows, works[party], sells) for party, rows in found.items()}


def _rows(parties: Collection[int]) -> list[Deliverable]:
    """Everything that is planned where it goes ahead, and what is out wherever it was planned."""
    rows = Deliverable.objects.standing().filter(collaboration__party_id__among=set(parties)).select_related(
        "format__platform", "promised", "collaboration__campaign", "collaboration__party__contract"
    )  # fmt: skip
    known = rows.prefetch_related("collaboration__campaign__territories").order_by("pk")
    return [row for row in known if not (row.collaboration.is_off and row.is_unposted)]


def _carried(party: int, rows: Collection[Deliverable], works: list[str], sells: dict[int, frozenset[int]]) -> Carried:
    hers = [row for row in rows if _is_hers(row)]
    return Carried(
        days=tuple(_day(party, row) for row in rows),
        promised=tuple(_engagement(row, sells) for row in hers if row.is_unposted),
        happened=tuple(_engagement(row, sells) for row in hers if not row.is_unposted),
        works=tuple(works),
        posts=frozenset(row.promised_id for row in rows if row.promised_id is not None),
    )


def _is_hers(row: Deliverable) -> bool:
    """Going ahead, and by the very person who signs: after two people became one, a card may have stayed behind."""
    card = row.collaboration
    return not card.is_off and card.party is not None and card.party.influencer_id == card.influencer_id


def _engagement(row: Deliverable, sells: dict[int, frozenset[int]]) -> Engagement:
    return engagement_of(row, row.collaboration, sells)


def _day(party: int, row: Deliverable) -> Day:
    """The day the contract's windows are counted from: of the post it promised, or of one that was planned beside."""
    ref = f"{PromisedPost._meta.label_lower}:{row.promised_id}"
    if row.promised is None or row.promised.party_id != party:
        ref = f"{subject_of(row)}/{party}"
    out_at: dt.datetime | None = row.published_at if row.status == row.Status.PUBLISHED else None
    return Day(ref, AnchorKind.POST, row.post_due_on, row.post_due_on, row.zone, out_at)


@contract_moved("planning")
def cards_follow(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """A signature makes the cards under it agreed; what they claim is what the contract claims already."""
    cards = Collaboration.objects.going_ahead().filter(influencer_id__in=door.people).select_related("campaign")
    found = []
    for card in cards.filter(party__contract__in=former_of(contract)).order_by("influencer_id", "pk"):
        found += _go_over(card, contract, door, actor)
    for card in cards.filter(party__contract=contract).order_by("influencer_id", "pk"):
        found += card.follow_contract(door, actor=actor)
    return found


def former_of(contract: Contract) -> list[int]:
    """The contract whose place this one has taken, and no other."""
    is_replaced = contract.replaces is not None and contract.replaces.status == Contract.Status.SUPERSEDED
    return [contract.replaces_id] if is_replaced and contract.replaces_id else []


def _go_over(card: Collaboration, contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """What went on under the former contract goes on under the one that took its place; its posts have gone over already."""
    fresh = contract.parties.talents().filter(influencer=card.influencer_id).first()
    if fresh is None:
        return []
    card.party = fresh
    card.save(update_fields=["party", "updated_at"])
    return follow_above(card, fresh, door, actor=actor)
