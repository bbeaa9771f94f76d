"""Who gets which mail about a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm.base.zones import local_date
from crm.influencers.majority import Ages, ages_on
from crm.influencers.models import Representation
from crm.outbox.kinds import kind_of
from crm.outbox.topics import BINDING, Topic

Share, Capacity = Representation.Share, Representation.Capacity


@dataclass(frozen=True, slots=True)
class Route:
    """The contacts one topic goes to, and those who get a copy; no address twice."""

    to: tuple[int, ...] = ()
    copies: tuple[int, ...] = ()

    @property
    def everybody(self) -> tuple[int, ...]:
        return (*self.to, *self.copies)


NOBODY = Route()


class Standing(NamedTuple):
    """One contact of one person, as far as it decides who gets her mail."""

    contact_id: int
    capacity: str
    address: str
    shares: Mapping[str, str]
    is_minors_guardian: bool = False

    @classmethod
    def of(cls, stands: Representation, *, is_minor: bool) -> "Standing":
        """A row at hand, of a person who is a minor or not."""
        guards = is_minor and stands.is_guardian
        return cls(stands.contact_id, stands.capacity, stands.contact.email, stands.shares, guards)

    def usual(self, topic: str) -> str:
        """What somebody in this capacity gets while nobody chose: an agent what binds, a minor's guardian all of it."""
        if self.is_minors_guardian:
            return Share.TO if topic in BINDING else Share.NOTHING if topic == Topic.NEWS else Share.COPY
        is_agents = self.capacity == Capacity.AGENT and topic in BINDING
        return Share.TO if is_agents else Share.NOTHING

    def share(self, topic: str) -> str:
        """What this contact gets, before anybody looks at the others."""
        if self.is_minors_guardian and topic in BINDING:
            return Share.TO
        return self.shares.get(topic) or self.usual(topic)


def route(stand: Sequence[Standing], topic: str) -> Route:
    """Where a topic goes: as chosen or as usual; what nobody gets that way is hers, or theirs who stand for her."""
    asked = [one for one in stand if one.share(topic) == Share.TO] or _heirs(stand, topic)
    copied = [one for one in stand if one not in asked and one.share(topic) == Share.COPY]
    seen: set[str] = set()
    return Route(_once(asked, seen), _once(copied, seen))


def _heirs(stand: Sequence[Standing], topic: str) -> list[Standing]:
    """Who gets what is left: herself; without a contact of her own everybody for whom nothing else was chosen."""
    free = [one for one in stand if not one.shares.get(topic)]
    return [one for one in free if one.capacity == Capacity.SELF] or free


def _once(stand: Iterable[Standing], seen: set[str]) -> tuple[int, ...]:
    """One contact for each address, so that nobody reads the same message twice."""
    kept = []
    for one in stand:
        address = one.address.casefold()
        if not address or address not in seen:
            kept.append(one.contact_id)
        seen.add(address)
    return tuple(kept)


COLUMNS = (
    "influencer_id", "contact_id", "capacity", "contact__email", "since_on", "until_on", "influencer__zone",
    "influencer__birth_on", "influencer__country", *(f"mail_{topic}" for topic in Topic.values),
)  # fmt: skip


@dataclass
class Routes:
    """The answers for many people; whoever nobody stands for has nobody."""

    stand: dict[int, list[Standing]] = field(default_factory=lambda: defaultdict(list))

    def of(self, influencer_id: int, topic: str) -> Route:
        there = self.stand.get(influencer_id)
        return route(there, topic) if there else NOBODY


class _Today(dict[str, dt.date]):
    """What day it is in each zone, worked out once."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __missing__(self, zone: str) -> dt.date:
        self[zone] = local_date(self.now, zone)
        return self[zone]


def mail_routes(influencer_ids: Collection[int], now: dt.datetime) -> Routes:
    """Who gets what about these people, in one query; in two when a guardian is among them."""
    found = Routes()
    if not influencer_ids:
        return found
    receiving = Representation.objects.receiving().filter(influencer_id__among=sorted(influencer_ids)).order_by("pk")
    ages: Ages | None = None
    topics, today = Topic.values, _Today(now)
    for person, contact, capacity, address, since, until, zone, born, country, *shares in receiving.values_list(
        *COLUMNS
    ):
        on = today[zone]
        if not (since or on) <= on <= (until or on):
            continue
        guards = capacity == Capacity.GUARDIAN and born is not None
        if guards and ages is None:
            ages = ages_on(on)
        is_minors = guards and ages is not None and ages.is_below(born, str(country or ""), on)
        chosen = dict(zip(topics, shares, strict=True))
        found.stand[person].append(Standing(contact, capacity, address, chosen, is_minors))
    return found


def route_of(influencer_id: int, email_name: str, now: dt.datetime) -> Route:
    """Who gets this message about this person, by its kind's topic."""
    return mail_routes([influencer_id], now).of(influencer_id, kind_of(email_name).topic)


def uncovered(stand: Sequence[Standing]) -> list[str]:
    """The topics nobody among these would get."""
    return [topic for topic in Topic.values if not route(stand, topic).to]
