"""Asking for samples: what one person is to get and why, and that it is not sent after all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.models.told import Refused, Told, ring_after_commit
from campaigns.samples.asking.approval import ask_approval, is_decided
from campaigns.samples.asking.ready import unnotified
from campaigns.samples.dates import hold, let_go
from campaigns.samples.models import Purpose, SampleItem, SampleRequest
from campaigns.samples.stock.actions import release
from crm.brands.models import Brand, Product, ProductVariant
from crm.influencers.models import Influencer
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User

ASKED = _("%(what)s is to be sent: %(purpose)s")
NOTHING = _("Say what is to be sent: tick at least one product.")
NO_WORK = _("What is part of the pay belongs to a collaboration. Ask for it from the collaboration's page.")
NO_DAY = _("Say by which day the loan comes back.")
OTHER_BRAND = _("“{product}” is not one of this brand's products. Choose one that is.")
IS_OFF = _("This collaboration is not going ahead, so nothing is sent for it.")
IS_OVER = _("The campaign is over, so nothing more is sent for it.")
ONCE = _("She is to get “{product}” already. Change that request, or cancel it first.")
OVER = (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED)


@dataclass(frozen=True)
class Wanted:
    """So many of one thing; `she_chooses` leaves the variant to her."""

    product: Product
    quantity: int = 1
    variant: ProductVariant | None = None
    she_chooses: bool = False


def ask_for(
    person: Influencer, brand: Brand, lines: Sequence[Wanted], *, purpose: str, owner: "User", at: dt.datetime,
    actor: Actor, card: Collaboration | None = None, way: str = SampleRequest.Way.PARCEL,
    needed_by_on: dt.date | None = None, return_due_on: dt.date | None = None, waits: Sequence[Deliverable] = (),
    days_after: int | None = None, note: str = "",
) -> SampleRequest:  # fmt: skip
    """Write down what she is to get. A brand that approves samples waits for its yes first.

    A gift holds nothing: whatever is handed in as `waits` is left alone. Raises Refused with what to do.
    """
    wanted = SampleRequest(
        influencer=person, brand=brand, collaboration=card, purpose=purpose, given_as=purpose, way=way, owner=owner,
        needed_by_on=needed_by_on, return_due_on=return_due_on if purpose == Purpose.LOAN else None, note=note,
    )  # fmt: skip
    wanted.status = SampleRequest.Status.TO_APPROVE if brand.approves_samples else SampleRequest.Status.TO_SEND
    wanted.asked_at = None if brand.approves_samples else at
    _check(wanted, lines)
    with transaction.atomic():
        _check_once(wanted, lines)
        wanted.save(force_insert=True)
        SampleItem.objects.bulk_create(_item(wanted, line) for line in lines)
        wanted.tell("sample.asked", ASKED, at, actor, params={"purpose": Purpose(wanted.purpose).label})
        if waits and not wanted.is_gift:
            hold(wanted, waits, days_after=days_after, at=at, actor=actor)
        if wanted.status == SampleRequest.Status.TO_APPROVE:
            ask_approval(wanted, at)
    ring_after_commit()
    return wanted


def _check(wanted: SampleRequest, lines: Sequence[Wanted]) -> None:
    if why := _why_not(wanted, lines):
        raise Refused(wanted, why)


def _why_not(wanted: SampleRequest, lines: Sequence[Wanted]) -> Any:
    card = wanted.collaboration
    if card is not None and card.is_off:
        return IS_OFF
    if card is not None and card.campaign.status in OVER:
        return IS_OVER
    if not lines:
        return NOTHING
    if wanted.purpose == Purpose.CONTRACTUAL and card is None:
        return NO_WORK
    if wanted.purpose == Purpose.LOAN and wanted.return_due_on is None:
        return NO_DAY
    strange = [line.product for line in lines if line.product.brand_id != wanted.brand_id]
    return str(OTHER_BRAND).format(product=strange[0].name) if strange else ""


def _check_once(wanted: SampleRequest, lines: Sequence[Wanted]) -> None:
    """Pressing twice, or two colleagues at once, asks once: the person is held meanwhile."""
    list(Influencer.objects.select_for_update().filter(pk=wanted.influencer_id).values_list("pk"))
    on = SampleRequest.Status
    same = SampleItem.objects.filter(
        request__influencer=wanted.influencer_id, request__collaboration=wanted.collaboration_id,
        request__brand=wanted.brand_id, request__purpose=wanted.purpose, request__status__in=[on.TO_APPROVE, on.TO_SEND],
        product__in=[line.product for line in lines],
    )  # fmt: skip
    if twice := same.select_related("product").first():
        raise Refused(wanted, str(ONCE).format(product=twice.product.name))


def _item(wanted: SampleRequest, line: Wanted) -> SampleItem:
    """What it is worth is what it was worth on the day it was asked for (domain 4.4)."""
    one, whole = line.variant, line.product
    values = {name: getattr(one, name, None) or getattr(whole, name) for name in ("value", "cost", "bought_for")}
    chosen = line.variant is None and line.she_chooses
    return SampleItem(
        request=wanted, product=whole, variant=one, quantity=line.quantity, she_chooses=chosen, **values
    )  # fmt: skip


def approve(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody who decides says yes: from now on her address is asked for. Raises TransitionRefused, also for cosmetics
    that nobody has notified (domain 4.5.4)."""
    with transaction.atomic():
        if missing := unnotified(request):
            raise Refused(request, missing[0])
        request.approve(at=at, actor=actor)
        is_decided(request, at)
    ring_after_commit()


def decline(request: SampleRequest, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody who decides says no: nothing waits for it any more. Raises TransitionRefused."""
    with transaction.atomic():
        request.decline(why, at=at, actor=actor)
        is_decided(request, at)
        let_go(request, at=at, actor=actor)
    ring_after_commit()


def call_off(request: SampleRequest, why: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """It is not sent after all: what was promised out of stock is free again (domain 4.5.12), and nothing waits for it.

    What has left already is asked back instead. Raises TransitionRefused.
    """
    with transaction.atomic():
        request.cancel(why, at=at, actor=actor, **told)
        is_decided(request, at)
        for parcel in request.shipments.select_for_update().to_leave():
            parcel.call_off(why, at=at, actor=actor)
            release(parcel, at=at, actor=actor)
        let_go(request, at=at, actor=actor)
    ring_after_commit()
