"""Changes of deals, where the house looks for them: an amendment begins, and its words are made."""

from crm.ambassadors.changing import words  # noqa: F401  puts itself into the words of contracts
from crm.ambassadors.changing.actions import carry_out_due
from crm.contracts.models import Contract
from crm.contracts.works import contract_moved
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Door
from crm.timeline.record import Actor


@contract_moved("deal-changes", order=10)
def deals_follow(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """An amendment of a deal has begun: what it changes is changed, in the same transaction."""
    if contract.kind == Contract.Kind.AMBASSADOR and contract.is_in_force and not contract.amends_id:
        carry_out_due(contract, at=door.now)
    return []
