"""The deal behind the contract that comes after: what she owes and gets goes on as it stood at the end of the former."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import (
    AmbassadorDeal,
    CommissionRule,
    QuotaLine,
    QuotaQuantity,
    RetainerRate,
)
from crm.ambassadors.telling import tell
from crm.base.models import Stamped
from crm.contracts.models import Contract
from crm.contracts.works import OFF, renewal_drafted
from crm.timeline.record import Actor

DRAFTED = _("%(deal)s goes on in a new deal, drafted with the same terms")
ALIKE = (
    "influencer", "program", "label", "tier", "unit", "every", "alignment", "eom_sticky", "year_begins", "billing",
    "proration", "pay_days", "review_every", "review_lead_days", "plans_posts",
)  # fmt: skip
OWN = (
    "id",
    "deal",
    "line",
    "quantity",
    "amount",
    "from_on",
    "amendment",
    *(field.name for field in Stamped._meta.fields),
)


@renewal_drafted("ambassadors")
def deal_goes_on(former: Contract, fresh: Contract, at: dt.datetime, actor: Actor) -> None:
    """The newest of everything: quotas that still owe something, the retainer, the share of what she sells."""
    old = AmbassadorDeal.objects.with_contract().filter(contract=former).first()
    if old is None or fresh.start_on is None:
        return
    AmbassadorDeal.objects.filter(continues=old, contract__status__in=OFF).update(continues=None, updated_at=at)
    deal = AmbassadorDeal.objects.create(
        contract=fresh, continues=old, anchor_on=anchor_of(old), **{name: getattr(old, name) for name in ALIKE}
    )
    _copy_quotas(old, deal, fresh.start_on)
    _copy_pay(old, deal, fresh.start_on)
    tell(deal, "deal.goes_on", DRAFTED, at=at, actor=actor, params={"deal": str(deal)})


def anchor_of(deal: AmbassadorDeal) -> dt.date | None:
    """Periods go on being counted from where they were; after a rest that moved them, from the new first day."""
    return None if deal.contract.shifted_days else deal.anchor_on or deal.contract.start_on


def _copy_quotas(old: AmbassadorDeal, deal: AmbassadorDeal, from_on: dt.date) -> None:
    for line in old.quotas.prefetch_related("quantities").order_by("pk"):
        newest = max(line.quantities.all(), key=lambda one: one.from_on, default=None)
        if newest is not None and newest.quantity:
            fresh = QuotaLine.objects.create(deal=deal, **_said(line))
            QuotaQuantity.objects.create(line=fresh, quantity=newest.quantity, from_on=from_on)


def _copy_pay(old: AmbassadorDeal, deal: AmbassadorDeal, from_on: dt.date) -> None:
    rate = old.retainers.order_by("from_on").last()
    if rate is not None:
        RetainerRate.objects.create(deal=deal, amount=rate.amount, from_on=from_on)
    rule = old.commissions.order_by("from_on", "pk").last()
    if rule is not None:
        CommissionRule.objects.create(deal=deal, from_on=from_on, **_said(rule))


def _said(row: QuotaLine | CommissionRule) -> dict[str, Any]:
    """Everything a row says beside whose it is, since when, and how many."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in (*OWN, "tier")]
    return {name: getattr(row, name) for name in names}
