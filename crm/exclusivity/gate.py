"""The one door through which promises go: lock the people, look again, then write or refuse.

Nothing else makes a claim active. The lock comes first because two people who sign at the same second must take turns;
the database's own guard stands behind it for whoever forgets this door (crm.exclusivity.guard).
"""

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from crm.exclusivity import guard
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.models import Claim
from crm.exclusivity.models.claims import FACT
from crm.influencers.models import Influencer

Outcome = TypeVar("Outcome")
TRIES = 3
LOCK_WAIT = "20s"
RETRIED = frozenset({"40P01", "40001"})  # deadlock, serialization
WAITED_TOO_LONG = "55P03"
BUSY = _("Somebody else is agreeing something with the same person right now. Try again in a moment.")
REFUSED = _("This would break an exclusivity promise that stands. Open the person's page to see which, and until when.")


class PromiseRefused(Exception):
    """A promise hits one that stands; nothing was written. `conflicts` says which, worst first, where it is known."""

    def __init__(self, conflicts: Sequence[Conflict] = ()) -> None:
        self.conflicts = list(conflicts)
        super().__init__(str(REFUSED))


class Busy(Exception):
    """Somebody else has been promising about the same people for too long; nothing was written."""

    def __init__(self) -> None:
        super().__init__(str(BUSY))


@dataclass(frozen=True)
class Door:
    """Open while the people are locked; what it writes stands or falls with the transaction."""

    people: frozenset[int]
    now: dt.datetime

    def activate(self, sources: Iterable[str], claims: Sequence[Claim]) -> None:
        """Put promises under guard in place of what the same sources claimed before. Raises PromiseRefused."""
        if not _is_taken(self._changed(sources, claims)):
            raise PromiseRefused

    def note(self, sources: Iterable[str], claims: Sequence[Claim]) -> list[Claim]:
        """The same for facts, which nobody can refuse: what the guard will not have stands unguarded. Returns those."""
        fresh = self._changed(sources, claims)
        if _is_taken(fresh):
            return []
        refused = [claim for claim in fresh if not _is_taken([claim])]
        for claim in refused:
            claim.active, claim.why = False, FACT
        Claim.objects.bulk_create(refused)
        return refused

    def differs(self, sources: Iterable[str], claims: Sequence[Claim]) -> bool:
        """Whether these sources claim something else today, apart from what the guard watches of it."""
        there = Claim.objects.filter(source__in=list(sources), influencer__in=self.people)
        return {meant(row) for row in there} != {meant(claim) for claim in claims}

    def release(self, sources: Iterable[str]) -> int:
        """Take back everything these sources claim; how many claims that were."""
        return Claim.objects.filter(source__in=list(sources), influencer__in=self.people).delete()[0]

    def excuse(self, sources: Iterable[str], why: str) -> int:
        """What was allowed to stand beside a bar is guarded no more; how many claims that were."""
        mine = Claim.objects.filter(source__in=list(sources), influencer__in=self.people)
        return mine.active().update(active=False, why=why, updated_at=self.now)

    def _changed(self, sources: Iterable[str], claims: Sequence[Claim]) -> list[Claim]:
        """The claims to write, once those that are no longer right are gone."""
        strangers = {claim.influencer_id for claim in claims} - self.people
        if strangers:
            raise ValueError(f"These people were not locked: {sorted(strangers)}")
        there = {
            said(row): row.pk for row in Claim.objects.filter(source__in=list(sources), influencer__in=self.people)
        }
        wanted = {said(claim): claim for claim in claims}
        stale = [pk for key, pk in there.items() if key not in wanted]
        if stale:
            Claim.objects.filter(pk__in=stale).delete()
        return [claim for key, claim in wanted.items() if key not in there]


def _is_taken(claims: Sequence[Claim]) -> bool:
    """Write these claims, all or none; False when the guard will not have them."""
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(claims)
    except IntegrityError as error:
        if guard.is_refusal(error):
            return False
        raise
    return True


def said(claim: Claim) -> tuple[object, ...]:
    """Everything a claim says: two that say the same are one."""
    return claim.active, *meant(claim)


def meant(claim: Claim) -> tuple[object, ...]:
    """What a claim is about, whether the guard watches it or not."""
    sets = (frozenset(getattr(claim, name)) for name in Claim.NUMBERS)
    return (
        claim.source, claim.side, claim.influencer_id, claim.house_id, claim.brand_id, claim.within_house,
        claim.start_at, claim.end_at, *sets,
    )  # fmt: skip


_joining = ContextVar("joining", default=False)


@contextmanager
def joining() -> Iterator[None]:
    """Promises made inside are a part of the transaction that is open: for whoever writes everything or nothing."""
    before = _joining.set(True)
    try:
        yield
    finally:
        _joining.reset(before)


@contextmanager
def gate(people: Collection[int], *, durable: bool = False) -> Iterator[frozenset[int]]:
    """A transaction that holds these people; whatever it depends on must be read anew inside. Yields those held.

    Within another transaction it is a part of that one, unless it must be `durable`: then it is refused there
    (docs/decisions/0013-whose-transaction.md).
    """
    try:
        with transaction.atomic(durable=durable):
            yield hold(people)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == WAITED_TOO_LONG:
            raise Busy from error
        raise


def hold_all(people: Collection[int]) -> frozenset[int]:
    """Hold these people in the transaction that is open already. Raises Busy."""
    try:
        return hold(people)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == WAITED_TOO_LONG:
            raise Busy from error
        raise


def hold(people: Collection[int]) -> frozenset[int]:
    """Lock these people until the transaction ends, always in the same order. On SQLite the transaction is the lock."""
    if not people:
        return frozenset()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])
    rows = Influencer.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(people)).order_by("pk")
    return frozenset(rows.values_list("pk", flat=True))


def through_gate(people: Collection[int], promise: Callable[[frozenset[int]], Outcome]) -> Outcome:
    """Let `promise` write while these people are held, anew when the database asks for it.

    Raises PromiseRefused, and Busy when somebody else holds them for too long. It is a transaction of its own and refuses
    to be inside another one, unless that is `joining`: what it promised is stored when it returns, and only a whole
    transaction can begin anew.
    """
    for tried in range(1, TRIES + 1):
        try:
            with gate(people, durable=not _joining.get()) as held:
                return promise(held)
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlstate", None)
            if code not in RETRIED:
                raise
            if tried == TRIES:
                raise Busy from error
            time.sleep(0.05 * tried)
    raise AssertionError("unreachable")
