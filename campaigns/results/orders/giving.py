"""Orders of nobody, given to somebody later: by hand, or because the code they name has been given meanwhile."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration, Refused
from campaigns.results.models import Order
from campaigns.results.orders.attributing import Known, Owner
from campaigns.results.orders.commission import earn_on, hold_earners, lose_again
from crm.brands.models import Brand
from crm.timeline.record import Actor, record

HERS = _("This order was given to somebody already.")
OTHER_BRAND = _("This order is of another brand.")
GIVEN = _("Order %(number)s of nobody is hers: %(why)s")


def give_to(order: Order, card: Collaboration, why: str, *, at: dt.datetime, actor: Actor) -> str:
    """Give an order of nobody to somebody's card, with a reason; what her deal says against it. Raises Refused."""
    with transaction.atomic():
        stored = Order.objects.select_for_update(of=("self",)).select_related("brand").get(pk=order.pk)
        if stored.collaboration_id is not None or stored.undone_at is not None:
            raise Refused(card, HERS)
        if card.campaign.brand_id != stored.brand_id:
            raise Refused(card, OTHER_BRAND)
        stored.collaboration = card
        stored.save(update_fields=["collaboration", "updated_at"])
        record(
            "order.given", GIVEN, at=at, actor=actor, subject=card, params={"number": stored.number, "why": why},
            influencer=card.influencer_id, brand=stored.brand_id,
        )  # fmt: skip
        why = earn_on(stored, at=at, by=actor.label)
        lose_again(stored, at=at, by=actor.label)
    return why


def look_again(brand: Brand, *, at: dt.datetime, by: str) -> int:
    """Give orders of nobody to whoever has their code or link by now; how many found somebody."""
    with transaction.atomic():
        rows = Order.objects.select_for_update(of=("self",)).filter(brand=brand).unattributed()
        orders = list(rows.select_related("brand").order_by("pk"))
        known = Known(brand.pk, [one.code_said for one in orders], [one.link_said for one in orders])
        found = [(one, known.owner(one.code_said, one.link_said, one.ordered_at)) for one in orders]
        hers = [(one, owner) for one, owner in found if owner.card is not None]
        hold_earners(owner.card for _order, owner in hers)
        for order, owner in hers:
            _put(order, owner)
            earn_on(order, at=at, by=by)
            lose_again(order, at=at, by=by)
    return len(hers)


def _put(order: Order, owner: Owner) -> None:
    order.via, order.code, order.link, order.collaboration = owner.via, owner.code, owner.link, owner.card
    order.deliverable_id = owner.deliverable_id
    order.save(update_fields=["via", "code", "link", "collaboration", "deliverable", "updated_at"])


def reasons_of(orders: list[Order]) -> dict[int, str]:
    """Why each of these orders of nobody is nobody's, by its id. Two queries for each brand among them."""
    said: dict[int, str] = {}
    for brand in {one.brand_id for one in orders if one.collaboration_id is None}:
        mine = [one for one in orders if one.brand_id == brand and one.collaboration_id is None]
        known = Known(brand, [one.code_said for one in mine], [one.link_said for one in mine])
        for one in mine:
            said[one.pk] = known.owner(one.code_said, one.link_said, one.ordered_at).why or str(KNOWN_NOW)
    return said


KNOWN_NOW = _("The code is known by now. Look again to give the order to whoever has it.")
