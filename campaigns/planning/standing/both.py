"""A post of another campaign that counts for her ambassador deal as well: said by a colleague, counted once, paid once."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration, Deliverable, QuotaPost, Refused
from campaigns.planning.standing.counting import count, take_back
from campaigns.planning.standing.paid import check_leaves_one
from crm.ambassadors.models import AmbassadorDeal, QuotaLine
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from crm.ambassadors.models.deals import AmbassadorDealQuerySet

COUNTS = _("%(what)s for %(campaign)s counts for the ambassador deal %(deal)s")
COUNTS_NOT = _("%(what)s for %(campaign)s counts for the ambassador deal no more")
TAKEN_OUT = _("It counts for the deal no more.")
PLANNED = _("This was planned for what the deal owes and counts anyway. Drop it if it is not made.")
NOT_HERS = _("This deal is over, is somebody else's, or is with another house. Choose one from the list.")
OTHER_FORMAT = _("The deal owes %(format)s there, and this is something else. Choose one that fits.")
DROPPED = _("It was dropped. Open it again first.")


def deals_beside(card: Collaboration) -> "AmbassadorDealQuerySet":
    """Her deals in force with the house of the campaign's brand."""
    house = card.campaign.brand.owner_id
    return AmbassadorDeal.objects.in_force().filter(influencer=card.influencer_id, contract__brand__owner=house)


def lines_for(row: Deliverable) -> "QuerySet[QuotaLine]":
    """The quotas this may count for: of her deals with this house, and of its very format."""
    deals = deals_beside(row.collaboration)
    found = QuotaLine.objects.filter(deal__in=deals, format=row.format_id)
    return found.select_related("deal__program", "deal__contract", "format__platform").order_by("pk")


def count_also(row: Deliverable, line: QuotaLine | None, *, at: dt.datetime, actor: Actor) -> None:
    """Let it count for a quota, for another one, or with None for no deal any more.

    Raises Refused where the quota does not fit, where it was planned for a deal anyway, and where a fee would be paid beside.
    """
    with row.collaboration.held():
        row.refresh_from_db(fields=["status", "format"])
        row.collaboration.refresh_from_db(fields=["fee", "fee_currency"])
        post = QuotaPost.objects.with_work().filter(deliverable=row).select_related("line__deal__contract").first()
        if post is not None and post.slot is not None:
            raise Refused(row, PLANNED)
        if (post.line_id if post else None) == (line.pk if line else None):
            return
        if line is not None:
            check_fits(row, line)
        if post is not None:
            take_back(post, TAKEN_OUT, at=at, actor=actor)
            post.delete()
        if line is not None:
            count(QuotaPost.objects.create(deliverable=row, line=line), at=at, actor=actor)
        _tell(row, line, at, actor)


def check_fits(row: Deliverable, line: QuotaLine) -> None:
    """Raises Refused with what to do."""
    if row.status == Deliverable.Status.DROPPED:
        raise Refused(row, DROPPED)
    if not deals_beside(row.collaboration).filter(pk=line.deal_id).exists():
        raise Refused(row, NOT_HERS)
    if line.format_id != row.format_id:
        raise Refused(row, OTHER_FORMAT % {"format": line.format})
    check_leaves_one(row.collaboration, row)


def _tell(row: Deliverable, line: QuotaLine | None, at: dt.datetime, actor: Actor) -> None:
    card = row.collaboration
    params = {"what": row, "campaign": card.campaign, "deal": line.deal.program if line else ""}
    record(
        "deliverable.counts", COUNTS if line else COUNTS_NOT, at=at, actor=actor, subject=row, params=params,
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip
