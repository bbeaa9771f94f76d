"""What the work under a contract is for: the goal of its campaign."""

from collections.abc import Collection
from typing import Any

from campaigns.planning.models import Campaign, Collaboration
from crm.payments.homes.places import objective_of


@objective_of("campaigns", order=10)
def goals_of_contracts(contracts: Collection[int]) -> dict[int, tuple[str, Any]]:
    """By contract; of several campaigns under one contract the first counts. One query."""
    rows = Collaboration.objects.filter(party__contract__in=contracts).order_by("-pk")
    labels = dict(Campaign.Goal.choices)
    found = dict(rows.values_list("party__contract", "campaign__goal"))
    return {contract: (goal, labels.get(goal, goal)) for contract, goal in found.items()}
