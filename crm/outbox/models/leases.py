"""The sender's moves: messages are taken under a lease, and every move matches only while the lease holds."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Case, F, Value, When

Row = TypeVar("Row", bound=models.Model)

NO_LEASE: dict[str, Any] = {"lease_token": "", "lease_until": None}
FIRST_TO_LEAVE = ("-urgent", "send_at", "id")


class LeaseQuerySet(models.QuerySet[Row]):
    """What a sender may do with the rows it holds; each answers how many rows it moved."""

    model: Any

    def leased(self, token: str) -> Self:
        """What one sender holds and has not finished."""
        return self.filter(state=self.model.State.SENDING, lease_token=token)

    def claim(self, size: int, *, token: str, now: dt.datetime, until: dt.datetime) -> list[Row]:
        """Take the next due messages under a lease. Rows another sender is taking are left to it.

        PostgreSQL skips locked rows; on SQLite the write transaction itself is the lock.
        """
        if not self.filter(state=self.model.State.QUEUED, send_at__lte=now).exists():
            return []
        with transaction.atomic():
            due = (
                self.filter(state=self.model.State.QUEUED, send_at__lte=now)
                .order_by(*FIRST_TO_LEAVE)
                .select_for_update(skip_locked=True)
            )
            ids = list(due.values_list("pk", flat=True)[:size])
            self.filter(pk__in=ids).update(
                state=self.model.State.SENDING,
                lease_token=token,
                lease_until=until,
                attempts=F("attempts") + 1,
                data_started_at=None,
                why=Case(When(may_be_twice=True, then=F("why")), default=Value("")),
                updated_at=now,
            )
        held = self.leased(token).filter(pk__in=ids).order_by(*FIRST_TO_LEAVE)
        return list(held.select_related("contact").prefetch_related("files__file"))

    def renew(self, *, token: str, until: dt.datetime) -> int:
        """Hold on to what is left of a batch; returns how many rows are still ours."""
        return self.leased(token).update(lease_until=until)

    def give_back(self, *, token: str, send_at: dt.datetime, now: dt.datetime) -> int:
        """Return claimed rows untried: nothing left for them, so it was no try."""
        return self.leased(token).update(
            state=self.model.State.QUEUED,
            send_at=send_at,
            attempts=F("attempts") - 1,
            updated_at=now,
            **NO_LEASE,
        )

    def put_off(self, why: str, *, token: str, send_at: dt.datetime, now: dt.datetime) -> int:
        """Queue again after a try that certainly delivered nothing."""
        return self.leased(token).update(
            state=self.model.State.QUEUED, send_at=send_at, why=why, updated_at=now, data_started_at=None, **NO_LEASE
        )

    def give_up(self, why: str, *, token: str, now: dt.datetime) -> int:
        return self.leased(token).update(state=self.model.State.FAILED, why=why, updated_at=now, **NO_LEASE)

    def skip(self, why: str, *, token: str, now: dt.datetime) -> int:
        return self.leased(token).update(state=self.model.State.SKIPPED, why=why, updated_at=now, **NO_LEASE)

    def stop_waiting(self, ids: Collection[int], why: str, *, now: dt.datetime) -> frozenset[int]:
        """Do not send these, as far as nobody has taken them yet; which ones those were."""
        with transaction.atomic():
            waiting = self.filter(pk__among=list(ids), state=self.model.State.QUEUED).order_by("pk").select_for_update()
            stopped = frozenset(waiting.values_list("pk", flat=True))
            self.filter(pk__among=list(stopped), state=self.model.State.QUEUED).update(
                state=self.model.State.SKIPPED, why=why, updated_at=now
            )
        return stopped

    def hold(self, why: str, *, token: str, now: dt.datetime) -> int:
        """Nobody knows whether it arrived, and a person decides. The token stays: a late answer may still settle it."""
        return self.leased(token).update(state=self.model.State.UNKNOWN, why=why, updated_at=now, lease_until=None)

    def send_again(
        self, why: str, *, token: str, send_at: dt.datetime, now: dt.datetime, twice: bool = True, **also: Any
    ) -> int:
        """Nobody knows whether it arrived: it goes out once more, and says so unless it cannot arrive `twice`.

        The token stays for a late answer.
        """
        if twice:
            also["may_be_twice"] = True
        return self.leased(token).update(
            state=self.model.State.QUEUED, send_at=send_at, why=why, updated_at=now, lease_until=None, **also
        )

    def answered(self, *, token: str, at: dt.datetime) -> int:
        """The server took it. Holds even when the answer came after the lease had ended."""
        open_states = [self.model.State.SENDING, self.model.State.UNKNOWN, self.model.State.QUEUED]
        return self.filter(lease_token=token, state__in=open_states, data_started_at__isnull=False).update(
            state=self.model.State.SENT, sent_at=at, updated_at=at, lease_until=None
        )
