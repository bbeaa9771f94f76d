"""Clearing the demo's ambassadors: a deal goes with its ledgers, or stays with all of them."""

from collections.abc import Collection

from django.db import transaction
from django.db.models.deletion import ProtectedError

from crm.ambassadors.models import AmbassadorDeal, PerkGrant, QuotaEntry, RetainerCharge, Sale
from crm.exclusivity.models import Claim
from crm.payments.models import LedgerLine
from crm.timeline.record import subject_of


def forget_deals(deals: Collection[int]) -> tuple[int, int]:
    """How many went, and how many stayed because something of yours stands on them."""
    gone = 0
    for deal in AmbassadorDeal.objects.filter(pk__in=deals).order_by("-pk"):
        gone += _forget(deal)
    return gone, len(deals) - gone


def _forget(deal: AmbassadorDeal) -> bool:
    try:
        with transaction.atomic():
            LedgerLine.objects.filter(contract=deal.contract_id).delete()
            QuotaEntry.objects.filter(line__deal=deal).delete()
            Sale.objects.filter(deal=deal).delete()
            PerkGrant.objects.filter(deal=deal).delete()
            RetainerCharge.objects.filter(period__deal=deal).delete()
            Claim.objects.filter(source=subject_of(deal)).delete()
            deal.delete()
    except ProtectedError:
        return False
    return True
