"""Noting that somebody might become an ambassador, asking her, leaving it, and taking her in."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, Program, Prospect
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

NOTED = _("Might become an ambassador of %(brand)s")
ASKED = _("Asked whether she becomes an ambassador of %(brand)s")
DROPPED = _("Not an ambassador of %(brand)s for now: %(why)s")
TAKEN = _("Became an ambassador of %(brand)s")
Status = Prospect.Status


def note(
    person: Influencer, brand: Brand, *, why: str, program: Program | None = None, at: dt.datetime, user: "User"
) -> Prospect:
    """Note her for a brand; whoever was left before is noted again. What was known stays, with the newer reason.

    Noting her twice is the same as once: a person is a prospect of a brand or is not.
    """
    actor = Actor.user(user)
    said: dict[str, Any] = {"why": why, "program": program, "noted_by": user}
    with transaction.atomic():
        Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        found = _locked(person.pk, brand.pk)
        if found is None:
            return _first(person, brand, said, at, actor)
        if found.may_be(Status.NOTED):
            found.put(Status.NOTED, NOTED, at=at, actor=actor, **said)
        elif found.is_open and (found.why, found.program_id) != (why, program.pk if program else None):
            Prospect.objects.filter(pk=found.pk).update(why=why, program=program, updated_at=at)
            found.refresh_from_db()
        return found


def _locked(person: int, brand: int) -> Prospect | None:
    rows = Prospect.objects.select_related("influencer", "brand").select_for_update(of=("self",))
    return rows.filter(influencer=person, brand=brand).first()


def _first(person: Influencer, brand: Brand, said: dict[str, Any], at: dt.datetime, actor: Actor) -> Prospect:
    made = Prospect.objects.create(influencer=person, brand=brand, **said)
    details = {"influencer": person.pk, "brand": brand.pk, "subject": made}
    record("prospect.noted", NOTED, params={"brand": str(brand)}, at=at, actor=actor, **details)
    return made


def ask(prospect: Prospect, *, at: dt.datetime, actor: Actor) -> None:
    """She was asked. Raises TransitionRefused."""
    prospect.put(Status.ASKED, ASKED, at=at, actor=actor)


def drop(prospect: Prospect, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Not now, and why; she may be noted again. Raises TransitionRefused."""
    prospect.put(Status.DROPPED, DROPPED, at=at, actor=actor, said={"why": why[:300]}, why=why[:300])


def take(prospect: Prospect, *, at: dt.datetime, actor: Actor) -> None:
    """She became an ambassador of the brand. Raises TransitionRefused."""
    prospect.put(Status.TAKEN, TAKEN, at=at, actor=actor)


def taken_by(deal: AmbassadorDeal, *, at: dt.datetime, actor: Actor) -> bool:
    """Whether somebody had noted her for the brand of a deal that is signed: she is a prospect no more."""
    with transaction.atomic():
        found = _locked(deal.influencer_id, deal.contract.brand_id)
        if found is None or not found.may_be(Status.TAKEN):
            return False
        take(found, at=at, actor=actor)
    return True
