"""What finance's page wants to know of higher rooms."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from crm.base.places import Place

objective_of: Place[Callable[[Collection[int]], Mapping[int, tuple[str, Any]]]] = Place("objective_of")
"""`@objective_of("planning")`: function(contracts' ids) -> {contract id: (a code, its words)}: what the work under a contract is
for, as yearly sums of one advertiser and one person are added up."""


def objectives(contracts: Collection[int]) -> dict[int, tuple[str, Any]]:
    """What is known of these contracts; whoever comes first in order says it."""
    found: dict[int, tuple[str, Any]] = {}
    for placed in objective_of.all() if contracts else ():
        found = {**placed.call(contracts), **found}
    return found
