"""Moving many dated things of any kind at once: which were picked, what it would do, what became of each, and back again."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from campaigns.planning.verdicts import Verdict
from crm.reminders.registry import Outlook, Shift, movable
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User

MOST = 300
SALT = "campaigns.planning.calendar.moved"
BACK_FOR = dt.timedelta(days=1)
"""So long a move can be taken back with one press."""


@dataclass(frozen=True)
class Pick:
    """One dated thing that was chosen; `leads`: what hangs on it was chosen as well, and moves with it."""

    kind: str
    pk: int
    leads: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"

    @property
    def keys(self) -> list[str]:
        """Itself, and what moves with it because both were chosen."""
        hangs_on = [placed.key for placed in movable.all() if placed.words.get("along") == self.kind]
        return [self.key, *(f"{kind}:{self.pk}" for kind in hangs_on if self.leads)]


@dataclass(frozen=True)
class Planned:
    """A pick with what moving it would do."""

    pick: Pick
    outlook: Outlook


def picks_of(keys: Iterable[str]) -> list[Pick]:
    """The picks an address names, each once; what hangs on another pick is carried by that one."""
    found = dict.fromkeys(pick for key in keys if (pick := pick_of(key)) is not None)
    carriers = {(movable[one.kind].words.get("along", ""), one.pk) for one in found}
    return [
        replace(one, leads=(one.kind, one.pk) in carriers)
        for one in found
        if (movable[one.kind].words.get("along", ""), one.pk) not in {(other.kind, other.pk) for other in found}
    ][:MOST]


def pick_of(key: str) -> Pick | None:
    """deliverable.draft:12; None for anything that is no such thing."""
    kind, _colon, text = key.rpartition(":")
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return Pick(kind, int(text)) if kind in movable and is_number else None


def plan_moves(picks: Sequence[Pick], shift: Shift, user: "User", now: dt.datetime) -> list[Planned]:
    """What moving these would do, in their order. What this colleague may not see is left out."""
    found: dict[str, Planned] = {}
    for kind, leads in dict.fromkeys((one.kind, one.leads) for one in picks):
        theirs = {one.pk: one for one in picks if (one.kind, one.leads) == (kind, leads)}
        told = movable[kind].call().preview(list(theirs), _shift_for(shift, leads=leads), user, now)
        found |= {theirs[one.pk].key: Planned(theirs[one.pk], one) for one in told}
    return [found[one.key] for one in picks if one.key in found]


def _shift_for(shift: Shift, *, leads: bool) -> Shift:
    return replace(shift, along=True) if leads else shift


def fingerprint(plans: Sequence[Planned], shift: Shift) -> str:
    """Equal only while the same move would do the same to the same things."""
    told = repr([(one.pick, str(one.outlook)) for one in plans]) + repr(shift)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def do_moves(plans: Sequence[Planned], shift: Shift, user: "User", at: dt.datetime) -> list[Verdict]:
    """Move each by itself; a refusal is that row's verdict and stops nobody else."""
    return [_moved(one, _shift_for(shift, leads=one.pick.leads), user, at) for one in plans]


def _moved(one: Planned, shift: Shift, user: "User", at: dt.datetime) -> Verdict:
    """From the day that was shown to the day that was shown: pressed twice at once, it moves once."""
    who, told = one.outlook.who, one.outlook
    shift = replace(shift, to_on=told.to_on, by=0, from_on=told.from_on)
    try:
        text: Any = movable[one.pick.kind].call().move(one.pick.pk, shift, user, at)
    except TransitionRefused as refused:
        return Verdict(who, str(refused), False, told.url)
    except ObjectDoesNotExist:
        return Verdict(who, _("It is not there any more."), False, told.url)
    return Verdict(who, text, True, told.url)


def way_back_of(plans: Sequence[Planned], verdicts: Sequence[Verdict], shift: Shift) -> str:
    """A sealed note of what was moved from where to where; empty when nothing was."""
    moved = [
        [one.pick.kind, one.pick.pk, one.outlook.from_on.isoformat(), one.outlook.to_on.isoformat()]
        for one, verdict in zip(plans, verdicts, strict=True)
        if verdict.done
    ]
    along = shift.along or any(one.pick.leads for one in plans)
    return signing.dumps({"moved": moved, "along": along}, salt=SALT, compress=True) if moved else ""


def take_back(note: str, user: "User", now: dt.datetime) -> list[Verdict] | None:
    """Put everything of a note back to the day it came from; what has moved on since stays. None for no note of ours."""
    try:
        told = signing.loads(note, salt=SALT, max_age=BACK_FOR)
    except signing.BadSignature:
        return None
    verdicts = []
    for kind, pk, from_on, to_on in told["moved"]:
        shift = Shift(to_on=dt.date.fromisoformat(from_on), along=told["along"])
        plans = plan_moves([Pick(kind, pk)], shift, user, now)
        for one in plans:
            there = replace(one, outlook=replace(one.outlook, from_on=dt.date.fromisoformat(to_on)))
            verdicts.append(_moved(there, shift, user, now))
    return verdicts
