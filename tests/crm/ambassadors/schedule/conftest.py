"""Deals here plan no posts: what the calendar does to a deal is looked at without the campaign its posts would stand in."""

from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal
from tests.crm.ambassadors.conftest import DealOf


@pytest.fixture
def deal_of(deal_of: DealOf) -> DealOf:
    """Like the one of the house; `plans_posts=True` brings the campaign back."""

    def made(**said: Any) -> AmbassadorDeal:
        return deal_of(**{"plans_posts": False, **said})

    return made
