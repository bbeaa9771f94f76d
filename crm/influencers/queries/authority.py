"""What somebody may do for a person on a day, and what to tell her when that is nothing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.influencers.models import Authority, Representation

Power = Authority.Power
OWN_WHILE_MINOR = frozenset({Power.SETTLE, Power.DATES})

OVER = _("You stood for {person} until {day}. Your links about her are closed.")
NOT_YET = _("You stand for {person} from {day} on.")
ENDED = _("What you may do for {person} ended on {day}. You can look, but not settle anything for her.")
NONE = _("Nothing is recorded yet that you may do for {person}. You can look, but not settle anything for her.")


def powers_of(stands: Representation, on: dt.date, *, is_minor: bool) -> frozenset[str] | None:
    """What this contact may do for the person on that day; None is everything.

    She herself may do everything once she is of age; until then her guardian may. Everybody else what is recorded.
    """
    if stands.is_self:
        return OWN_WHILE_MINOR if is_minor else None
    if stands.is_guardian and is_minor:
        return None
    return frozenset(authority.power for authority in stands.authorities.all() if authority.holds_on(on))


def closed_because(stands: Representation, on: dt.date) -> Any:
    """Why the page stays closed for somebody who stands for her no longer, or not yet; empty while it is open."""
    person = stands.influencer.stage_name
    if stands.until_on and stands.is_over(on):
        return format_lazy(OVER, person=person, day=day_in_words(stands.until_on))
    if stands.since_on and not stands.stands_on(on):
        return format_lazy(NOT_YET, person=person, day=day_in_words(stands.since_on))
    return ""


def withheld_because(stands: Representation, powers: frozenset[str] | None) -> Any:
    """Why nothing is offered to somebody who may do nothing for her; empty when she may do something."""
    if powers is None or powers:
        return ""
    ended = [authority.until_on for authority in stands.authorities.all() if authority.until_on]
    if not ended:
        return format_lazy(NONE, person=stands.influencer.stage_name)
    return format_lazy(ENDED, person=stands.influencer.stage_name, day=day_in_words(max(ended)))


def newest_of(authorities: Iterable[Authority], on: dt.date) -> list[Authority]:
    """What holds on that day, one row for each power: the one recorded last."""
    found: dict[str, Authority] = {}
    for authority in sorted(authorities, key=lambda row: row.pk):
        if authority.holds_on(on):
            found[authority.power] = authority
    return [found[power] for power in Power.values if power in found]
