"""One campaign of Lumi and the brief people write for it."""

import datetime as dt
from typing import Any

import pytest

from campaigns.briefs.actions.writing import release, save_draft
from campaigns.briefs.content import Content, Item
from campaigns.briefs.models import BriefVersion
from campaigns.briefs.queries import state_of
from campaigns.planning.models import Campaign
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import BrandFactory, CampaignFactory


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)


def said(**values: Any) -> Content:
    """A brief that says this; `items` are pairs of text and level."""
    items = tuple(Item(*pair) for pair in values.pop("items", ()))
    return Content(values={"language": "en", **values}, items=items)


def written(campaign: Campaign, content: Content, now: dt.datetime, actor: Actor) -> BriefVersion:
    """Saved as the draft."""
    return save_draft(campaign, content, seen=state_of(campaign).token, at=now, actor=actor)


def released(
    campaign: Campaign, content: Content, now: dt.datetime, actor: Actor, change: str = "ask_again", because: str = ""
) -> BriefVersion:
    """Saved and released at once."""
    draft = written(campaign, content, now, actor)
    token = state_of(campaign).token
    return release(draft, seen=token, change=change, because=because, at=now, actor=actor)
