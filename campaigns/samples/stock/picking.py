"""Which pieces leave: what ends first among what keeps long enough (FEFO)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campaigns.samples.models import SampleRequest, StockBatch, terms_on
from crm.base.zones import local_date

Thing = tuple[int, int | None]
"""A product and its variant."""

USE_PERIOD = 30
"""Days a product should still keep, where no term says otherwise."""


@dataclass(frozen=True)
class Pick:
    """So many out of one batch."""

    batch: StockBatch
    pieces: int


def keeps_until(request: SampleRequest, at: dt.datetime, terms: Mapping[str, int] | None = None) -> dt.date:
    """The day until which what is sent must keep: the day it is needed, and the time to use it up (domain 4.5.3)."""
    today = local_date(at, request.brand.zone)
    known = terms if terms is not None else terms_on(today)
    needed = max(request.needed_by_on or today, today)
    return needed + dt.timedelta(days=known.get("use_period", USE_PERIOD))


def keeps(batch: StockBatch, until: dt.date) -> bool:
    return batch.expires_on is None or batch.expires_on >= until


def in_order(batches: Iterable[StockBatch]) -> list[StockBatch]:
    """What ends first, first; what never ends, last."""
    return sorted(batches, key=lambda one: (one.expires_on or dt.date.max, one.pk))


def pick(batches: Sequence[StockBatch], wanted: int, until: dt.date, taken: Mapping[int, int]) -> list[Pick]:
    """So many out of these batches, those that end first first; fewer than wanted where there are fewer."""
    picks: list[Pick] = []
    for batch in in_order(batches):
        free = batch.available - taken.get(batch.pk, 0)
        left = wanted - sum(one.pieces for one in picks)
        if left and free > 0 and keeps(batch, until):
            picks.append(Pick(batch, min(free, left)))
    return picks
