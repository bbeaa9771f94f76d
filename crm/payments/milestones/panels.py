"""Money on the page of its contract, and milestones in the places they follow."""

from typing import Any

from django.http import HttpRequest

from crm.base.places import panel
from crm.contracts.models import Contract
from crm.payments.milestones import following  # noqa: F401  puts itself into the place of contracts that moved
from crm.payments.milestones.killing import may_be_called_off
from crm.payments.milestones.laying import may_be_laid
from crm.payments.milestones.page import money_of
from crm.team.views.access import me


@panel("contract/money", order=5)
def money_of_contract(request: HttpRequest, contract: Contract) -> tuple[str, dict[str, Any]] | None:
    """When it is paid and what became of it, for those who see money. An amendment is paid as the contract it amends."""
    user = me(request)
    if not user.has_perm("crm.view_ledgerline") or contract.amends_id is not None:
        return None
    context = {
        "contract": contract,
        "money": money_of(contract),
        "may_lay": may_be_laid(contract),
        "may_kill": may_be_called_off(contract),
    }
    return "crm/payments/milestones/_money.html", context
