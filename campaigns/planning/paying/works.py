"""How far the work under a contract has come, for whatever money waits for it."""

import datetime as dt
from collections.abc import Collection, Mapping

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.places import work_moved
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.payments.milestones.meeting import look
from crm.payments.milestones.places import Happened, Work, work_done
from crm.payments.models import KillFee
from crm.timeline.record import Actor, subject_of

Status, Stage = Deliverable.Status, KillFee.Stage
STAGES: Mapping[str, str] = {
    Status.SUBMITTED: Stage.SUBMITTED, Status.APPROVED: Stage.APPROVED, Status.PUBLISHED: Stage.PUBLISHED,
}  # fmt: skip


@work_done("planning")
def works_of(parties: Collection[int]) -> Mapping[int, Happened]:
    """What stands on the cards under these people. One query."""
    rows = Deliverable.objects.standing().filter(collaboration__party_id__among=set(parties))
    found: dict[int, tuple[Work, ...]] = {}
    for row in rows.select_related("collaboration").order_by("pk"):
        if not (row.collaboration.is_off and row.is_unposted):
            party = row.collaboration.party_id or 0
            found[party] = (*found.get(party, ()), _work(row))
    return {party: Happened(works=works) for party, works in found.items()}


def _work(row: Deliverable) -> Work:
    """What is out needed no other approval; its day is the one in the zone of the post."""
    out = row.published_at if row.status == Status.PUBLISHED else None
    approved = (row.approved_at or out) if row.status in (Status.APPROVED, Status.PUBLISHED) else None
    begun = row.drafts or row.collaboration.status == Collaboration.Status.MAKING
    return Work(
        subject_of(row), row.promised_id, STAGES.get(row.status, Stage.MAKING if begun else Stage.SIGNED),
        _day(approved, row.zone), _day(out, row.zone),
    )  # fmt: skip


def _day(at: dt.datetime | None, zone: str) -> dt.date | None:
    return local_date(at, zone) if at is not None else None


@work_moved("milestones", order=60)
def follow_work(deliverable: Deliverable, at: dt.datetime, actor: Actor) -> None:
    """Money that waited for it is due, or is not after all."""
    look_at_card(deliverable.collaboration_id, at=at, actor=actor)


def look_at_card(card: int | None, *, at: dt.datetime, actor: Actor) -> None:
    """Judge what waits under the contract of a card, where it has one."""
    contract = Contract.objects.filter(parties__collaborations=card).first() if card else None
    if contract is not None:
        look(contract, at=at, actor=actor)
