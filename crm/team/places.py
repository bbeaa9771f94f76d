"""The places where higher rooms say what a colleague answers for, and which ways in end when she leaves."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from crm.base.places import Place
from crm.team.models import User
from crm.timeline.record import Actor


def nothing_else(user: User) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Owned:
    """One kind of thing a colleague answers for: the open rows, the column that says whose they are."""

    rows: Callable[[], "QuerySet[Any, Any]"]
    field: str
    brand: str = ""  # the column with the brand's number, where a wall may stand
    person: str = ""  # the column with the number of the person it is about
    also: Callable[[User], Mapping[str, Any]] = nothing_else  # what changes with it, such as who answers are sent to
    told: bool = True  # each row's own story tells of it
    walled: bool = False  # what is under no brand is for those alone who see every brand

    def of(self, user: User) -> "QuerySet[Any, Any]":
        return self.rows().filter(**{self.field: user.pk})

    def seen_by(self, rows: "QuerySet[Any, Any]", taker: User) -> "QuerySet[Any, Any]":
        """Those among these the taker may see."""
        brands = taker.brand_ids()
        if brands is None or not self.brand:
            return rows
        hers = Q(**{f"{self.brand}__in": brands})
        return rows.filter(hers if self.walled else hers | Q(**{f"{self.brand}__isnull": True}))


owned: Place[Callable[[], Owned]] = Place("owned")
"""`@owned("tasks", label=_("Tasks"))`: function() -> Owned: what a colleague answers for and may hand over."""

has_left: Place[Callable[[User, Actor, dt.datetime], None]] = Place("has_left")
"""`@has_left("calendars")`: function(user, by, at), in the transaction that closes her account: ends what she handed out or
holds and what would open again if she came back."""
