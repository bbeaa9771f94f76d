"""An evening with few seats, and people who were invited."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.events.models import Event, Guest
from tests.factories import BrandFactory, InfluencerFactory, UserFactory


@pytest.fixture
def evening() -> Callable[..., Event]:
    """An event three weeks ahead; whatever differs is handed in."""

    def make(**given: Any) -> Event:
        usual: dict[str, Any] = {
            "name": "Lumi Night", "starts_at": dt.datetime(2026, 12, 11, 12, 0, tzinfo=dt.UTC), "zone": "Asia/Jakarta",
        }  # fmt: skip
        brand = given.pop("brand", None) or BrandFactory()
        return Event.objects.create(
            **{**usual, "brand": brand, "owner": given.pop("owner", None) or UserFactory(), **given}
        )

    return make


@pytest.fixture
def invited(now: dt.datetime) -> Callable[..., Guest]:
    """Somebody who was asked to this event."""

    def make(event: Event, **given: Any) -> Guest:
        person = given.pop("influencer", None) or InfluencerFactory()
        return Guest.objects.create(
            event=event, influencer=person, **{"status": Guest.Status.INVITED, "invited_at": now, **given}
        )

    return make
