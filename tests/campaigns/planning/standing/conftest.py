"""A programme of Lumi, Kirana with a deal in it, and its periods laid out and opened by hand."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.planning.models import Deliverable
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.quotas.ledger import write
from tests.crm.ambassadors.conftest import (  # noqa: F401  fixtures shared with the room below
    DealOf,
    _clock,
    actor,
    circle,
    deal_of,
    kirana,
    lumi,
)

Begin = Callable[..., DealPeriod]
DECEMBER = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC)
"""The first minute of December in Jakarta."""


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


@pytest.fixture
def begin(db: None) -> Begin:
    """begin(deal, first_on, last_on, number=1): the period opened, owed and planned, as the tick does it."""

    def begun(deal: AmbassadorDeal, first_on: dt.date, last_on: dt.date, **fields: object) -> DealPeriod:
        days = (last_on - first_on).days + 1
        at = fields.pop("at", DECEMBER)
        usual = {"number": 1, "active_days": days, "nominal_days": days, "state": "open", "opened_at": at}
        period = DealPeriod.objects.create(deal=deal, first_on=first_on, last_on=last_on, **{**usual, **fields})
        assert isinstance(at, dt.datetime)
        for line in deal.quotas.all():
            owed, key = line.quantities.get().quantity, f"quota:{period.pk}:{line.pk}:grant"
            write(period, line, "grant", owed, key=key, on=first_on, at=at, by="Mitra")
        keep_posts(period, at=at)
        return period

    return begun


def planned(deal: AmbassadorDeal) -> list[tuple[str, dt.date | None, dt.date]]:
    """What is planned for her under a programme: status, draft day, posting day."""
    rows = Deliverable.objects.filter(collaboration__campaign__program=deal.program_id)
    found = rows.filter(collaboration__influencer=deal.influencer_id).order_by("post_due_on", "pk")
    return list(found.values_list("status", "draft_due_on", "post_due_on"))
