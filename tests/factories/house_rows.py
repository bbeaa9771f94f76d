"""One invented row of every table about people's data and about copies of everything, for tests that walk through all tables."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models

from crm.archive.models import BackupRun, ExportRun
from crm.base.outcomes import Outcome
from crm.privacy.models import DataIncident, Forgotten, LegalHold, PrivacyRequest, RetentionRule, RetentionRun
from tests.factories import InfluencerFactory, UserFactory

NOON = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)
THREE_DAYS = dt.timedelta(hours=72)


def request_of(**more: Any) -> PrivacyRequest:
    """Somebody asked at noon what we know about her."""
    given: dict[str, Any] = {"kind": "export", "asked_at": NOON, "due_at": NOON + THREE_DAYS, **more}
    given.setdefault("influencer", None)
    given["influencer"] = given["influencer"] or InfluencerFactory()
    return PrivacyRequest.objects.create(**given)


def incident_of(**more: Any) -> DataIncident:
    """A list of addresses went to the wrong person."""
    given: dict[str, Any] = {
        "title": "List sent to the wrong person", "what": "A list was attached to the wrong message.",
        "found_at": NOON, "due_at": NOON + THREE_DAYS, "data": "Names and addresses", **more,
    }  # fmt: skip
    return DataIncident.objects.create(**given)


HOUSE_MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    BackupRun: lambda n: BackupRun.objects.create(kind="hand", started_at=NOON, finished_at=NOON, place=f"b-{n}.zip"),
    DataIncident: lambda n: incident_of(title=f"List {n}"),
    ExportRun: lambda n: ExportRun.objects.create(asked_by=UserFactory(), started_at=NOON),
    Forgotten: lambda n: Forgotten.objects.create(kind="email", digest=f"{n:064d}", erased_on=DAY),
    LegalHold: lambda n: LegalHold.objects.create(
        influencer=InfluencerFactory(), why="A dispute", from_on=DAY, set_by=UserFactory()
    ),
    Outcome: lambda n: Outcome.objects.create(name=f"part-{n}", ok_at=NOON),
    PrivacyRequest: lambda n: request_of(),
    RetentionRule: lambda n: RetentionRule.objects.create(key=f"test-{n}", days=30),
    RetentionRun: lambda n: RetentionRun.objects.create(key=f"test-{n}", on=DAY, started_at=NOON),
}
