"""The door before the first offer, and the budget behind it: what every room that makes offers asks.

`pass_door` before the first word to somebody, `check_budget` in the transaction that commits to a fee.
"""

from campaigns.planning.models.budget import (
    Commitment,
    OverBudget,
    chain_of,
    check_budget,
    committed,
    summed,
    tree_below,
)
from campaigns.planning.models.door import (
    DoorClosed,
    Missing,
    check_start,
    is_locked,
    may_go_on,
    may_go_over,
    missing_of,
    open_door,
    pass_door,
    require_door,
)

__all__ = [
    "Commitment",
    "DoorClosed",
    "Missing",
    "OverBudget",
    "chain_of",
    "check_budget",
    "check_start",
    "committed",
    "is_locked",
    "may_go_on",
    "may_go_over",
    "missing_of",
    "open_door",
    "pass_door",
    "require_door",
    "summed",
    "tree_below",
]
