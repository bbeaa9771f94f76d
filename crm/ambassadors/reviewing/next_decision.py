"""What has to be decided about a deal next, by when, and where."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealReview
from crm.contracts.actions.deciding import decided
from crm.contracts.models import Contract
from crm.contracts.models.going_on import GOING_ON

LOOK, NOTICE, OPTION, GO_ON = _("Look at it"), _("Last day for notice"), _("Last day for our option"), _("Go on or not")


@dataclass(frozen=True)
class NextDecision:
    """What is to be decided, the day by which, and the page it is decided on."""

    what: Any
    on: dt.date
    url: str


def next_decision(deal: AmbassadorDeal, on: dt.date) -> NextDecision | None:
    """Of one deal, as of that day; None where nothing is left to decide. One query."""
    return next_decisions([deal], on)[deal.pk]


def next_decisions(deals: Collection[AmbassadorDeal], on: dt.date) -> dict[int, NextDecision | None]:
    """By deal, everybody asked for; read them `with_contract`. One query."""
    open_looks = DealReview.objects.open().filter(deal__in=[deal.pk for deal in deals]).order_by("-due_on", "-pk")
    first = {look.deal_id: look for look in open_looks}
    return {deal.pk: _of(deal, first.get(deal.pk), on) for deal in deals}


def _of(deal: AmbassadorDeal, look: DealReview | None, on: dt.date) -> NextDecision | None:
    contract = deal.contract
    if contract.status not in (Contract.Status.SIGNED, Contract.Status.ACTIVE):
        return None
    found = [
        NextDecision(LOOK, look.due_on, reverse("ambassador-review", args=[look.pk])) if look else None,
        None if contract.rests_since_on or decided(contract) else _of_contract(contract, on),
    ]
    return min((one for one in found if one is not None), key=lambda one: one.on, default=None)


def _of_contract(contract: Contract, on: dt.date) -> NextDecision | None:
    notice = reverse("contract-notice", args=[contract.pk])
    if contract.renewal in GOING_ON and contract.term is not None and contract.renewals_left != 0:
        until = contract.term.notice_until()
        is_ours = contract.renewal == Contract.Renewal.OPTION
        return NextDecision(OPTION if is_ours else NOTICE, until, notice) if until >= on else None
    if contract.renewal == Contract.Renewal.MANUAL and contract.end_on is not None and contract.end_on >= on:
        return NextDecision(GO_ON, contract.end_on, reverse("contract", args=[contract.pk]))
    return None
