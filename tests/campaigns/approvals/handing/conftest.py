"""Kirana on her own page, with one reel to hand in."""

import pytest
from django.utils import timezone

from campaigns.planning.models import Collaboration, Deliverable
from tests.crm.contracts.visiting import Visitor, open_page


@pytest.fixture
def kirana(collaboration: Collaboration, reel: Deliverable) -> Visitor:
    person = collaboration.influencer
    return open_page(person.representations.get().contact, person, collaboration.campaign.brand, at=timezone.now())


@pytest.fixture
def page(kirana: Visitor, reel: Deliverable) -> str:
    return f"{kirana.page}draft/{reel.pk}/"
