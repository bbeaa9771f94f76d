"""Paid once: what counts for an ambassador deal is paid by the deal, and a card on which nothing else is made has no fee."""

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.planning.models import Collaboration, Deliverable, QuotaPost, Refused
from crm.base.formats import money_full

COVERED = _(
    "Everything she makes here counts for her ambassador deal, which pays for it. Leave the fee empty, or plan something "
    "beside it first."
)
HAS_FEE = _(
    "This is the last post the fee of %(fee)s is for. Take the fee off the card first: the ambassador deal pays for it."
)


def uncovered(card: Collaboration) -> int:
    """How many things of this card that go ahead count for no deal; what stands is paid by the card's own fee."""
    counted = QuotaPost.objects.filter(deliverable__collaboration=card).values("deliverable")
    rows: int = Deliverable.objects.standing().filter(collaboration=card).exclude(pk__in=counted).count()
    return rows


def is_covered(card: Collaboration) -> bool:
    """Whether something counts for a deal here and nothing else is made."""
    some = QuotaPost.objects.standing().filter(deliverable__collaboration=card).exists()
    return some and not uncovered(card)


def check_fee(card: Collaboration, fee: Money | None) -> None:
    """Refuse a fee for what the deal pays. Raises Refused."""
    if fee is not None and fee.amount and is_covered(card):
        raise Refused(card, COVERED)


def check_leaves_one(card: Collaboration, row: Deliverable) -> None:
    """Refuse to let the deal pay for the last thing a fee is for. Raises Refused."""
    if card.fee is None or not card.fee.amount:
        return
    others = QuotaPost.objects.filter(deliverable__collaboration=card).values("deliverable")
    rest = Deliverable.objects.standing().filter(collaboration=card).exclude(pk=row.pk).exclude(pk__in=others)
    if not rest.exists():
        raise Refused(card, HAS_FEE % {"fee": money_full(card.fee)})
