"""What a platform's programming interface is to us, and how it fails. Platforms put themselves into `PROVIDERS`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from campaigns.approvals.models import LivePost


@dataclass(frozen=True)
class Figures:
    """What a platform says of one post now: counts by our names, and the account's followers where it says them."""

    counts: Mapping[str, int]
    followers: int | None = None


class Failed(Exception):
    """The platform did not say. `again_after` is when to ask again at the earliest; None leaves it to the back-off."""

    def __init__(self, why: str, *, again_after: dt.timedelta | None = None) -> None:
        self.why, self.again_after = why, again_after
        super().__init__(why)


class GaveUp(Failed):
    """Asking again for this post is no use: it is not there, or not one the platform tells of."""


class Busy(Failed):
    """The platform wants to be left alone, with every post: the key is wrong, or its quota is used up."""


class Provider(Protocol):
    """One platform as it is asked. `name` is what tries are kept under, `platform` the code of ours it answers for."""

    name: str
    platform: str

    def is_on(self) -> bool:
        """Whether keys are set."""
        ...

    def figures(self, post: LivePost) -> Figures:
        """What it says of the post now. Raises Failed, GaveUp or Busy; takes no longer than its timeout."""
        ...


PROVIDERS: dict[str, Provider] = {}
"""By the code of the platform."""


def provide(provider: Provider) -> Provider:
    PROVIDERS[provider.platform] = provider
    return provider


def switched_on() -> dict[str, Provider]:
    """Those with keys."""
    return {code: one for code, one in PROVIDERS.items() if one.is_on()}
