"""That somebody looks at a deal early enough to act."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import DealReview
from crm.base.zones import end_of_day
from crm.contracts.models import Contract
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

REVIEW = "deal.review"
FAR, A_DAY = dt.timedelta(days=60), dt.timedelta(days=1)
DECIDED, NOTICED = _("It is decided"), _("Notice is given")
NOT_IN_FORCE, RESTS = _("The contract is not in force"), _("It rests, and its last day moves")


@due(REVIEW, label=_("Look at a deal"), of="crm.DealReview", order=46, clock=True)
def reviews(asked: Asked) -> Iterator[Due]:
    """The day by which somebody looks, until it is decided."""
    for review in _reviews(asked):
        yield from wanted(_due(review), asked)


def _reviews(asked: Asked) -> Iterable[DealReview]:
    rows = DealReview.objects.visible_to(asked.user) if asked.user is not None else DealReview.objects.all()
    if asked.subjects is not None:
        rows = rows.filter(pk__in=asked.subjects)
    else:
        latest = (asked.to_at or asked.now + FAR) + A_DAY
        rows = rows.open().filter(due_on__lte=latest.date())
    joined = ("deal__contract__brand", "deal__contract__owner", "deal__influencer", "deal__program")
    return rows.select_related(*joined).order_by("due_on", "pk")


def _due(review: DealReview) -> Due:
    deal, contract = review.deal, review.deal.contract
    return Due(
        kind=REVIEW,
        subject=subject_of(review),
        due_on=review.due_on,
        due_at=end_of_day(review.due_on, contract.zone),
        zone=contract.zone,
        title=_("Look at the deal before it goes on or ends") if review.is_about_the_end else _("Look at the deal"),
        influencer_id=deal.influencer_id,
        influencer_label=deal.influencer.stage_name,
        brand_id=contract.brand_id,
        brand_label=contract.brand.name,
        owner_id=contract.owner_id,
        url=reverse("ambassador-review", args=[review.pk]),
        verb=_("Look at it"),
        icon="eye",
        detail=f"{contract.brand.name}, {deal.program.name}",
        stopped_why=_stopped(review, contract),
        born_at=contract.signed_at,
        entered_at=review.created_at,
        changed_at=review.updated_at,
        facts={"from_on": contract.start_on.isoformat() if contract.start_on else "", "owner": contract.owner.name},
    )


def _stopped(review: DealReview, contract: Contract) -> Any:
    if review.decision:
        return DECIDED
    if contract.is_in_notice:
        return NOTICED
    if not contract.is_in_force:
        return NOT_IN_FORCE
    return RESTS if contract.rests_since_on is not None else ""
