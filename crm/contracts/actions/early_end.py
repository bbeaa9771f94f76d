"""A contract stops on a day before its last, with everything that amends it. Within the gate."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.drafting import tell
from crm.contracts.models import Contract
from crm.contracts.works import follow_contract, tell_moved
from crm.exclusivity.actions.ending import end_early as end_promises
from crm.exclusivity.gate import Door
from crm.timeline.record import Actor, subject_of

DROPPED = _("Contract %(contract)s: %(count)s posts are no longer owed")


def stop(contract: Contract, on: dt.date, why: str, door: Door, *, actor: Actor, dropped: Collection[int] = ()) -> None:
    """Its last day is that one; an amendment that had not begun by then never was. Raises TransitionRefused."""
    also = {"closed_on": on, "closed_why": why}
    for one in (contract, *contract.amendments.in_force().select_related("brand")):
        if one != contract and one.start_on is not None and one.start_on > on:
            one.put(Contract.Status.VOID, at=door.now, actor=actor, also={"closed_why": why}, quote=why)
            follow_contract(one, door, actor=actor)
            continue
        one.put(Contract.Status.TERMINATED, at=door.now, actor=actor, also=also, quote=why)
        for party in one.talents:
            end_promises(subject_of(party), party.influencer_id or 0, on, door, actor=actor)
        drop_posts(one, dropped, door, actor=actor)
        tell_moved(one, door, actor=actor)


def drop_posts(contract: Contract, dropped: Collection[int], door: Door, *, actor: Actor) -> None:
    """These of its posts are no longer owed, and claim nothing. Within the gate."""
    gone = list(contract.posts.standing().filter(pk__in=dropped).select_related("format"))
    if not gone:
        return
    contract.posts.filter(pk__in=[post.pk for post in gone]).update(dropped_at=door.now, updated_at=door.now)
    follow_contract(contract, door, actor=actor, former=gone)
    tell(contract, "contract.posts_dropped", DROPPED, at=door.now, actor=actor, params={"count": len(gone)})
