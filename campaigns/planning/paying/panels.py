"""The money of a card on its page, and what cards tell of their work."""

from typing import Any

from django.http import HttpRequest

from campaigns.planning.models import Collaboration
from campaigns.planning.paying import works  # noqa: F401  puts itself into the places of work
from crm.base.places import panel
from crm.contracts.models import Contract
from crm.payments.milestones.page import money_of_person
from crm.team.views.access import me


@panel("collaboration/money", order=20)
def money_of_card(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """When she is paid for it and what became of that, where the card stands under a contract."""
    if card.party_id is None or not me(request).has_perm("crm.view_ledgerline"):
        return None
    contract = Contract.objects.with_terms().get(parties=card.party_id)
    if contract.amends_id is not None:
        contract = Contract.objects.with_terms().get(pk=contract.amends_id)
    return "campaigns/planning/money_panel.html", {
        "contract": contract,
        "money": money_of_person(contract, card.influencer_id),
    }
