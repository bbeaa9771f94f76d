"""The links of one recipient: sent anew, and closed, without touching anybody else's."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.brands.models import Brand
from crm.influencers.models import Representation
from crm.outbox.models import Email
from crm.outbox.tasks import ring_on_commit
from crm.portal.actions import ask_for_link
from crm.portal.links import revoke
from crm.portal.models import Link
from crm.timeline.record import Actor, record

TAKEN_BACK = "taken back by a colleague"


def send_own_link(stands: Representation, brand: Brand, *, at: dt.datetime, actor: Actor) -> Email | None:
    """A message with a fresh link to this contact's page for this person and brand; at most one an hour.

    None when nothing can be sent: no address that works, or the contact stands for her no longer.
    """
    wanted = Link(contact=stands.contact, influencer_ref=stands.influencer_id, brand_ref=brand.pk)
    with transaction.atomic():
        email = ask_for_link(wanted, at)
        if email is not None and email.send_at == at:
            _tell(stands, "link.sent", _("Sent %(name)s a new link to her page"), at, actor, brand)
        ring_on_commit()
    return email


def revoke_own_links(stands: Representation, *, at: dt.datetime, actor: Actor) -> int:
    """Close every link of this contact about this person, and the visits through them; returns how many were open."""
    with transaction.atomic():
        closed = revoke(
            Link.objects.filter(contact=stands.contact, influencer_ref=stands.influencer_id), at, TAKEN_BACK
        )
        if closed:
            _tell(stands, "link.revoked", _("Closed the links of %(name)s"), at, actor)
    return closed


def _tell(
    stands: Representation, verb: str, sentence: object, at: dt.datetime, actor: Actor, brand: Brand | None = None
) -> None:
    record(
        verb,
        sentence,
        params={"name": stands.contact.name},
        at=at,
        actor=actor,
        subject=stands.contact,
        influencer=stands.influencer_id,
        brand=brand,
    )
