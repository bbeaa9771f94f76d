"""A version of Kirana's reel, put before those who say yes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.approvals.models import ContentVersion, Review
from campaigns.planning.models import Deliverable

Make = Callable[..., ContentVersion]


@pytest.fixture
def handed(reel: Deliverable, now: dt.datetime) -> Make:
    """A further version with these words; its review is open."""

    def make(caption: str, **known: Any) -> ContentVersion:
        number = ContentVersion.objects.filter(deliverable=reel).count() + 1
        version = ContentVersion.objects.create(
            **{
                "deliverable": reel,
                "number": number,
                "caption": caption,
                "sha256": "0" * 64,
                "submitted_at": now,
                **known,
            }
        )
        Review.objects.get_or_create(version=version, defaults={"opened_at": now})
        return version

    return make
