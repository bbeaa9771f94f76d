"""The place where features put our own work with a person beside what she does elsewhere."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from crm.base.places import Place
from crm.influencers.models import Influencer
from crm.team.models import User


@dataclass(frozen=True)
class OwnWork:
    """One piece of work with a brand of the house, with its first and last day."""

    brand: str
    what: str
    url: str
    start_on: dt.date
    end_on: dt.date
    category: str = ""


own_work: Place[Callable[[Influencer, User], list[OwnWork]]] = Place("own_work")
"""`@own_work("campaigns")`: function(person, user) -> what she did and does for our brands, as far as the user may see."""

work_page: Place[Callable[[int, User], str]] = Place("work_page")
"""`@work_page("campaigns.deliverable")`: function(id, user) -> where this piece of work is looked at, or nothing."""


def page_of_work(ref: str, user: User) -> str:
    """The page of a piece of work by its name, as far as somebody offers one and the reader may see it."""
    label, _colon, number = ref.partition(":")
    return work_page[label].call(int(number), user) if label in work_page and number.isdigit() else ""
