"""Places the brands room offers to features above it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from crm.base.places import Place

if TYPE_CHECKING:
    from crm.brands.models import Brand
    from crm.team.models import User


class HandsKeeper(Protocol):
    """What depends on whose a brand is."""

    def standing(self, brand: "Brand", user: "User", now: dt.datetime) -> Mapping[str, str]:
        """What there is to say about this brand as things stand, each sentence under a key that lasts."""

    def follow(self, brand: "Brand", now: dt.datetime) -> None:
        """The brand is somebody else's now, or will be: bring everything in line, in the caller's transaction."""


changed_hands: Place[Callable[[], HandsKeeper]] = Place("changed_hands")
"""`@changed_hands("exclusivity")`: function() -> `HandsKeeper`."""
