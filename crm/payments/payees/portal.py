"""Where her money goes, on her own page."""

from dataclasses import dataclass
from typing import Any

from crm.base.zones import local_date
from crm.influencers.models import Authority
from crm.payments.models import BankAccount, Payee
from crm.payments.payees.queries import payee_of
from crm.portal.registry import Asking, portal_part


@dataclass(frozen=True)
class Hers:
    """Whoever is paid for her, and the accounts in use. Nothing of it is whole."""

    payee: Payee | None
    account: BankAccount | None
    waiting: BankAccount | None


def hers_of(asking: Asking) -> Hers:
    payee = payee_of(asking.influencer_id, local_date(asking.now, asking.zone))
    used = list(payee.accounts.in_use()) if payee else []
    return Hers(
        payee,
        next((one for one in used if one.is_verified), None),
        next((one for one in used if one.is_waiting), None),
    )


def may_change(asking: Asking) -> bool:
    """She herself once she is of age, her guardian until then, and whoever may receive her money."""
    return asking.powers is None or Authority.Power.MONEY in asking.powers


@portal_part("bank", order=45)
def bank(asking: Asking) -> tuple[str, dict[str, Any]] | None:
    """One line and the way to change it; nothing for somebody who may not receive her money."""
    if not may_change(asking) or asking.contact is None:
        return None
    return "crm/payments/payees/her_part.html", {"hers": hers_of(asking)}
