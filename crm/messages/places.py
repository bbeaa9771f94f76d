"""What other rooms offer to messages: whom one can write to, and what is known about each of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from django.http import QueryDict

from crm.base.places import Place

if TYPE_CHECKING:
    from crm.inbox.models import InboundMail
    from crm.team.models import User


class Member(NamedTuple):
    """One person a message goes to, and what it is about where it is about something."""

    person: int
    subject: str = ""


class Whom(NamedTuple):
    """The chosen people as one thing."""

    label: str
    brand_ref: int | None = None
    brand: str = ""
    back: str = ""
    answers: "InboundMail | None" = None
    """The mail that is answered: in its thread, to who wrote it."""


class Audience(Protocol):
    """A way to choose people. What was chosen travels as the words of an address, never as a list of everybody."""

    fields: ClassVar[Mapping[str, Any]]
    """What its messages may use beside what every message may: {name: what it means}."""

    def whom(self, asked: QueryDict, user: "User", now: dt.datetime) -> Whom | None:
        """The chosen people in words; None when there is no such thing, or not for this colleague."""

    def members(self, asked: QueryDict, user: "User", now: dt.datetime) -> Sequence[Member]:
        """Everybody who is meant, as far as the colleague may see them, in the order of their names."""

    def facts(self, members: Sequence[Member], now: dt.datetime) -> Mapping[Member, Mapping[str, Any]]:
        """What its fields are for each: texts, dates, {"en": ..., "id": ...}; left out or empty when not known.

        `form_of_address` says how the brand speaks to her.
        """


message_audience: Place[Callable[[], Audience]] = Place("message_audience")
"""`@message_audience("campaign")`: function() -> an `Audience`."""
